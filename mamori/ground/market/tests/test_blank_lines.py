"""Blank lines of an import are passed over as quickly as their bytes are read, and every other keeps its number."""

from __future__ import annotations

import json
from pathlib import Path
from time import process_time
from typing import Any

import pytest

from mamori.ground.market import reading
from mamori.ground.market.importing import take_in
from mamori.ground.market.tests.conftest import MACHINE
from mamori.ground.market.tests.test_importing import ALL, figures

pytestmark = pytest.mark.django_db


def test_a_million_blank_lines_are_passed_over_as_one_and_counted_each(
    tmp_path: Path, django_assert_max_num_queries: Any
) -> None:
    path = tmp_path / "blank.ndjson"
    rows = [json.dumps(line, ensure_ascii=False).encode() for line in ALL]
    path.write_bytes(b"\n" * 500_000 + b"\n".join(rows) + b"\n \t\r\n" + b"\n" * 500_000 + b"  ")
    source = reading.look(path, "utf-8")
    found = list(reading.lines(source))
    blanks = [raw for raw in found if raw.raw == b""]

    with django_assert_max_num_queries(120):  # as many as for the four lines alone
        [report] = take_in(MACHINE, [source], lambda _: None)

    assert figures(report) == (4, 0, 0, 0)
    assert report.lines == found[-1].number == 500_000 + 4 + 1 + 500_000 + 1
    assert [raw.number for raw in blanks] == [500_000, report.lines]
    assert sum(raw.length for raw in found) == source.size


def test_blank_lines_take_no_longer_than_other_lines_of_as_many_bytes(tmp_path: Path) -> None:
    blank, full = tmp_path / "blank.ndjson", tmp_path / "full.ndjson"
    blank.write_bytes(b"\n" * 1_000_000)
    full.write_bytes((b"x" * 199 + b"\n") * 5_000)

    def seconds(path: Path) -> float:
        source = reading.look(path, "utf-8")
        began = process_time()
        for _ in reading.lines(source):
            pass
        return process_time() - began

    best = {path: min(seconds(path) for _ in range(3)) for path in (blank, full)}

    assert best[blank] < 2 * best[full] + 0.001


@pytest.mark.parametrize("between", [b"\n", b"\r\n", b"\n \n", b"\n\t\n", b"\n" * 300, b"\n" + b" " * 70_000])
def test_lines_keep_their_number_and_place_between_blank_ones(tmp_path: Path, between: bytes) -> None:
    path = tmp_path / "mixed.ndjson"
    path.write_bytes(between.join([b'  {"a":1}', b'{"b":2}', b' {"c":3}']) + between)
    whole = path.read_bytes()
    expected = [
        (number, line.strip()) for number, line in enumerate(whole.split(b"\n"), start=1) if line.strip()
    ]
    source = reading.look(path, "utf-8")

    found = [raw for raw in reading.lines(source) if raw.raw]

    assert [(raw.number, (raw.raw or b"").strip()) for raw in found] == expected
    for raw in found:
        again = reading.line_at(source, offset=raw.offset, length=raw.length, number=raw.number)
        assert again.raw == raw.raw
        rest = list(reading.lines(source, offset=raw.offset, number=raw.number - 1))
        assert rest[0] == raw
