"""What clocks of people ring."""

from __future__ import annotations

from collections.abc import Mapping

from mamori.grammar.actor import Actor, Role
from mamori.ground.clocks.actions import Fired, Task
from mamori.ground.people import actions
from mamori.law.deadlines import LONE_DELAY


def wait_is_over(fired: Fired) -> None:
    """Carry out what has waited long enough in everybody's sight."""
    actions.wait_is_over(
        Actor(by="machine:clock", role=Role.MACHINE, at=fired.at, via="clock"),
        proposal=int(fired.about.rpartition(":")[2]),
    )


RINGS: Mapping[str, Task] = {LONE_DELAY.code: wait_is_over}
