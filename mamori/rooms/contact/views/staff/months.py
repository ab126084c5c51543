"""Which month a page of the desk shows, and the months that can be chosen."""

from __future__ import annotations

from itertools import accumulate, repeat

from mamori.ground.web.signs import Visit
from mamori.japan.months import Month, month_named, month_of


def month_asked(request: Visit) -> Month:
    """Return the month that the address names, or this one."""
    return month_named(request.GET.get("month", ""), month_of(request.received_at))


def months_before(last: Month, count: int) -> list[Month]:
    """Return so many months, the newest first."""
    return list(accumulate(repeat(last, count), lambda month, _: month.previous))
