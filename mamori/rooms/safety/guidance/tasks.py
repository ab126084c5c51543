"""The clock of the day's look at deliveries and seasons and the word that telling goes on; what is over goes."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.actor import Actor, Role
from mamori.ground.clocks.actions import Fired
from mamori.law.guidance import GUIDANCE_LOOK
from mamori.rooms.safety.events import GuidanceGoesOn
from mamori.rooms.safety.guidance import actions
from mamori.rooms.safety.guidance.actions import erase_guidance as erase_guidance


def look_due(fired: Fired) -> None:
    """Ring for the day's look."""
    actions.look_today(fired.actor)


def begin_guidance(at: datetime) -> int:
    """Begin the look of each day in a house that never had one."""
    return actions.begin_guidance(_machine(at))


def guidance_goes_on(event: GuidanceGoesOn, at: datetime) -> None:
    """Tell the next buyers."""
    actions.go_on(_machine(at), number=event.round, turn=event.turn)


def _machine(at: datetime) -> Actor:
    return Actor(by="machine:safety", role=Role.MACHINE, at=at, via="outbox")


RINGS = {GUIDANCE_LOOK.code: look_due}
