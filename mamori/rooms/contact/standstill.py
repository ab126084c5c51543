"""Standing still in motion: closing days that a clock leaves out, and the span in which a chosen case stands still."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from mamori.grammar.businesstime import Duration, Hours, Pause, add, elapsed
from mamori.ground.clocks import facts as clock_facts
from mamori.ground.declared import memory
from mamori.ground.matters.standing import Runs, Stands
from mamori.ground.terms import facts as terms
from mamori.japan.calendar import JAPAN
from mamori.law.settings import CLOSINGS_LEAVE, CLOSINGS_MOST, CLOSINGS_NOTICE
from mamori.rooms.contact.models import SellerClosing, Standstill, Thread
from mamori.rooms.contact.rules.standstill import (
    CAUSES,
    CLOSED,
    STAND,
    Cause,
    Closing,
    counted_closings,
    cut,
    is_grave,
)
from mamori.rooms.contact.topics import Harm, Topic

STANDSTILLS = "contact.standstill"


def closing_pauses(thread: Thread, harm: Harm | None, at: datetime) -> tuple[Pause, ...]:
    """Return the seller's closing days that an answer's clock started at `at` leaves out."""
    today = at.astimezone(JAPAN).date()
    rows = SellerClosing.objects.filter(
        seller_ref=thread.seller_ref, last__gte=today, declared_at__lte=at, withdrawn_at__isnull=True
    )
    closings = [
        Closing(first=row.first, last=row.last, declared_on=row.declared_at.astimezone(JAPAN).date())
        for row in rows
    ]
    if not closings:
        return ()
    most, notice = terms.settings(CLOSINGS_MOST, CLOSINGS_NOTICE, at=at)
    calendar = clock_facts.calendar()
    latest = max(closing.last for closing in closings)
    ahead = (today + timedelta(days=n) for n in range((latest - today).days + 1))
    days = counted_closings(
        closings,
        opened_on=today,
        notice=notice,
        most=most,
        open_days={day for day in ahead if calendar.why_closed(day) is None},
        grave=is_grave(Topic(thread.topic), harm),
    )
    midnights = (datetime(day.year, day.month, day.day, tzinfo=JAPAN) for day in days)
    return tuple(Pause(begin, begin + timedelta(days=1), CLOSED) for begin in midnights)


def in_time(
    pauses: tuple[Pause, ...], *, since: datetime, duration: Duration, solution: datetime
) -> tuple[Pause, ...]:
    """Return the pauses by which an answer moves no nearer to the solution than the operator's hours."""
    calendar, leave = clock_facts.calendar(), terms.setting(CLOSINGS_LEAVE, at=since)
    spare = elapsed(add(since, duration, calendar).at, solution, calendar) - timedelta(hours=leave)
    return cut(
        pauses,
        since=since,
        spare=max(spare, timedelta()),
        calendar=calendar,
        whole=not isinstance(duration, Hours),
    )


def of_case(name: str, at: datetime) -> Standstill | None:
    """Return how the case about a matter stands still at `at`, or nothing."""

    def read() -> Standstill | None:
        return Standstill.objects.filter(about=name, until__gt=at).first()

    return memory.of(STANDSTILLS, name, read)


def none_yet(name: str) -> None:
    """Note that a matter begins just now, whose case nobody can have chosen."""
    memory.put(STANDSTILLS, name, None)


def pauses_of(name: str, kind: str, at: datetime) -> tuple[Pause, ...]:
    """Return what a clock that begins at `at` leaves out, because the case stands still."""
    one = of_case(name, at) if kind in STAND else None
    return (pause_of(one),) if one else ()


def pause_of(one: Standstill) -> Pause:
    """Return the span in which a case stands still, and why."""
    return Pause(one.began_at, one.until, CAUSES[Cause(one.cause)], stops_all=True)


def left_out(standing: Iterable[Stands], name: str, at: datetime) -> Iterator[Stands]:
    """Yield what should stand about a matter, each clock that begins without the span in which its case stands still."""
    for one in standing:
        yield replace(one, without=pauses_of(name, one.code, at)) if isinstance(one, Runs) else one
