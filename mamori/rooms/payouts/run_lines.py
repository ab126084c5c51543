"""A file of payouts to be made, as a marketplace writes it: CSV with `ref,seller,amount`, or NDJSON of the same three."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import msgspec

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.rooms.payouts.actions.requests import Asked
from mamori.rooms.payouts.actions.runs import Row

COLUMNS = ["ref", "seller", "amount"]
MOST_LINES = 999_999
LONGEST = 19


class FileNotText(Refusal, code="payout-file-not-text", status=422):
    """Given when a file of payouts is not UTF-8, or empty."""

    text = Text(
        "ファイルを読めません。UTF-8 の CSV（1行目は ref,seller,amount）か NDJSON で保存し直してください。"
        "何も支払われていません。",
        "The file cannot be read. Please save it anew in UTF-8, as CSV (first line ref,seller,amount) or as NDJSON. "
        "Nothing was paid.",
    )


class FileBroken(Refusal, code="payout-file-broken", status=422):
    """Given when a quotation mark stands out of place: nothing of the file is taken."""

    text = Text(
        "{line}行目の引用符（”）が正しく閉じていません。直してからもう一度お試しください。何も支払われていません。",
        "A quotation mark in line {line} is out of place. Please put it right and try again. Nothing was paid.",
    )


class FileTooLong(Refusal, code="payout-file-too-long", status=422):
    """Given when a file holds more payouts than one file of transfers can."""

    text = Text(
        "1つのファイルは999,999行までです。分けてください。何も支払われていません。",
        "A file holds 999,999 lines at most. Please split it. Nothing was paid.",
    )


class LineUnreadable(Refusal, code="payout-line-unreadable", status=422):
    """Given in the place of a line that is no payout."""

    text = Text(
        "この行は読めません。ref,seller,amount の3つを、金額はカンマや小数のない整数の円で書いてください。",
        "This line cannot be read. Please give ref, seller and amount, the amount in whole yen without commas or fractions.",
    )


class LineTwice(Refusal, code="payout-line-twice", status=422):
    """Given when a payout stands in a file twice: it is paid once."""

    text = Text(
        "支払い「{payout}」は{first}行目にもあります。支払うのは1回だけです。別の支払いなら、別の番号を付けてください。",
        "The payout “{payout}” stands in line {first}, too. It is paid once; if this is another one, please give it "
        "its own number.",
    )


class _Said(msgspec.Struct, forbid_unknown_fields=True):
    ref: str
    seller: str
    amount: int


def read_lines(content: bytes) -> list[Row]:
    """Return every line of a file of payouts, numbered as it stands there; what is wrong with one is told in its place."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileNotText from None
    if not text.strip() or "\0" in text:
        raise FileNotText
    found: list[Row] = []
    first: dict[str, int] = {}
    for number, asked in _json(text) if text.lstrip().startswith("{") else _table(text):
        if asked is not None and asked.ref in first:
            twice = LineTwice(payout=asked.ref, first=first[asked.ref])
            found.append(Row(number, None, twice))
            continue
        if asked is not None:
            first[asked.ref] = number
        found.append(Row(number, asked, None if asked else LineUnreadable()))
        if len(found) > MOST_LINES:
            raise FileTooLong
    if not found:
        raise FileNotText
    return found


def _json(text: str) -> Iterator[tuple[int, Asked | None]]:
    decoder = msgspec.json.Decoder(_Said)
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            said = decoder.decode(line)
            yield number, Asked(said.ref, said.seller, said.amount, by_run=True)
        except msgspec.MsgspecError:
            yield number, None


def _table(text: str) -> Iterator[tuple[int, Asked | None]]:
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        if [name.strip() for name in next(rows)] != COLUMNS:
            raise FileNotText
        for cells in rows:
            if cells:
                yield rows.line_num, _asked([cell.strip() for cell in cells])
    except csv.Error:  # a quotation mark out of place: nobody can tell where the lines behind it begin
        raise FileBroken(line=rows.line_num) from None


def _asked(cells: list[str]) -> Asked | None:
    if len(cells) != len(COLUMNS):
        return None
    ref, seller, amount = cells
    digits = amount.removeprefix("-")
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= LONGEST):
        return None
    return Asked(ref, seller, int(amount), by_run=True)
