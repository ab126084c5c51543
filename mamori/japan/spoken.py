"""A moment as people in Japan read it."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.businesstime import due_text, moment_text
from mamori.grammar.text import Text
from mamori.japan.calendar import JAPAN


def spoken(at: datetime) -> Text:
    """Return the moment in Japan time with its weekday, to the minute; midnight is 24:00 of the day that ends.

    Seconds are cut, not rounded: nobody is promised a moment more than there is.
    """
    local = at.astimezone(JAPAN)
    minute = local.replace(second=0, microsecond=0)
    return due_text(minute) if minute == local else moment_text(minute)
