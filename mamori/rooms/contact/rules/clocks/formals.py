"""What should stand about a formal notice: by when the seller says a word on it, and when it is looked what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from mamori.ground.matters.standing import Asks, Runs
from mamori.law.deadlines import FORMAL_ANSWER, FORMAL_REVIEW
from mamori.rooms.contact.lifecycle.formal import FormalState
from mamori.rooms.contact.rules.clocks.partly import Partly, Standing


class FormalNow(Protocol):
    """What of a notice its clocks rest on."""

    state: str
    arrived_at: datetime
    closed_at: datetime | None


def of_formal(formal: FormalNow) -> Iterator[Standing]:
    """Yield what should stand about a notice; it is looked twice what became of it, the second time to let it rest."""
    if formal.state == FormalState.UNANSWERED:
        yield Asks("formal-unanswered")
    if formal.state == FormalState.ARRIVED:
        yield Runs(FORMAL_ANSWER, since=formal.arrived_at)
    elif formal.closed_at is None:
        yield Partly(FORMAL_REVIEW, lacks="formal.followed_at", key="1")
        yield Partly(FORMAL_REVIEW, lacks="formal.followed_at", key="2", perhaps=True)
