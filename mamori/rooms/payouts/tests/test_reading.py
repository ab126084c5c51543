"""A file of payouts is read line by line; what is wrong with one is told in its place and spoils no other."""

from __future__ import annotations

import pytest

from mamori.rooms.payouts.actions import Asked
from mamori.rooms.payouts.runs import actions as runs
from mamori.rooms.payouts.runs.actions import FileBroken, FileNotText, FileTooLong, read_lines

TABLE = "ref,seller,amount\nP-1,S-1,1000\n"


def codes(content: str) -> list[str]:
    return [row.refusal.code if row.refusal else "" for row in read_lines(content.encode())]


@pytest.mark.parametrize(
    "content",
    [TABLE, "\ufeff" + TABLE, TABLE.replace("\n", "\r\n"), '{"ref":"P-1","seller":"S-1","amount":1000}\n\n'],
)
def test_a_table_and_json_say_the_same(content: str) -> None:
    [row] = read_lines(content.encode())

    assert row.asked == Asked("P-1", "S-1", 1_000, by_run=True)


def test_lines_keep_the_number_that_an_editor_shows() -> None:
    assert [row.number for row in read_lines(f"{TABLE}\nP-2,S-1,5\n".encode())] == [2, 4]


@pytest.mark.parametrize(
    "line",
    [
        "P-2,S-1",
        "P-2,S-1,1,2",
        "P-2,S-1,1.5",
        'P-2,S-1,"1,000"',
        "P-2,S-1,１００",
        "P-2,S-1,千円",
        "P-2,S-1,",
        f"P-2,S-1,{'9' * 20}",
    ],
)
def test_a_line_that_is_no_payout_is_told_in_its_place(line: str) -> None:
    assert codes(f"{TABLE}{line}\nP-3,S-1,5\n") == ["", "payout-line-unreadable", ""]


@pytest.mark.parametrize(
    "line",
    [
        "{",
        '{"ref":"P-2"}',
        '{"ref":"P-2","seller":"S-1","amount":1.5}',
        '{"ref":"P-2","seller":"S-1","amount":1,"more":2}',
        "P-2,S-1,1",
    ],
)
def test_json_that_is_no_payout_is_told_in_its_place(line: str) -> None:
    good = '{"ref":"P-1","seller":"S-1","amount":1}'
    assert codes(f"{good}\n{line}\n") == ["", "payout-line-unreadable"]


def test_a_payout_that_stands_in_the_file_twice_is_taken_once_and_the_other_line_says_so() -> None:
    found = read_lines(f"{TABLE}P-1,S-1,1000\n".encode())

    assert [row.refusal.code if row.refusal else "" for row in found] == ["", "payout-line-twice"]
    assert found[1].refusal is not None
    assert "2行目" in found[1].refusal.sentence.ja


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" \n",
        TABLE.encode("utf-16"),
        "ref,seller,amount\n支払,S-1,1\n".encode("cp932"),
        b"seller,ref,amount\n1,2,3\n",
        b"ref,seller,amount\n",
        b"a\0b",
    ],
)
def test_what_cannot_be_read_at_all_pays_nothing_and_says_how_to_save_it(content: bytes) -> None:
    with pytest.raises(FileNotText) as refused:
        read_lines(content)

    assert "UTF-8" in refused.value.sentence.ja


@pytest.mark.parametrize("line", ['"P-2,S-1,1', '"P"2,S-1,1'])
def test_a_quotation_mark_out_of_place_pays_nothing_and_names_its_line(line: str) -> None:
    with pytest.raises(FileBroken) as refused:
        read_lines(f"{TABLE}{line}\nP-3,S-1,1\n".encode())

    assert "行目" in refused.value.sentence.ja


def test_more_lines_than_a_file_of_transfers_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "MOST_LINES", 1)

    with pytest.raises(FileTooLong):
        read_lines(f"{TABLE}P-2,S-1,5\n".encode())


def test_a_negative_amount_is_read_and_refused_by_the_gate() -> None:
    [row] = read_lines(b"ref,seller,amount\nP-1,S-1,-5\n")

    assert row.asked is not None
    assert row.asked.amount == -5
