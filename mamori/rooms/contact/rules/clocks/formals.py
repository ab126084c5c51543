"""What should stand about a formal notice: by when the seller says a word on it, and when it is looked what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from mamori.ground.matters.standing import Asks, Runs, Stands
from mamori.law.deadlines import FORMAL_ANSWER, FORMAL_REVIEW
from mamori.rooms.contact.lifecycle.formal import FormalState


class FormalNow(Protocol):
    """What of a notice its clocks rest on."""

    state: str
    arrived_at: datetime
    followed_at: datetime | None
    asked_at: datetime | None
    closed_at: datetime | None


def of_formal(formal: FormalNow) -> Iterator[Stands]:
    """Yield what should stand about a notice; it is looked twice what became of it, the second time to let it rest."""
    if formal.state == FormalState.UNANSWERED:
        yield Asks("formal-unanswered")
    if formal.state == FormalState.ARRIVED:
        yield Runs(FORMAL_ANSWER, since=formal.arrived_at)
    elif formal.closed_at is None and formal.asked_at is not None:
        yield Runs(FORMAL_REVIEW, since=formal.asked_at, key="2")
    elif formal.closed_at is None and formal.followed_at is not None:
        yield Runs(FORMAL_REVIEW, since=formal.followed_at, key="1")
