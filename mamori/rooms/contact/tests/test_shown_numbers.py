"""A number with other signs than letters and digits is written to people as they know it, never as it is kept."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mamori.ground.cases import facts as cases
from mamori.ground.market import actions as market
from mamori.ground.market.actions import OrderLine
from mamori.ground.market.sellerlines import safe_number
from mamori.rooms.contact import phrases
from mamori.rooms.contact.queries import paper, thread as threads
from mamori.rooms.contact.tests.conftest import MONDAY, buyer, machine, open_trouble

REF = safe_number("注文１", of_person=False)


def test_a_usual_answer_names_the_order_as_people_know_it() -> None:
    assert phrases.filled("{order} の件", REF) == "注文1 の件"
    assert phrases.filled("{order} の件", "O-1") == "O-1 の件"


@pytest.mark.usefixtures("market_of_two")
def test_the_record_on_paper_names_the_order_as_people_know_it() -> None:
    told = OrderLine(ref=REF, buyer="B-1", seller="S-1", amount=8_000, ordered_at=MONDAY - timedelta(days=5))
    market.put_order(machine(), told)
    trouble = open_trouble(order_ref=REF)
    page = threads.page_of(buyer(), cases.case_of(f"contact.trouble:{trouble}").number)

    said = repr([*paper._order(page)])

    assert "注文1" in said
    assert REF not in said
