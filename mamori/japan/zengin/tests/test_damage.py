"""Whatever a file of transfers suffers on its way is found, by its bytes or beside what was meant."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from mamori.japan.zengin import writing
from mamori.japan.zengin.comparing import differences
from mamori.japan.zengin.reading import read
from mamori.japan.zengin.tests.kit import (
    CARRIED,
    DAY,
    END,
    FLAT,
    HEADER,
    LINES,
    ONE,
    OTHER,
    TRAILER,
    TWO,
    WE,
    codes,
    lines,
    put,
)
from mamori.japan.zengin.writing import written


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
    bad = [byte for byte in range(256) if byte not in CARRIED]

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


def test_a_letter_in_any_place_of_any_number_is_found_by_its_bytes() -> None:
    records = [HEADER, ONE, OTHER, TRAILER, END]
    unseen = [
        (fields, field.name, at)
        for line, fields in enumerate(("header", "data", "data", "trailer", "end"))
        for field in writing.RECORDS[fields][1]
        for at in range(field.at, field.at + field.width)
        if field.sort == "N"
        and not codes(lines(*records[:line], put(records[line], at, b"A"), *records[line + 1 :]))
    ]

    assert unseen == []


def test_any_other_letter_anywhere_is_found_by_its_bytes_or_beside_what_was_meant() -> None:
    free = sorted(set(range(len(LINES))) - held())

    unseen = [
        (at, letter)
        for at in free
        for letter in CARRIED
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
    fields = {field.name: field for field in writing.DATA}
    names = {one: other, other: one}
    moved, at = [], 1
    for field in writing.DATA:
        put_here = fields[names.get(field.name, field.name)]
        moved.append(replace(put_here, at=at))
        at += put_here.width
    writing.check(tuple(moved))
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
