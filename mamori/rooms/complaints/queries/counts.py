"""How many reports came in each month, of what, why, in which category of goods and by which channel: numbers of nobody."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.db.models.functions import TruncMonth

from mamori.grammar.text import Text
from mamori.ground.market import facts as market
from mamori.japan.calendar import JAPAN
from mamori.japan.months import Month, month_of
from mamori.law.calls import ReportChannel
from mamori.rooms.complaints.models import ComplaintReport


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportCount:
    """How many reports of one kind came in a month; `category` is "" where no listing is known, or it has none."""

    month: Month
    what: str
    reason: str
    category: str
    channel: str
    count: int


def report_counts(since: datetime, until: datetime) -> tuple[ReportCount, ...]:
    """Count what was received from `since` to before `until`; what was erased since counts as well."""
    rows = (
        ComplaintReport.objects.filter(received_at__gte=since, received_at__lt=until)
        .annotate(month=TruncMonth("received_at", tzinfo=JAPAN))
        .values_list("month", "complaint__what", "complaint__reason", "complaint__listing_ref", "channel")
        .annotate(number=Count("pk"))
        .order_by()
    )
    found = list(rows)
    categories = market.categories_of({row[3] for row in found if row[3]})
    counted: Counter[tuple[Month, str, str, str, str]] = Counter()
    for month, what, reason, listing, channel, number in found:
        counted[month_of(month), what, reason, categories.get(listing, ""), channel] += number
    return tuple(
        ReportCount(month=month, what=what, reason=reason, category=category, channel=channel, count=number)
        for (month, what, reason, category, channel), number in sorted(counted.items())
    )


def channel_text(channel: str) -> Text:
    """Return what a channel is called."""
    return ReportChannel(channel).text
