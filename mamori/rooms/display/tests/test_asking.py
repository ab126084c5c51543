"""A display is asked of every business, from a day that it was told beforehand; of a private person never."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.ground.clocks import facts as clocks
from mamori.ground.market import facts as market
from mamori.ground.outbox.models import Event
from mamori.ground.terms import actions as terms
from mamori.law.display import DISPLAY_HINDERS, DISPLAY_REQUIRED
from mamori.rooms.display import facts
from mamori.rooms.display.actions import displays
from mamori.rooms.display.actions.displays import AT_A_TIME
from mamori.rooms.display.lifecycle import DisplayState
from mamori.rooms.display.models import Display
from mamori.rooms.display.tests.conftest import (
    MONDAY,
    actor,
    display,
    hear,
    machine,
    registered,
    ring,
    seller,
    told,
)
from mamori.rooms.display.tests.test_pages import read
from tests.shops import put_shop

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shops")]
DAY = timedelta(days=1)
ASKED = MONDAY + 31 * DAY


def require(value: bool = True, at: datetime = MONDAY) -> None:
    terms.set(actor("staff:l@example.jp", Role.LEAD, at), setting=DISPLAY_REQUIRED, value=value)
    hear(at)


def test_who_never_wrote_a_display_is_told_then_asked_and_what_stays_missing_is_told_upward() -> None:
    terms.set(actor("staff:l@example.jp", Role.LEAD), setting=DISPLAY_HINDERS, value=True)
    require()
    assert told() == ["display.asked"]
    assert facts.display("S-1").state is DisplayState.UNWRITTEN

    ring(ASKED)
    asked = facts.display("S-1")
    assert asked.state is DisplayState.LACKING
    assert "phone:missing" in asked.faults
    assert told() == ["display.lacking", "display.asked"]
    assert market.clearance("S-1", at=ASKED).hindrances == ()

    ring(ASKED + 8 * DAY)

    assert facts.display("S-1").state is DisplayState.OVERDUE
    missed = [json.loads(one.body)["data"] for one in Event.objects.filter(kind="display.missed")]
    assert {(one["seller_ref"], one["version"]) for one in missed} == {("S-1", 0), ("S-2", 0)}
    assert [one.code for one in market.clearance("S-1", at=ASKED + 8 * DAY).hindrances] == ["display-lacking"]


def test_a_private_person_is_asked_for_nothing() -> None:
    require()

    assert told("seller:S-3") == []
    assert not Display.objects.filter(pk="S-3").exists()


def test_who_writes_it_in_time_is_asked_no_more() -> None:
    require()

    displays.write_display(seller(MONDAY + DAY), seller_ref="S-1", told=display())
    ring(ASKED)

    assert facts.display("S-1").state is DisplayState.COMPLETE
    assert told() == ["display.asked"]


def test_who_writes_it_late_is_right_again() -> None:
    require()
    ring(ASKED + 8 * DAY)

    late = ASKED + 9 * DAY
    displays.write_display(seller(late), seller_ref="S-1", told=display())

    assert facts.display("S-1").state is DisplayState.COMPLETE
    assert facts.display("S-1").faults == ()


def test_where_it_is_asked_no_more_nobody_is_late() -> None:
    require()
    ring(ASKED + 8 * DAY)

    require(False, ASKED + 9 * DAY)

    stands = facts.display("S-1")
    assert (stands.state, stands.faults, stands.look_since) == (DisplayState.UNWRITTEN, (), None)
    assert clocks.open_clocks("display.display:S-1") == ()
    require(True, ASKED + 10 * DAY)
    assert told()[0] == "display.asked"  # anew, with the whole time of notice


def test_a_new_seller_is_asked_and_one_who_turns_out_to_be_private_no_more() -> None:
    require()

    put_shop(machine(MONDAY + DAY), **registered(ref="S-9", name="新しい店"))
    hear(MONDAY + DAY)
    assert told("seller:S-9") == ["display.asked"]
    put_shop(machine(MONDAY + 2 * DAY), **registered(ref="S-9", name="新しい店", private=True))
    hear(MONDAY + 2 * DAY)

    assert facts.display("S-9").asked_at is None
    assert clocks.open_clocks("display.display:S-9") == ()


def test_it_is_told_to_all_sellers_a_few_at_a_time() -> None:
    for number in range(AT_A_TIME * 2):
        put_shop(machine(), **registered(ref=f"T-{number:03}", name="店"))

    require()

    assert Display.objects.filter(asked_at=MONDAY).count() == AT_A_TIME * 2 + 2


def test_a_clock_that_rings_too_late_asks_for_nothing() -> None:
    displays.write_display(seller(), seller_ref="S-1", told=display())

    displays.require_display(machine(), seller_ref="S-1")
    displays.follow_unwritten(machine(), seller_ref="NOBODY")

    assert facts.display("S-1").state is DisplayState.COMPLETE


def test_a_seller_reads_by_when_it_is_to_be_written(enter: Enter) -> None:
    require()

    page = read(enter(Role.SELLER, "seller:S-1"), "/seller/display/")

    assert "書く期限" in page
    assert "2026年12月16日" in page


def test_what_was_written_as_a_private_person_stays_unread_when_the_marketplace_says_it_is_a_business() -> (
    None
):
    displays.write_display(seller(ref="S-3"), seller_ref="S-3", told=display())
    later = MONDAY + DAY

    put_shop(machine(later), **registered(ref="S-3", name="個人", private=False))
    hear(later)

    assert facts.public("S-3") is None
    assert facts.numbered("S-3", 1) is None
    assert facts.display("S-3").state is DisplayState.UNWRITTEN
    displays.write_display(
        seller(later, ref="S-3"), seller_ref="S-3", told=display()
    )  # the same words, public now
    shown = facts.public("S-3")
    assert shown is not None
    assert shown.version == 2
