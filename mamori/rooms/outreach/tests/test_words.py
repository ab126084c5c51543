"""A seller says that it read what it was told and checked its display; who does not is told once more, and once only."""

from __future__ import annotations

from datetime import timedelta

import pytest

from conftest import plan
from mamori.grammar.actor import Role
from mamori.grammar.statechart import StepNotOpen
from mamori.ground.clocks import actions as clocks
from mamori.ground.market.actions import SellerLine, put_seller
from mamori.ground.market.facts import SellerState
from mamori.ground.terms import actions as terms
from mamori.law.outreach import OUTREACH_HOURLY
from mamori.rooms.outreach import lists, queries
from mamori.rooms.outreach.campaigns import actions
from mamori.rooms.outreach.campaigns.actions import AT_A_TIME
from mamori.rooms.outreach.lifecycle import ToldState
from mamori.rooms.outreach.models import IS_LIVE, TO_REMIND, Campaign, SellerTold
from mamori.rooms.outreach.tasks import RINGS
from mamori.rooms.outreach.tests.conftest import (
    MONDAY,
    actor,
    erase,
    hear,
    lead,
    machine,
    notices,
    one,
    ring,
    seller,
    shop,
    shops_told,
    started,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shops")]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
DUE = MONDAY + 15 * DAY
TOLD_ONCE, TOLD_TWICE = ["outreach.article5"], ["outreach.article5_reminder", "outreach.article5"]


def test_a_seller_says_that_it_read_it_and_gets_a_receipt(told: int) -> None:
    actions.acknowledge(seller(at=MONDAY + DAY), told=told)

    [shown] = queries.told_to("S-1")
    assert (shown.row.closed_at, shown.is_waiting) == (MONDAY + DAY, False)
    assert shown.receipt
    assert shown.by == queries.ROLES["seller"]
    with pytest.raises(StepNotOpen):
        actions.acknowledge(seller(at=MONDAY + DAY), told=told)
    figures = queries.figures(SellerTold.objects.get(pk=told).campaign)
    assert (figures.told, figures.acknowledged, figures.reminded) == (2, 1, 0)
    assert [(day.on.day, day.told, day.acknowledged) for day in figures.days] == [(17, 0, 1), (16, 2, 0)]


def test_who_acts_for_a_seller_may_say_so_and_it_is_kept_who_did(told: int) -> None:
    actions.acknowledge(actor("seller:S-1/佐藤", Role.DELEGATE), told=told)

    [shown] = queries.told_to("S-1")
    assert shown.by == queries.ROLES["delegate"]


def test_nobody_says_so_in_anothers_place(told: int) -> None:
    for stranger in (seller("S-2"), seller("EVE"), lead(), actor("buyer:B-1", Role.BUYER)):
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
    assert queries.figures(SellerTold.objects.get(pk=told).campaign).reminded == 1


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


def test_who_has_closed_its_account_is_not_reminded_and_waited_for_no_more(told: int) -> None:
    number = SellerTold.objects.get(pk=told).campaign_id
    put_seller(machine(), SellerLine(ref="S-1", name="店", private=False, state=SellerState.CLOSED))
    actions.remind(machine(DUE), campaign=number)  # before anybody heard of it
    hear(DUE)

    assert (notices("S-1"), notices("S-2")) == (TOLD_ONCE, TOLD_TWICE)
    assert SellerTold.objects.get(pk=told).state == ToldState.CLOSED


def test_who_was_passed_over_is_not_looked_at_again(told: int) -> None:
    number = SellerTold.objects.get(pk=told).campaign_id
    shop("S-1", True, MONDAY + DAY)
    shop("S-9", False, MONDAY + DAY)
    hear(MONDAY + DAY)
    ring(DUE)
    assert SellerTold.objects.get(pk=told).passed_at is not None

    shop("S-1", False, DUE)
    hear(DUE)
    ring(DUE + 60 * DAY)

    assert (notices("S-1"), notices("S-9")) == (TOLD_ONCE, TOLD_TWICE)
    assert one(number).remind_since is None


def test_who_was_told_the_same_again_is_reminded_of_that_alone(told: int) -> None:
    first = SellerTold.objects.get(pk=told).campaign_id
    actions.stop_campaign(lead(), campaign=first, reason="次に代える。")
    second = started(at=MONDAY + DAY, again=True)
    ring(DUE + DAY)
    assert notices("S-1") == ["outreach.article5_reminder", *2 * TOLD_ONCE]
    actions.finish_campaign(lead(DUE + DAY), campaign=second, reason="終える。")

    actions.resume_campaign(lead(DUE + DAY), campaign=first, reason="続ける。")
    hear(DUE + DAY)
    ring(DUE + 60 * DAY)

    assert notices("S-1") == ["outreach.article5_reminder", *2 * TOLD_ONCE]


def test_reminders_go_out_some_in_each_turn_and_as_many_within_an_hour_as_is_told() -> None:
    shops_told(248)
    number = started()
    terms.set(lead(DUE - HOUR), setting=OUTREACH_HOURLY, value=120)
    reminded = SellerTold.objects.filter(reminded_at__isnull=False)

    clocks.fire_due(at=DUE, tasks=RINGS)
    assert reminded.count() == AT_A_TIME
    hear(DUE)
    assert reminded.count() == 120
    assert one(number).rests_since == DUE
    actions.remind(machine(DUE), campaign=number)
    assert reminded.count() == 120
    ring(DUE + HOUR)
    assert reminded.count() == 240
    ring(DUE + 2 * HOUR)

    assert reminded.count() == 250
    assert one(number).remind_since is None
    assert queries.figures(queries.campaign(number)).reminded == 250


def test_what_was_stopped_in_the_rest_of_an_hour_reminds_on_when_it_is_resumed() -> None:
    shops_told(28)
    number = started()
    terms.set(lead(MONDAY + DAY), setting=OUTREACH_HOURLY, value=20)
    clocks.fire_due(at=DUE, tasks=RINGS)
    reminded = SellerTold.objects.filter(reminded_at__isnull=False)
    assert reminded.count() == 20

    actions.stop_campaign(lead(DUE), campaign=number, reason="様子を見る。")
    ring(DUE + 3 * HOUR)
    assert reminded.count() == 20
    actions.wake(machine(DUE + 3 * HOUR), campaign=number)
    actions.resume_campaign(lead(DUE + 3 * HOUR), campaign=number, reason="続ける。")
    hear(DUE + 3 * HOUR)

    assert reminded.count() == 30


def test_a_word_that_comes_early_reminds_nobody(told: int) -> None:
    actions.remind(machine(DUE - 2 * DAY), campaign=SellerTold.objects.get(pk=told).campaign_id)

    assert notices("S-2") == TOLD_ONCE


def test_an_erased_seller_is_waited_for_no_more(told: int) -> None:
    erase("S-1")
    ring(DUE)

    number = SellerTold.objects.get(pk=told).campaign_id
    waiting = lists.waiting_of(number)
    rows = lists.waiting_rows(list(waiting.rows(lead()).order_by(*waiting.order)), lead())
    assert [(one.row.seller_ref, one.shop) for one in rows] == [("S-2", "店 S-2")]
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
