"""What should stand about a request for a seller's information: its clocks, and what is asked of staff."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from mamori.ground.matters.standing import Asks, Runs, Stands
from mamori.law.article5 import (
    DISCLOSURE_COMPLETION,
    DISCLOSURE_DECISION,
    DISCLOSURE_HEARING,
    DISCLOSURE_RECEIPT,
)
from mamori.rooms.disclosure.lifecycle import DisclosureState


class InfoRequestNow(Protocol):
    """What of a request it rests on."""

    state: str
    turn_at: datetime


def of_seller_request(one: InfoRequestNow) -> Iterator[Stands]:
    """Yield what should stand; in every state that goes on a clock runs."""
    match DisclosureState(one.state):
        case DisclosureState.RECEIVED:
            yield Runs(DISCLOSURE_RECEIPT, since=one.turn_at, again=True)
            yield Asks("begin")
        case DisclosureState.INCOMPLETE:
            yield Runs(DISCLOSURE_COMPLETION, since=one.turn_at)
        case DisclosureState.HEARING:
            yield Runs(DISCLOSURE_HEARING, since=one.turn_at)
        case DisclosureState.EXAMINING:
            yield Runs(DISCLOSURE_DECISION, since=one.turn_at, again=True)
            yield Asks("examine")
        case DisclosureState.DECIDING:
            yield Runs(DISCLOSURE_DECISION, since=one.turn_at, again=True)
            yield Asks("decide")
        case DisclosureState.PROPOSED:
            yield Runs(DISCLOSURE_DECISION, since=one.turn_at, again=True)
            yield Asks("agree")
        case _:
            return
