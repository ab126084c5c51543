"""What this room does for those who buy, as everybody reads it, with the public figures of a month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from mamori.grammar.outline import MonthCount, Outline
from mamori.grammar.text import Text
from mamori.ground.declared.counted import ExportedRow, exported
from mamori.japan.calendar import Month
from mamori.law import shown
from mamori.law.deadlines import PAYOUT_LOOK
from mamori.law.shown import ACCOUNTS, ACCOUNTS_USED
from mamori.rooms.payouts.models import Account

OUTLINES = (
    Outline(
        practice="P21",
        does=Text(
            "売上金は、登録名と口座の名義が合う出品者にだけ支払います。合うかどうかが疑わしいときは、{look}以内に担当者が確かめ、"
            "合わない口座には支払いません。",
            "Proceeds are paid only where the account is in the seller's registered name. Where that is in doubt somebody looks "
            "at it within {look}; an account in another name is not paid.",
        ),
        fills={"look": PAYOUT_LOOK},
        figures=(shown.ACCOUNTS.code, shown.ACCOUNTS_USED.code),
        for_sellers=True,
    ),
)


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
