"""What the law asks of an order and a seller: as what was sold, how old the buyer was, where the display stands today."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from mamori.ground.market import actions, facts
from mamori.ground.market.lines import AgeBand, OrderLine, SoldAs
from mamori.ground.market.outcomes import SoldAsKept
from mamori.ground.market.records import record
from mamori.ground.market.sellerlines import Patch
from mamori.ground.market.tables.columns import value_of
from mamori.ground.market.tests.conftest import CONTACTS, MACHINE, ORDER

pytestmark = pytest.mark.usefixtures("market")


def order() -> facts.OrderFact:
    found = facts.order("O-1")
    assert found
    return found


def test_as_what_an_order_was_sold_is_frozen_with_it() -> None:
    actions.put_order(MACHINE, replace(ORDER, sold_as=SoldAs.SOLE_TRADER, age=AgeBand.UNDER_18))
    told = (order().sold_as_text, order().age_text)

    actions.put_order(MACHINE, ORDER)
    actions.patch(MACHINE, Patch(kind=OrderLine, ref="O-1", given={"sold_as": None}))
    with pytest.raises(SoldAsKept):
        actions.put_order(MACHINE, replace(ORDER, sold_as=SoldAs.CORPORATION))

    assert [one.ja for one in told if one] == ["個人事業主", "18歳未満（未成年）"]
    assert (order().sold_as, order().age) == (SoldAs.SOLE_TRADER, None)
    assert record(OrderLine, "O-1")["sold_as"] == "sole_trader"


def test_the_page_with_the_present_display_is_kept_with_the_contacts() -> None:
    actions.put_contacts(MACHINE, replace(CONTACTS, law_page="https://shop.example/law"))

    found = facts.seller("S-1")

    assert found
    assert found.contact.law_page == "https://shop.example/law"


@pytest.mark.parametrize(
    ("cell", "band"),
    [(17, "under_18"), ("１９歳", "under_20"), (20.0, "from_20"), ("未成年", "under_18"), ("成人", "成人")],
)
def test_an_age_is_read_as_a_band(cell: str | float, band: str) -> None:
    assert value_of("order.age", "年齢", cell) == band
