"""The same verbs on a clock: done by the machine."""

from __future__ import annotations

from mamori.ground.clocks.actions import Fired
from mamori.law.insight import IMPROVEMENT_DEADLINES
from mamori.rooms.insight import actions


def improvement_waits(fired: Fired) -> None:
    """Remind whoever owns an improvement, and leads, that its time is over."""
    actions.remind_improvement(fired.actor, improvement=int(fired.about.partition(":")[2]))


RINGS = {one.code: improvement_waits for one in IMPROVEMENT_DEADLINES}
