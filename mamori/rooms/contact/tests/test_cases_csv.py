"""A seller's cases as a table: their own only, without words or buyer, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io

import pytest

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.ground.market import actions as market
from mamori.ground.market.actions import ListingLine
from mamori.ground.web.lists import safe_cell
from mamori.rooms.contact import actions
from mamori.rooms.contact.tests.conftest import buyer, machine, open_trouble
from mamori.rooms.contact.tests.test_buyer_pages import number_of
from mamori.rooms.contact.topics import Topic

pytestmark = pytest.mark.usefixtures("market_of_two")


def table(enter: Enter, ref: str = "S-1", query: str = "") -> tuple[str, list[list[str]]]:
    answer = enter(Role.SELLER, f"seller:{ref}").get(f"/seller/?format=csv{query}")
    text = answer.content.decode()
    return text, list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_a_seller_gets_their_own_cases_and_nobody_elses(enter: Enter) -> None:
    mine, other = open_trouble(), open_trouble(order_ref="O-2")
    text, rows = table(enter)

    assert text.startswith("\ufeff")
    assert [row[0] for row in rows] == ["受付番号", number_of(mine)]
    assert rows[1][1:5] == ["困りごと", "壊れている・動かない", "商品", "O-1"]
    assert number_of(other) not in text
    assert "B-1" not in text
    assert "動きません" not in text


def test_the_mark_can_be_left_out(enter: Enter) -> None:
    assert table(enter, query="&bom=0")[0].startswith('"受付番号"')


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+1", "-1+cmd", "@SUM(1)", "\t=1", "  =1", "＝1"])
def test_no_cell_begins_a_formula(enter: Enter, name: str) -> None:
    market.put_listing(machine(), ListingLine(ref="L-1", seller="S-1", name=name, price=100))
    actions.ask_question(buyer(), listing_ref="L-1", topic=Topic.GOODS, said="これは")

    cell = table(enter)[1][1][3]

    assert cell.startswith("'")
    assert cell == safe_cell(name.strip())


def test_what_is_no_formula_stays_as_it_is() -> None:
    assert [safe_cell(cell) for cell in ("鍋 = なべ", "1,000", "", "“x”")] == [
        "鍋 = なべ",
        "1,000",
        "",
        "“x”",
    ]


def test_a_name_with_quotes_and_lines_stays_one_cell(enter: Enter) -> None:
    market.put_listing(machine(), ListingLine(ref="L-1", seller="S-1", name='鍋 "大"\r\n=1,2', price=100))
    actions.ask_question(buyer(), listing_ref="L-1", topic=Topic.GOODS, said="これは")

    rows = table(enter)[1]

    assert len(rows) == 2
    assert {len(row) for row in rows} == {11}
