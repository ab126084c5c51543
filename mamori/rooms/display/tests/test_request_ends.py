"""How a request for what a display leaves out ends, and what is not asked for again."""

from __future__ import annotations

import pytest

from mamori.ground.outbox import facts as outbox
from mamori.ground.outbox.models import Event
from mamori.rooms.display.lifecycle import RequestState
from mamori.rooms.display.requests import actions
from mamori.rooms.display.requests.actions import NothingToAsk, ReferredBefore
from mamori.rooms.display.rules.told import AddressKind
from mamori.rooms.display.tests.conftest import HANAKO, MONDAY, hear, machine, registered, ring, seller
from mamori.rooms.display.tests.test_requests import (
    DAY,
    HOUR,
    OVER,
    I,
    agent,
    ask,
    buyer,
    given,
    known,
    lead,
    shows,
    state,
)
from tests.shops import put_shop

__all__ = ["known"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shops", "known")]


def test_an_address_that_is_registered_no_more_is_given_to_nobody() -> None:
    shows(I.ADDRESS)
    ask(I.ADDRESS)
    put_shop(machine(), **registered(address=""))

    ask(I.ADDRESS, by=buyer(MONDAY, "B-2"))

    assert given("B-2") == {}


def test_what_need_not_be_given_is_not_asked_for_again_while_the_display_stands() -> None:
    shows(place=AddressKind.OFFICE)
    number = ask(I.ADDRESS)
    actions.refer_request(seller(), request=number, reason="追われています")
    actions.excuse_request(lead(), request=number, reason="確かめた")

    with pytest.raises(NothingToAsk):
        ask(I.ADDRESS)
    shows(place=AddressKind.OFFICE, at=MONDAY + DAY)  # the same again is no new version
    with pytest.raises(NothingToAsk):
        ask(I.ADDRESS, by=buyer(MONDAY + DAY))


def test_a_request_is_referred_once() -> None:
    shows(I.DELIVERY)
    number = ask(I.DELIVERY)
    actions.refer_request(seller(), request=number, reason="面倒です")
    actions.insist_request(agent(), request=number, reason="法の求め")

    with pytest.raises(ReferredBefore):
        actions.refer_request(seller(), request=number, reason="もう一度")


def test_who_turns_out_to_be_private_is_asked_for_nothing_more() -> None:
    shows(I.DELIVERY)
    number = ask(I.DELIVERY)

    put_shop(machine(MONDAY + HOUR), **registered(private=True))
    hear(MONDAY + HOUR)
    ring(MONDAY + 30 * DAY)

    assert state(number) is RequestState.CLOSED
    assert not Event.objects.filter(kind="display.request_missed").exists()


def test_what_is_shown_meanwhile_is_given_and_the_rest_is_awaited() -> None:
    shows(I.DELIVERY, I.RETURNS)
    number = ask(I.DELIVERY, I.RETURNS)

    shows(I.RETURNS, at=MONDAY + HOUR)
    hear(MONDAY + HOUR)
    assert given() == {I.DELIVERY: HANAKO[I.DELIVERY]}
    assert state(number) is RequestState.ASKED
    shows(at=MONDAY + 2 * HOUR)
    hear(MONDAY + 2 * HOUR)
    hear(MONDAY + 3 * HOUR)

    assert state(number) is RequestState.GIVEN
    assert set(given()) == {I.DELIVERY, I.RETURNS}


def test_a_buyer_is_told_of_what_was_not_given_alone() -> None:
    shows(I.ADDRESS, I.DELIVERY)
    ask(I.ADDRESS, I.DELIVERY)

    ring(OVER + HOUR)

    [notice] = outbox.notices(to="buyer:B-1", limit=9)
    assert "引渡し" in notice.body["ja"]
    assert "住所" not in notice.body["ja"]
