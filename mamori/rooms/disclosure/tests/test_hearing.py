"""The seller is heard, weighed and given no veto; that it cannot be reached is established by the record."""

from __future__ import annotations

import pytest

from mamori.law.article5 import SellerItem
from mamori.rooms.disclosure import actions
from mamori.rooms.disclosure.actions import (
    StillReachable,
)
from mamori.rooms.disclosure.lifecycle import DisclosureState
from mamori.rooms.disclosure.rules.hearing import ReachResult, ReachWay
from mamori.rooms.disclosure.tests.conftest import (
    DAY,
    MONDAY,
    agent,
    ask,
    counsel,
    ring,
    row,
    seller,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("market_day")]
BOTH = (SellerItem.NAME, SellerItem.ADDRESS)


def test_a_view_that_comes_while_somebody_has_to_agree_brings_it_back() -> None:
    number = ask()
    actions.begin_request(agent(), request=number)
    actions.ask_view(counsel(), request=number)
    ring(MONDAY + 15 * DAY)
    actions.propose_disclosure(
        counsel(MONDAY + 15 * DAY), request=number, items=BOTH, reason="要件を満たす。"
    )

    actions.state_view(seller(MONDAY + 16 * DAY), request=number, agrees=False, said="返金しました。")

    assert row(number).state == DisclosureState.DECIDING
    assert (row(number).outcome, row(number).items) == ("", [])


def test_a_seller_that_does_not_answer_stops_nothing() -> None:
    number = ask()
    actions.begin_request(agent(), request=number)
    actions.ask_view(counsel(), request=number)

    ring(MONDAY + 15 * DAY)

    assert (row(number).state, row(number).heard) == (DisclosureState.DECIDING, "silent")


def test_that_a_seller_cannot_be_reached_is_established_by_the_record() -> None:
    number = ask()
    actions.begin_request(agent(), request=number)
    actions.ask_view(counsel(), request=number)
    with pytest.raises(StillReachable):
        actions.find_unreachable(counsel(), request=number, reason="返事がない。")
    for way, result in ((ReachWay.MAIL, ReachResult.RETURNED), (ReachWay.LETTER, ReachResult.RETURNED)):
        actions.note_try(agent(), request=number, way=way, result=result, reason="宛先なしで戻った。")

    actions.find_unreachable(counsel(), request=number, reason="二つの方法で届かない。")

    assert (row(number).state, row(number).heard) == (DisclosureState.DECIDING, "unreachable")


def test_one_that_was_reached_is_waited_for() -> None:
    number = ask()
    actions.begin_request(agent(), request=number)
    actions.ask_view(counsel(), request=number)
    for way, result in (
        (ReachWay.MAIL, ReachResult.RETURNED),
        (ReachWay.LETTER, ReachResult.NOBODY),
        (ReachWay.PHONE, ReachResult.REACHED),
    ):
        actions.note_try(agent(), request=number, way=way, result=result, reason="電話がつながった。")

    with pytest.raises(StillReachable):
        actions.find_unreachable(counsel(), request=number, reason="返事がない。")
