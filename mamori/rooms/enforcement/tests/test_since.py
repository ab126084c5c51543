"""Rows of before get the moments since which their clocks run: afterwards nothing has to change about any of them."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps

from mamori.grammar.hand import Role
from mamori.ground.clocks.models import IS_OPEN, Clock
from mamori.rooms.enforcement import actions
from mamori.rooms.enforcement.models import Appeal, Finding, Measure, Policy
from mamori.rooms.enforcement.rules.reasons import Ended
from mamori.rooms.enforcement.tests.conftest import (
    MONDAY,
    agent,
    answer,
    counsel,
    decided,
    find,
    hand,
    heard,
    lead,
    ring,
    seller,
)
from tests.settled.whole import differing

pytestmark = pytest.mark.usefixtures("shops")
DAY = timedelta(days=1)
KEPT = {
    Finding: ("asked_at",),
    Measure: (
        "announced_again_at",
        "market_asked_at",
        "market_asked_times",
        "review_span",
        "reviewed_at",
    ),
    Appeal: ("asked_at",),
    Policy: ("proposed_at", "notice"),
}
BEFORE = {"review_span": "", "market_asked_times": 1, "notice": ""}


def forget() -> None:
    """Let the house stand as it did before the moments were kept: clocks that ran again had a key of their own."""
    for model, names in KEPT.items():
        model.objects.update(**{name: BEFORE.get(name) for name in names})  # type: ignore[attr-defined]
    rung = set(Clock.objects.filter(outcome="rung").values_list("about", "kind"))
    Clock.objects.filter(IS_OPEN, key="due").update(key="")
    for clock in Clock.objects.filter(IS_OPEN, key="").exclude(kind="enforcement.review"):
        if (clock.about, clock.kind) in rung:
            Clock.objects.filter(pk=clock.pk).update(key="again")


def test_the_moments_of_running_clocks_are_put_on_the_rows_of_a_house_of_before(proposed: int) -> None:
    held = decided("payout-held", 14, origin="test:held")
    answer(held.instruction)
    closed = decided("closed", 0, origin="test:closed", listing="L-3")
    appeal = actions.appeal(seller(MONDAY + DAY), measure=closed.pk, said="おかしい")
    reviewer = hand("counsel:9", Role.COUNSEL, MONDAY + DAY)
    actions.take_appeal(reviewer, appeal=appeal)
    actions.reply_appeal(reviewer, appeal=appeal, said="写真をください", asks=True)
    hidden = decided("listing-hidden", 14, origin="test:hidden")
    actions.lift(lead(MONDAY + DAY), measure=hidden.pk, because=Ended.REVIEWED, reason="もうよい")
    actions.ask_view(agent(MONDAY + 8 * DAY), finding=find(origin="test:asked"))
    heard(origin="test:waits")
    due = decided("new-listings-stopped", 14, origin="test:due")
    answer(due.instruction)
    ring(MONDAY + 9 * DAY)
    actions.review(counsel(MONDAY + 9 * DAY), measure=held.pk, reason="まだ必要")
    assert list(differing("enforcement", MONDAY + 9 * DAY)) == []

    forget()
    assert Clock.objects.filter(IS_OPEN, key="again").exists()
    assert len(list(differing("enforcement", MONDAY + 9 * DAY))) > 3
    import_module("mamori.rooms.enforcement.migrations.0012_since_of_running_clocks").enter_since(apps, None)

    assert list(differing("enforcement", MONDAY + 9 * DAY)) == []
    assert not Clock.objects.filter(IS_OPEN, key="again").exists()
