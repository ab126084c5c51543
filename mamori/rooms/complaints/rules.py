"""Pure rules of reports: what is reported on the same thing, what should stand, and when another look may be asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

import msgspec

from mamori.grammar.text import Text
from mamori.ground.matters.standing import Runs
from mamori.law.complaints import (
    BECAUSE,
    COMPLAINT_DANGER,
    COMPLAINT_DECISION,
    FOUND_SO,
    ComplaintOutcome,
    ComplaintReason,
    ReportedWhat,
)
from mamori.rooms.complaints.lifecycle import ASKED_AGAIN, WAITING, ComplaintState

MOST_TOKENS = 20
CODE_MINUTES, CODE_TRIES = 30, 5


class ReportTold(msgspec.Struct, frozen=True, kw_only=True):
    """A report as somebody makes it: `where` is as it was typed, a reference or an address; `mail` "" where none is left."""

    what: ReportedWhat
    reason: ComplaintReason
    where: str
    words: str
    mail: str = ""
    language: str = "ja"


class ReportSaid(msgspec.Struct, frozen=True, kw_only=True):
    """What lies sealed in a report: its words, what was added and when, where to be told, and the answers about a danger."""

    where: str = ""
    words: str = ""
    more: tuple[tuple[datetime, str], ...] = ()
    mail: str = ""
    page: str = ""
    danger: tuple[str, ...] = ()
    lot: str = ""


class ComplaintNow(Protocol):
    """What of a complaint it rests on."""

    received_at: datetime
    danger_at: datetime | None
    looked_at: datetime | None
    heard_at: datetime | None
    state: str
    closed_at: datetime | None
    again_at: datetime | None
    again_done_at: datetime | None


def of_complaint(one: ComplaintNow) -> Iterator[Runs]:
    """Yield its clocks: hours until a danger is looked at, and the days to its decision, or to that on another look.

    While it waits for an answer, the clock of what was asked runs instead, and the days begin anew with the last answer.
    """
    if one.closed_at is None:
        if one.danger_at is not None and one.looked_at is None:
            yield Runs(COMPLAINT_DANGER, since=one.danger_at, again=True)
        if one.state != ComplaintState.ASKING:
            yield Runs(COMPLAINT_DECISION, since=one.heard_at or one.received_at, again=True)
    elif is_asked_again(one):
        assert one.again_at is not None
        yield Runs(COMPLAINT_DECISION, since=one.again_at, key="again", again=True)


def is_asked_again(one: ComplaintNow) -> bool:
    """Say whether another look is asked for and not made."""
    return one.again_at is not None and one.again_done_at is None


def references(where: str) -> tuple[str, ...]:
    """Return what in something typed may be a reference of the marketplace: all of it, or a part of an address."""
    parts = re.split(r"[\s/?&=#]+", where)
    found = dict.fromkeys(one for one in (where.strip(), *reversed(parts)) if 0 < len(one) <= 64)
    return tuple(found)[:MOST_TOKENS]


DECIDED_YET = Text("まだ結論が出ていません。", "Nothing is decided yet.")
TAKEN_UP = Text("お知らせは取り上げられました。", "What you reported is taken up.")
AGAIN_ONCE = Text(
    "見直しは一度だけです。すでに求められています。新しい手がかりがあるときは、新しくお知らせください。",
    "There is one other look, and it was asked for already. Please make a new report where you know more.",
)
TOO_LATE = Text(
    "見直しを求められる期間を過ぎました。新しい手がかりがあるときは、新しくお知らせください。",
    "The time to ask for another look is over. Please make a new report where you know more.",
)


def cannot_ask_again(
    state: ComplaintState, again_at: datetime | None, until: datetime | None, at: datetime
) -> Text | None:
    """Say why another look cannot be asked for, or nothing where it can."""
    if until is None:
        return DECIDED_YET
    if state not in ASKED_AGAIN:
        return TAKEN_UP
    if again_at is not None:
        return AGAIN_ONCE
    return TOO_LATE if at > until else None


def heard(state: ComplaintState, because: str) -> tuple[Text, ...]:
    """Return what who reported hears: the kind of outcome and the reason, and nothing about anybody."""
    if state in WAITING:
        return ()
    outcome = ComplaintOutcome(state.value)
    return outcome.text, BECAUSE.get(because, FOUND_SO)
