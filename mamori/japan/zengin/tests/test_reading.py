"""The reader takes whatever the writer makes, and tells each fault with its line, its place and what to do."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from mamori.japan import zengin
from mamori.japan.zengin import reading
from mamori.japan.zengin.comparing import differences
from mamori.japan.zengin.faults import MOST
from mamori.japan.zengin.orders import Payment
from mamori.japan.zengin.reading import read
from mamori.japan.zengin.tests.kit import (
    DAY,
    END,
    FLAT,
    HEADER,
    LINES,
    ONE,
    OTHER,
    TRAILER,
    WE,
    codes,
    lines,
    payments,
    put,
)
from mamori.japan.zengin.writing import written


def test_reader_and_writer_share_no_code() -> None:
    hands = {
        "reader": {"faults", "reading"},
        "writer": {"orders", "writing"},
    }

    for mine in hands.values():
        for name in mine:
            tree = ast.parse((Path(zengin.__path__[0]) / f"{name}.py").read_text("utf-8"))
            named = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
            beside = {
                module.rpartition(".")[2] for module in named if module.startswith(f"{zengin.__name__}.")
            }
            assert beside <= mine
    assert not any(
        "japan.banks" in line for line in Path(str(reading.__file__)).read_text("utf-8").splitlines()
    )


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


def test_a_wholly_broken_file_is_told_in_bounds() -> None:
    broken = lines(*[b"x" * 100] * 5_000)

    told = read(broken).faults

    assert len(told) == MOST + 1
    assert told[-1].code == "many"


@settings(max_examples=200)
@given(st.binary(max_size=600))
def test_whatever_is_read_is_answered(content: bytes) -> None:
    assert not read(content).is_good
