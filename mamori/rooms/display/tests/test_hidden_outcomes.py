"""What follows from a conclusion that an account is a business, and what does not; and how it is taken back."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from mamori.ground.clocks import facts as clocks
from mamori.ground.market import facts as market_facts
from mamori.ground.outbox.models import Event
from mamori.ground.terms import actions as terms
from mamori.japan.calendar import JAPAN
from mamori.law.display import DISPLAY_REQUIRED
from mamori.rooms.display import facts
from mamori.rooms.display.actions import displays
from mamori.rooms.display.hidden.rules import StandingOutcome
from mamori.rooms.display.lifecycle import DisplayState, DoubtState
from mamori.rooms.display.tests.conftest import MONDAY, display, machine, ordered, ring, seller, told
from mamori.rooms.display.tests.test_hidden_doubts import (
    CONCLUDED,
    DAY,
    PRIVATE,
    answered,
    asked,
    conclude,
    lead,
    state,
    turn,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shops")]


def test_who_is_concluded_a_business_is_told_why_and_how_to_object_and_asked_for_a_display() -> None:
    terms.set(lead(MONDAY), setting=DISPLAY_REQUIRED, value=True)
    asked()
    answered()

    conclude(StandingOutcome.BUSINESS)

    assert told(f"seller:{PRIVATE}") == [
        "display.asked",
        "display.concluded_business",
        "display.doubt_asked",
    ]
    (news,) = Event.objects.filter(kind="display.business_concluded")
    said = json.loads(news.body)["data"]
    assert (said["seller_ref"], said["outcome"], said["since"]) == (
        PRIVATE,
        "business",
        "2026-10-31T15:00:00Z",
    )
    assert facts.was_business(PRIVATE, datetime(2026, 10, 31, 23, tzinfo=JAPAN)) is False
    assert facts.was_business(PRIVATE, datetime(2026, 11, 1, 0, tzinfo=JAPAN)) is True
    assert market_facts.clearance(PRIVATE, at=CONCLUDED).hindrances == ()


def test_what_was_written_as_a_private_person_stays_unread_until_it_is_written_anew() -> None:
    terms.set(lead(MONDAY), setting=DISPLAY_REQUIRED, value=True)
    displays.write_display(seller(MONDAY, PRIVATE), seller_ref=PRIVATE, told=display())
    ordered(machine(), "O-1", PRIVATE, MONDAY + DAY)
    asked()
    answered()

    conclude(StandingOutcome.BUSINESS)
    ordered(machine(), "O-2", PRIVATE, CONCLUDED + DAY)

    orders = market_facts.orders(["O-1", "O-2"])
    assert facts.public(PRIVATE) is None
    assert facts.proven(PRIVATE) == ()
    assert facts.mail_shown(PRIVATE) == ""
    assert [facts.seen(one) for one in orders.values()] == [None, None]
    assert facts.display(PRIVATE).state is DisplayState.UNWRITTEN
    assert facts.display(PRIVATE).asked_at == CONCLUDED
    written = CONCLUDED + 2 * DAY
    displays.write_display(seller(written, PRIVATE), seller_ref=PRIVATE, told=display())
    ordered(machine(), "O-3", PRIVATE, written + DAY)
    third = market_facts.order("O-3")
    now = facts.public(PRIVATE)
    assert third is not None
    assert now is not None
    assert (now.version, facts.seen_version(third), facts.seen_version(orders["O-1"])) == (2, 2, 0)
    assert facts.numbered(PRIVATE, 1) is None
    assert facts.display(PRIVATE).state is DisplayState.COMPLETE


def test_what_was_written_as_a_private_person_is_not_looked_at_either() -> None:
    displays.write_display(seller(MONDAY, PRIVATE), seller_ref=PRIVATE, told=display(phone="000-0000-0000"))
    asked()
    answered()
    conclude(StandingOutcome.BUSINESS)

    displays.look_at_display(machine(CONCLUDED), seller_ref=PRIVATE)

    assert facts.display(PRIVATE).faults == ()


def test_a_conclusion_is_objected_to_by_another_answer_and_stands_until_a_person_concludes_anew() -> None:
    terms.set(lead(MONDAY), setting=DISPLAY_REQUIRED, value=True)
    asked()
    answered()
    conclude(StandingOutcome.BUSINESS)
    written = CONCLUDED + DAY
    displays.write_display(seller(written, PRIVATE), seller_ref=PRIVATE, told=display())

    answered(written)
    meanwhile = facts.was_business(PRIVATE, written)
    conclude(StandingOutcome.BUSINESS, at=written + DAY)
    again = facts.public(PRIVATE)
    answered(written + 2 * DAY)
    conclude(StandingOutcome.PRIVATE, at=written + 3 * DAY)

    assert meanwhile is True
    assert again is not None
    assert facts.public(PRIVATE) is None
    assert facts.was_business(PRIVATE, written) is False
    assert facts.display(PRIVATE).state is DisplayState.NOT_ASKED
    assert told(f"seller:{PRIVATE}")[0] == "display.concluded_other"


def test_a_display_that_was_asked_for_is_asked_no_more_once_it_is_taken_back() -> None:
    terms.set(lead(MONDAY), setting=DISPLAY_REQUIRED, value=True)
    asked()
    answered()
    conclude(StandingOutcome.BUSINESS)
    turn(CONCLUDED + 32 * DAY)
    lacked = facts.display(PRIVATE).state

    conclude(StandingOutcome.PRIVATE, at=CONCLUDED + 33 * DAY)

    assert lacked is DisplayState.LACKING
    assert facts.display(PRIVATE).state is DisplayState.UNWRITTEN
    assert clocks.open_clocks(f"display.display:{PRIVATE}") == ()


def test_what_is_unclear_is_looked_at_again_after_ninety_days() -> None:
    asked()
    answered()

    conclude(StandingOutcome.UNCLEAR)
    unsure = facts.was_business(PRIVATE, CONCLUDED)
    ring(CONCLUDED + 91 * DAY)

    assert unsure is None
    assert state() == DoubtState.FLAGGED
