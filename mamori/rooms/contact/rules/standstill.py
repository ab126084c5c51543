"""When clocks stand still: which of a seller's declared closing days count, and which clocks of a chosen case."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from mamori.grammar.businesstime import Calendar, Pause, elapsed
from mamori.grammar.text import Text
from mamori.law.deadlines import (
    AGREEMENT,
    ANSWER,
    FORMAL_ANSWER,
    FORMAL_REVIEW,
    HEARING,
    PROPOSAL,
    QUESTION_ANSWER,
    SILENCE,
)
from mamori.rooms.contact.rules.clocks import PROMISE_CLOCK, RECALL_CLOCK, URGE_CLOCK
from mamori.rooms.contact.topics import Harm, Topic


class Cause(StrEnum):
    """Why the operator lets cases stand still, as both parties are told."""

    DISASTER = "disaster"
    CARRIER = "carrier"
    OUTAGE = "outage"
    OTHER = "other"


CAUSES = {
    Cause.DISASTER: Text("災害のため", "because of a disaster"),
    Cause.CARRIER: Text("配送が止まっているため", "because carriers have stopped"),
    Cause.OUTAGE: Text("停電・通信の障害のため", "because of a power cut or a loss of communications"),
    Cause.OTHER: Text("やむを得ない事情のため", "for a reason that nobody could help"),
}
"""No place and no kind of disaster: what one side is told must not say where the other is."""

CLOSED = Text("出品者が前もって知らせた休業日", "a closing day that the seller had declared before")
CUT = Text(
    "出品者が前もって知らせた休業日。このあとの休業日は、回答が解決の期限に遅れないように数えます",
    "a closing day that the seller had declared before; those after it count, so that the answer does not come too late "
    "for the solution",
)

STAND = frozenset(
    {
        ANSWER.code,
        QUESTION_ANSWER.code,
        HEARING.code,
        FORMAL_ANSWER.code,
        FORMAL_REVIEW.code,
        PROPOSAL.code,
        AGREEMENT.code,
        SILENCE.code,
        URGE_CLOCK,
        PROMISE_CLOCK,
        RECALL_CLOCK,
    }
)
"""The clocks of a case that stand still with it: what the parties owe, what presses it, and what ends a case by silence.

All of them are the marketplace's own.  The solution's clock runs on, for a buyer needs help also when nobody is to blame; so
do a danger's.  What the law counts from a day, such as the eight days of a return, is no clock and stands still for nobody.
"""
LONGEST = timedelta(days=31)
"""So far ahead a case may stand still; whoever needs longer says so again."""


def end_of(day: date, *, at: datetime, zone: tzinfo) -> datetime | None:
    """Return the moment at which that day is over, as the end of a standstill; nothing where that is past or too far."""
    if day > at.astimezone(zone).date() + LONGEST:
        return None
    end = datetime.combine(day + timedelta(days=1), time(), tzinfo=zone)
    return end if at < end <= at + LONGEST else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """Days on which a seller is closed, both included, and the day on which it said so."""

    first: date
    last: date
    declared_on: date


def counted_closings(
    closings: Iterable[Closing],
    *,
    opened_on: date,
    notice: int,
    most: int,
    open_days: Collection[date],
    grave: bool,
) -> tuple[date, ...]:
    """Return the declared closing days that stop the answer's clock, in order.

    None where danger is told of.  A day counts when it was declared at least `notice` days before it and before the
    inquiry, and would be an open day; of these the first `most` from the inquiry on, so that nobody waits for ever.
    `open_days` are the business days that lie ahead.
    """
    if grave:
        return ()
    days = {
        day
        for closing in closings
        if closing.declared_on <= opened_on
        for day in _days(closing)
        if day in open_days and day - closing.declared_on >= timedelta(days=notice)
    }
    return tuple(sorted(days)[:most])


def cut(
    pauses: Iterable[Pause], *, since: datetime, spare: timedelta, calendar: Calendar, whole: bool
) -> tuple[Pause, ...]:
    """Return the pauses, a business day each and in order, until a clock begun at `since` has stood still for `spare`.

    The last may be a part of its day, unless the clock counts `whole` days.  A seller's holidays are the seller's: they
    must not use up the time in which the buyer is to be helped.
    """
    kept: list[Pause] = []
    for pause in pauses:
        begin = max(pause.start, since)
        takes = elapsed(begin, pause.end, calendar)
        if takes > spare:
            if spare and not whole:
                kept.append(Pause(pause.start, begin + spare, CUT))
            break
        kept.append(pause)
        spare -= takes
    return tuple(kept)


def is_grave(topic: Topic, harm: Harm | None) -> bool:
    """Say whether an answer cannot wait for a shop to open."""
    return harm is Harm.DANGER or topic is Topic.UNSAFE


def _days(closing: Closing) -> Iterable[date]:
    return (closing.first + timedelta(days=n) for n in range((closing.last - closing.first).days + 1))
