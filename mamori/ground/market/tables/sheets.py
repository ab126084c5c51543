"""A table's rows out of CSV or Excel, one after another, or the sentence that says why it cannot be read."""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import IO, BinaryIO
from xml.parsers import expat

from python_calamine import CalamineError, CalamineSheet, load_workbook

from mamori.grammar.refusal import Refusal
from mamori.grammar.regex import regex
from mamori.grammar.text import Text
from mamori.ground.market.tables.extent import MOST_COLUMNS, Extent

MOST_BYTES = 2 << 30
MOST_UNPACKED = 512 << 20
"""What an Excel file may hold once unpacked: it is read whole, unlike CSV."""
ADDED = ("行 row", "理由 reason")
"""What the file of refused rows says beside each; the file that comes back is the table without it."""
_LONGEST = 1 << 20
_GUARD = regex("^'(?=[ \u3000]*[=+@＝＋－＠\\-])")
_JAPANESE = regex("[\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]")
_ERROR = regex(r"#(DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|SPILL!|CALC!)")
_LOOKED_AT = 20
"""How many lines tell what divides the columns."""
_PIECE = 1 << 20

type Cell = str | int | float | bool | date | datetime | time | timedelta


class TableTooLarge(Refusal, code="table-too-large", status=413):
    """Given when a table is larger than any is read; nothing was read of it."""

    text = Text(
        "ファイルが大きすぎます(読めるのは {most} まで)。期間などで分けて書き出してください。今回は何も取り込んでいません。",
        "The file is too large (at most {most} are read). Please export it in parts. Nothing was taken in.",
    )


class TableMixed(Refusal, code="table-mixed", status=422):
    """Given when a file is of two encodings, so that some of it would be read wrongly."""

    text = Text(
        "{line}行目から文字コードが違います(UTF-8 と Shift_JIS が混ざっています)。どちらか一つで書き出し直してください。",
        "From line {line} on the encoding is another one (UTF-8 and Shift_JIS are mixed). Please export it in one encoding.",
    )


class SheetUnreadable(Refusal, code="sheet-unreadable", status=422):
    """Given when a file is no table that can be read."""

    text = Text(
        "この表を読めません({why})。CSV か Excel(.xlsx)で書き出し直してください。",
        "This table cannot be read ({why}). Please export it as CSV or Excel (.xlsx).",
    )


class TableHeadless(Refusal, code="table-headless", status=422):
    """Given when the first row does not name each column once."""

    text = Text(
        "最初の行に列の名前を書いてください({why})。",
        "The first row has to name the columns ({why}).",
    )


class CellsMerged(Refusal, code="cells-merged", status=422):
    """Given when cells are merged: nobody can say of which rows they tell."""

    text = Text(
        "{row}行目に結合されたセルがあります。結合を解除し、どの行にも値を入れてから保存してください。",
        "There are merged cells in row {row}. Please unmerge them, fill in each row, and save the file again.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopRow:
    """One row with its number as a spreadsheet counts, the first being 1."""

    number: int
    cells: tuple[Cell, ...]

    def at(self, place: int) -> Cell:
        """Return the cell at a place from 0 on, an empty one where the row ends before."""
        return self.cells[place] if place < len(self.cells) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopSheet:
    """A table: its headings as they stand, and its rows that are not blank, to be read once."""

    headings: tuple[str, ...]
    rows: Iterator[ShopRow]

    @property
    def shape(self) -> str:
        """Return what tells tables with these headings from all others."""
        return hashlib.sha256("\n".join(self.headings).encode()).hexdigest()


type Merged = Sequence[tuple[tuple[int, int], tuple[int, int]]]
"""Cells that are one: the row and column of the first and of the last, counted from 0."""


def open_rows(file: BinaryIO) -> tuple[Iterator[ShopRow], Merged]:
    """Read a table's rows that are not blank as they are asked for, and say which of its cells are merged.

    :raises Refusal: when it is no table, or (while its rows are read) where it is none any more.
    """
    size = file.seek(0, io.SEEK_END)
    if size > MOST_BYTES:
        raise TableTooLarge(most="2 GB")
    file.seek(0)
    head = file.read(8)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise SheetUnreadable(
            why=Text("古い Excel(.xls)か、パスワード付きです", "it is an old .xls, or has a password")
        )
    return _excel(file) if head.startswith(b"PK\x03\x04") else (_csv(file), ())


def open_sheet(file: BinaryIO) -> ShopSheet:
    """Read a table's headings, and its rows as they are asked for.

    :raises Refusal: when it is no table, or (while its rows are read) where it is none any more.
    """
    rows, merged = open_rows(file)
    if merged:
        raise CellsMerged(row=min(start[0] for start, _ in merged) + 1)
    first = next(rows, None)
    if first is None:
        raise TableHeadless(why=Text("空のファイルです", "it is empty"))
    headings = tuple(written(cell) for cell in first.cells)
    if any(one in ADDED for one in headings):
        kept = [place for place, one in enumerate(headings) if one not in ADDED]
        headings = tuple(headings[place] for place in kept)
        rows = (replace(row, cells=tuple(row.at(place) for place in kept)) for row in rows)
    while headings and not headings[-1]:
        headings = headings[:-1]
    named = [one for one in headings if one]
    if len(set(named)) < len(named):
        twice = next(one for one in named if named.count(one) > 1)
        raise TableHeadless(why=Text(f"「{twice[:64]}」が2つあります", f"“{twice[:64]}” stands there twice"))
    if len(headings) > MOST_COLUMNS:
        raise TableHeadless(
            why=Text(f"列は{MOST_COLUMNS}までです", f"at most {MOST_COLUMNS} columns are read")
        )
    return ShopSheet(headings=headings, rows=rows)


def written(cell: Cell) -> str:
    """Return a cell as people read it: numbers without a needless “.0”, without the apostrophe that keeps a formula off."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return _GUARD.sub("", str(cell)).strip()


def plain(cell: Cell) -> str:
    """Return a cell with signs of any width made one, as figures and codes are compared."""
    return unicodedata.normalize("NFKC", written(cell)).strip()


def is_error(cell: Cell) -> bool:
    """Say whether a cell holds what a formula could not reckon."""
    return isinstance(cell, str) and bool(_ERROR.fullmatch(cell))


def _csv(file: BinaryIO) -> Iterator[ShopRow]:
    encoding = _encoding(file)
    file.seek(0)
    head = [file.readline(1 << 12).decode(encoding, "replace").replace("\r", "") for _ in range(_LOOKED_AT)]
    file.seek(0)
    text = (line.decode(encoding).removeprefix("\ufeff") for line in file)
    number = 0
    try:
        delimiter = max(",\t;", key=lambda sign: _columns(head, sign))
        for number, cells in enumerate(csv.reader(text, delimiter=delimiter, strict=True), 1):
            if any(cell.strip() for cell in cells):
                yield ShopRow(number=number, cells=tuple(cells))
    except csv.Error:
        row = number + 1
        raise SheetUnreadable(
            why=Text(
                f'{row}行目から、引用符「"」が閉じていないか、1つの欄が長すぎます',
                f"from row {row} on a quote is not closed, or one field is too long",
            )
        ) from None


def _columns(lines: list[str], delimiter: str) -> tuple[int, int]:
    """Return how many columns each of the rows has at least, and all of them together: what most likely divides them has most."""
    rows = [len(row) for row in csv.reader(lines, delimiter=delimiter) if any(row)]
    return min(rows, default=0), sum(rows)


def _encoding(file: BinaryIO) -> str:
    """Return in which encoding all lines are written; a line counts for UTF-8 where it shows Japanese in it."""
    file.seek(0)
    head = file.read(4)
    if head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        raise SheetUnreadable(why=Text("UTF-16 です", "it is UTF-16"))
    file.seek(0)
    first = ""
    for number, line in enumerate(iter(lambda: file.readline(_LONGEST), b""), 1):
        if len(line) == _LONGEST:
            raise SheetUnreadable(why=Text(f"{number}行目が長すぎます", f"line {number} is too long"))
        if b"\0" in line:
            raise SheetUnreadable(why=Text("表ではないファイルです", "it is no table"))
        if line.isascii():
            continue
        found = _of_line(line, first)
        if not found:
            raise SheetUnreadable(
                why=Text(
                    f"{number}行目が UTF-8 でも Shift_JIS でもありません",
                    f"line {number} is neither UTF-8 nor Shift_JIS",
                )
            )
        if first and found != first:
            raise TableMixed(line=number)
        first = found
    return first or "utf-8"


def _of_line(line: bytes, before: str) -> str:
    """Return the encoding of a line; one that may be of either is of that before."""
    fits = [name for name in ("utf-8", "cp932") if _decoded(line, name) is not None]
    if len(fits) == 2 and not _JAPANESE.search(_decoded(line, "utf-8") or ""):
        return before or "cp932"
    return fits[0] if fits else ""


def _decoded(line: bytes, encoding: str) -> str | None:
    try:
        return line.decode(encoding)
    except UnicodeDecodeError:
        return None


def _excel(file: BinaryIO) -> tuple[Iterator[ShopRow], Merged]:
    sheet = _sheet(file)
    rows = (
        ShopRow(number=number, cells=tuple(cells))
        for number, cells in enumerate(sheet.iter_rows(), 1)
        if any(written(cell) for cell in cells)
    )
    return rows, sheet.merged_cell_ranges or ()


def _sheet(file: BinaryIO) -> CalamineSheet:
    with _known_faults():
        with zipfile.ZipFile(file) as packed:
            _must_fit(packed)
        file.seek(0)
        book = load_workbook(file)
        shown = [one for one in book.sheets_metadata if str(one.visible).endswith("Visible")]
        filled = [sheet for one in shown if (sheet := book.get_sheet_by_name(one.name)).height]
        if len(filled) != 1:
            why = Text(
                f"値のあるシートが{len(filled)}枚あります。1枚だけのファイルにしてください",
                f"it has {len(filled)} sheets that hold something; please keep one",
            )
            raise SheetUnreadable(why=why)
        return filled[0]


def _must_fit(packed: zipfile.ZipFile) -> None:
    """Refuse an Excel file that would become too much, has a formula without a value, or is none of the kind that shows both."""
    too_large = TableTooLarge(
        most=Text("Excel は展開して 512 MB、CSV なら 2 GB", "512 MB of Excel unpacked, or 2 GB of CSV")
    )
    if sum(one.file_size for one in packed.infolist()) > MOST_UNPACKED:
        raise too_large
    names = {name.lower(): name for name in packed.namelist()}
    is_xlsx = "xl/workbook.xml" in names and not {"xl/workbook.bin", "content.xml"} & names.keys()
    if not is_xlsx or len(names) < len(packed.namelist()):
        raise SheetUnreadable(why=Text("Excel の .xlsx ではありません", "it is no .xlsx of Excel"))
    extent = Extent()
    for lower in sorted(names, key=lambda name: name != "xl/sharedstrings.xml"):
        with packed.open(names[lower]) as part:
            try:
                _reckon(part, extent)
            except expat.ExpatError:
                if lower.endswith(".xml"):  # else a picture, or what a printer is told
                    raise
        if extent.shared > MOST_UNPACKED:
            raise too_large


def _reckon(part: IO[bytes], extent: Extent) -> None:
    parser = extent.part()
    while piece := part.read(_PIECE):
        parser.Parse(piece)
    parser.Parse(b"", True)
    extent.end()


@contextmanager
def _known_faults() -> Iterator[None]:
    try:
        yield
    except (CalamineError, expat.ExpatError, zipfile.BadZipFile, OSError, ValueError):
        why = Text(
            "Excel ファイルとして開けません。壊れているか、パスワードが付いています",
            "it does not open as Excel: it is damaged, or has a password",
        )
        raise SheetUnreadable(why=why) from None
