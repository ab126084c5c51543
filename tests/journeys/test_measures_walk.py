"""A random walk over the whole room of enforcement: nothing is parked, past its end, lifted twice or counted wrongly."""

from __future__ import annotations

import os
import random
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from mamori.ground.clocks.models import Clock
from mamori.ground.outbox.models import Event
from mamori.rooms.enforcement.models import Appeal, Measure, Strike
from tests.journeys import deciding
from tests.journeys.measuring import faults
from tests.journeys.wanderer import Walk, walk_seed

STEPS = int(os.environ.get("MAMORI_WALK_STEPS", "2000")) // 3


@pytest.mark.django_db
def test_nothing_is_parked_past_its_end_or_lifted_twice_whatever_anybody_does() -> None:
    seed = walk_seed()
    walk = Walk(random.Random(seed))
    deciding.settle_in(walk)
    names = {act.__name__ for act in deciding.ACTS}

    for step in range(3 * STEPS):
        if step >= STEPS and walk.done.keys() >= names:
            break
        walk.step(deciding.ACTS)
        if step % 100 == 0:
            walk.play()
            found = list(faults(walk.now))
            assert not found, f"seed {seed}, step {step}: {found}"
    walk.play()

    assert not list(faults(walk.now))
    assert names <= walk.done.keys(), names - walk.done.keys()
    for plant, said in PLANTS.items():
        with transaction.atomic():
            plant(walk)
            assert any(said in one for one in faults(walk.now)), plant
            transaction.set_rollback(True)
    for refused in (_review_oneself,):
        with pytest.raises(IntegrityError), transaction.atomic():
            refused(walk)
    assert not list(faults(walk.now))


def _forget_a_clock(walk: Walk) -> None:
    Clock.objects.filter(done_at__isnull=True, kind__startswith="enforcement.").first().delete()  # type: ignore[union-attr]


def _lose_points(walk: Walk) -> None:
    strike = Strike.objects.filter(ended_at=None).exclude(measure__appeals__state="partly").first()
    assert strike is not None
    Strike.objects.filter(pk=strike.pk).update(ended_at=walk.now)


def _overstay(walk: Walk) -> None:
    kept = {"ended_because__in": ("cured", "reviewed", "due", "uncured"), "ends_at__isnull": False}
    over = Measure.objects.filter(lift_asked_at__isnull=False, **kept).first()
    assert over is not None
    late = F("ends_at") + timedelta(minutes=2)
    Measure.objects.filter(pk=over.pk).update(ended_because="due", lift_asked_at=late)


def _review_oneself(walk: Walk) -> None:
    """Let who decided review it: the database does not take it."""
    appeal = Appeal.objects.exclude(reviewer="").first()
    assert appeal is not None
    Appeal.objects.filter(pk=appeal.pk).update(first_by=appeal.reviewer)


def _leave_an_appeal(walk: Walk) -> None:
    appeal = Appeal.objects.filter(state="reversed").first()
    assert appeal is not None
    Appeal.objects.filter(pk=appeal.pk).update(state="review", closed_at=None)


def _tell_twice(walk: Walk) -> None:
    event = Event.objects.filter(kind="enforcement.measure_ended").first()
    assert event is not None
    Event.objects.create(kind=event.kind, subject=event.subject, body=event.body, at=event.at)


PLANTS = {
    _forget_a_clock: ": ",
    _lose_points: "points ended",
    _overstay: ", lifted ",
    _leave_an_appeal: "against what was reversed",
    _tell_twice: "was told 2 times",
}
"""What is planted, and the words by which it is noticed."""
