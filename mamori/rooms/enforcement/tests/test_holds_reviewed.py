"""A hold of money is looked at in the middle of its days, and the seller is told when."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mamori.ground.clocks import facts as clocks
from mamori.ground.outbox import facts as outbox
from mamori.japan.spoken import spoken
from mamori.law.deadlines import MEASURE_REVIEW
from mamori.rooms.enforcement import facts
from mamori.rooms.enforcement.models import Measure
from mamori.rooms.enforcement.tests.conftest import MONDAY, answer, decided, ring

pytestmark = pytest.mark.usefixtures("shops")


def test_a_hold_of_money_is_reviewed_after_half_of_its_days_and_ends_on_its_day() -> None:
    measure = decided("payout-held", 14)
    answer(measure.instruction)
    assert measure.review_at is not None
    assert MONDAY + timedelta(days=7) <= measure.review_at < MONDAY + timedelta(days=8)
    assert facts.held(at=MONDAY)[0].measure.review_at == measure.review_at

    ring(measure.review_at)

    assert "enforcement.to_review" in [one.template for one in outbox.notices(to="lead", limit=50)]
    kinds = {one.kind for one in clocks.open_clocks(f"enforcement.measure:{measure.pk}")}
    assert kinds == {MEASURE_REVIEW.code, "enforcement.end"}
    assert measure.ends_at is not None
    ring(measure.ends_at + timedelta(minutes=1))
    assert Measure.objects.get(pk=measure.pk).state == "lifting"


def test_the_seller_is_told_when_its_money_is_looked_at_again() -> None:
    measure = decided("payout-held", 14)

    told = next(n for n in outbox.notices(to="seller:S-1", limit=9) if n.template == "enforcement.decided")

    assert measure.review_at is not None
    assert spoken(measure.review_at).ja in told.body["ja"]
    assert spoken(measure.review_at).en in told.body["en"]


def test_another_measure_with_an_end_has_no_review() -> None:
    assert decided().review_at is None
