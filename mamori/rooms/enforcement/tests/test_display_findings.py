"""A display that was not put right in time becomes a finding, once, on which a person decides."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from mamori.grammar.actor import Actor, Role
from mamori.ground.clocks import actions as clocks, facts as clock_facts
from mamori.ground.outbox import actions as outbox
from mamori.japan.calendar import JAPAN
from mamori.law.display import DisplayItem
from mamori.rooms.display.actions import displays as display
from mamori.rooms.display.events import ContactUnproven, DisplayMissed, RequestMissed
from mamori.rooms.display.rules.told import ShownDisplay, ShownItem
from mamori.rooms.display.tasks import RINGS
from mamori.rooms.enforcement import tasks
from mamori.rooms.enforcement.models import Finding
from tests.shops import put_shop

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 16, 10, tzinfo=JAPAN)


def test_a_display_that_stays_wrong_is_found_once_and_nothing_follows_by_itself() -> None:
    shop = Actor(by="machine:test", role=Role.MACHINE, at=MONDAY, via="test")
    put_shop(shop, ref="S-9", name="店", legal_name="山田 花子")
    told = ShownDisplay(items=(ShownItem(item=DisplayItem.NAME, said="山田 花子"),))
    display.write_display(shop, seller_ref="S-9", told=told)

    week = MONDAY + timedelta(days=8)
    while (due := clock_facts.next_firing(until=week)) is not None:
        clocks.fire_due(at=due, tasks=RINGS)
    while outbox.work(at=week):
        pass

    [found] = Finding.objects.filter(seller_ref="S-9")
    assert (found.breach, found.source, found.automated) == ("display-missing", "display", True)
    assert found.state == "found"


def test_news_of_a_display_that_comes_twice_finds_once() -> None:
    shop = Actor(by="machine:test", role=Role.MACHINE, at=MONDAY, via="test")
    put_shop(shop, ref="S-9", name="店")
    event = DisplayMissed(
        subject="display.display:S-9", seller_ref="S-9", version=1, faults=("phone:missing",), since=MONDAY
    )

    tasks.display_missed(event, MONDAY + timedelta(days=8))
    tasks.display_missed(event, MONDAY + timedelta(days=9))

    assert Finding.objects.filter(seller_ref="S-9").count() == 1


def test_a_contact_that_was_not_proved_is_found_once() -> None:
    shop = Actor(by="machine:test", role=Role.MACHINE, at=MONDAY, via="test")
    put_shop(shop, ref="S-9", name="店")
    event = ContactUnproven(
        subject="display.proof:phone:S-9", seller_ref="S-9", channel="phone", since=MONDAY
    )

    tasks.contact_unproven(event, MONDAY + timedelta(days=8))
    tasks.contact_unproven(event, MONDAY + timedelta(days=9))

    [found] = Finding.objects.filter(seller_ref="S-9")
    assert (found.breach, found.automated, found.state) == ("display-missing", True, "found")


def test_what_was_not_given_on_request_is_found_once() -> None:
    shop = Actor(by="machine:test", role=Role.MACHINE, at=MONDAY, via="test")
    put_shop(shop, ref="S-9", name="店")
    event = RequestMissed(
        subject="display.request:7", seller_ref="S-9", version=2, items=("address",), since=MONDAY
    )

    tasks.request_missed(event, MONDAY + timedelta(days=4))
    tasks.request_missed(event, MONDAY + timedelta(days=5))

    [found] = Finding.objects.filter(seller_ref="S-9")
    assert (found.breach, found.automated, found.state) == ("display-missing", True, "found")
