"""Figures of a year month by month, for pictures: each kind is counted in one statement, however many months there are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q
from django.db.models.functions import TruncMonth

from mamori.grammar.figures import Unit, span
from mamori.ground.clocks import facts as clock_facts
from mamori.ground.clocks.facts import Tally
from mamori.ground.declared.ranks import Ranked, by_group
from mamori.japan.calendar import JAPAN
from mamori.japan.months import Month, month_of
from mamori.law.deadlines import ANSWER, QUESTION_ANSWER
from mamori.law.figures import MEDIAN, P95
from mamori.rooms.contact.lifecycle import RemedyState
from mamori.rooms.contact.models import Remedy, Trouble
from mamori.rooms.contact.queries.figures import FIRST_DUE, RESOLVED, WITHDRAWN

_NONE = Tally(0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthSeen:
    """What pictures show of one month, as it is known now; times are days from the first inquiry to the confirmed refund.

    A median or a 95 % is None where no refund was confirmed in the month.
    """

    month: Month
    reported: int
    answers: Tally
    solutions: Tally
    refunds: int
    money_median: Decimal | None
    money_p95: Decimal | None


def months_seen(months: Sequence[Month], *, at: datetime) -> tuple[MonthSeen, ...]:
    """Return these months, which follow each other, in their order: defined as the figures are, in three statements."""
    since, until = min(months).since, max(months).until
    is_over = ~WITHDRAWN & Q(first_due__lte=at)
    is_in_time = is_over & RESOLVED & Q(closed_at__lte=F("first_due"))
    reported = Trouble.objects.filter(opened_at__gte=since, opened_at__lt=until).annotate(first_due=FIRST_DUE)
    counted = (
        reported.annotate(month=TruncMonth("opened_at", tzinfo=JAPAN))
        .values("month")
        .annotate(all=Count("pk"), over=Count("pk", filter=is_over), in_time=Count("pk", filter=is_in_time))
        .order_by("month")
    )
    troubles = {month_of(row["month"]): row for row in counted}
    answers = clock_facts.tallies(
        (ANSWER.code, QUESTION_ANSWER.code), why="answered", since=since, until=until, zone=JAPAN
    )
    money = _money_back(since, until)
    days = _days_of(money)
    return tuple(
        MonthSeen(
            month=month,
            reported=troubles[month]["all"] if month in troubles else 0,
            answers=answers.get((month.year, month.number), _NONE),
            solutions=_solutions(troubles.get(month)),
            refunds=money[month].of if month in money else 0,
            money_median=days(month, MEDIAN),
            money_p95=days(month, P95),
        )
        for month in months
    )


def _solutions(row: Mapping[str, Any] | None) -> Tally:
    return Tally(row["over"], row["in_time"]) if row else _NONE


def _money_back(since: datetime, until: datetime) -> dict[Month, Ranked]:
    done = Remedy.objects.filter(closed_at__gte=since, closed_at__lt=until, state=RemedyState.DONE)
    rows = done.annotate(month=TruncMonth("closed_at", tzinfo=JAPAN))
    took = F("closed_at") - F("trouble__opened_at")
    found = by_group(rows, took, (MEDIAN, P95), groups=("month",))
    return {month_of(month): ranked for (month,), ranked in found.items()}


def _days_of(found: dict[Month, Ranked]) -> Callable[[Month, int], Decimal | None]:
    def days(month: Month, percent: int) -> Decimal | None:
        took = found[month].took.get(percent) if month in found else None
        return None if took is None else span(took, Unit.DAYS)

    return days
