"""The signed heads: each row's note, its columns, their order, and the file that shows the newest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mamori.ground.ledger import log
from mamori.ground.ledger.models import Checkpoint, Leaf
from mamori.ground.ledger.note import Head, NoteBroken, Verifier, read_head
from mamori.ground.ledger.verification.finding import Findings

PAGE = 500


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What stood when the verification began, read while no sequencer ran."""

    last: int
    size: int


def snapshot(key: Verifier, findings: Findings) -> Snapshot:
    """Return the last checkpoint's number and the signed size, and name what stands behind it."""
    with log.alone():
        rows = list(Checkpoint.objects.order_by("-number").values_list("number", "size", "note")[:2])
        try:
            shown = log.checkpoint_file().read_bytes().decode(errors="replace")
        except FileNotFoundError:
            shown = ""
        sizes = [0]
        for note in [shown, *(str(row[2]) for row in rows)]:
            try:
                sizes.append(read_head(note, key).size)
            except NoteBroken:
                continue
        size = max(sizes)
        beyond = list(
            Leaf.objects.exclude(index__gte=0, index__lt=size).values_list("index", flat=True)[:1000]
        )
    if shown != (rows[0][2] if rows else ""):
        findings.add(
            "checkpoint file",
            "ファイル checkpoint が、最後に署名した点と一致しません。直前に停止したのでなければ、差し替えか切り詰めです。",
            "The file `checkpoint` is not the newest signed checkpoint. Unless a run was just cut short, it was"
            " exchanged, or the table was cut.",
        )
    for index in beyond:
        findings.add(
            f"leaf {index}",
            "署名された範囲の外に置かれています。",
            "It stands outside what was ever signed.",
        )
    return Snapshot(rows[0][0] if rows else 0, size)


def heads(key: Verifier, stand: Snapshot, findings: Findings) -> Iterator[tuple[int, Head]]:
    """Yield number and head of each checkpoint whose signature holds, in order, and name each that is wrong."""
    expected, size = 1, 0
    for number, signed_size, root, at, note in _rows(stand.last):
        for gone in range(expected, min(number, expected + 1000)):
            findings.add(
                f"checkpoint {gone}", "署名した点が消えています。", "This signed checkpoint is gone."
            )
        expected = number + 1
        place = f"checkpoint {number}"
        try:
            head = read_head(str(note), key)
        except NoteBroken:
            findings.add(
                place,
                "署名がこの記録の鍵のものではないか、本文が変えられています。",
                "Its signature is not by the key of this log, or its text was changed.",
            )
            continue
        if (signed_size, root, at) != (head.size, head.root, head.at):
            findings.add(
                place, "列が署名された本文と異なります。", "Its columns differ from the text that was signed."
            )
        if signed_size != head.size:
            continue  # a true note of another size, put here: it judges nothing
        if not size < head.size <= stand.size:
            findings.add(place, "大きさの順が狂っています。", "Its size is out of order.")
            continue
        size = head.size
        yield number, head


def _rows(last: int) -> Iterator[tuple[int, object, object, object, object]]:
    reached = None
    while True:
        rows = Checkpoint.objects.filter(number__lte=last).order_by("number")
        rows = rows if reached is None else rows.filter(number__gt=reached)
        page = list(rows.values_list("number", "size", "root", "note")[:PAGE])
        moments = _moments([row[0] for row in page])
        for number, size, root, note in page:
            plain = bytes(root) if isinstance(root, bytes | memoryview) else root
            yield number, size, plain, moments.get(number), note
        if len(page) < PAGE:
            return
        reached = page[-1][0]


def _moments(numbers: list[int]) -> dict[int, object]:
    """Return each row's moment, without those that cannot even be read as one."""
    try:
        return dict(Checkpoint.objects.filter(number__in=numbers).values_list("number", "at"))
    except (ValueError, TypeError):
        if len(numbers) == 1:
            return {}
        middle = len(numbers) // 2
        return _moments(numbers[:middle]) | _moments(numbers[middle:])
