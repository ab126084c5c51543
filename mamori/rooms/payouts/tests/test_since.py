"""Payouts of before get the moments since which their clocks run: afterwards nothing has to change about any of them."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps

from mamori.grammar.businesstime import CalendarDays
from mamori.ground.terms import actions as terms
from mamori.law.deadlines import PAYOUT_END
from mamori.rooms.payouts import actions
from mamori.rooms.payouts.models import Payout
from mamori.rooms.payouts.tests.conftest import (
    EARLY,
    MONDAY,
    STRANGER,
    agent,
    ask,
    expired,
    lead,
    pays_to,
    settle,
)
from mamori.rooms.payouts.tests.test_below import measure
from tests.settled.whole import differing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shops", "staff")]
DAY = timedelta(days=1)
KEPT = ("look_since", "put_off_at")


def filled() -> None:
    """Let one payout wait for counsel, and one be held beyond its last day, which was reviewed."""
    stranger = pays_to(STRANGER, ref="S-2")
    ask(seller_ref="S-2")
    actions.refuse_name(agent(MONDAY + DAY), account=stranger.pk, reason="名義が別人")
    terms.set(lead(EARLY), setting=PAYOUT_END, value=CalendarDays(20))
    pays_to()
    measure(amount=4_000, days=50)
    ask("P-2")
    settle(MONDAY + 22 * DAY)
    actions.review(lead(MONDAY + 22 * DAY), payout="P-2", reason="まだ必要")


def test_the_moments_of_running_clocks_are_put_on_the_payouts_of_a_house_of_before() -> None:
    filled()
    held = Payout.objects.filter(state="held").values_list(*KEPT)
    before = held.get()
    assert None not in before

    Payout.objects.update(**dict.fromkeys(KEPT))
    assert list(differing("payouts", MONDAY + 22 * DAY)) != []
    import_module("mamori.rooms.payouts.migrations.0005_since_of_running_clocks").enter_since(apps, None)

    assert held.get() == before
    assert Payout.objects.get(state="counsel").look_since is not None
    assert list(differing("payouts", MONDAY + 22 * DAY)) == []


def test_a_doubt_of_before_is_looked_at_by_the_clock_that_runs() -> None:
    expired("S-2")
    pays_to(ref="S-2")
    ask(seller_ref="S-2")
    Payout.objects.update(look_since=None)

    import_module("mamori.rooms.payouts.migrations.0005_since_of_running_clocks").enter_since(apps, None)

    assert Payout.objects.get().look_since == MONDAY
    assert list(differing("payouts", MONDAY)) == []
