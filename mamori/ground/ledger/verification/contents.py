"""Acts, places and contents, and what others kept: nothing lost, doubled or rewritten, nothing erased without an account."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import appendonly
from mamori.ground.ledger.formats import Head, NoteBroken, Verifier, includes, leaf_hash, read_head
from mamori.ground.ledger.log import canonical, commitment_to, content_place, row_digest
from mamori.ground.ledger.models import Act, ActContent, Erasure, Pending
from mamori.ground.ledger.verification.tree import Findings
from mamori.ground.seal import facts as seal

# Acts against their waiting places and contents: nothing lost, nothing doubled, nothing erased without an account.


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
        plain = opener.unseal(subject=subject, place=content_place(number), sealed=bytes(sealed))
        opened: dict[str, Any] = json.loads(plain)
    except (Refusal, TypeError, ValueError):
        return None
    return opened


def _fits(opened: dict[str, Any], commitment: Any, kind: Any, subject: Any, about: Any) -> bool:
    try:
        salt = bytes.fromhex(opened.pop("salt"))
        same = commitment_to(salt, opened) == bytes(commitment)
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


# What others kept: checkpoints and receipts outside the operator's reach, which a rewritten log cannot please.


LARGEST = 1 << 20  # bytes; no checkpoint or receipt comes near


class NoFolder(Refusal, code="ledger.no_folder", status=404):
    """The folder with what others kept is not there, or holds nothing of use."""

    text = Text(
        "フォルダー {folder} に、署名した点(*.txt、checkpoint)も受領証(*.json)もありません。",
        "The folder {folder} holds no checkpoint (*.txt, checkpoint*) and no receipt (*.json).",
    )


@dataclass(frozen=True, slots=True)
class Witness:
    """One file kept elsewhere: the head that it shows, and for a receipt its leaf."""

    file: str
    head: Head
    index: int | None = None
    leaf: bytes = b""


def witnesses(folder: Path, key: Verifier, findings: Findings) -> tuple[Witness, ...]:
    """Return what the files of the folder attest, and name each that attests nothing."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and _is_ours(path)]
    if not files:
        raise NoFolder(folder=folder)
    return tuple(w for file in files if (w := _read(file, str(file.relative_to(folder)), key, findings)))


def compare_outside(
    seen: tuple[Witness, ...],
    *,
    size: int,
    roots: Mapping[int, bytes],
    leaves: Mapping[int, bytes],
    findings: Findings,
) -> None:
    """Hold the log against what was kept elsewhere; name a cut, a fork, and the leaves between which it lies."""
    agreed = max((w.head.size for w in seen if roots.get(w.head.size) == w.head.root), default=0)
    for w in sorted(seen, key=lambda w: w.head.size):
        if w.head.size > size:
            findings.add(
                f"leaves {size}-{w.head.size - 1}",
                f"切り詰め:外に保管された {w.file} は大きさ {w.head.size} に署名していますが、今の記録は {size} です。",
                f"A cut: {w.file}, kept elsewhere, is signed for size {w.head.size}; the log now has {size}.",
            )
        elif roots.get(w.head.size) != w.head.root:
            first = max(
                (v.head.size for v in seen if v.head.size < w.head.size and v.head.size <= agreed), default=0
            )
            findings.add(
                f"leaves {first}-{w.head.size - 1}",
                f"分岐:外に保管された {w.file} に署名された根と異なります。記録が書き換えられました。",
                f"A fork: {w.file}, kept elsewhere, has another root for size {w.head.size}: the log was rewritten.",
            )
        if w.index is not None and w.index < size and leaves.get(w.index) != w.leaf:
            findings.add(
                f"leaf {w.index}",
                f"分岐:外に保管された受領証 {w.file} の記載と異なります。",
                f"A fork: the receipt {w.file}, kept elsewhere, says something else of it.",
            )


def _is_ours(path: Path) -> bool:
    return path.suffix in (".txt", ".json") or path.name.startswith("checkpoint")


def _read(path: Path, file: str, key: Verifier, findings: Findings) -> Witness | None:
    try:
        if path.stat().st_size > LARGEST:
            raise ValueError("too large")
        text = path.read_bytes().decode()
        return Witness(file, read_head(text, key)) if path.suffix != ".json" else _receipt(file, text, key)
    except NoteBroken:
        findings.add(
            f"outside {file}",
            "この記録の今の鍵で署名されていません。別の記録のものか、壊れたか、鍵がすり替えられました。",
            "It is not signed with the present key of this log: it belongs to another log, or is damaged, or the"
            " key was exchanged.",
        )
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        findings.add(f"outside {file}", "読めない証拠です。", "It cannot be read as a checkpoint or receipt.")
    return None


def _receipt(file: str, text: str, key: Verifier) -> Witness:
    data = json.loads(text)
    head = read_head(data["checkpoint"], key)
    index, leaf = data["index"], leaf_hash(canonical(data["leaf"]))
    proof = [bytes.fromhex(step) for step in data["proof"]]
    if not includes(leaf=leaf, index=index, size=head.size, proof=proof, root=head.root):
        raise ValueError("the proof does not lead to the root")
    return Witness(file, head, index, leaf)


def outside_sizes(seen: tuple[Witness, ...]) -> Iterator[int]:
    """Yield the sizes for which the witnesses know a root."""
    return (w.head.size for w in seen)


def outside_indexes(seen: tuple[Witness, ...]) -> Iterator[int]:
    """Yield the leaves that the witnesses know."""
    return (w.index for w in seen if w.index is not None)
