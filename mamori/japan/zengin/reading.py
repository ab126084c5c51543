"""A 総合振込 file read and verified by its bytes; it shares nothing with what writes one, so that no mistake hides twice.

Encoding, line ends, lengths, order, letters, constants, the day, counts and sums are verified. A digit of an account or a
letter of a name that became another legal one is not seen here: `comparing` holds what was read beside what was meant.
"""

from __future__ import annotations

from datetime import date

from mamori.grammar.regex import regex
from mamori.grammar.text import Text
from mamori.japan.zengin.filesays import Reading
from mamori.japan.zengin.recordreading import Record, data, header, trailer

LENGTH = 120
_LINE_END = regex(rb"\r\n|\n|\r")
_ILLEGAL = regex(rb"[^0-9A-Z\xb1-\xdf()\-. ]")
_UTF8 = regex(rb"[\xe3\xef][\x80-\xbf]{2}")
_NAMES = {
    b"1": Text("ヘッダー", "the header"),
    b"2": Text("データ", "a payment"),
    b"8": Text("トレーラー", "the trailer"),
    b"9": Text("エンド", "the end"),
}
_FOLLOWING = {b"": b"1", b"1": b"2", b"2": b"28", b"8": b"9", b"9": b""}
_NOTHING = Text("終わり", "nothing")


def read(content: bytes, *, on: date | None = None) -> Reading:
    """Return what the file says and every fault found; `on` is the day of payment that was meant."""
    reading = Reading()
    if not content:
        reading.tell("empty")
    elif what := unusable_encoding(content):
        reading.tell("encoding", what=what)
    else:
        last = b""
        for line, record in enumerate(_records(content, reading), start=1):
            last = _one(Record(record, line, reading), last, on)
        if last != b"9":
            reading.tell("unfinished")
    return reading


def unusable_encoding(content: bytes) -> str:
    """Return the name of an encoding that no bank takes, or nothing."""
    if content.startswith(b"\xef\xbb\xbf"):
        return "UTF-8 (BOM)"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or content[: 2 * LENGTH].count(0) > 20:
        return "UTF-16"
    return "UTF-8" if _UTF8.search(content) else ""


def _records(content: bytes, reading: Reading) -> list[bytes]:
    """Cut the file at its line ends or, where there are none, every 120 bytes."""
    ends = _LINE_END.findall(content)
    if not ends:
        return [content[at : at + LENGTH] for at in range(0, len(content), LENGTH)]
    lines = _LINE_END.split(content)
    odd = next((line for line, end in enumerate(ends, start=1) if end != b"\r\n"), 0)
    if odd or lines[-1]:
        reading.tell("line-ends", odd or len(lines))
    return lines if lines[-1] else lines[:-1]


def _one(record: Record, last: bytes, on: date | None) -> bytes:
    """Verify one record after the kind that came last; return the kind that has come last now."""
    kind = record.part(1, 1)
    if len(record.content) != LENGTH:
        record.wrong("length", 0, length=len(record.content))
    if kind not in _NAMES:
        record.wrong("record", 1, found=kind.decode("ascii", "replace"))
        return last
    if kind not in _FOLLOWING[last]:
        wanted = _NAMES.get(_FOLLOWING[last][-1:], _NOTHING)
        record.wrong("order", 1, wanted=wanted, found=_NAMES[kind])
    record.reading.counted += kind == b"2"
    if illegal := _ILLEGAL.search(record.content):
        record.wrong("letter", illegal.start() + 1, what=_NAMES[kind])
    if not record.is_right:
        return kind
    if kind == b"1":
        header(record, on)
    elif kind == b"2":
        data(record)
    elif kind == b"8":
        trailer(record)
    else:
        record.blank(2)
    return kind
