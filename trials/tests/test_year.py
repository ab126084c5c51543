"""A small year played through the room: deadlines right across the holidays, nothing lost, and planted faults seen."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.db import transaction

from mamori.ground.clocks import calendars
from mamori.site.wiring import business_calendar
from trials.sizes import sized
from trials.year.measure import YEAR, Played, played
from trials.year.people import Behaviour, troubled

ORDERS, LEAST = sized((100, 12), (300, 20))
SMALL: dict[str, Any] = {"orders": ORDERS, "seed": 46, "behaviour": Behaviour(troubles=0.12)}


def small(**words: Any) -> Played:
    """Play a small year and leave no trace of it."""
    with transaction.atomic():
        found = played(**SMALL, **words)
        transaction.set_rollback(True)
    return found


@pytest.mark.sized
@pytest.mark.django_db
def test_a_year_ends_with_every_deadline_right_and_nothing_lost_and_better_than_without_help() -> None:
    helped = small()
    alone = small(helps=False)

    assert helped.troubles == alone.troubles > LEAST
    assert min(helped.across.values()) > 0
    assert (helped.wrong_due, alone.wrong_due) == (0, 0), helped.first_wrong or alone.first_wrong
    assert (helped.lost, helped.open, helped.stuck) == (0, 0, 0)
    assert helped.resolved_in_time > alone.resolved_in_time
    assert helped.resolved_ever > alone.resolved_ever
    assert alone.lost > 0  # where nobody urges or mediates, silent shops are the end of it


@pytest.mark.sized
@pytest.mark.django_db
def test_planted_faults_are_seen_and_the_calendar_is_put_back() -> None:
    calendar = small(fault="golden-week")
    ring = small(fault="dropped-ring")

    assert calendar.wrong_due > 0
    assert "walked" in calendar.first_wrong
    assert ring.lost > 0
    assert calendars.in_use() == business_calendar()


def test_the_same_seed_draws_the_same_troubles_and_each_has_dice_of_its_own() -> None:
    one, two = (troubled(Behaviour(), orders=20_000, seed=7, minutes=YEAR) for _ in range(2))

    one[0].happens(0.5)

    assert [(m.number, m.opened_minute, m.manner.name) for m in one] == [
        (m.number, m.opened_minute, m.manner.name) for m in two
    ]
    assert one[1].dice.random() == two[1].dice.random()
    assert len(one) == pytest.approx(600, rel=0.15)


def test_the_declared_shares_are_what_is_drawn() -> None:
    behaviour = Behaviour()
    drawn = Counter(m.manner.name for m in troubled(behaviour, orders=200_000, seed=3, minutes=YEAR))

    assert sum(one.share for one in behaviour.sellers) == pytest.approx(1)
    assert drawn["prompt"] / drawn.total() == pytest.approx(0.6, abs=0.08)
    assert set(drawn) == {one.name for one in behaviour.sellers}
