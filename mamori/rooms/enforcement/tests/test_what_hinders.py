"""What a measure keeps its seller from follows from its row, is told in the act that changes it, and lapses by its time."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from mamori.grammar.measure import Concerns
from mamori.ground.market import facts as market
from mamori.ground.market.facts import ClearanceFact, Doing, PayoutClearance
from mamori.ground.market.models import Impediment
from mamori.ground.matters.standing import Hinders, hinders
from mamori.ground.outbox.models import Event
from mamori.law.measures import MEASURES
from mamori.rooms.enforcement.appeals import actions as appeals
from mamori.rooms.enforcement.measures.actions import standing as actions
from mamori.rooms.enforcement.models import Measure as Row
from mamori.rooms.enforcement.rules import standing
from mamori.rooms.enforcement.rules.bounds import Ended
from mamori.rooms.enforcement.tests.conftest import MONDAY, answer, counsel, decided, ring, seller
from mamori.rooms.enforcement.tests.test_what_stands import DAY, Measure


def said(one: Measure) -> list[Hinders]:
    return [one for one in hinders(standing.of_measure(one, told_at=MONDAY)) if isinstance(one, Hinders)]


def of(kind: str, **more: object) -> Hinders:
    (found,) = said(replace(Measure(kind=kind), **more))
    return found


def clearance(at: datetime = MONDAY, listing: str = "") -> ClearanceFact:
    found = market.clearance("S-1", at=at, listing=listing)
    assert found is not None
    return found


def news() -> list[str]:
    events = Event.objects.filter(kind="market.clearance_changed").order_by("pk")
    return [event.body.partition('"what":"')[2].partition('"')[0] for event in events]


def test_each_measure_keeps_a_seller_from_what_its_words_say_or_from_nothing() -> None:
    assert {kind: what.value for kind, what in standing.KEEPS_FROM.items()} == {
        "listing-hidden-provisionally": "offer",
        "listing-hidden": "offer",
        "listing-removed": "offer",
        "category-closed": "category",
        "new-listings-stopped": "listing",
        "payout-held": "payout",
        "suspended": "selling",
        "closed": "selling",
    }
    for kind in MEASURES:
        found = said(Measure(kind=kind.code, target_ref="X"))
        assert [one.code for one in found] == ([kind.code] if kind.code in standing.KEEPS_FROM else [])
        if kind.concerns is Concerns.CATEGORY:
            assert [one.category for one in found] == ["X"]


@pytest.mark.parametrize("state", ["proposed", "announced", "lifting", "undoing", "over", "reversed"])
def test_what_has_not_begun_or_is_taken_back_hinders_nothing(state: str) -> None:
    assert said(Measure(kind="closed", state=state, days=0)) == []
    assert len(said(Measure(kind="closed", state="ordered", days=0))) == 1


def test_it_hinders_since_it_took_effect_and_until_its_days_are_over() -> None:
    found, endless = of("suspended"), of("closed", days=0)

    assert (found.since, found.until) == (MONDAY + DAY, MONDAY + 15 * DAY)
    assert (endless.since, endless.until) == (MONDAY + DAY, None)


def test_a_capped_hold_keeps_back_a_part_and_one_without_a_cap_everything() -> None:
    whole, part = of("payout-held"), of("payout-held", amount=500)

    assert (whole.in_part, part.in_part) == (False, True)
    assert "一部" in part.text.ja
    assert "一部" not in whole.text.ja


def test_what_can_be_put_right_says_so() -> None:
    assert "直したら" in of("category-closed").todo.ja
    assert "直したら" not in of("suspended").todo.ja


@pytest.mark.django_db
@pytest.mark.usefixtures("shops")
def test_a_suspended_seller_may_neither_list_nor_sell_and_each_change_is_told_in_its_own_act() -> None:
    free = clearance()
    measure = decided("suspended", 30, breach="effects")
    begun = news()

    actions.lift(counsel(), measure=measure.pk, because=Ended.REVIEWED, reason="もうよい")

    assert (free.may_sell, free.may_list, free.payout) == (True, True, PayoutClearance.NOT_TOLD)
    assert begun == ["selling"]
    assert clearance().may_sell
    assert news() == ["selling", "selling"]


@pytest.mark.django_db
@pytest.mark.usefixtures("shops")
def test_a_measure_that_is_over_hinders_no_more_also_before_its_clock_has_fired() -> None:
    measure = decided("suspended", 30, breach="effects")
    answer(measure.instruction)
    ends = Row.objects.get(pk=measure.pk).ends_at
    assert ends is not None

    before, unfired, told = clearance(ends - timedelta(seconds=1)), clearance(ends), news()
    ring(ends)

    assert not before.may_sell
    assert [one.until for one in before.hindrances] == [ends]
    assert unfired.may_sell
    assert (told, news()) == (["selling"], ["selling", "selling"])
    assert not Impediment.objects.exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("shops")
def test_a_hidden_listing_is_told_of_where_it_is_asked_about_and_nothing_else_is_hindered() -> None:
    decided("listing-hidden", 14)

    asked, other, none = clearance(listing="L-1"), clearance(listing="L-3"), clearance()

    assert not asked.may_offer("L-1")
    assert other.may_offer("L-3")
    assert [one.what for one in asked.hindrances] == [Doing.OFFER]
    assert none.hindrances == ()
    assert none.may_list


@pytest.mark.django_db
@pytest.mark.usefixtures("shops")
def test_an_announced_end_of_the_contract_hinders_from_its_day_on_and_not_while_an_appeal_waits() -> None:
    measure = decided("closed", 0, breach="counterfeit")
    announced = clearance()

    ring(MONDAY + 31 * DAY)

    assert announced.may_sell
    assert Row.objects.get(pk=measure.pk).state == "ordered"
    assert not clearance(MONDAY + 31 * DAY).may_sell


@pytest.mark.django_db
@pytest.mark.usefixtures("shops")
def test_an_appeal_changes_nothing_until_it_is_granted() -> None:
    measure = decided("suspended", 30, breach="effects")

    appeals.appeal(seller(), measure=measure.pk, said="違います")

    assert not clearance().may_sell
    assert news() == ["selling"]
