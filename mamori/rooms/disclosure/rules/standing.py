"""What should stand about a request for a seller's information: its clocks, and what is asked of staff."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from mamori.grammar.businesstime import CalendarDays
from mamori.ground.matters.standing import Asks, Runs, Stands
from mamori.japan.calendar import JAPAN
from mamori.law.article5 import (
    DISCLOSURE_COMPLETION,
    DISCLOSURE_CORRECTION,
    DISCLOSURE_DECISION,
    DISCLOSURE_HEARING,
    DISCLOSURE_RECEIPT,
)
from mamori.law.inquiries import INQUIRY_ANSWER
from mamori.rooms.disclosure.lifecycle import OPEN, DisclosureState
from mamori.rooms.disclosure.rules.leaving import OutdatedState


class InfoRequestNow(Protocol):
    """What of a request it rests on."""

    state: str
    turn_at: datetime
    outdated: Mapping[str, Sequence[str]]
    outdated_at: datetime | None


def of_seller_request(one: InfoRequestNow) -> Iterator[Stands]:
    """Yield what should stand; in every state that goes on a clock runs."""
    waits = any(state == OutdatedState.WAITING for state, _ in one.outdated.values())
    if one.outdated_at is not None and waits and one.state in OPEN:
        yield Runs(DISCLOSURE_CORRECTION, since=one.outdated_at)
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


class InquiryNow(Protocol):
    """What of an inquiry it rests on."""

    entered_at: datetime
    closed_at: datetime | None
    due_on: date | None


def of_inquiry(one: InquiryNow) -> Iterator[Runs]:
    """Yield its clocks while it is open: our own time, and the paper's; both since it was entered, whatever was proposed."""
    if one.closed_at is not None:
        return
    yield Runs(INQUIRY_ANSWER, since=one.entered_at, again=True)
    if one.due_on is not None:
        days = (one.due_on - one.entered_at.astimezone(JAPAN).date()).days
        yield Runs(INQUIRY_ANSWER, since=one.entered_at, key=f"{one.due_on}", span=CalendarDays(max(1, days)))
