"""Files as they come, in constant memory, and each line made into a record, or into a plain sentence that says why not."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from io import BufferedReader
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared.records import convert, json_of, refusal_of, unknown
from mamori.ground.market.lines import KEPT_ONCE, KINDS
from mamori.ground.market.records import faults_of
from mamori.ground.market.sellerlines import Line, Patch, Told, name_of_ref

# Files as they come: what they are, what they hold line by line, from any place on; constant memory.


MOST_BYTES = 1_048_576
"""The longest line that is read; a longer one is passed over in pieces."""

_BOM = b"\xef\xbb\xbf"
_HEAD = 4096
_BLANKS = b" \t\n\r\v\f"
_FIRST, _WHOLE = 256, 65_536
"""How much is looked at for blank lines, at first and at most: where they are few, no more is read than one line."""


class FileMissing(Refusal, code="file-missing", status=404):
    """Given when there is no such file."""

    text = Text(
        "ファイル「{name}」がありません。場所と名前をお確かめください。",
        "There is no file “{name}”. Please check its folder and name.",
    )


class FileIsFolder(Refusal, code="file-is-folder", status=422):
    """Given when a folder or a device is given in the place of a file."""

    text = Text(
        "「{name}」はファイルではありません。中のファイルを指定してください(例 {name}/*.ndjson)。",
        "“{name}” is not a file. Please name the files in it, such as {name}/*.ndjson.",
    )


class FileClosed(Refusal, code="file-closed", status=403):
    """Given when the system does not let us read a file."""

    text = Text(
        "「{name}」を読めません({why})。読み取りの権限をお確かめください。",
        "“{name}” cannot be read ({why}). Please check its permissions.",
    )


class FileEmpty(Refusal, code="file-empty", status=422):
    """Given when a file holds nothing at all."""

    text = Text(
        "「{name}」は空です。書き出しが終わっているかお確かめください。",
        "“{name}” is empty. Please check that the export has finished.",
    )


class FileIsUtf16(Refusal, code="file-is-utf16", status=422):
    """Given when a file is UTF-16, whose line ends cannot be found."""

    text = Text(
        "「{name}」は UTF-16 で書かれています。UTF-8 で保存し直してください。",
        "“{name}” is UTF-16. Please save it as UTF-8.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file to read, known by its content."""

    path: Path
    size: int
    sha256: str
    encoding: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RawLine:
    """A line as it stands; `raw` is None where it is too long, `is_cut` where it is the last and does not end.

    Blank lines that follow one another are one, with the number of the last of them.
    """

    number: int
    offset: int
    length: int
    raw: bytes | None
    is_cut: bool


def look(path: Path, encoding: str) -> Source:
    """Look at a file and read it through once for its SHA-256."""
    try:
        if not path.exists():
            raise FileMissing(name=path)
        if not path.is_file():
            raise FileIsFolder(name=path)
        with path.open("rb") as file:
            head = file.read(_HEAD)
            file.seek(0)
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            size = file.tell()
    except OSError as error:
        raise FileClosed(name=path, why=error.strerror) from None
    if not head.removeprefix(_BOM).strip() and size <= _HEAD:
        raise FileEmpty(name=path)
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or b'{\0"\0' in head or b'\0{\0"' in head:
        raise FileIsUtf16(name=path)
    return Source(path=path, size=size, sha256=digest, encoding=encoding)


def lines(source: Source, *, offset: int = 0, number: int = 0) -> Iterator[RawLine]:
    """Yield the lines from `offset` on, the first of them being `number` + 1; never more than was looked at."""
    with source.path.open("rb") as file:
        file.seek(offset)
        while offset < source.size:
            left = source.size - offset
            line = _blank(file, left, number, offset) or _line(file, left, number + 1, offset)
            yield line
            offset, number = offset + line.length, line.number


def line_at(source: Source, *, offset: int, length: int, number: int) -> RawLine:
    """Return one line again."""
    with source.path.open("rb") as file:
        file.seek(offset)
        return _line(file, length, number, offset)


def _blank(file: BufferedReader, left: int, number: int, offset: int) -> RawLine | None:
    """Pass over the blank lines that stand here, a million as quickly as so many bytes; None where there is none."""
    if file.peek(1)[:1] not in _BLANKS:
        return None
    seen = end = count = 0
    size = _FIRST
    while piece := file.read(min(size, left - seen)):
        blanks = len(piece) - len(piece.lstrip(_BLANKS))
        newline = piece.rfind(b"\n", 0, blanks) + 1
        if newline:
            end, count = seen + newline, count + piece.count(b"\n", 0, newline)
        seen += blanks
        if blanks < len(piece):
            break
        size = min(2 * size, _WHOLE)
    if seen == left > end:  # the last line holds blanks only and does not end
        end, count = left, count + 1
    file.seek(offset + end)
    if not count:
        return None
    return RawLine(number=number + count, offset=offset, length=end, raw=b"", is_cut=False)


def _line(file: BinaryIO, left: int, number: int, offset: int) -> RawLine:
    raw = file.readline(min(MOST_BYTES, left))
    length, piece = len(raw), raw
    while not piece.endswith(b"\n") and length < left:
        piece = file.readline(min(MOST_BYTES, left - length))
        if not piece:  # the file has shrunk since it was looked at: what is left of it is cut
            return RawLine(number=number, offset=offset, length=left, raw=raw, is_cut=True)
        length += len(piece)
    if length > len(raw):
        return RawLine(number=number, offset=offset, length=length, raw=None, is_cut=False)
    text = raw.removeprefix(_BOM) if offset == 0 else raw
    return RawLine(number=number, offset=offset, length=length, raw=text, is_cut=not raw.endswith(b"\n"))


# One line of a file made into a record, or into a plain sentence that says why not.


class LineNotEncoded(Refusal, code="line-not-encoded", status=422):
    """Given when a line is not in the encoding that was said."""

    text = Text(
        "この行は {encoding} として読めません。Shift_JIS(Windows)のファイルなら --encoding cp932 を付けてください。",
        "This line is not {encoding}. If the file is Shift_JIS (Windows), add --encoding cp932.",
    )


class LineHoldsNul(Refusal, code="line-holds-nul", status=422):
    """Given when a line holds NUL bytes, as damaged or binary files do."""

    text = Text(
        "この行には NUL(0のバイト)が含まれています。ファイルが壊れていないか確かめ、書き出し直してください。",
        "This line holds NUL bytes. Please check that the file is not damaged, and export it again.",
    )


class LineTooLong(Refusal, code="line-too-long", status=422):
    """Given when a line is longer than any record can be."""

    text = Text(
        "この行は長すぎます(1行は {most} バイトまで)。1行に1件ずつ書いてください。",
        "This line is too long (at most {most} bytes). Please write one record a line.",
    )


class LineHalfWritten(Refusal, code="line-half-written", status=422):
    """Given when the last line stops in the middle."""

    text = Text(
        "最後の行が途中で切れています。書き出しが終わってから、もう一度取り込んでください(取り込み済みの行はそのままです)。",
        "The last line stops in the middle. Please import again once the export is complete; the lines before are in.",
    )


class LineNotJson(Refusal, code="line-not-json", status=422):
    """Given when a line is no JSON object."""

    text = Text(
        'この行は JSON として読めません({place})。1行に1件、{{"kind":"order", …}} の形で書いてください。',
        'This line is not JSON ({place}). Please write one record a line, such as {{"kind":"order", …}}.',
    )


class KindUnknown(Refusal, code="kind-unknown", status=422):
    """Given when a record does not say its kind, or one that we do not know."""

    text = Text(
        "「kind」が正しくありません。{kinds} のどれかを書いてください。",
        "“kind” is missing or unknown. Please write one of {kinds}.",
    )


class OpUnknown(Refusal, code="op-unknown", status=422):
    """Given when a record says to do what cannot be done with its kind."""

    text = Text(
        "「op」が正しくありません。全体を置き換える put(書かないときも put)か、書いた項目だけを変える patch にしてください"
        "(confirmation と screen は put だけ)。",
        "“op” is unknown. Please write put (or leave it out) to replace the record whole, or patch to change what is given; "
        "a confirmation and a screen can only be put.",
    )


class Op(StrEnum):
    """What a line does: replace its record whole, or change what it gives."""

    PUT = "put"
    PATCH = "patch"


def read(raw: bytes, encoding: str = "utf-8", *, is_cut: bool = False) -> Told:
    """Read one line; `is_cut` = it is the last one and does not end."""
    record = _record(raw, encoding, is_cut=is_cut)
    name, op = record.pop("kind", None), record.pop("op", Op.PUT)
    if not isinstance(name, str) or name not in KINDS:
        raise KindUnknown(kinds=", ".join(KINDS))
    kind = KINDS[name]
    if op not in set(Op) or (op == Op.PATCH and kind in KEPT_ONCE):
        raise OpUnknown
    if op == Op.PATCH:
        return _patch(record, kind)
    line = convert(record, kind)
    for fault in unknown(record, kind):
        raise fault
    return line


def _patch(record: dict[str, Any], kind: type[Line]) -> Patch:
    name = name_of_ref(kind)
    ref = record.pop(name, None)
    if ref is None:
        raise refusal_of(kind, f"missing required field `{name}`")
    for fault in faults_of(record, kind, ref):
        raise fault
    return Patch(kind=kind, ref=ref, given=record)


def named_in(raw: bytes | None, encoding: str = "utf-8") -> tuple[str, str]:
    """Return kind and reference that a refused line shows, each empty where nothing that could be one stands there."""
    try:
        record = _record(raw or b"", encoding, is_cut=False)
    except Refusal:
        return "", ""
    kind = record.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        return "", ""
    ref = record.get(name_of_ref(KINDS[kind]))
    return kind, ref if isinstance(ref, str) and re.fullmatch("[!-~]{1,64}", ref) else ""


def _record(raw: bytes, encoding: str, *, is_cut: bool) -> dict[str, Any]:
    if b"\0" in raw:
        raise LineHoldsNul
    try:
        record = json_of(raw.decode(encoding).encode())
    except UnicodeDecodeError:
        raise LineHalfWritten() if is_cut else LineNotEncoded(encoding=encoding) from None
    except RecursionError:
        raise LineNotJson(place=Text("入れ子が深すぎます", "nested too deep")) from None
    except msgspec.MsgspecError as error:
        raise LineHalfWritten() if is_cut else LineNotJson(place=_place(str(error))) from None
    if not isinstance(record, dict):
        raise LineNotJson(place=Text("{ } で囲まれていません", "not within { }"))
    return record


def _place(error: str) -> Text:
    found = re.search(r"\(byte (\d+)\)", error)
    if found is None:
        return Text(
            "途中で終わっているか、数が大きすぎます", "it stops in the middle, or a number is too large"
        )
    at = int(found[1]) + 1
    return Text(f"{at} バイト目", f"at byte {at}")
