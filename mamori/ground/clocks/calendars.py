"""Which calendar the clocks go by: named at start-up by `site/wiring.py`, and when closing days are set."""

from __future__ import annotations

from mamori.grammar.businesstime import Calendar

_IN_USE: list[Calendar] = []


def use(calendar: Calendar) -> None:
    """Go by `calendar` from now on; clocks that were set by another one wait for `actions.recompute`."""
    _IN_USE[:] = [calendar]


def in_use() -> Calendar:
    """Return the calendar that clocks go by.

    :raises LookupError: when the wiring has named none.
    """
    if not _IN_USE:
        raise LookupError("no calendar: site/wiring.py has not called clocks.calendars.use")
    return _IN_USE[0]
