"""What lets listings be looked at: the day's clock, the next turn, an hourly look at what was told; answers; and what is over."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.actor import Actor, Role
from mamori.ground.clocks.actions import Fired
from mamori.law.screening import SCREENING_LOOK
from mamori.rooms.enforcement.events import ClarificationEnded
from mamori.rooms.safety.events import ScreeningGoesOn
from mamori.rooms.safety.screening import actions


def look_due(fired: Fired) -> None:
    """Ring for the day's look at new listings."""
    actions.look_at_listings(fired.actor)


def follow_listings(at: datetime) -> int:
    """Look at what was told since, or begin in a house that never looked."""
    return actions.follow_listings(_machine(at))


def screening_goes_on(event: ScreeningGoesOn, at: datetime) -> None:
    """Look at the next listings."""
    actions.go_on(_machine(at), name=event.name)


def screened_answered(event: ClarificationEnded, at: datetime) -> None:
    """Hear that a seller answered about a listing that a rule found; what others asked is theirs."""
    kind, _, number = event.about.rpartition(":")
    if kind == actions.SCREENED_LISTING:
        actions.hear_answer(_machine(at), found=int(number))


def erase_screened(actor: Actor, over: datetime, limit: int) -> int:
    """Forget what was decided and whose time is over."""
    return actions.erase_screened(over=over, limit=limit)


def _machine(at: datetime) -> Actor:
    return Actor(by="machine:screening", role=Role.MACHINE, at=at, via="worker")


RINGS = {SCREENING_LOOK.code: look_due}
