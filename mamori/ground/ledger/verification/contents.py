"""Acts against their waiting places and contents: nothing lost, nothing doubled, nothing erased without an account."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from mamori.grammar.refusal import Refusal
from mamori.ground.declared import appendonly
from mamori.ground.ledger.content import commit, place_of, row_digest
from mamori.ground.ledger.models import Act, ActContent, Erasure, Pending
from mamori.ground.ledger.verification.finding import Findings
from mamori.ground.seal import facts as seal

PATIENCE = timedelta(minutes=2)
PAGE = 1000
ERASING = timedelta(hours=1)
SHREDDED = "ledger.shredded"


class _Closed(NamedTuple):
    """A content that does not open: the digest of its row, and the key that sealed it."""

    digest: str | None
    key: int | None


def places(findings: Findings, *, at: datetime | None) -> None:
    """Name acts that stand nowhere, wait though placed, or wait too long, and rows whose act is gone."""
    for number in Act.objects.filter(leaf=None, pending=None).values_list("pk", flat=True):
        findings.add(
            f"act {number}",
            "記録にも待ち行列にもありません。後から足されたか、行が消されました。",
            "It stands neither in the log nor in the queue: it was slipped in, or its row was removed.",
        )
    for number in Pending.objects.filter(act__leaf__isnull=False).values_list("pk", flat=True):
        findings.add(
            f"pending {number}", "置き場があるのに待っています。", "It waits though it has its place."
        )
    known = Act.objects.values("pk")
    for number in Pending.objects.exclude(pk__in=known).values_list("pk", flat=True):
        findings.add(
            f"pending {number}", "待っている記録そのものがありません。", "The act that waits does not exist."
        )
    for number in ActContent.objects.exclude(pk__in=known).values_list("pk", flat=True):
        findings.add(
            f"content {number}", "内容だけがあり、記録がありません。", "There is a content without its act."
        )
    if at is not None:
        for subject in Erasure.objects.filter(begun_at__lt=at - ERASING).values_list("subject", flat=True):
            findings.add(
                f"erasure {subject}",
                "消去が終わっていません。`mamori work` が動いているか確かめてください。",
                "An erasure has not come to its end. See whether `mamori work` is running.",
            )
        for number in Pending.objects.filter(act__at__lt=at - PATIENCE).values_list("pk", flat=True):
            findings.add(
                f"pending {number}",
                "長く待っています。`mamori work` が動いているか確かめてください。",
                "It has been waiting too long. See whether `mamori work` is running.",
            )


def contents(findings: Findings) -> int:
    """Open each content and hold it against its act's commitment; return the number of acts."""
    opener = seal.Opener()
    erased, _ = _erased()
    closed: dict[int, _Closed] = {}
    seen = 0
    for number, kind, commitment, subject, about, sealed in _acts():
        seen += 1
        place = f"content {number}"
        if sealed is None:
            findings.add(place, "内容の行が消えています。", "The row of the content is gone.")
            continue
        opened = _open(opener, number, subject, sealed)
        if opened is None:
            closed[number] = _Closed(_digest(number, subject, about, sealed), _key_of(sealed))
        elif number in erased:
            findings.add(
                place,
                "消去したと記録されているのに開けます。",
                "An act says that it was erased, yet it opens.",
            )
        elif not _fits(opened, commitment, kind, subject, about):
            findings.add(
                place, "内容が記録の約束と一致しません。", "The content is not what the act committed to."
            )
    if closed:
        _account(closed, findings)
    return seen


def _account(closed: dict[int, _Closed], findings: Findings) -> None:
    """Name what does not open though no act says it was erased, acts of the last moments included.

    What was sealed with a key whose erasure is under way is accounted for by one of its next acts.
    """
    erased, under_way = _erased()
    known = seal.known({key for _, key in closed.values() if key is not None})
    for number, (digest, key) in closed.items():
        if number not in erased and digest is not None and key in under_way:
            continue
        if number not in erased and digest is not None and key is not None and key not in known:
            findings.add(
                f"content {number}",
                "開けません。その人の鍵がここにありません。いちばん新しい鍵の控えを "
                "`mamori restore --keys FILE` で戻してください。",
                "It does not open: that person's key is not here. Put the newest archive of keys back with "
                "`mamori restore --keys FILE`.",
            )
        elif digest is None or erased.get(number) != digest:
            findings.add(
                f"content {number}",
                "開けません。消去の記録もないので、変えられたか、鍵が黙って捨てられました。",
                "It does not open, and no act says that it was erased: it was changed, or its key was thrown away.",
            )


def triggers(findings: Findings) -> None:
    """Name each trigger that no longer stands."""
    for name in appendonly.missing():
        findings.add(
            f"trigger {name}",
            "追記だけを守る引き金がありません。`mamori setup` で戻せます。",
            "A trigger that lets rows only be added is missing. `mamori setup` puts it back.",
        )


def _acts(**only: Any) -> Iterator[tuple[Any, ...]]:
    last = None
    columns = "pk", "kind", "commitment", "content__subject", "content__about", "content__sealed"
    while True:
        page = Act.objects.filter(**only).order_by("pk").values_list(*columns)
        rows = list((page if last is None else page.filter(pk__gt=last))[:PAGE])
        yield from rows
        if len(rows) < PAGE:
            return
        last = rows[-1][0]


def _erased() -> tuple[dict[int, str], set[int]]:
    """Return what shredding acts account for, the act's number and its row's digest, and the keys of which more will come."""
    opener = seal.Opener()
    account: dict[int, str] = {}
    under_way: set[int] = set()
    for number, kind, commitment, subject, about, sealed in _acts(kind=SHREDDED):
        opened = _open(opener, number, subject, sealed)
        if opened is not None and _fits(opened, commitment, kind, subject, about):
            told = opened["payload"]
            account.update(told["contents"])
            if told.get("goes_on"):
                under_way.add(told["key"])
            else:
                under_way.discard(told["key"])
    return account, under_way


def _open(opener: seal.Opener, number: int, subject: Any, sealed: Any) -> dict[str, Any] | None:
    try:
        plain = opener.unseal(subject=subject, place=place_of(number), sealed=bytes(sealed))
        opened: dict[str, Any] = json.loads(plain)
    except (Refusal, TypeError, ValueError):
        return None
    return opened


def _fits(opened: dict[str, Any], commitment: Any, kind: Any, subject: Any, about: Any) -> bool:
    try:
        salt = bytes.fromhex(opened.pop("salt"))
        same = commit(salt, opened) == bytes(commitment)
    except (KeyError, TypeError, ValueError):
        return False
    return same and (opened["kind"], opened["subject"], opened["about"]) == (kind, subject, about)


def _key_of(sealed: Any) -> int | None:
    try:
        return seal.key_of(bytes(sealed))
    except (TypeError, ValueError):
        return None


def _digest(number: int, subject: Any, about: Any, sealed: Any) -> str | None:
    try:
        return row_digest(act=number, subject=subject, about=about, sealed=bytes(sealed))
    except (TypeError, ValueError):
        return None
