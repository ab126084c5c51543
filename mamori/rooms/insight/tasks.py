"""The same verbs on a clock: done by the machine's hand."""

from __future__ import annotations

from mamori.grammar.hand import Hand, Role
from mamori.ground.clocks.actions import Rang
from mamori.law.insight import IMPROVEMENT_DEADLINES
from mamori.rooms.insight import actions


def improvement_waits(rang: Rang) -> None:
    """Remind whoever owns an improvement, and leads, that its time is over."""
    hand = Hand(by=f"machine:clock/{rang.kind}", role=Role.MACHINE, at=rang.at, via="clock")
    actions.remind_improvement(hand, improvement=int(rang.about.partition(":")[2]))


RINGS = {one.code: improvement_waits for one in IMPROVEMENT_DEADLINES}
