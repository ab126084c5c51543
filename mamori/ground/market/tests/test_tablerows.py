"""Rows of a table that would silently become another's: numbers that a spreadsheet shortened, and one number told twice."""

from __future__ import annotations

import io
from typing import Any

import pytest

from mamori.grammar.refusal import Refusal
from mamori.ground.market import facts
from mamori.ground.market.models import Buyer
from mamori.ground.market.tables import actions as tables
from mamori.ground.market.tables.columns import NumberShortened, value_of
from mamori.ground.market.tests.test_tables import MACHINE, take

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "said", ["1.23457E+12", "1e+05", "１．２Ｅ＋１２", "-1.5E+20", 1_234_567_890_123_450.0]
)
@pytest.mark.parametrize("to", ["order.ref", "order.buyer", "order.items.listing"])
def test_a_number_that_a_spreadsheet_shortened_is_refused(said: Any, to: str) -> None:
    with pytest.raises(NumberShortened):
        value_of(to, "番号", said)


@pytest.mark.parametrize("said", ["1E12", "A-1.2E+12", "1.2E+", "123456789012345678", 123_456_789_012_345.0])
def test_a_number_that_only_looks_alike_stays(said: Any) -> None:
    assert value_of("order.ref", "番号", said)


def test_orders_under_one_shortened_number_are_not_made_one(market: None) -> None:
    _, refused = take(
        "注文番号,会員番号,出店者コード,注文日,合計,商品コード,単価\n"
        "1.23E+12,B-1,S-1,2026/11/3,5,L-1,5\n1.23E+12,B-1,S-1,2026/11/3,5,L-1,5\n"
    )

    assert refused == [(2, ["number-shortened", "number-shortened"])]


def test_a_second_row_of_a_number_that_tells_something_else_is_refused(market: None) -> None:
    done = take("会員番号,氏名,メモ\nB-5,花,あ\nB-5,花,い\nB-5,月,あ\nB-5, 花\nB-6,月,\n", "buyers")

    assert done == ({"added": 2, "unchanged": 2, "refused": 1}, [(4, ["rows-differ"])])
    assert facts.buyer("B-5").name == "花"


def test_of_rows_settled_before_the_number_alone_is_read(
    market: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def reading(to: str, column: str, cell: Any) -> Any:
        read.append(str(cell))
        return value_of(to, column, cell)

    monkeypatch.setattr(tables, "value_of", reading)

    done = take("会員番号,氏名\nB-5,花\n#N/A,空\n,無\nB-5,月\nB-6,星\n", "buyers", after=4)

    assert done == ({"added": 1, "refused": 1}, [(5, ["rows-differ"])])
    assert (set(read) & {"花", "空", "無"}, set(read) & {"月", "星"}) == (set(), {"月", "星"})
    assert not Buyer.objects.filter(pk="B-5").exists()


@pytest.mark.parametrize("said", ["3.000", "3.0000", "1,000.000"])
def test_money_with_three_places_may_be_thousands_and_is_refused(said: str) -> None:
    with pytest.raises(Refusal):
        value_of("order.amount", "合計", said)


@pytest.mark.parametrize("said", ["3000.0", "3,000.00", "3000.00円"])
def test_money_with_no_sen_is_read(said: str) -> None:
    assert value_of("order.amount", "合計", said) == 3000


HEAD = "注文番号,会員番号,出店者コード,注文日時,合計,商品コード"


def test_goods_without_the_price_of_one_are_named_before_and_refused_by_the_columns_name(
    market: None,
) -> None:
    text = f"{HEAD}\nO-7,B-1,S-1,2026/10/3,5000,L-1\n"
    sheet = tables.open_sheet(io.BytesIO(text.encode()))
    matching = tables.match(tables.TABLES["orders"], sheet)

    [unit] = tables.look(MACHINE, sheet, matching)

    assert [one.ja for one in matching.lacks] == ["単価(円・税込)"]
    assert [one.sentence.ja for one in unit.reasons] == [
        "「単価(円・税込)」(注文)がありません。3000、3,000、¥3,000 のような整数 を書いてください。"
    ]


def test_a_refusal_names_the_column_and_the_number_that_people_know(market: None) -> None:
    text = f"{HEAD},単価\nO-7,B-1,店舗99,2026/10/3,5000,L-1,5000\nO-8,,S-1,2026/10/3,5000,L-1,5000\n"
    sheet = tables.open_sheet(io.BytesIO(text.encode()))

    units = tables.look(MACHINE, sheet, tables.match(tables.TABLES["orders"], sheet))

    unknown, empty = (unit.reasons[0].sentence.ja for unit in units)
    assert "店舗99" in unknown
    assert "~" not in unknown
    assert empty.startswith("「購入者の番号」(注文)がありません。")
