"""What is heard of measures: the marketplace confirmed one, or what it hid is shown again."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.actor import Actor, Role
from mamori.rooms.enforcement.events import ListingUnhidden, MeasureBegan, MeasureEnded
from mamori.rooms.safety.hits import actions
from mamori.rooms.safety.hits.rules import TAKES_AWAY


def measure_began(event: MeasureBegan, at: datetime) -> None:
    """Hear that a measure is in force."""
    if event.what in TAKES_AWAY:
        actions.note_done(finding=event.finding, listing=event.target_ref, at=at)


def measure_ended(event: MeasureEnded, at: datetime) -> None:
    """Hear that a measure is over."""
    if event.what in TAKES_AWAY:
        _shown(event.finding, event.target_ref, at)


def listing_unhidden(event: ListingUnhidden, at: datetime) -> None:
    """Hear that a provisional hiding hides nothing any more."""
    _shown(event.finding, event.target_ref, at)


def _shown(finding: int, listing: str, at: datetime) -> None:
    actor = Actor(by="machine:safety", role=Role.MACHINE, at=at, via="outbox")
    actions.note_undone(actor, finding=finding, listing=listing)
