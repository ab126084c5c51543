"""The clock of a sandbox jumps: what falls due on the way happens at its own moment, as if one had waited."""

from __future__ import annotations

import fcntl
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from mamori.grammar.businesstime import parse
from mamori.ground.clocks import actions as clocks, facts
from mamori.site import private, work

LOCK = "jump.lock"


@dataclass(frozen=True, slots=True)
class Jump:
    """From when to when the clock went, and how often it stopped on the way."""

    since: datetime
    until: datetime
    moments: int


def jump(forward: str, *, signed_at: datetime) -> Jump:
    """Move the clock forward by a duration ("48h", "2h24", "2bd", "8d"); `signed_at` is the real present, for receivers.

    Of several jumps at once each begins where the one before has arrived.

    :raises NoSandbox: in every other house.
    """
    moments: list[datetime] = []

    def arriving(moment: datetime) -> None:
        clocks.move(to=moment)
        moments.append(moment)

    clocks.may_move(to=facts.now())
    with open(settings.HOME / LOCK, "w", encoding="utf-8", opener=private.opened) as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        since = facts.now()
        to = facts.after(since, parse(forward))
        clocks.may_move(to=to)
        work.settle(at=to, signed_at=signed_at, arriving=arriving)
        return Jump(since, facts.now(), len(set(moments)))
