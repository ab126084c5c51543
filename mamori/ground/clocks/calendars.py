"""Which calendar the clocks go by: `site/wiring.py` names where it comes from, for closing days may change any day."""

from __future__ import annotations

from collections.abc import Callable

from mamori.grammar.businesstime import Calendar

type Source = Callable[[], Calendar]

_SOURCES: list[Source] = []


def use(source: Source) -> None:
    """Ask `source` for the calendar from now on; clocks that were set by another wait for `actions.recompute`."""
    _SOURCES[:] = [source]


def in_use() -> Calendar:
    """Return the calendar that clocks go by.

    :raises LookupError: when the wiring has named none.
    """
    if not _SOURCES:
        raise LookupError("no calendar: site/wiring.py has not called clocks.calendars.use")
    return _SOURCES[0]()
