"""Whether a seller is a business is answered for the moment of a transaction: by what was told, and never by a guess."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.ground.market import actions, facts, parties
from mamori.ground.market.actions import Change
from mamori.ground.market.models import Seller
from mamori.ground.market.sellerlines import WhoSaid
from mamori.ground.market.tests.conftest import MONDAY, SELLER

pytestmark = pytest.mark.usefixtures("market")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def tell(at: datetime, **told: Any) -> Change:
    actor = Actor(by="machine:shop", role=Role.MACHINE, at=at, via="test")
    return actions.put_seller(actor, replace(SELLER, **told))


def private(*moments: datetime) -> list[bool | None]:
    return [facts.was_private("S-1", moment) for moment in moments]


def test_of_whom_nobody_told_it_is_not_told() -> None:
    assert private(MONDAY, MONDAY + DAY) == [None, None]
    assert facts.was_private("S-99", MONDAY) is None


def test_a_business_that_becomes_private_on_the_day_of_an_order_is_answered_by_the_hour() -> None:
    tell(MONDAY, private=False, private_since=MONDAY - 90 * DAY, private_by=WhoSaid.SELLER)
    noon = MONDAY + DAY
    tell(noon + 3 * HOUR, private=True, private_since=noon, private_by=WhoSaid.MARKETPLACE)

    assert private(noon - HOUR, noon, noon + HOUR, MONDAY - 91 * DAY) == [False, True, True, None]


def test_what_has_no_date_holds_since_it_was_told() -> None:
    tell(MONDAY + DAY, private=True)
    again = tell(MONDAY + 2 * DAY, private=True)

    assert again is Change.UNCHANGED
    assert private(MONDAY + DAY - HOUR, MONDAY + DAY) == [None, True]


def test_what_is_left_out_is_not_told_any_longer_and_what_was_told_before_stays() -> None:
    tell(MONDAY + DAY, private=True)
    tell(MONDAY + 2 * DAY)

    assert private(MONDAY + DAY, MONDAY + 2 * DAY) == [True, None]
    seller = facts.seller("S-1")
    assert seller
    assert (seller.private, seller.contact.private) == (None, False)


def test_the_later_word_on_the_same_time_counts_and_each_says_whose_it_is() -> None:
    tell(MONDAY + DAY, private=True, private_since=MONDAY, private_by=WhoSaid.SELLER)
    tell(MONDAY + 2 * DAY, private=False, private_since=MONDAY - DAY, private_by=WhoSaid.MARKETPLACE)

    seller = facts.seller("S-1")
    assert private(MONDAY) == [False]
    assert seller
    assert [(word.private, word.by, word.told_by) for word in seller.contact.statuses] == [
        (True, WhoSaid.SELLER, "machine:shop"),
        (False, WhoSaid.MARKETPLACE, "machine:shop"),
    ]


def test_a_source_that_is_told_later_keeps_the_date() -> None:
    tell(MONDAY + DAY, private=True)
    tell(MONDAY + 2 * DAY, private=True, private_by=WhoSaid.SELLER)

    seller = facts.seller("S-1")
    assert seller
    assert [word.since for word in seller.contact.statuses] == [MONDAY + DAY] * 2


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"private": True, "private_since": MONDAY + 9 * DAY}, "date-ahead"),
        ({"private_since": MONDAY}, "private-unclear"),
        ({"private_by": WhoSaid.SELLER}, "private-unclear"),
    ],
)
def test_half_a_word_and_one_of_tomorrow_are_refused(told: dict[str, Any], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        tell(MONDAY + DAY, **told)

    assert refused.value.code == code
    assert private(MONDAY + 9 * DAY) == [None]


@pytest.mark.parametrize("was", [True, False])
def test_what_was_told_before_there_were_dates_holds_from_the_upgrade_on_and_no_more_is_not_told(
    was: bool,
) -> None:
    contact = parties.Contact(name="みずうみ商店", private=was)
    Seller.objects.filter(pk="S-1").update(sealed=parties.seal_all("seller", {"S-1": contact})["S-1"])
    Seller.objects.filter(pk="S-1").update(undated_at=MONDAY)

    before = private(MONDAY - HOUR, MONDAY)
    tell(MONDAY + DAY, private=False, private_since=MONDAY + HOUR)

    assert before == [None, True if was else None]
    assert private(MONDAY, MONDAY + HOUR) == [True if was else None, False]
