"""The reader takes whatever the writer makes, and finds whatever became of it on the way."""

from __future__ import annotations

import ast
import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mamori.japan.zengin import layout, reading, recordreading, writing
from mamori.japan.zengin.comparing import differences
from mamori.japan.zengin.faults import MOST
from mamori.japan.zengin.orders import Payment
from mamori.japan.zengin.reading import read
from mamori.japan.zengin.tests.kit import DAY, TWO, WE, payments
from mamori.japan.zengin.writing import written

LINES = written(WE, TWO, on=DAY)
FLAT = written(WE, TWO, on=DAY, crlf=False)
HEADER, ONE, OTHER, TRAILER, END = (FLAT[at : at + 120] for at in range(0, 600, 120))
LEGAL = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ()-. " + bytes(range(0xB1, 0xE0))


def codes(content: bytes, on: date | None = DAY) -> list[str]:
    """Return the codes of the faults of a file."""
    return [one.code for one in read(content, on=on).faults]


def put(record: bytes, at: int, part: bytes) -> bytes:
    """Return a record with another part from the byte on, counted from 1."""
    return record[: at - 1] + part + record[at - 1 + len(part) :]


def lines(*records: bytes) -> bytes:
    """Return a file of these records."""
    return b"".join(record + b"\r\n" for record in records)


def test_reader_and_writer_share_no_code() -> None:
    allowed = {"mamori.grammar.text", "mamori.japan.zengin.faults", "mamori.japan.zengin.recordreading"}

    for module in (reading, recordreading):
        tree = ast.parse(Path(str(module.__file__)).read_text("utf-8"))
        named = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        assert {name for name in named if name and name.startswith("mamori.")} <= allowed
    assert "recordreading" not in Path(str(layout.__file__)).read_text("utf-8")


@settings(max_examples=100, deadline=None)
@given(st.lists(payments, min_size=1, max_size=8), st.booleans())
def test_whatever_is_written_is_read_as_it_was_meant(meant: list[Payment], crlf: bool) -> None:
    content = written(WE, meant, on=DAY, crlf=crlf)

    found = read(content, on=DAY)

    assert found.faults == []
    assert found.is_good
    assert differences(found, WE, meant) == []
    assert found.total == sum(one.amount for one in meant)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", ["empty"]),
        (LINES.decode("cp932").encode(), ["encoding"]),
        (b"\xef\xbb\xbf" + LINES, ["encoding"]),
        (LINES.decode("cp932").encode("utf-16"), ["encoding"]),
        (LINES.decode("cp932").encode("utf-16-le"), ["encoding"]),
        (LINES.replace(b"\r\n", b"\n"), ["line-ends"]),
        (LINES.replace(b"\r\n", b"\r"), ["line-ends"]),
        (LINES.replace(b"\r\n", b"\n", 1), ["line-ends"]),
        (LINES[:-2], ["line-ends"]),
        (b"\0" + LINES[1:], ["record", "order"]),
        (FLAT[:-1], ["length"]),
        (FLAT[:-120], ["unfinished"]),
        (lines(HEADER, ONE, OTHER), ["unfinished"]),
        (lines(HEADER, ONE, OTHER, TRAILER), ["unfinished"]),
        (lines(ONE, OTHER, TRAILER, END), ["order"]),
        (lines(HEADER, TRAILER, END), ["order"]),
        (lines(HEADER, ONE, OTHER, END), ["order"]),
        (lines(HEADER, ONE, OTHER, TRAILER, END, END), ["order"]),
        (lines(HEADER, ONE, TRAILER, OTHER, END), ["count", "total", "order", "order"]),
        (lines(HEADER, ONE, TRAILER, END), ["count", "total"]),
        (lines(HEADER, ONE, OTHER, OTHER, TRAILER, END), ["count", "total"]),
        (lines(HEADER, ONE, OTHER, TRAILER, END, b"\x1a"), ["length", "record"]),
        (lines(HEADER, ONE, OTHER, TRAILER, END, b""), ["length", "record"]),
    ],
)
def test_a_file_that_was_damaged_as_a_whole_is_found(content: bytes, found: list[str]) -> None:
    assert codes(content) == found


@pytest.mark.parametrize(
    ("record", "at", "part", "code"),
    [
        (HEADER, 2, b"11", "constant"),
        (HEADER, 4, b"1", "constant"),
        (HEADER, 5, b"A", "digits"),
        (HEADER, 15, b" ", "name"),
        (HEADER, 55, b"1131", "date"),
        (HEADER, 55, b"1201", "date"),
        (HEADER, 55, b"113A", "date"),
        (HEADER, 96, b"4", "choice"),
        (HEADER, 97, b" 654321", "digits"),
        (HEADER, 120, b"0", "constant"),
        (ONE, 2, b" 001", "digits"),
        (ONE, 6, b" ", "name"),
        (ONE, 21, b"A01", "digits"),
        (ONE, 39, b"    ", "constant"),
        (ONE, 43, b"3", "choice"),
        (ONE, 44, b"ABC1234", "digits"),
        (ONE, 51, b" " * 30, "name"),
        (ONE, 51, "山".encode("cp932"), "letter"),
        (ONE, 51, b"a", "letter"),
        (ONE, 51, b"\xa7", "letter"),
        (ONE, 51, b"\xb0", "letter"),
        (ONE, 81, b"0000000000", "nothing"),
        (ONE, 81, b"       980", "digits"),
        (ONE, 91, b"3", "constant"),
        (ONE, 111, b"A", "digits"),
        (ONE, 112, b"9", "constant"),
        (ONE, 113, b"Y", "constant"),
        (TRAILER, 2, b"A00002", "digits"),
        (TRAILER, 2, b"000003", "count"),
        (TRAILER, 8, b"000000351981", "total"),
        (TRAILER, 20, b"0", "constant"),
        (END, 2, b"9", "constant"),
        (END, 1, b"7", "record"),
    ],
)
def test_each_planted_fault_is_told_with_its_line_and_its_place(
    record: bytes, at: int, part: bytes, code: str
) -> None:
    records = [HEADER, ONE, OTHER, TRAILER, END]
    line = records.index(record)
    records[line] = put(record, at, part)

    first = read(lines(*records), on=DAY).faults[0]

    assert (first.code, first.line, first.at) == (code, line + 1, at)
    assert first.sentence.ja.startswith(f"{line + 1}行目{at}バイト目：")
    assert "ください" in first.sentence.ja
    assert first.sentence.en.startswith(f"Line {line + 1}, byte {at}: ")


def test_a_leap_day_may_be_right_only_where_no_year_is_meant() -> None:
    leap = lines(put(HEADER, 55, b"0229"), ONE, OTHER, TRAILER, END)

    assert codes(leap, on=None) == []
    assert codes(leap, on=date(2027, 3, 1)) == ["date"]


def held() -> set[int]:
    """Return each byte of the file on which lengths, order, constants, the day, counts and sums rest."""
    spots = {0: [*range(1, 5), *range(55, 59), *range(104, 121)], 3: range(1, 121), 4: range(1, 121)}
    payment = [1, *range(39, 43), *range(81, 92), *range(112, 121)]
    spots |= {1: payment, 2: payment}
    within = {122 * line + at - 1 for line, ats in spots.items() for at in ats}
    return within | {122 * line + at for line in range(5) for at in (120, 121)}


def test_every_other_byte_in_every_place_that_is_held_is_found() -> None:
    chance, blank = random.Random(11), 0x20
    kept = [
        (at, byte)
        for at in sorted(held())
        for byte in (chance.sample(range(256), 40) if LINES[at] == blank else range(256))
        if byte != LINES[at] and not codes(LINES[:at] + bytes([byte]) + LINES[at + 1 :])
    ]

    assert len(held()) == 325
    assert kept == []


def test_every_byte_that_no_transfer_carries_is_found_wherever_it_stands() -> None:
    chance = random.Random(7)
    bad = [byte for byte in range(256) if byte not in LEGAL]

    unseen = [
        at
        for at in range(len(LINES))
        for byte in chance.sample(bad, 12)
        if byte != LINES[at] and not codes(LINES[:at] + bytes([byte]) + LINES[at + 1 :])
    ]

    assert unseen == []


def test_every_byte_lost_or_added_is_found() -> None:
    for content in (LINES, FLAT):
        for at in range(len(content)):
            assert codes(content[:at] + content[at + 1 :]), at
            assert codes(content[:at] + b"0" + content[at:]), at


def test_every_cut_is_found() -> None:
    assert all(codes(content[:at]) for content in (LINES, FLAT) for at in range(len(content)))


def test_any_other_letter_anywhere_is_found_by_its_bytes_or_beside_what_was_meant() -> None:
    free = sorted(set(range(len(LINES))) - held())

    unseen = [
        (at, letter)
        for at in free
        for letter in LEGAL
        if letter != LINES[at]
        and (found := read(LINES[:at] + bytes([letter]) + LINES[at + 1 :], on=DAY)).is_good
        and not differences(found, WE, TWO)
    ]

    assert len(free) == 285
    assert unseen == []


@pytest.mark.parametrize(
    ("record", "at", "part"),
    [
        (HEADER, 5, b"2"),
        (HEADER, 15, b"\xb7"),
        (HEADER, 59, b"0005"),
        (HEADER, 96, b"2"),
        (HEADER, 97, b"8"),
        (ONE, 2, b"0001"),
        (ONE, 43, b"1"),
        (ONE, 44, b"0000124"),
        (ONE, 51, b"Z"),
        (OTHER, 92, b"0" * 19 + b"3"),
    ],
)
def test_another_account_name_or_number_is_told_with_its_line_and_its_place(
    record: bytes, at: int, part: bytes
) -> None:
    records = [HEADER, ONE, OTHER, TRAILER, END]
    line = records.index(record)
    records[line] = put(record, at, part)

    (told,) = differences(read(lines(*records), on=DAY), WE, TWO)

    assert (told.code, told.line, told.at) == ("other", line + 1, at)
    assert "送らず" in told.sentence.ja


def test_a_file_without_a_header_is_never_what_was_meant() -> None:
    assert [one.code for one in differences(read(b""), WE, TWO)] == ["other", "missing"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("bank", "clearing"),
        ("holder", "branch_name"),
        ("number", "amount"),
        ("kind", "new"),
        ("amount", "reference"),
    ],
)
def test_a_layout_with_two_fields_in_each_others_place_is_found(
    one: str, other: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fields = {field.name: field for field in layout.DATA}
    names = {one: other, other: one}
    moved, at = [], 1
    for field in layout.DATA:
        put_here = fields[names.get(field.name, field.name)]
        moved.append(replace(put_here, at=at))
        at += put_here.width
    layout.check(tuple(moved))
    monkeypatch.setattr(writing, "DATA", tuple(moved))

    found = read(written(WE, TWO, on=DAY), on=DAY)

    assert found.faults or differences(found, WE, TWO)


def test_two_amounts_that_traded_a_yen_and_a_payment_made_twice_are_found_beside_what_was_meant() -> None:
    traded = lines(HEADER, put(ONE, 81, b"0000001981"), put(OTHER, 81, b"0000349999"), TRAILER, END)
    twice = lines(HEADER, ONE, ONE, put(TRAILER, 8, b"000000003960"), END)
    extra = lines(HEADER, ONE, OTHER, ONE, put(TRAILER, 2, b"000003000000353960"), END)

    assert [codes(content) for content in (traded, twice, extra)] == [[], [], []]
    assert [one.code for one in differences(read(traded), WE, TWO)] == ["other", "other"]
    assert {one.line for one in differences(read(twice), WE, TWO)} == {3}
    assert [one.code for one in differences(read(extra), WE, TWO)] == ["missing"]


def test_a_wholly_broken_file_is_told_in_bounds() -> None:
    broken = lines(*[b"x" * 100] * 5_000)

    told = read(broken).faults

    assert len(told) == MOST + 1
    assert told[-1].code == "many"


@settings(max_examples=200)
@given(st.binary(max_size=600))
def test_whatever_is_read_is_answered(content: bytes) -> None:
    assert not read(content).is_good
