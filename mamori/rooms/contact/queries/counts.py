"""How many troubles with orders were reported in each month, by what they are about: numbers of nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.db.models.functions import TruncMonth

from mamori.japan.calendar import JAPAN
from mamori.japan.months import Month, month_of
from mamori.rooms.contact.models import Trouble


@dataclass(frozen=True, slots=True, kw_only=True)
class TroubleCount:
    """How many troubles about one topic were reported in a month."""

    month: Month
    topic: str
    count: int


def trouble_counts(since: datetime, until: datetime) -> tuple[TroubleCount, ...]:
    """Count what was reported from `since` to before `until`, by the same definition as the figure of all troubles."""
    rows = (
        Trouble.objects.filter(opened_at__gte=since, opened_at__lt=until)
        .annotate(month=TruncMonth("opened_at", tzinfo=JAPAN))
        .values_list("month", "thread__topic")
        .annotate(number=Count("pk"))
        .order_by("month", "thread__topic")
    )
    return tuple(
        TroubleCount(month=month_of(month), topic=topic, count=number) for month, topic, number in rows
    )
