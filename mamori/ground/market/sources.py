"""Files as they come: what they are, what they hold line by line, from any place on; constant memory."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text

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
