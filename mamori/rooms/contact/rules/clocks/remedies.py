"""What should stand about a refund in the seller's place: by when it is decided on, confirmed, and its goods come back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from mamori.ground.matters.standing import Asks, Runs
from mamori.law.deadlines import (
    CONFIRMATION,
    REMEDY_DECISION,
    RETURN_ARRIVAL,
    RETURN_INSPECTION,
    RETURN_SENDING,
)
from mamori.rooms.contact.lifecycle.remedy import UNDECIDED, RemedyState
from mamori.rooms.contact.rules.clocks.partly import Partly, Standing


class RemedyNow(Protocol):
    """What of a refund its clocks rest on."""

    state: str
    amount: int
    asked_at: datetime | None


class InstructionNow(Protocol):
    """What of an instruction the wait for the marketplace's answer rests on."""

    @property
    def issued_at(self) -> datetime: ...
    @property
    def times(self) -> int: ...


def of_remedy(remedy: RemedyNow, *, instruction: InstructionNow | None) -> Iterator[Standing]:
    """Yield what should stand about a refund; `instruction` is what the marketplace was told last about it."""
    if remedy.state in UNDECIDED:
        yield from _undecided(remedy)
    if remedy.state in (RemedyState.ORDERED, RemedyState.INSTRUCTED) and instruction is not None:
        if instruction.times == 1:
            yield Runs(CONFIRMATION, since=instruction.issued_at, key="1")
        else:
            yield Partly(CONFIRMATION, lacks="instruction.given_at", key=str(instruction.times))
    if remedy.state == RemedyState.LABELLED:
        yield Partly(RETURN_SENDING, lacks="remedy.moved_at", key="1")
        yield Partly(RETURN_SENDING, lacks="remedy.moved_at", key="2", perhaps=True)
    if remedy.state == RemedyState.SENT:
        yield Partly(RETURN_ARRIVAL, lacks="remedy.moved_at", again=True)
    if remedy.state == RemedyState.ARRIVED:
        yield Asks("inspect-return")
        yield Partly(RETURN_INSPECTION, lacks="remedy.moved_at", again=True)


def _undecided(remedy: RemedyNow) -> Iterator[Standing]:
    """Yield by when it is decided on: surely where the buyer asked for it, or where it was granted and did not come about."""
    is_owed = remedy.state == RemedyState.FAILED or remedy.asked_at is not None or remedy.amount > 0
    if is_owed:
        yield Asks("decide-remedy")
    yield Partly(REMEDY_DECISION, lacks="remedy.undecided_at", again=True, perhaps=not is_owed)
