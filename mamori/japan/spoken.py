"""A moment as people in Japan read it."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.businesstime import due_text
from mamori.grammar.text import Text
from mamori.japan.calendar import JAPAN


def spoken(at: datetime) -> Text:
    """Return the moment in Japan time with its weekday; midnight is 24:00 of the day that ends."""
    return due_text(at.astimezone(JAPAN))
