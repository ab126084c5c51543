"""The clock by which new listings are held against all recalls."""

from __future__ import annotations

from mamori.ground.clocks.actions import Fired
from mamori.law.recalls import RECALL_WATCH
from mamori.rooms.safety.recalls import actions


def watch_due(fired: Fired) -> None:
    """Ring for the day's look at new listings."""
    actions.watch_listings(fired.actor)


RINGS = {RECALL_WATCH.code: watch_due}
