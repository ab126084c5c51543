"""Rows of the room as values, for what follows from them alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from mamori.grammar.businesstime import Pause
from mamori.grammar.text import Text
from mamori.ground.matters.standing import Asks, Runs
from mamori.japan.calendar import JAPAN
from mamori.rooms.contact.rules.clocks import Partly, Standing

MONDAY = datetime(2026, 11, 16, 10, tzinfo=JAPAN)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OFF = (Pause(MONDAY + DAY, MONDAY + 2 * DAY, Text("休業", "closed")),)
STORM = Text("台風のため", "because of a typhoon")


@dataclass(slots=True, kw_only=True)
class Thread:
    """A thread as its row says."""

    topic: str = "broken"
    state: str = "waiting"
    opened_at: datetime = MONDAY
    answer_due_at: datetime | None = MONDAY + DAY
    awaits_buyer: bool = False
    closed_at: datetime | None = None


@dataclass(slots=True, kw_only=True)
class Trouble:
    """A trouble as its row says."""

    harm: str = "money"
    progress: str = "unanswered"
    state: str = "open"
    opened_at: datetime = MONDAY
    resolution_due_at: datetime = MONDAY + 2 * DAY
    first_due_at: datetime | None = None
    first_answered_at: datetime | None = None
    paid_back_at: datetime | None = None
    danger_since: datetime | None = None
    danger_ended_at: datetime | None = None
    closed_at: datetime | None = None


@dataclass(slots=True, kw_only=True)
class Offer:
    """A proposal as its row says."""

    pk: int = 7
    by_side: str = "seller"
    state: str = "offered"
    opened_at: datetime = MONDAY
    due_at: datetime = MONDAY + DAY
    buyer_agreed_at: datetime | None = None
    seller_agreed_at: datetime | None = MONDAY


@dataclass(slots=True, kw_only=True)
class Call:
    """A call as its row says."""

    pk: int = 3
    whom: str = "seller"
    urgency: int = 1
    opened_at: datetime = MONDAY
    not_before: datetime = MONDAY
    promised_at: datetime | None = None
    closed_at: datetime | None = None


@dataclass(slots=True, kw_only=True)
class Remedy:
    """A refund as its row says."""

    state: str = "considered"
    amount: int = 0
    asked_at: datetime | None = None


@dataclass(slots=True, kw_only=True)
class Instruction:
    """What the marketplace was told."""

    issued_at: datetime = MONDAY + HOUR
    times: int = 1


@dataclass(slots=True, kw_only=True)
class Recovery:
    """A recovery as its row says."""

    state: str = "hearing"
    opened_at: datetime = MONDAY
    heard_at: datetime | None = None
    decided_at: datetime | None = None
    closed_at: datetime | None = None


@dataclass(slots=True, kw_only=True)
class Giving:
    """Money on its way back, as its row says."""

    state: str = "instructed"
    opened_at: datetime = MONDAY + DAY


@dataclass(slots=True, kw_only=True)
class Formal:
    """A notice as its row says."""

    state: str = "arrived"
    arrived_at: datetime = MONDAY
    followed_at: datetime | None = None
    asked_at: datetime | None = None
    closed_at: datetime | None = None


def kinds(standing: Iterable[Standing]) -> set[str]:
    return {one.code for one in standing if isinstance(one, (Runs, Partly))}


def asks(standing: Iterable[Standing]) -> set[str]:
    return {one.what for one in standing if isinstance(one, Asks)}


def the(standing: Iterable[Standing], kind: str) -> Runs | Partly:
    [found] = [one for one in standing if isinstance(one, (Runs, Partly)) and one.code == kind]
    return found
