"""A private account that may be a business: the machine lists it, a person asks, the seller answers, another person concludes."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.statechart import StepNotOpen, StepNotYours
from mamori.ground.clocks import facts as clocks
from mamori.ground.ledger import actions as ledger
from mamori.ground.market import actions as market, facts as market_facts
from mamori.ground.market.actions import ListingLine
from mamori.ground.market.events import PersonErasedOnRequest
from mamori.ground.market.facts import GoodsCondition
from mamori.ground.matters.seen import ChangedMeanwhile
from mamori.ground.people.actions import TooMany
from mamori.ground.terms import actions as terms
from mamori.japan.calendar import JAPAN
from mamori.law.display import DISPLAY_HINDERS, DISPLAY_REQUIRED
from mamori.law.hidden import HIDDEN_ON
from mamori.rooms.display import facts, tasks
from mamori.rooms.display.actions.matter import NoSuchShop
from mamori.rooms.display.hidden import actions
from mamori.rooms.display.hidden.actions import DayAhead
from mamori.rooms.display.hidden.queries import doubt_shown
from mamori.rooms.display.hidden.rules import SignFound, StandingAnswer, StandingOutcome
from mamori.rooms.display.lifecycle import DoubtState
from mamori.rooms.display.models import BusinessDoubt, DoubtEntry
from mamori.rooms.display.tests.conftest import (
    EARLY,
    MONDAY,
    actor,
    eve,
    hear,
    machine,
    registered,
    ring,
    seller,
    told,
)
from tests.shops import put_shop

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shops")]
DAY = timedelta(days=1)
PRIVATE = "S-3"
SIGNS = (SignFound(code="on_offer", n=120, points=4),)
ANSWERED, CONCLUDED = MONDAY + 3 * DAY, MONDAY + 5 * DAY
SINCE = date(2026, 11, 1)


def agent(at: datetime = MONDAY) -> Actor:
    return actor("staff:a@example.jp", Role.AGENT, at)


def lead(at: datetime = CONCLUDED) -> Actor:
    return actor("staff:l@example.jp", Role.LEAD, at)


def state(ref: str = PRIVATE) -> str:
    return BusinessDoubt.objects.get(pk=ref).state


def offer(many: int, ref: str = PRIVATE, at: datetime = MONDAY, first: int = 0, **more: Any) -> None:
    """Let a seller put so many on offer, listed the day before."""
    for number in range(first, first + many):
        line = ListingLine(
            **{"ref": f"{ref}-{number}", "seller": ref, "name": "品", "price": 500, "listed_at": at - DAY}
            | more
        )
        market.put_listing(machine(at), line)


def switch(value: bool = True, at: datetime = MONDAY) -> None:
    terms.set(lead(at), setting=HIDDEN_ON, value=value)
    hear(at)


def turn(until: datetime) -> None:
    """Let the house go on until a moment, what rings and what is heard."""
    ring(until)
    hear(until)


def listed() -> None:
    actions.list_account(machine(), seller_ref=PRIVATE, signs=SIGNS)


def asked() -> None:
    listed()
    actions.ask_standing(agent(), seller_ref=PRIVATE, words="同時に120点の出品があります。")


def answered(at: datetime = ANSWERED) -> None:
    actions.answer_standing(
        seller(at, PRIVATE), seller_ref=PRIVATE, choice=StandingAnswer.COLLECTION, said="集めた本です。"
    )


def conclude(outcome: StandingOutcome, since: date = SINCE, at: datetime = CONCLUDED, **more: Any) -> None:
    actions.conclude(
        lead(at), seller_ref=PRIVATE, outcome=outcome, since=since, reason="仕入れて売っている。", **more
    )
    hear(at)


def test_nothing_is_listed_where_the_operator_switched_it_off() -> None:
    offer(120)
    switch(False)

    actions.look_through(machine())

    assert tasks.begin_hidden(MONDAY) == 0
    assert not BusinessDoubt.objects.exists()
    assert clocks.open_clocks(actions.ALL) == ()


def test_a_new_house_counts_private_accounts_through_before_anybody_chose_it_and_begins_once() -> None:
    offer(120)

    begun = tasks.begin_hidden(MONDAY), tasks.begin_hidden(MONDAY + timedelta(hours=1))

    assert begun == (1, 0)
    assert list(BusinessDoubt.objects.values_list("pk", flat=True)) == [PRIVATE]
    assert [one.due_at - MONDAY for one in clocks.open_clocks(actions.ALL)] == [DAY]


def test_once_switched_on_private_accounts_are_counted_through_every_day_and_businesses_never() -> None:
    offer(120)
    offer(120, ref="S-1")

    switch()
    turn(MONDAY)

    assert list(BusinessDoubt.objects.values_list("pk", "state", "score")) == [(PRIVATE, "flagged", 6)]
    assert [one.due_at - MONDAY for one in clocks.open_clocks(actions.ALL)] == [DAY]
    offer(90, first=200, at=MONDAY + DAY)
    turn(MONDAY + DAY)
    found = doubt_shown(PRIVATE)
    assert found is not None
    assert [(one.code, one.n) for one in found.signs] == [("listed_month", 210), ("on_offer", 210)]


def test_switched_off_nobody_is_counted_any_more_and_on_again_at_once() -> None:
    switch()
    turn(MONDAY)
    offer(120)

    switch(False, MONDAY + timedelta(hours=1))
    turn(MONDAY + 3 * DAY)
    off = BusinessDoubt.objects.count()
    switch(True, MONDAY + 3 * DAY)
    turn(MONDAY + 4 * DAY)

    assert (off, BusinessDoubt.objects.count()) == (0, 1)


def test_many_accounts_are_counted_a_few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "AT_ONCE", 2)
    for number in range(5):
        put_shop(machine(EARLY), **registered(ref=f"T-{number}", name="個人", private=True))
    offer(100, ref="T-4")

    switch()
    turn(MONDAY)

    assert list(BusinessDoubt.objects.values_list("pk", flat=True)) == ["T-4"]


def test_a_flag_changes_nothing_for_the_seller_and_tells_it_nothing() -> None:
    terms.set(lead(MONDAY), setting=DISPLAY_HINDERS, value=True)
    terms.set(lead(MONDAY), setting=DISPLAY_REQUIRED, value=True)

    listed()
    hear()

    assert told(f"seller:{PRIVATE}") == []
    assert market_facts.clearance(PRIVATE, at=MONDAY).hindrances == ()
    assert facts.was_business(PRIVATE, MONDAY) is False
    assert clocks.open_clocks(f"display.doubt:{PRIVATE}") == ()


def test_an_agent_asks_and_the_seller_has_fourteen_days() -> None:
    asked()

    assert told(f"seller:{PRIVATE}") == ["display.doubt_asked"]
    (clock,) = clocks.open_clocks(f"display.doubt:{PRIVATE}")
    assert clock.due_at == datetime(2026, 12, 1, tzinfo=JAPAN)
    assert facts.was_business(PRIVATE, MONDAY) is False


def test_who_does_not_answer_is_nothing_yet_and_may_still_answer() -> None:
    asked()

    ring(MONDAY + 16 * DAY)
    late = state()
    answered(MONDAY + 17 * DAY)

    assert (late, state()) == (DoubtState.UNANSWERED, DoubtState.ANSWERED)
    assert facts.was_business(PRIVATE, MONDAY + 17 * DAY) is False


def test_a_clock_that_rings_too_late_does_nothing() -> None:
    asked()
    answered()

    actions.miss_answer(machine(), seller_ref=PRIVATE)
    actions.relist_unclear(machine(), seller_ref=PRIVATE)

    assert state() == DoubtState.ANSWERED


def test_an_agent_does_not_conclude_and_nobody_does_before_the_seller_was_heard() -> None:
    asked()
    with pytest.raises(StepNotOpen):
        conclude(StandingOutcome.BUSINESS)
    answered()

    with pytest.raises(StepNotYours):
        actions.conclude(
            agent(CONCLUDED), seller_ref=PRIVATE, outcome=StandingOutcome.BUSINESS, since=SINCE, reason="理由"
        )

    assert state() == DoubtState.ANSWERED


def test_what_was_answered_meanwhile_has_to_be_read_before_it_is_concluded() -> None:
    asked()
    answered()
    shown = doubt_shown(PRIVATE)
    assert shown is not None
    answered(ANSWERED + DAY)

    with pytest.raises(ChangedMeanwhile):
        conclude(StandingOutcome.BUSINESS, version=shown.version)


def test_nobody_becomes_a_business_from_tomorrow_on() -> None:
    asked()
    answered()

    with pytest.raises(DayAhead):
        conclude(StandingOutcome.BUSINESS, since=CONCLUDED.date() + DAY)


def test_who_was_let_be_is_not_listed_again_for_180_days_and_is_told_nothing() -> None:
    offer(120)
    switch()
    turn(MONDAY)
    actions.let_be(agent(MONDAY), seller_ref=PRIVATE, reason="蔵書の処分。")

    turn(MONDAY + 170 * DAY)
    rested = state()
    turn(MONDAY + 182 * DAY)

    assert (rested, state()) == (DoubtState.LET_BE, DoubtState.FLAGGED)
    assert told(f"seller:{PRIVATE}") == []


def test_who_was_let_be_is_listed_before_when_its_signs_grow_a_lot() -> None:
    offer(120)
    switch()
    turn(MONDAY)
    actions.let_be(agent(MONDAY), seller_ref=PRIVATE, reason="蔵書の処分。")

    offer(90, first=200, at=MONDAY + DAY, condition=GoodsCondition.NEW)
    turn(MONDAY + DAY)

    assert state() == DoubtState.FLAGGED


def test_once_it_is_registered_as_a_business_nothing_is_left_to_ask() -> None:
    asked()

    put_shop(machine(ANSWERED), **registered(ref=PRIVATE, name="個人", private=False))
    hear(ANSWERED)

    assert state() == DoubtState.MOOT
    assert clocks.open_clocks(f"display.doubt:{PRIVATE}") == ()
    assert facts.was_business(PRIVATE, ANSWERED) is True


def test_a_change_of_who_stays_private_ends_nothing() -> None:
    asked()

    put_shop(machine(ANSWERED), **registered(ref=PRIVATE, name="別の名", private=True, phone="03-3507-8809"))
    hear(ANSWERED)

    assert state() == DoubtState.ASKED


def test_a_seller_who_is_erased_ends_the_doubt_and_its_words_can_be_read_by_nobody() -> None:
    asked()
    answered()

    ledger.shred(lead(ANSWERED + DAY), subject=f"seller:{PRIVATE}", reason="請求")
    erased = PersonErasedOnRequest(subject=f"seller:{PRIVATE}")
    tasks.person_erased(erased, ANSWERED + DAY)

    row, shown = BusinessDoubt.objects.get(pk=PRIVATE), doubt_shown(PRIVATE)
    assert shown is not None
    assert [one.words for one in shown.entries] == [None, None]
    assert (row.state, row.signs) == (DoubtState.CLOSED, [])
    assert clocks.open_clocks(f"display.doubt:{PRIVATE}") == ()
    actions.close_doubt(machine(ANSWERED + 2 * DAY), seller_ref=PRIVATE)


def test_the_words_lie_sealed() -> None:
    asked()
    answered()

    kept = b"".join(bytes(one.sealed) for one in DoubtEntry.objects.all())
    shown = doubt_shown(PRIVATE)

    assert "集めた本です。".encode() not in kept
    assert shown is not None
    assert [one.words for one in shown.entries] == ["集めた本です。", "同時に120点の出品があります。"]
    assert all(one.receipt for one in shown.entries)


@pytest.mark.parametrize("who", [eve(), actor("buyer:B-1", Role.BUYER)])
def test_nobody_else_answers_for_it(who: Actor) -> None:
    asked()

    with pytest.raises(NoSuchShop):
        actions.answer_standing(who, seller_ref=PRIVATE, choice=StandingAnswer.OTHER, said="ちがいます。")


def test_where_nothing_is_in_doubt_nothing_can_be_decided() -> None:
    with pytest.raises(Refusal):
        actions.let_be(agent(), seller_ref="S-1", reason="理由")
    actions.end_moot(machine(), seller_ref="S-1")
    actions.end_moot(machine(), seller_ref="NOBODY")

    assert doubt_shown("S-1") is None
    assert facts.was_business("NOBODY", MONDAY) is None


def test_a_day_before_there_were_such_shops_is_the_same_as_from_then_on() -> None:
    asked()
    answered()

    conclude(StandingOutcome.BUSINESS, since=date(1, 1, 1))

    assert facts.was_business(PRIVATE, datetime(2000, 1, 2, tzinfo=JAPAN)) is True


def test_a_seller_does_not_put_a_conclusion_off_by_answering_on_and_on() -> None:
    asked()
    answered()
    for _ in range(4):
        actions.answer_standing(
            seller(ANSWERED, PRIVATE), seller_ref=PRIVATE, choice=StandingAnswer.OTHER, said="もう一度"
        )

    with pytest.raises(TooMany):
        actions.answer_standing(
            seller(ANSWERED, PRIVATE), seller_ref=PRIVATE, choice=StandingAnswer.OTHER, said="もう一度"
        )


def test_of_what_nobody_asked_it_about_again_a_seller_reads_nothing() -> None:
    asked()
    answered()
    shown = doubt_shown(PRIVATE)
    assert shown is not None
    assert shown.tells_signs
    conclude(StandingOutcome.PRIVATE)
    actions.list_account(machine(CONCLUDED + 200 * DAY), seller_ref=PRIVATE, signs=SIGNS)

    again = doubt_shown(PRIVATE)
    assert again is not None
    assert not again.tells_signs
