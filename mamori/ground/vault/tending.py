"""What becomes of files that are kept: put under legal holds as acts, scanned again, swept, erased when they are over."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from mamori.grammar.actor import Actor, Role
from mamori.grammar.declaration import HoldGround, Retention
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.ledger import actions as ledger
from mamori.ground.seal import actions as seal, facts as seals
from mamori.ground.vault import taking, workshop
from mamori.ground.vault.lifecycle import ERASERS, FILE, FileState
from mamori.ground.vault.models import IS_WAITING, File
from mamori.ground.vault.taking import erase_rows, limits, place_of
from mamori.ground.vault.workshop import Kind, Verdict, scan
from mamori.law.grounds import HOLD_GROUNDS
from mamori.law.retention import FILES, LOCKED_FILES

# Legal holds as acts: who put what under a hold, on which ground and why, and who lifted it.


HOLDERS = frozenset({Role.LEAD, Role.COUNSEL})
FILE_NAMED = "vault.file:"
LOGS = "log:"


class HoldNotYours(Refusal, code="vault.hold_not_yours", status=403):
    """Somebody else than counsel or a lead would decide about a hold."""

    text = Text(
        "消去の停止は法務担当か窓口の責任者だけが決められます。必要なときは責任者にお知らせください。",
        "Only counsel or a lead can decide about a legal hold. Please tell your lead where one is needed.",
    )


class NothingToHold(Refusal, code="vault.nothing_to_hold", status=404):
    """What is to be held cannot be found."""

    text = Text(
        "「{what}」は見つかりません。buyer:B-1、seller:S-1、案件番号、vault.file:… のどれかで指定してください。",
        "“{what}” was not found. Name buyer:B-1, seller:S-1, a case number, or vault.file:….",
    )


class HoldReasonNeeded(Refusal, code="vault.hold_reason_needed", status=422):
    """A hold is put or lifted without a reason."""

    text = Text(
        "理由を書いてください。記録に残ります。", "Please write the reason; it is kept in the record."
    )


class HoldDaysUnfit(Refusal, code="vault.hold_days_unfit", status=422):
    """A hold would last longer than its ground lets it, or have an end where its ground has none."""

    text = Text(
        "「{ground}」による消去の停止は、{days}日、延ばしても通じて{longest}日までです（0日は、解除するまで）。延ばすときも一度に{days}日までです。",
        "A hold on “{ground}” is for {days} days at most, extended for {longest} in all, and by {days} at a time (0: until it is "
        "lifted).",
    )


class LogsOnly(Refusal, code="vault.logs_only", status=422):
    """More would be held than the ground reaches: it is about communication logs alone."""

    text = Text(
        "「{ground}」が及ぶのは通信履歴だけで、ファイルには及びません。案件番号か、buyer:B-1、seller:S-1 で指定してください。",
        "“{ground}” reaches communication logs and no file. Name a case number, buyer:B-1 or seller:S-1.",
    )


def hold(actor: Actor, *, what: str, ground: HoldGround, reason: str, days: int | None = None) -> int:
    """Put a person, a case or a file under a legal hold and return its number: nothing of it is destroyed until it is lifted.

    A case's hold covers its parties' keys and its files, as its words and records open with those keys only.  On a ground
    that reaches logs alone it covers none of these: who wrote to whom and when stays in any case, and of what was carried
    (notices, mails, webhooks) the rows are kept by it.
    On a ground with an end the hold lapses after `days`, by default the most that it may last.
    """
    _see_to(actor, reason)
    lasts = ground.days if days is None else days
    if not (lasts == ground.days or 0 < lasts <= ground.days):
        raise _unfit(ground)
    with transaction.atomic():
        name, covers = _found(what)
        if ground.of_logs:
            if name.startswith(FILE_NAMED):
                raise LogsOnly(ground=ground.title)
            name, covers = f"{LOGS}{name}", []
        until = actor.at + timedelta(days=lasts) if lasts else None
        return _put(actor, name, covers, ground=ground, reason=reason, until=until)


def lift(actor: Actor, *, number: int, reason: str) -> None:
    """Lift a hold: timers and shredding reach what it covered again, where no other hold does."""
    _see_to(actor, reason)
    with transaction.atomic():
        _lift(actor, number, reason)


def extend(actor: Actor, *, number: int, days: int, reason: str) -> datetime:
    """Let a hold on a ground with an end last so many days more, within all that its ground lets it; return its new end."""
    _see_to(actor, reason)
    with transaction.atomic():
        found = next((one for one in seals.holds() if one.number == number), None)
        if found is None or (found.until is not None and found.until <= actor.at):
            raise seal.NoSuchHold(number=number)
        [ground] = [one for one in HOLD_GROUNDS if one.code == found.ground]
        until = found.until + timedelta(days=days) if found.until else None
        if (
            until is None
            or not 0 < days <= ground.days
            or until > found.since + timedelta(days=ground.longest)
        ):
            raise _unfit(ground)
        seal.prolong(number=number, until=until)
        _record_hold(actor, "extend_hold", found.what, reason=reason, hold=number, until=until.isoformat())
    return until


def hold_open(actor: Actor, *, what: str, covers: Sequence[str], ground: HoldGround) -> None:
    """Hold what a room's open matter concerns, whoever opened it: the room lets it go with `let_go` when that is over."""
    with transaction.atomic():
        _put(actor, what, covers, ground=ground, reason=ground.text.ja)


def let_go(actor: Actor, *, what: str, ground: HoldGround) -> None:
    """Lift the holds of a room's matter that is over; what somebody else held on another ground stays held."""
    with transaction.atomic():
        for number in seals.in_force(what, ground=ground.code):
            _lift(actor, number)


def lapse(actor: Actor) -> int:
    """Let the holds end whose own end is over; return how many did."""
    numbers = seals.ended(actor.at)
    for number in numbers:
        with transaction.atomic():
            _lift(actor, number)
    return len(numbers)


def _put(
    actor: Actor,
    name: str,
    covers: Sequence[str],
    *,
    ground: HoldGround,
    reason: str,
    until: datetime | None = None,
) -> int:
    number = seal.hold(
        what=name,
        covers=covers,
        ground=ground.code,
        title=ground.title,
        reason=reason.strip(),
        by=actor.by,
        at=actor.at,
        until=until,
    )
    _record_hold(actor, "hold", name, ground=ground.code, reason=reason, hold=number, covers=covers)
    return number


def _lift(actor: Actor, number: int, reason: str = "") -> None:
    name = seal.lift(number=number, by=actor.by, at=actor.at)
    _record_hold(actor, "lift_hold", name, reason=reason, hold=number)


def _unfit(ground: HoldGround) -> HoldDaysUnfit:
    return HoldDaysUnfit(ground=ground.title, days=ground.days, longest=ground.longest)


def _see_to(actor: Actor, reason: str) -> None:
    if actor.role not in HOLDERS:
        raise HoldNotYours
    if not reason.strip():
        raise HoldReasonNeeded


def _found(what: str) -> tuple[str, list[str]]:
    """Return the name of what is meant, and what else must stay for its sake."""
    what = what.strip()
    if re.fullmatch(r"(?:buyer|seller):[!-~]{1,64}", what):
        return what, []
    if what.startswith(FILE_NAMED):
        row = _file(what.removeprefix(FILE_NAMED))
        if row is None:
            raise NothingToHold(what=what)
        return f"{FILE_NAMED}{row.pk}", [row.subject]
    is_number = re.fullmatch(r"[0-9０-９\- ]+", what)
    case = cases.by_number(what) if is_number else cases.cases_of(abouts=[what]).get(what)
    if case is None:
        raise NothingToHold(what=what)
    parties = [
        f"{side}:{ref}" for side, ref in (("buyer", case.buyer_ref), ("seller", case.seller_ref)) if ref
    ]
    return case.about, parties


def _file(number: str) -> File | None:
    try:
        return File.objects.filter(pk=uuid.UUID(number)).first()
    except ValueError:
        return None


def _record_hold(
    actor: Actor, verb: str, name: str, *, reason: str, ground: str = "", **payload: object
) -> None:
    ledger.record(
        actor,
        kind=f"vault.{verb}",
        subject=ledger.MARKET,
        about=name,
        ground=ground,
        reason=reason,
        payload=payload,
    )


# What the worker does about files: asks an absent scanner again, sweeps what no table knows, erases what is over.


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
    for file, path, written in taking.parts_standing():
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
                taking.remove_parts(file)
                gone += len(by_file[file])
    return gone


def erase(actor: Actor, *, file: uuid.UUID, reason: str) -> None:
    """Erase one file for good."""
    if actor.role not in ERASERS:
        raise EraseNotYours
    with transaction.atomic():
        for row in File.objects.select_for_update().filter(pk=file):
            _erase(actor, row, reason=reason)


def erase_of(subject: str, at: datetime, limit: int) -> int:
    """Erase so many files at most of a subject whose key is destroyed, in the caller's transaction; return how many."""
    rows = File.objects.select_for_update().filter(IS_OPEN, subject=subject).order_by("id")
    return erase_rows(rows[:limit], role=Role.MACHINE, at=at)


def purge_files(actor: Actor, over: datetime, limit: int) -> int:
    """Erase files whose case ended before `over`; held ones stay; return how many went."""

    def is_over(row: File) -> bool:
        case = cases.cases_of(abouts=[row.about]).get(row.about)
        return case is not None and case.closed_at is not None and case.closed_at < over

    return _purge(actor, Q(received_at__lt=over), is_over, FILES, limit)


def purge_locked(actor: Actor, over: datetime, limit: int) -> int:
    """Erase files that were locked away or cannot be read, received before `over`; return how many went."""
    locked = Q(received_at__lt=over, state__in=[FileState.INFECTED, FileState.UNREADABLE])
    return _purge(actor, locked, lambda row: True, LOCKED_FILES, limit)


def _purge(actor: Actor, which: Q, is_over: Callable[[File], bool], rule: Retention, limit: int) -> int:
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
            if gone < limit and is_over(row) and _purged(actor, row.pk, rule):
                gone += 1
    return gone


def _purged(actor: Actor, file: uuid.UUID, rule: Retention) -> bool:
    """Erase one file under a rule, in a transaction of its own; say whether no hold stood in the way."""
    with transaction.atomic():
        row = File.objects.select_for_update().filter(IS_OPEN, pk=file).first()
        if row is None:
            return False
        try:
            _erase(actor, row, ground=f"retention.{rule.code}")
        except seals.Held:
            return False
    return True


def _erase(actor: Actor, row: File, *, reason: str = "", ground: str = "") -> None:
    seals.must_not_be_held(f"{FILE_NAMED}{row.pk}", row.about, row.subject)
    erase_rows([row], role=actor.role, at=actor.at)
    _record(actor, row, "erase", ground=ground, reason=reason)


def _record(
    actor: Actor, row: File, verb: str, *, ground: str = "", reason: str = "", **payload: object
) -> None:
    ledger.record(
        actor,
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
        content = taking.read_part(key=key, file=row.pk, part=taking.ORIGINAL)
    except (seals.Shredded, taking.FileDamaged):
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
        taking.write_part(key=key, file=row.pk, parts=dict(enumerate(pictures, 1)))
    except taking.NoRoom:
        return False
    except Refusal:
        return _settle(row, "give_up", at)
    return _settle(row, "pass", at, pages=len(pictures))


def _settle(row: File, step: str, at: datetime, *, pages: int = 0) -> bool:
    actor = Actor(by="machine:vault", role=Role.MACHINE, at=at, via="worker")
    with transaction.atomic():
        fresh = File.objects.select_for_update().filter(pk=row.pk, state=FileState.QUARANTINED).first()
        if fresh is None:
            return False
        fresh.state = FILE.take(step, FileState.QUARANTINED, Role.MACHINE)
        fresh.next_try_at, fresh.pages = None, pages
        fresh.save(update_fields=("state", "next_try_at", "pages"))
        _record(actor, fresh, "scan", state=fresh.state)
    return True
