"""How much time is left until a due moment, counted as the clock counts it."""

from __future__ import annotations

from datetime import datetime, timedelta

from mamori.grammar.businesstime import Calendar, elapsed
from mamori.grammar.text import Text

OVER = Text("期限を過ぎています", "overdue")
_HOUR = timedelta(hours=1)


def left(now: datetime, due_at: datetime, calendar: Calendar) -> Text:
    """Say what is left of hours that stop on closed days; it is said when some of the wait does not count."""
    if now >= due_at:
        return OVER
    counted = elapsed(now, due_at, calendar)
    hours, minutes = counted // _HOUR, counted % _HOUR // timedelta(minutes=1)
    if hours:
        told = Text(f"あと{hours}時間", f"{hours} hour{'s' if hours > 1 else ''} left")
    else:
        told = Text(f"あと{max(minutes, 1)}分", f"{max(minutes, 1)} minute{'s' if minutes > 1 else ''} left")
    if counted >= due_at - now:
        return told
    return Text(f"{told.ja}（休業日を除く）", f"{told.en} (closed days not counted)")
