"""What should stand about an improvement: until it is owned, until something is changed, until before and after are compared."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from mamori.ground.matters.standing import Runs
from mamori.law.insight import IMPROVEMENT_CHANGE, IMPROVEMENT_COMPARISON, IMPROVEMENT_OWNER


class ImprovementNow(Protocol):
    """What of an improvement it rests on."""

    noted_at: datetime
    owned_at: datetime | None
    comparable_at: datetime | None
    closed_at: datetime | None


def of_improvement(one: ImprovementNow) -> Iterator[Runs]:
    """Yield its clock.  Another owner begins no new time: `owned_at` is when somebody owned it first."""
    if one.closed_at is not None:
        return
    if one.comparable_at is not None:
        yield Runs(IMPROVEMENT_COMPARISON, since=one.comparable_at, again=True)
    elif one.owned_at is not None:
        yield Runs(IMPROVEMENT_CHANGE, since=one.owned_at, again=True)
    else:
        yield Runs(IMPROVEMENT_OWNER, since=one.noted_at, again=True)
