"""The public figures of a month, counted once it is settled, and the rows behind them: moments and states, nobody's name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from mamori.grammar.outline import MonthCount
from mamori.ground.declared.exported import ExportedRow, exported
from mamori.japan.months import Month
from mamori.law.shown import ACCOUNTS, ACCOUNTS_USED
from mamori.rooms.payouts.models import Account


def settled(month: Month, *, asof: datetime) -> tuple[MonthCount, ...]:
    """Return what is published of a month as it stood at `asof`."""
    asked = Account.objects.filter(asked_at__gte=month.since, asked_at__lt=month.until)
    return (
        MonthCount(code=ACCOUNTS.code, count=asked.count()),
        MonthCount(code=ACCOUNTS_USED.code, count=asked.filter(adopted_at__lte=asof).count()),
    )


def settled_rows(since: datetime, until: datetime) -> Iterator[ExportedRow]:
    """Yield of each account that was asked for from `since` to before `until` when it was, and when it was put to use."""
    asked = Account.objects.filter(asked_at__gte=since, asked_at__lt=until)
    yield from exported("account", asked, "asked_at", "adopted_at")
