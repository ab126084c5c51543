"""A seller says that it read what it was told and checked its display; who does not is told once more, and once only."""

from __future__ import annotations

from datetime import timedelta

import pytest

from conftest import plan
from mamori.grammar.hand import Role
from mamori.grammar.statechart import StepNotOpen
from mamori.rooms.outreach import actions, lists, queries
from mamori.rooms.outreach.models import IS_LIVE, TO_REMIND, Campaign, SellerTold
from mamori.rooms.outreach.tests.conftest import (
    MONDAY,
    erase,
    hand,
    hear,
    lead,
    machine,
    notices,
    one,
    ring,
    seller,
    shop,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shops")]
DAY = timedelta(days=1)
DUE = MONDAY + 15 * DAY
TOLD_ONCE, TOLD_TWICE = ["outreach.article5"], ["outreach.article5_reminder", "outreach.article5"]


def test_a_seller_says_that_it_read_it_and_gets_a_receipt(told: int) -> None:
    actions.acknowledge(seller(at=MONDAY + DAY), told=told)

    [shown] = queries.told_to("S-1")
    assert (shown.answered_at, shown.is_waiting) == (MONDAY + DAY, False)
    assert shown.receipt
    assert shown.by == queries.ROLES["seller"]
    with pytest.raises(StepNotOpen):
        actions.acknowledge(seller(at=MONDAY + DAY), told=told)
    figures = queries.figures(SellerTold.objects.get(pk=told).campaign_id)
    assert (figures.told, figures.acknowledged, figures.reminded) == (2, 1, 0)
    assert [(day.on.day, day.told, day.acknowledged) for day in figures.days] == [(17, 0, 1), (16, 2, 0)]


def test_who_acts_for_a_seller_may_say_so_and_it_is_kept_who_did(told: int) -> None:
    actions.acknowledge(hand("seller:S-1/佐藤", Role.DELEGATE), told=told)

    [shown] = queries.told_to("S-1")
    assert shown.by == queries.ROLES["delegate"]


def test_nobody_says_so_in_anothers_place(told: int) -> None:
    for stranger in (seller("S-2"), seller("EVE"), lead(), hand("buyer:B-1", Role.BUYER)):
        with pytest.raises(actions.NoSuchCampaign):
            actions.acknowledge(stranger, told=told)
    with pytest.raises(actions.NoSuchCampaign):
        actions.acknowledge(seller(), told=told + 1_000)


def test_who_has_not_answered_is_told_once_more_and_only_once(told: int) -> None:
    actions.acknowledge(seller(), told=told)

    ring(DUE)
    ring(DUE + 60 * DAY)

    assert notices("S-1") == TOLD_ONCE
    assert notices("S-2") == TOLD_TWICE
    assert queries.figures(SellerTold.objects.get(pk=told).campaign_id).reminded == 1


def test_each_turn_is_reminded_when_its_own_time_has_come(told: int) -> None:
    shop("S-9", False, MONDAY + 5 * DAY)
    hear(MONDAY + 5 * DAY)

    ring(DUE)
    assert (notices("S-1"), notices("S-9")) == (TOLD_TWICE, TOLD_ONCE)
    ring(DUE + 5 * DAY)

    assert notices("S-9") == TOLD_TWICE
    assert one(SellerTold.objects.get(pk=told).campaign_id).remind_since is None


def test_while_it_is_stopped_nobody_is_reminded_and_resumed_it_catches_up(told: int) -> None:
    number = SellerTold.objects.get(pk=told).campaign_id
    actions.stop_campaign(lead(), campaign=number, reason="様子を見る。")
    ring(DUE)
    actions.remind(machine(DUE), campaign=number)
    assert notices("S-1") == TOLD_ONCE

    actions.resume_campaign(lead(DUE), campaign=number, reason="続ける。")
    hear(DUE)
    ring(DUE + timedelta(minutes=1))

    assert notices("S-1") == TOLD_TWICE


def test_who_is_a_private_person_by_then_is_not_reminded(told: int) -> None:
    shop("S-1", True, MONDAY + DAY)
    hear(MONDAY + DAY)

    ring(DUE)

    assert (notices("S-1"), notices("S-2")) == (TOLD_ONCE, TOLD_TWICE)


def test_an_erased_seller_is_waited_for_no_more(told: int) -> None:
    erase("S-1")
    ring(DUE)

    number = SellerTold.objects.get(pk=told).campaign_id
    waiting = lists.waiting_of(number)
    rows = lists.waiting_rows(list(waiting.rows(lead()).order_by(*waiting.order)), lead())
    assert [(row.seller_ref, row.shop) for row in rows] == [("S-2", "店 S-2")]
    assert notices("S-1") == TOLD_ONCE


def test_what_is_looked_for_often_is_found_by_an_index(told: int) -> None:
    number = SellerTold.objects.get(pk=told).campaign_id
    waiting = lists.waiting_of(number)
    looked = (
        waiting.rows(lead()).order_by(*waiting.order)[:50],
        SellerTold.objects.filter(TO_REMIND, campaign=number, told_at__lte=MONDAY),
        SellerTold.objects.filter(seller_ref="S-1").order_by("-id")[:50],
        SellerTold.objects.filter(campaign=number, seller_ref__in=["S-1"]),
    )

    for query in looked:
        assert "SCAN" not in plan(query).upper().replace("INDEX SCAN", "").replace("INDEX ONLY SCAN", "")
    assert Campaign.objects.filter(IS_LIVE).count() == 1
