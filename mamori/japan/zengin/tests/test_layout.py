"""The declared layout is what banks' own descriptions say, and a value that does not fit is never written."""

from __future__ import annotations

import pytest

from mamori.grammar.text import Text
from mamori.japan.zengin.tests.kit import DAY, TWO, WE
from mamori.japan.zengin.writing import DATA, HEADER, TRAILER, WIDTH, Field, check, rendered, written

X = Text("見本", "sample")
RECORDS = written(WE, TWO, on=DAY).decode("cp932").split("\r\n")


def test_a_file_is_header_data_trailer_and_end_of_120_letters() -> None:
    assert [record[:1] for record in RECORDS] == ["1", "2", "2", "8", "9", ""]
    assert {len(record) for record in RECORDS[:-1]} == {WIDTH}


def test_the_header_carries_who_orders_when_and_from_where() -> None:
    assert RECORDS[0] == (
        "1" + "21" + "0" + "1234567890" + "ｶ)ﾏﾓﾘ ﾏ-ｹﾂﾄ".ljust(40) + "1130"
        "0001" + "ﾐｽﾞﾎ".ljust(15) + "001" + "ﾄｳｷﾖｳ".ljust(15) + "1" + "7654321" + " " * 17
    )


def test_a_payment_carries_to_whom_where_and_how_much() -> None:
    assert RECORDS[2] == (
        "2" + "9900" + "ﾕｳﾁﾖ".ljust(15) + "058" + "ｾﾞﾛｺﾞﾊﾁ".ljust(15) + "0000" + "1" + "1234567"
        "" + "ﾔﾏﾀﾞ ｼﾖｳﾀ".ljust(30) + "0000350000" + "0" + "00000000000000000002" + "7" + " " + " " * 7
    )


def test_the_trailer_counts_and_adds_up() -> None:
    assert RECORDS[3] == "8" + "000002" + "000000351980" + " " * 101
    assert RECORDS[4] == "9" + " " * 119


def test_without_line_ends_the_records_follow_one_another() -> None:
    assert written(WE, TWO, on=DAY, crlf=False).decode("cp932") == "".join(RECORDS)


@pytest.mark.parametrize(
    "planted",
    [
        (*TRAILER[:2], Field("total", 9, 12, "N", X), *TRAILER[3:]),
        (*TRAILER[:1], Field("count", 2, 7, "N", X), *TRAILER[2:]),
        DATA[:-1],
    ],
)
def test_a_layout_with_a_gap_an_overlap_or_another_length_is_noticed(planted: tuple[Field, ...]) -> None:
    check(DATA)
    with pytest.raises(ValueError, match="instead of"):
        check(planted)


@pytest.mark.parametrize("value", ["12345678901", "-1", "１２", "1 ", "", "²"])
def test_what_is_no_number_of_its_width_is_not_written(value: str) -> None:
    with pytest.raises(ValueError, match="do not fit"):
        Field("amount", 1, 10, "N", X).filled(value)


@pytest.mark.parametrize("value", ["ｱ" * 31, "ア", "ｦ", "a", "\n", "山"])
def test_what_is_no_text_of_its_width_is_not_written(value: str) -> None:
    with pytest.raises(ValueError, match="do not fit"):
        Field("holder", 1, 30, "C", X).filled(value)


def test_a_record_of_another_length_is_not_written() -> None:
    with pytest.raises(ValueError, match="a record of 103 bytes"):
        rendered(HEADER[:-1], {one.name: "1" for one in HEADER} | {"bank_name": "ｱ", "branch_name": "ｱ"})
