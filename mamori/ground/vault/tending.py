"""What the worker does about files: asks an absent scanner again, sweeps what no table knows, erases what is over."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from mamori.grammar.declaration import Retention
from mamori.grammar.hand import Hand, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.ledger import actions as ledger
from mamori.ground.seal import facts as seals
from mamori.ground.vault import storing, workshop
from mamori.ground.vault.holding import FILE as NAMED
from mamori.ground.vault.lifecycle import ERASERS, FILE, FileState
from mamori.ground.vault.models import IS_WAITING, File
from mamori.ground.vault.scanning import Verdict, scan
from mamori.ground.vault.sniffing import Kind
from mamori.ground.vault.taking import erase_rows, limits, place_of
from mamori.law.retention import FILES, LOCKED_FILES

LEASE = timedelta(minutes=10)
PAUSES = tuple(timedelta(minutes=n) for n in (1, 2, 5, 15, 30, 60))
ORPHAN = timedelta(hours=1)
PAGE = 200


class EraseNotYours(Refusal, code="vault.erase_not_yours", status=403):
    """Somebody else than a lead or counsel would erase a file."""

    text = Text(
        "ファイルの消去は窓口の責任者か法務担当だけができます。責任者にお知らせください。",
        "Only a lead or counsel can erase a file. Please tell your lead.",
    )


def rescan(*, at: datetime, limit: int = 5) -> int:
    """Ask the scanner about files that wait for it, and make the pictures of those that are clean; return how many moved.

    Each is leased first, so that two workers never ask about one file; the slow part stands outside every transaction.
    """
    moved = 0
    waiting = File.objects.filter(IS_WAITING, next_try_at__lte=at).order_by("next_try_at", "id")
    for row in list(waiting[:limit]):
        leased = File.objects.filter(pk=row.pk, next_try_at=row.next_try_at, state=FileState.QUARANTINED)
        if leased.update(next_try_at=at + LEASE) and _scanned(row, at):
            moved += 1
    return moved


def sweep(*, at: datetime) -> int:
    """Remove from the disk what no table knows (a kill between file and row) or what was erased; return how many files."""
    gone = 0
    old = (at - ORPHAN).timestamp()
    by_file: dict[uuid.UUID, list[object]] = {}
    for file, path, written in storing.standing():
        if written > old:
            continue
        if file is None:
            path.unlink(missing_ok=True)
            gone += 1
        else:
            by_file.setdefault(file, []).append(path)
    names = list(by_file)
    for start in range(0, len(names), PAGE):
        part = names[start : start + PAGE]
        living = set(File.objects.filter(IS_OPEN, pk__in=part).values_list("pk", flat=True))
        for file in part:
            if file not in living:
                storing.remove(file)
                gone += len(by_file[file])
    return gone


def erase(hand: Hand, *, file: uuid.UUID, reason: str) -> None:
    """Erase one file for good."""
    if hand.role not in ERASERS:
        raise EraseNotYours
    with transaction.atomic():
        for row in File.objects.select_for_update().filter(pk=file):
            _erase(hand, row, reason=reason)


def erase_of(subject: str, at: datetime, limit: int) -> int:
    """Erase so many files at most of a subject whose key is destroyed, in the caller's transaction; return how many."""
    rows = File.objects.select_for_update().filter(IS_OPEN, subject=subject).order_by("id")
    return erase_rows(rows[:limit], role=Role.MACHINE, at=at)


def purge_files(hand: Hand, over: datetime, limit: int) -> int:
    """Erase files whose case ended before `over`; held ones stay; return how many went."""

    def is_over(row: File) -> bool:
        case = cases.cases_of(abouts=[row.about]).get(row.about)
        return case is not None and case.closed_at is not None and case.closed_at < over

    return _purge(hand, Q(received_at__lt=over), is_over, FILES, limit)


def purge_locked(hand: Hand, over: datetime, limit: int) -> int:
    """Erase files that were locked away or cannot be read, received before `over`; return how many went."""
    locked = Q(received_at__lt=over, state__in=[FileState.INFECTED, FileState.UNREADABLE])
    return _purge(hand, locked, lambda row: True, LOCKED_FILES, limit)


def _purge(hand: Hand, which: Q, is_over: Callable[[File], bool], rule: Retention, limit: int) -> int:
    gone, after = 0, None
    while gone < limit:
        page = File.objects.filter(IS_OPEN & which).order_by("received_at", "id")
        if after is not None:
            page = page.filter(
                Q(received_at=after.received_at, id__gt=after.pk) | Q(received_at__gt=after.received_at)
            )
        rows = list(page[:PAGE])
        if not rows:
            break
        after = rows[-1]
        for row in rows:
            if gone < limit and is_over(row) and _purged(hand, row.pk, rule):
                gone += 1
    return gone


def _purged(hand: Hand, file: uuid.UUID, rule: Retention) -> bool:
    """Erase one file under a rule, in a transaction of its own; say whether no hold stood in the way."""
    with transaction.atomic():
        row = File.objects.select_for_update().filter(IS_OPEN, pk=file).first()
        if row is None:
            return False
        try:
            _erase(hand, row, ground=f"retention.{rule.code}")
        except seals.Held:
            return False
    return True


def _erase(hand: Hand, row: File, *, reason: str = "", ground: str = "") -> None:
    seals.must_not_be_held(f"{NAMED}{row.pk}", row.about, row.subject)
    erase_rows([row], role=hand.role, at=hand.at)
    _record(hand, row, "erase", ground=ground, reason=reason)


def _record(
    hand: Hand, row: File, verb: str, *, ground: str = "", reason: str = "", **payload: object
) -> None:
    ledger.record(
        hand,
        kind=f"vault.{verb}",
        subject=row.subject,
        about=row.about,
        ground=ground,
        reason=reason,
        payload={"file": str(row.pk), **payload},
    )


def _scanned(row: File, at: datetime) -> bool:
    """Scan one leased file, rebuild it when clean, and write down what became of it."""
    try:
        key = seals.unseal(
            subject=row.subject, place=place_of(row.pk, "wrapped"), sealed=bytes(row.wrapped or b"")
        )
        content = storing.read(key=key, file=row.pk, part=storing.ORIGINAL)
    except (seals.Shredded, storing.FileDamaged):
        return _settle(row, "give_up", at)
    verdict = scan(content)
    if verdict in {Verdict.AWAY, Verdict.NONE}:  # without a scanner nothing that waits for one may pass
        pause = PAUSES[min(row.attempts, len(PAUSES) - 1)]
        File.objects.filter(pk=row.pk, state=FileState.QUARANTINED).update(
            next_try_at=at + pause, attempts=row.attempts + 1
        )
        return False
    if verdict is Verdict.INFECTED:
        return _settle(row, "lock_away", at)
    try:
        pictures = workshop.rebuild(content, Kind(row.kind), limits(at))
        storing.write(key=key, file=row.pk, parts=dict(enumerate(pictures, 1)))
    except storing.NoRoom:
        return False
    except Refusal:
        return _settle(row, "give_up", at)
    return _settle(row, "pass", at, pages=len(pictures))


def _settle(row: File, step: str, at: datetime, *, pages: int = 0) -> bool:
    hand = Hand(by="machine:vault", role=Role.MACHINE, at=at, via="worker")
    with transaction.atomic():
        fresh = File.objects.select_for_update().filter(pk=row.pk, state=FileState.QUARANTINED).first()
        if fresh is None:
            return False
        fresh.state = FILE.take(step, FileState.QUARANTINED, Role.MACHINE)
        fresh.next_try_at, fresh.pages = None, pages
        fresh.save(update_fields=("state", "next_try_at", "pages"))
        _record(hand, fresh, "scan", state=fresh.state)
    return True
