"""Pure rules of consultations: what is asked, what lies sealed, which clocks run, and what a consent lets a counsellor see."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

import msgspec

from mamori.ground.matters.standing import Asks, Runs, Stands
from mamori.law.counselling import (
    CONSENT_ENDS,
    COUNSELLOR_ANSWER,
    LASTING,
    ConsentGiven,
    ConsentLasts,
    ConsentTo,
)
from mamori.rooms.complaints.counselling.lifecycle import ConsultationState


class CounsellorSaid(msgspec.Struct, frozen=True, kw_only=True):
    """Who a counsellor is; sealed with their own key."""

    name: str = ""
    centre: str = ""
    mail: str = ""


class ConsultationLine(msgspec.Struct, frozen=True, kw_only=True):
    """What one side wrote: `by` is whose hand it was, "" the counsellor's."""

    at: datetime
    words: str
    by: str = ""


class ConsultationTold(msgspec.Struct, frozen=True, kw_only=True):
    """What a counsellor asks: for whom, about what, and what that person allows until when."""

    consumer: str
    order: str
    words: str
    consent: ConsentTo
    given: ConsentGiven
    lasts: ConsentLasts


class ConsultationSaid(msgspec.Struct, frozen=True, kw_only=True):
    """What lies sealed in a consultation: the consumer, the order as it was typed, and what was written on both sides."""

    consumer: str = ""
    order: str = ""
    lines: tuple[ConsultationLine, ...] = ()


class ConsultationNow(Protocol):
    """What of a consultation its clocks, and what may be shown, rest on."""

    lasts: str
    consent: str
    received_at: datetime
    waits_since: datetime
    until: datetime
    confirmed_at: datetime | None
    state: str
    closed_at: datetime | None


def consent_runs(lasts: ConsentLasts, since: datetime) -> Runs:
    """Return the clock of a consent."""
    return Runs(CONSENT_ENDS, since=since, span=LASTING[lasts])


def of_consultation(one: ConsultationNow) -> Iterator[Stands]:
    """Yield what stands while it is open: the clock until the consent ends, and that a counsellor is to be answered in time."""
    if one.closed_at is not None:
        return
    yield consent_runs(ConsentLasts(one.lasts), one.received_at)
    if one.state == ConsultationState.RECEIVED:
        yield Asks("answer")
        yield Runs(COUNSELLOR_ANSWER, since=one.waits_since, again=True)


def is_shown(one: ConsultationNow, what: ConsentTo, at: datetime) -> bool:
    """Say whether a counsellor may be shown this of the consumer now: they confirmed it, it holds, and nobody ended it."""
    holds = one.confirmed_at is not None and one.closed_at is None and at < one.until
    return holds and ConsentTo(one.consent).holds(what)
