"""Pure rules of clarifications: what is asked of whom, what lies sealed in one, and which clocks run."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

import msgspec

from mamori.ground.matters.standing import Runs
from mamori.law.clarifications import CLARIFICATION_CLOCKS, CLARIFICATION_REMINDER, AskedWhat, AskedWhom


class ToClarify(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked, of whom: of somebody outside a name is needed, and where no mail is known it is asked otherwise."""

    whom: AskedWhom
    what: AskedWhat
    words: str
    name: str = ""
    mail: str = ""
    language: str = "ja"


class Clarified(msgspec.Struct, frozen=True, kw_only=True):
    """What lies sealed in a clarification: what was asked, of whom, where the answer is given, and the answer."""

    words: str = ""
    name: str = ""
    mail: str = ""
    page: str = ""
    answer: str = ""


class ClarificationNow(Protocol):
    """What of a clarification its clocks rest on."""

    what: str
    asked_at: datetime
    reminded_at: datetime | None
    closed_at: datetime | None


def of_clarification(one: ClarificationNow) -> Iterator[Runs]:
    """Yield its clocks while an answer is awaited: until whoever is asked is reminded, and until the time is over."""
    if one.closed_at is not None:
        return
    yield Runs(CLARIFICATION_CLOCKS[AskedWhat(one.what)], since=one.asked_at)
    if one.reminded_at is None:
        yield Runs(CLARIFICATION_REMINDER, since=one.asked_at)
