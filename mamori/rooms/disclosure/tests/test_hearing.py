"""The seller is heard, weighed and given no veto; that it cannot be reached is established by the record."""

from __future__ import annotations

import pytest

from mamori.grammar.actor import Actor
from mamori.grammar.statechart import StepNotOpen
from mamori.law.article5 import SellerItem
from mamori.rooms.disclosure import queries
from mamori.rooms.disclosure.actions import deciding
from mamori.rooms.disclosure.actions.deciding import NotAllMet, StillReachable, ViewEntered
from mamori.rooms.disclosure.lifecycle import DisclosureState
from mamori.rooms.disclosure.rules.asked import Signal
from mamori.rooms.disclosure.rules.deciding import ReachResult, ReachWay
from mamori.rooms.disclosure.tests.conftest import (
    DAY,
    MONDAY,
    agent,
    ask,
    counsel,
    lead,
    ring,
    row,
    seller,
    weigh_purpose,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("market_day")]
BOTH = (SellerItem.NAME, SellerItem.ADDRESS)


def test_a_view_that_comes_while_somebody_has_to_agree_brings_it_back() -> None:
    number = ask()
    deciding.begin_request(agent(), request=number)
    deciding.ask_view(counsel(), request=number)
    ring(MONDAY + 15 * DAY)
    deciding.propose_disclosure(counsel(MONDAY + 15 * DAY), request=number, reason="要件を満たす。")

    deciding.state_view(seller(MONDAY + 16 * DAY), request=number, agrees=False, said="返金しました。")

    assert row(number).state == DisclosureState.DECIDING
    assert (row(number).outcome, row(number).items) == ("", [])


def test_a_seller_that_does_not_answer_stops_nothing() -> None:
    number = ask()
    deciding.begin_request(agent(), request=number)
    deciding.ask_view(counsel(), request=number)

    ring(MONDAY + 15 * DAY)

    assert (row(number).state, row(number).heard) == (DisclosureState.DECIDING, "silent")


def tried(number: int, way: ReachWay, result: ReachResult, *, by: Actor | None = None) -> None:
    deciding.note_try(by or agent(), request=number, way=way, result=result, reason="記録のとおり。")


def hearing() -> int:
    number = ask()
    deciding.begin_request(agent(), request=number)
    deciding.ask_view(counsel(), request=number)
    return number


def test_that_a_seller_cannot_be_reached_is_established_by_the_record() -> None:
    number = hearing()
    with pytest.raises(StillReachable):
        deciding.find_unreachable(counsel(), request=number, reason="返事がない。")
    for way in (ReachWay.MAIL, ReachWay.LETTER):
        tried(number, way, ReachResult.RETURNED)

    deciding.find_unreachable(counsel(), request=number, reason="二つの方法で届かない。")

    assert (row(number).state, row(number).heard) == (DisclosureState.DECIDING, "unreachable")


def test_nobody_answering_once_does_not_establish_it_and_on_two_days_does() -> None:
    number = hearing()
    tried(number, ReachWay.MAIL, ReachResult.RETURNED)
    tried(number, ReachWay.PHONE, ReachResult.NOBODY)
    with pytest.raises(StillReachable):
        deciding.find_unreachable(counsel(), request=number, reason="出ない。")

    tried(number, ReachWay.PHONE, ReachResult.NOBODY, by=agent(MONDAY + DAY))

    deciding.find_unreachable(counsel(MONDAY + DAY), request=number, reason="二日とも出ない。")
    assert row(number).heard == "unreachable"


def test_nobody_finds_it_on_tries_of_their_own_alone() -> None:
    number = hearing()
    for way in (ReachWay.MAIL, ReachWay.LETTER):
        tried(number, way, ReachResult.RETURNED, by=counsel())

    with pytest.raises(StillReachable):
        deciding.find_unreachable(counsel(), request=number, reason="届かない。")
    deciding.find_unreachable(lead(), request=number, reason="記録を確かめた。")


def test_one_that_was_reached_is_waited_for() -> None:
    number = hearing()
    for way in (ReachWay.MAIL, ReachWay.LETTER):
        tried(number, way, ReachResult.RETURNED)
    tried(number, ReachWay.PHONE, ReachResult.REACHED)

    with pytest.raises(StillReachable):
        deciding.find_unreachable(counsel(), request=number, reason="返事がない。")


def test_a_seller_does_not_hold_a_decision_up_by_writing_again() -> None:
    number = hearing()
    deciding.state_view(seller(), request=number, agrees=False, said="応じられません。")
    weigh_purpose(number)
    deciding.propose_disclosure(counsel(), request=number, reason="要件を満たす。")

    deciding.state_view(seller(MONDAY + DAY), request=number, agrees=False, said="やはり応じられません。")

    assert row(number).state == DisclosureState.PROPOSED
    assert row(number).turn_at == MONDAY
    page = queries.request_of(counsel(), number)
    assert page.view == "応じられません。\n\nやはり応じられません。"
    deciding.agree_request(lead(), request=number)


def test_a_view_that_speaks_of_stalking_leads_to_counsel_even_where_it_agrees() -> None:
    number = hearing()

    deciding.state_view(
        seller(), request=number, agrees=True, said="元夫です。待ち伏せされたことがあります。"
    )

    assert Signal.STALKING in row(number).signals
    with pytest.raises(NotAllMet):
        deciding.propose_disclosure(counsel(), request=number, reason="要件を満たす。")


def test_staff_enter_what_a_seller_said_by_telephone_while_it_is_heard() -> None:
    number = hearing()

    deciding.state_view(agent(), request=number, agrees=True, said="電話：かまいません。")

    assert (row(number).state, row(number).heard) == (DisclosureState.DECIDING, "answered")
    with pytest.raises(ViewEntered):
        deciding.state_view(agent(), request=number, agrees=True, said="もう一度。")


def test_once_the_time_is_over_staff_enter_no_view() -> None:
    number = hearing()
    ring(MONDAY + 15 * DAY)

    with pytest.raises(StepNotOpen):
        deciding.state_view(agent(), request=number, agrees=True, said="電話：かまいません。")
