"""What an Excel file comes to once it is laid out, and whether its formulas have values: read before anything of it is."""

from __future__ import annotations

from functools import cache
from xml.parsers import expat

from mamori.grammar.refusal import Refusal
from mamori.grammar.regex import regex
from mamori.grammar.text import Text

MOST_COLUMNS = 500
MOST_CELLS = 10_000_000
"""How many cells the sheets may span together: the reader lays out the empty ones between two values as well."""
_PLACE = regex(r"([A-Za-z]{1,3})([0-9]{1,7})")


class CellFarOut(Refusal, code="cell-far-out", status=422):
    """Given when a value stands so far out, mostly by mistake, that the sheet would fill the memory."""

    text = Text(
        "Excel の表が大きすぎます(セル {cell} まで値があります)。離れた所の不要な値を消すか、CSV で書き出し直してください。",
        "The table in Excel is too large: values stand as far out as cell {cell}. "
        "Please clear what stands there by mistake, or export the table as CSV.",
    )


class CellValueless(Refusal, code="cell-valueless", status=422):
    """Given when a formula in a file failed, or was never reckoned: it would be taken for an empty cell."""

    text = Text(
        "セル {cell} の計算式に値がありません(エラーか、未計算です)。値を直し、Excel で開いて保存し直してください。",
        "The formula in cell {cell} has no value: it failed, or was never reckoned. Please correct it and save it in Excel.",
    )


class Extent:
    """Cells that the parts read so far span, and `shared`: the bytes of words that cells refer to, for each anew."""

    def __init__(self) -> None:
        self.spanned = self.shared = 0
        self._lengths: list[int] = []

    def part(self) -> expat.XMLParserType:
        """Return what the XML of the next part is given to, shared words before sheets.

        :raises CellFarOut: while it is, and by `end`.
        :raises CellValueless: while it is.
        """
        self._row = self._column = self._rows = self._columns = 0
        self._at: tuple[int, int] = (0, 0)
        self._last, self._cell, self._type, self._inside = "", "", "", ""
        self._owes_value = False  # a formula was read in a row of a sheet, and no value yet
        parser = expat.ParserCreate()
        parser.buffer_text = parser.specified_attributes = True
        parser.StartElementHandler, parser.CharacterDataHandler = self._start, self._text
        parser.EndElementHandler = self._end
        return parser

    def end(self) -> None:
        """Reckon the cells of the part that was read."""
        self.spanned += self._rows * self._columns
        if self.spanned > MOST_CELLS:
            raise CellFarOut(cell=self._last)

    def _start(self, name: str, told: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "c":
            self._type, self._inside, self._owes_value = told.get("t", ""), "", False
            self._cell = told.get("r", "")
            row, column = _place(self._cell) if self._cell else (self._row, self._column + 1)
            self._at, self._column = (row, column), column
            if self._type == "e" and self._row:
                raise CellValueless(cell=self._named())
        elif tag == "f":
            self._owes_value = bool(self._row) and self._type != "str"  # words may well be none
        elif tag in ("v", "is"):  # a cell without either, such as one that is only coloured, spans nothing
            self._inside = tag
            self._value()
        elif tag == "row":
            self._row, self._column = int(told.get("r", self._row + 1)), 0
        elif tag == "si":
            self._lengths.append(0)
            self._inside = tag

    def _end(self, name: str) -> None:
        if self._owes_value and name.rpartition(":")[2] == "c":
            raise CellValueless(cell=self._named())

    def _named(self) -> str:
        return self._cell or "{}:{}".format(*self._at)

    def _value(self) -> None:
        row, column = self._at
        if column > MOST_COLUMNS:
            raise CellFarOut(cell=self._named())
        self._columns = max(self._columns, column)
        if row > self._rows:
            self._rows, self._last = row, self._named()

    def _text(self, text: str) -> None:
        if self._inside == "si":
            self._lengths[-1] += len(text.encode())
        elif self._inside == "v":
            self._inside, self._owes_value = "", False
            if self._type == "s" and (number := int(text)) < len(self._lengths):
                self.shared += self._lengths[number]


def _place(cell: str) -> tuple[int, int]:
    found = _PLACE.fullmatch(cell)
    if found is None:
        raise ValueError(cell)
    return int(found[2]), _column(found[1].upper())


@cache
def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column
