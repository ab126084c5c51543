"""The public figures of a month, counted once it is settled, and the rows behind them: numbers of days, nobody's name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time

from django.db.models import QuerySet, Sum

from mamori.grammar.outline import MonthCount
from mamori.ground.declared.exported import ExportedRow, exported
from mamori.japan.calendar import JAPAN
from mamori.japan.months import Month
from mamori.law.shown import ACKNOWLEDGED, TOLD
from mamori.rooms.outreach.models import CampaignDay


def _days(since: datetime, until: datetime) -> QuerySet[CampaignDay]:
    """Return the days of campaigns from `since` to before `until`, both the first moments of a month in Japan."""
    return CampaignDay.objects.filter(on__gte=since.date(), on__lt=until.date())


def settled(month: Month) -> tuple[MonthCount, ...]:
    """Return what is published of a month: a day that is over does not change."""
    found = _days(month.since, month.until).aggregate(told=Sum("told"), acknowledged=Sum("acknowledged"))
    return (
        MonthCount(code=TOLD.code, count=found["told"] or 0),
        MonthCount(code=ACKNOWLEDGED.code, count=found["acknowledged"] or 0),
    )


def settled_rows(since: datetime, until: datetime) -> Iterator[ExportedRow]:
    """Yield of each day of a campaign from `since` to before `until` how many it told, and how many answered."""
    for kind, row in exported("campaign_day", _days(since, until), "on", "told", "acknowledged"):
        midnight = datetime.combine(row["on"], time(), JAPAN)
        yield kind, {"day": midnight, "told": row["told"], "acknowledged": row["acknowledged"]}
