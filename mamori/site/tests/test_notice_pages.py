"""A notice on money leads its seller to the page of proceeds, staff to the case, and a former address nowhere."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from mamori.grammar.actor import Actor, Role
from mamori.ground.cases import facts as cases
from mamori.ground.market import actions as market
from mamori.ground.market.actions import SellerLine
from mamori.rooms.payouts import actions as payouts
from mamori.rooms.payouts.accounts import actions as accounts
from mamori.rooms.payouts.accounts.details import Given
from mamori.rooms.payouts.actions import Asked
from mamori.site.pages import page_of

HAND = Actor(by="machine:test", role=Role.MACHINE, at=datetime(2026, 11, 16, 1, tzinfo=UTC), via="test")
GIVEN = Given(bank="0001", branch="001", number="5555555", holder="スズキ イチロウ")


@pytest.mark.django_db
def test_notices_on_money_lead_where_their_reader_may_go() -> None:
    market.put_seller(HAND, SellerLine(ref="S-1", name="店"))
    account = accounts.set_account(HAND, seller_ref="S-1", given=GIVEN)
    payouts.authorize(HAND, asked=Asked("P-1", "S-1", 10_000))
    about = "payouts.payout:P-1"

    assert page_of("seller:S-1", about) == "/seller/payouts/"
    assert page_of("seller:S-1", f"payouts.account:{account}") == "/seller/payouts/"
    assert page_of("lead:2", about) == f"/desk/cases/{cases.case_of(about).number}/"
    assert page_of("former:seller:S-1", f"payouts.account:{account}") == ""
    assert page_of("former:seller:S-1", about) == ""
