"""Business time: one algebra of hours, business days and calendar days over a given calendar."""

from mamori.grammar.businesstime.calendar import Calendar, ClosedDay, OutsideCalendar
from mamori.grammar.businesstime.duration import (
    BadDuration,
    BusinessDays,
    CalendarDays,
    Duration,
    EveryHours,
    Hours,
    parse,
    span_text,
    span_words,
)
from mamori.grammar.businesstime.moment import BadMoment, day_text, due_text, moment_text, read_moment
from mamori.grammar.businesstime.pause import BadPause, Pause
from mamori.grammar.businesstime.reckoning import Due, add, elapsed

__all__ = [
    "BadDuration",
    "BadMoment",
    "BadPause",
    "BusinessDays",
    "Calendar",
    "CalendarDays",
    "ClosedDay",
    "Due",
    "Duration",
    "EveryHours",
    "Hours",
    "OutsideCalendar",
    "Pause",
    "add",
    "day_text",
    "due_text",
    "elapsed",
    "moment_text",
    "parse",
    "read_moment",
    "span_text",
    "span_words",
]
