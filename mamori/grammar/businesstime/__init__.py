"""Business time: one algebra of hours, business days and calendar days over a given calendar."""

from mamori.grammar.businesstime.calendar import (
    Calendar as Calendar,
    ClosedDay as ClosedDay,
    OutsideCalendar as OutsideCalendar,
)
from mamori.grammar.businesstime.duration import (
    UNIT_TEXTS as UNIT_TEXTS,
    BadDuration as BadDuration,
    BusinessDays as BusinessDays,
    CalendarDays as CalendarDays,
    Duration as Duration,
    EveryHours as EveryHours,
    Hours as Hours,
    parse as parse,
    span_text as span_text,
    span_unit as span_unit,
    span_words as span_words,
    unit_of as unit_of,
)
from mamori.grammar.businesstime.moment import (
    BadMoment as BadMoment,
    day_text as day_text,
    due_text as due_text,
    moment_text as moment_text,
    read_moment as read_moment,
)
from mamori.grammar.businesstime.pause import BadPause as BadPause, Pause as Pause
from mamori.grammar.businesstime.reckoning import Due as Due, add as add, elapsed as elapsed
