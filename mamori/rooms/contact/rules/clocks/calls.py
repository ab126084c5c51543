"""What should stand about a call: until when it is put off, by when it is to be made, and what was promised in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from mamori.grammar.businesstime import Calendar
from mamori.ground.matters.standing import Runs
from mamori.law.deadlines import CALL, DANGER_CALL
from mamori.rooms.contact.rules.calling import Whom, hours_until
from mamori.rooms.contact.rules.clocks.kinds import DANGER_RECALL_CLOCK, PROMISE_CLOCK, RECALL_CLOCK
from mamori.rooms.contact.rules.clocks.partly import Partly, Standing

MOST_URGENT = 0


class CallNow(Protocol):
    """What of a call its clocks rest on; `urgency` 0 is danger."""

    @property
    def pk(self) -> int: ...

    whom: str
    urgency: int
    opened_at: datetime
    not_before: datetime
    promised_at: datetime | None
    closed_at: datetime | None


def of_call(call: CallNow, *, danger_since: datetime | None) -> Iterator[Standing]:
    """Yield by when a call is made that somebody owes; `danger_since` is when a danger was told of last, if ever.

    A danger that is told of while the seller's call waits lets it be made at once, whatever it was put off for.
    """
    key = str(call.pk)
    hastened = _hastened(call, danger_since)
    if hastened is None and call.not_before > call.opened_at:
        kind = RECALL_CLOCK if call.whom == Whom.SELLER else DANGER_RECALL_CLOCK
        yield Partly(kind, lacks="call.wait", key=key, since=call.opened_at, due=call.not_before)
        yield from _perhaps(key)
    elif call.whom == Whom.BUYER or call.urgency == MOST_URGENT:
        yield Runs(DANGER_CALL, since=hastened or call.opened_at, key=key, again=True)
    elif danger_since is None:
        yield Runs(CALL, since=call.opened_at, key=key, again=True)
    else:  # less urgent than it was: the clock of the danger runs on until it fires
        yield from _perhaps(key)


def of_promise(call: CallNow, calendar: Calendar) -> Iterator[Standing]:
    """Yield the clock of what a seller promised in a call: it fires not before the moment that was promised."""
    if call.promised_at is not None and call.closed_at is not None:
        span = hours_until(call.closed_at, call.promised_at, calendar)
        yield Runs(PROMISE_CLOCK, since=call.closed_at, span=span, key=str(call.pk))


def _hastened(call: CallNow, danger_since: datetime | None) -> datetime | None:
    """Return when a danger was told of while the seller's call waited, if it was."""
    if danger_since is None or call.whom == Whom.BUYER or call.urgency != MOST_URGENT:
        return None
    return danger_since if danger_since > call.opened_at or danger_since == call.not_before else None


def _perhaps(key: str) -> Iterator[Standing]:
    for kind in (CALL, DANGER_CALL):
        yield Partly(kind, lacks="call.ready_at", key=key, again=True, perhaps=True)
