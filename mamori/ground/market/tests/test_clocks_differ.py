"""A shop's clock that is a little ahead loses nothing: what it says has just happened is kept as our now."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from mamori.grammar.actor import Actor, Role
from mamori.ground.declared.records import CLOCKS_DIFFER
from mamori.ground.market import actions, facts
from mamori.ground.market.actions import Change, DateAhead
from mamori.ground.market.models import Listing, Order, Review
from mamori.ground.market.sellerlines import Patch
from mamori.ground.market.tests.conftest import (
    LEAD,
    LISTING,
    MACHINE,
    MONDAY,
    ORDER,
    REVIEW,
    SELLER,
    Tell,
)
from mamori.ground.terms.facts import accepted
from mamori.japan.calendar import JAPAN

pytestmark = pytest.mark.usefixtures("market")
SOON = MONDAY + timedelta(milliseconds=20)
LATER = (MONDAY + CLOCKS_DIFFER + timedelta(seconds=1)).isoformat()
ACCEPTED = {"clause": "recovery", "version": 1}
ORDERED = {"kind": "order", "ref": "O-2", "buyer": "B-1", "seller": "S-1", "amount": 500}
LISTED = {"kind": "listing", "ref": "L-2", "seller": "S-1", "name": "皿", "price": 500}
REVIEWED = {"kind": "review", "ref": "R-2", "listing": "L-1", "seller": "S-1", "stars": 1}


def lines(at: str) -> Iterator[dict[str, Any]]:
    """Yield a line for each moment that a shop may tell, all of them at this one."""
    yield {**ORDERED, "ordered_at": at, "seen_at": at, "cancelled_at": at, "completed_at": at}
    yield {**LISTED, "listed_at": at}
    yield {**REVIEWED, "posted_at": at}
    yield {"kind": "seller", "ref": "S-1", "name": "店", "private": True, "private_since": at}
    yield {"kind": "seller", "ref": "S-1", "name": "店", "accepted": [{**ACCEPTED, "at": at}]}
    check = {"legal_name": "髙橋 健", "registered_as": "person", "verified_by": "jpki"}
    yield {"kind": "verification", "ref": "S-1", **check, "verified_at": at}


@pytest.mark.parametrize("ahead", [timedelta(milliseconds=20), CLOCKS_DIFFER])
def test_an_order_that_is_told_by_a_clock_ahead_of_ours_is_kept_as_of_now(
    tell: Tell, ahead: timedelta
) -> None:
    at = (MONDAY + ahead).isoformat()

    for line in lines(at):
        tell(line)

    order = Order.objects.get(pk="O-2")
    kept = (order.ordered_at, order.seen_at, order.cancelled_at, order.completed_at)
    assert kept == (MONDAY,) * 4
    assert Listing.objects.get(pk="L-2").listed_at == MONDAY
    assert Review.objects.get(pk="R-2").posted_at == MONDAY
    seller = facts.seller("S-1")
    assert seller
    assert seller.contact.statuses[0].since == MONDAY
    assert seller.contact.verified_at == MONDAY
    assert accepted(seller_ref="S-1", clause="recovery", at=MONDAY) == 1


def test_what_lies_more_than_five_minutes_ahead_is_refused_whoever_tells_it() -> None:
    raw = [(n, json.dumps(line).encode()) for n, line in enumerate(lines(LATER), start=1)]

    outcomes = [one.outcome for one in actions.take_lines_in(MACHINE, raw, closed={})]

    assert [type(outcome) for outcome in outcomes] == [DateAhead] * 6


def test_one_record_alone_and_a_change_of_it_have_the_same_grace() -> None:
    put = actions.put_order(MACHINE, replace(ORDER, ref="O-2", ordered_at=SOON))
    changed = actions.patch(
        MACHINE, Patch(kind=actions.OrderLine, ref="O-1", given={"completed_at": SOON.isoformat()})
    )
    actions.put_listing(MACHINE, replace(LISTING, listed_at=SOON))
    actions.put_review(MACHINE, replace(REVIEW, posted_at=SOON))

    assert (put, changed) == (Change.ADDED, Change.CHANGED)
    order = facts.order("O-1")
    assert order
    assert order.completed_at == MONDAY


def test_a_day_has_no_grace() -> None:
    almost = datetime(2026, 11, 16, 23, 59, tzinfo=JAPAN)
    actor = Actor(by="machine", role=Role.MACHINE, at=almost, via="test")

    with pytest.raises(DateAhead):
        actions.put_order(actor, replace(ORDER, received_on=almost.date() + timedelta(days=1)))


def test_an_answer_by_a_clock_ahead_of_ours_is_an_answer(tell: Tell) -> None:
    ref = actions.instruct(LEAD, kind="refund", order_ref="O-1", amount=100, about="test:1")

    tell({"kind": "confirmation", "instruction": ref, "outcome": "confirmed", "at": SOON.isoformat()})

    done = facts.instruction(ref)
    assert done
    assert done.state is facts.InstructionState.CONFIRMED


def test_a_word_that_was_told_ahead_of_our_clock_is_not_told_twice() -> None:
    word = replace(SELLER, private=True, private_since=SOON)
    actions.put_seller(MACHINE, word)

    later = Actor(by="machine", role=Role.MACHINE, at=MONDAY + timedelta(days=1), via="test")

    assert actions.put_seller(later, word) is Change.UNCHANGED
