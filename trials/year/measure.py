"""What became of the year: read from the room's tables, and every due moment walked once more by other means."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache

from django.db import transaction

from mamori.grammar.businesstime import Calendar, parse
from mamori.grammar.figures import Unit, rank, share, span
from mamori.grammar.hand import Role
from mamori.ground.clocks import calendars
from mamori.ground.clocks import facts as clock_facts
from mamori.ground.clocks.models import Clock
from mamori.ground.terms import actions as terms
from mamori.japan.calendar import JAPAN
from mamori.law.deadlines import ANSWER, RESOLUTION
from mamori.law.settings import RECOVERY_ON
from mamori.rooms.contact.models import Trouble
from mamori.rooms.contact.queries.figures import FIRST_DUE, RESOLVED, WITHDRAWN
from mamori.site.wiring import business_calendar
from trials.clocks import japanese_business_days, slow_walk
from trials.year.people import Behaviour, Matter, troubled
from trials.year.play import BEGIN, Play, hand

CLOSED = ("2025-12-29/2026-01-03", "2026-12-29/2027-01-03")
"""The operator's closing days: the turn of the year."""
YEAR = 365 * 24 * 60
SEASONS = {
    "golden_week": (date(2026, 4, 29), date(2026, 5, 6)),
    "silver_week": (date(2026, 9, 19), date(2026, 9, 23)),
    "new_year": (date(2026, 12, 29), date(2027, 1, 3)),
}
MISSED = frozenset({ANSWER.code, RESOLUTION.code})
"""The rings that nobody hears where `dropped-ring` is planted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """One run of the year.  `money_days` is the nearest rank of 50 % over those who want money, None where it never came."""

    troubles: int
    withdrawn: int
    resolved_in_time: float
    resolved_ever: float
    money_wanted: int
    money_days_median: float | None
    money_days_p95: float | None
    ends: dict[str, int]
    lost: int
    open: int
    stuck: int
    clocks: int
    wrong_due: int
    first_wrong: str
    across: dict[str, int]
    deeds: dict[str, int]
    seconds: int


def played(
    *, orders: int, seed: int, helps: bool = True, fault: str = "", behaviour: Behaviour | None = None
) -> Played:
    """Play the year in one transaction and measure it; the house must be set up and have no troubles yet.

    A fault may be planted: `golden-week` is a calendar without it, `dropped-ring` a missed moment that nobody hears.
    """
    began, behaviour = time.perf_counter(), behaviour or Behaviour()
    matters = troubled(behaviour, orders=orders, seed=seed, minutes=YEAR)
    play = Play(behaviour, helps, MISSED if fault == "dropped-ring" else frozenset())
    lead = hand("lead:1", Role.LEAD, BEGIN - timedelta(days=1))
    with transaction.atomic():
        terms.close(lead, days=CLOSED)
        terms.set(lead, setting=RECOVERY_ON, value=False)
        if fault == "golden-week":
            calendars.use(_without_golden_week)
        try:
            play.go(matters)
        finally:
            calendars.use(business_calendar)
    return _measured(play, matters, round(time.perf_counter() - began))


def _without_golden_week() -> Calendar:
    usual, (first, last) = business_calendar(), SEASONS["golden_week"]
    return replace(usual, closed=tuple(one for one in usual.closed if not first <= one.day <= last))


def _measured(play: Play, matters: list[Matter], seconds: int) -> Played:
    counted = Trouble.objects.exclude(WITHDRAWN)
    of, wrong = counted.count(), list(_wrong_due())
    days = [_money(matter) for matter in matters if matter.wants_money]
    return Played(
        troubles=len(matters),
        withdrawn=Trouble.objects.filter(WITHDRAWN).count(),
        resolved_in_time=float(share(counted.filter(RESOLVED, closed_at__lte=FIRST_DUE).count(), of) or 0),
        resolved_ever=float(share(counted.filter(RESOLVED).count(), of) or 0),
        money_wanted=len(days),
        money_days_median=_ranked(days, 50),
        money_days_p95=_ranked(days, 95),
        ends=dict(sorted(Counter(Trouble.objects.values_list("state", flat=True)).items())),
        lost=sum(1 for _ in lost()),
        open=Trouble.objects.filter(closed_at__isnull=True).count(),
        stuck=len(clock_facts.stuck()),
        clocks=Clock.objects.count(),
        wrong_due=len(wrong),
        first_wrong=wrong[0] if wrong else "",
        across=_across(),
        deeds=dict(sorted(play.counts.items())),
        seconds=seconds,
    )


def lost() -> Iterator[int]:
    """Yield the troubles that have not ended and for which no clock runs."""
    for trouble in Trouble.objects.filter(closed_at__isnull=True).values_list("pk", flat=True):
        if not clock_facts.open_clocks(f"contact.trouble:{trouble}"):
            yield trouble


def _money(matter: Matter) -> timedelta | None:
    if matter.money_minute is None:
        return None
    return timedelta(minutes=matter.money_minute - matter.opened_minute)


def _ranked(took: list[timedelta | None], percent: int) -> float | None:
    """Return the nearest rank in days; what never came is the longest."""
    inline = sorted(timedelta.max if one is None else one for one in took)
    found = inline[rank(percent, len(inline)) - 1] if inline else timedelta.max
    return None if found == timedelta.max else float(span(found, Unit.DAYS))


def _wrong_due() -> Iterator[str]:
    """Yield each due moment that a slow walk over the wall calendar of another source does not find."""
    is_open = open_days()
    for clock in Clock.objects.order_by("id").iterator():
        start = clock.started_at.astimezone(JAPAN).replace(tzinfo=None)
        due = clock.due_at.astimezone(JAPAN).replace(tzinfo=None)
        walked = slow_walk(start, parse(clock.duration), is_open)
        if walked != due:
            yield f"{clock.kind}: {start} + {clock.duration} = {due}, walked {walked}"


def open_days() -> Callable[[date], bool]:
    """Return whether the centre is open on a day, by the second source of holidays and its own closing days."""
    first, last = SEASONS["new_year"]
    is_business_day = japanese_business_days()
    year_before = (first.replace(year=2025), last.replace(year=2026))

    @cache
    def is_open(day: date) -> bool:
        is_turn = first <= day <= last or year_before[0] <= day <= year_before[1]
        return not is_turn and is_business_day(day)

    return is_open


def _across() -> dict[str, int]:
    """Count the clocks whose time touches each season."""
    return {
        name: Clock.objects.filter(
            started_at__lt=_midnight(last + timedelta(days=1)), due_at__gt=_midnight(first)
        ).count()
        for name, (first, last) in SEASONS.items()
    }


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=JAPAN)
