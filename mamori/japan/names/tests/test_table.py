"""The table of readings: every listed name passes under its own reading, and nothing passes by a table that lacks it."""

from __future__ import annotations

import mamori_readings
import pytest
from hypothesis import given, settings, strategies as st

from mamori.japan.names import Holder, Verdict, compare
from mamori.japan.names.lattice import KanjiKind, Lines, Spot, Table, column, shipped

NAMES = [line.split("\t") for line in mamori_readings.block("names").decode().splitlines()]
SURNAMES = [(name, reading) for name, surnames, _ in NAMES for reading in surnames.split()]
GIVEN = [(name, reading) for name, _, given_ in NAMES for reading in given_.split()]


def small(*, names: str = "", kanji: str = "山\tヤマ,1\n田\tタ,1;ダ,,,,1\n") -> Table:
    """Return a table of a few lines."""
    return Table(kanji=kanji.encode(), names=names.encode(), words=b"")


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(SURNAMES), st.sampled_from(GIVEN))
def test_a_name_always_passes_under_its_own_learned_reading(
    surname: tuple[str, str], given_: tuple[str, str]
) -> None:
    answer = compare(name=surname[0] + given_[0], kana=surname[1] + given_[1], kind=Holder.PERSON)

    assert answer.verdict is Verdict.MATCH


@given(
    st.dictionaries(st.text(min_size=1).filter(lambda t: not set(t) & set("\t\n")), st.just("ヨミ")),
    st.text(min_size=1),
)
def test_a_line_is_found_as_in_a_dictionary(entries: dict[str, str], text: str) -> None:
    lines = Lines(
        b"".join(
            f"{key}\t{value}\n".encode()
            for key, value in sorted(entries.items(), key=lambda e: e[0].encode())
        )
    )

    assert len(lines) == len(entries)
    assert all(lines.get(key) == value for key, value in entries.items())
    assert lines.get(text) == entries.get(text, "")
    for whole in (*entries, text):
        expected = [
            (size, entries[whole[:size]]) for size in range(1, len(whole) + 1) if whole[:size] in entries
        ]
        assert list(lines.beginning(whole)) == expected


def test_a_table_without_the_reading_does_not_let_the_name_pass() -> None:
    kanji = "山\tヤマ,1\n田\tダ,,,,9\n太\tフト,1\n郎\tオ,1\n"

    told = [
        compare(
            name="山田太郎", kana="ヤマダタロウ", kind=Holder.PERSON, table=small(names=names, kanji=kanji)
        )
        for names in ("太郎\t\tタロウ\n", "")
    ]

    assert told[0].verdict is Verdict.MATCH
    assert told[1].verdict is not Verdict.MATCH


def test_chances_of_a_letter_at_its_spot_add_up_to_one() -> None:
    from math import exp

    for letter in "山田一光翼":
        for kind in KanjiKind:
            for spot in Spot:
                total = sum(
                    exp(chance) for _, chance in shipped()._at(letter, column(spot, kind), begins=False).every
                )
                assert total == pytest.approx(1)


def test_a_kanji_is_read_otherwise_at_the_end_of_a_given_name_than_in_a_surname() -> None:
    surname = dict(shipped().options("子", Spot.FIRST, KanjiKind.SURNAME).every)
    given_name = dict(shipped().options("子", Spot.LAST, KanjiKind.GIVEN).every)

    assert given_name["コ"] > surname["コ"]


def test_what_is_kept_at_hand_is_bounded() -> None:
    table = small(kanji="".join(f"{chr(code)}\tア,1\n" for code in range(0x4E00, 0x4E00 + 7000)))

    for code in range(0x4E00, 0x4E00 + 7000):
        table.options(chr(code), Spot.FIRST, KanjiKind.GIVEN)
        table.options(chr(code), Spot.LAST, KanjiKind.GIVEN)

    assert len(table._options) <= 12_000


def test_lines_are_sorted_by_their_bytes_and_hold_no_single_person() -> None:
    for name in mamori_readings.BLOCKS:
        keys = [line.split(b"\t")[0] for line in mamori_readings.block(name).splitlines()]
        assert keys == sorted(set(keys))
    assert not any(len(name) > 6 for name, *_ in NAMES)
