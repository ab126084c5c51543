"""The gate: how much of a payout goes now, how much waits and why; nothing is held without a clause that binds this seller."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from mamori.rooms.payouts.rules.reasons import Code, Effect, Reason


class Verdict(StrEnum):
    """What the marketplace is told."""

    RELEASE = "release"
    PARTIAL = "partial"
    REVIEW = "review"
    HOLD = "hold"


class Waits(StrEnum):
    """In which way money waits: nothing does, a person looks at it, or it is held on a clause."""

    NOTHING = "nothing"
    REVIEW = "review"
    HOLD = "hold"


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause and the version of it that this seller accepted."""

    code: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the gate answers on so many yen; `reasons` are those that hold something back."""

    release: int
    waits: int
    way: Waits
    reasons: tuple[Reason, ...] = ()
    clause: Clause | None = None

    @property
    def verdict(self) -> Verdict:
        """Return it in one word."""
        if not self.waits:
            return Verdict.RELEASE
        if self.release:
            return Verdict.PARTIAL
        return Verdict.REVIEW if self.way is Waits.REVIEW else Verdict.HOLD


def answer(amount: int, reasons: Sequence[Reason], *, bound: Clause | None, elsewhere: int = 0) -> Answer:
    """Decide on `amount` yen; `bound` is the clause on holding that this seller accepted, `elsewhere` what waits already.

    What waits elsewhere serves for sums too, so that the same refund never holds money twice.  A measure and the refunds
    of buyers are meant for the same end: the larger of both is held, not their sum.  Where nothing but a person's look or
    the acceptance of a clause is missing, a person looks; a hold rests on a clause or does not come about.
    """
    all_ = [reason for reason in reasons if reason.effect is not Effect.SUM]
    sums = [reason for reason in reasons if reason.effect is Effect.SUM]
    waits = amount if all_ else min(amount, max(0, _need(sums) - elsewhere))
    if not waits:
        return Answer(release=amount, waits=0, way=Waits.NOTHING)
    told = tuple(reasons) if all_ else tuple(sums)
    clause = _clause(told, bound)
    looked = any(reason.effect is Effect.LOOK for reason in told)
    way = Waits.REVIEW if looked or clause is None else Waits.HOLD
    return Answer(
        release=amount - waits,
        waits=waits,
        way=way,
        reasons=told,
        clause=clause if way is Waits.HOLD else None,
    )


def _need(sums: Sequence[Reason]) -> int:
    of_measures = sum(reason.amount for reason in sums if reason.code is Code.MEASURE)
    return max(of_measures, sum(reason.amount for reason in sums if reason.code is not Code.MEASURE))


def _clause(reasons: Sequence[Reason], bound: Clause | None) -> Clause | None:
    """Return the clause that bears a hold: where nothing but measures holds, theirs; else the one on holding."""
    if all(reason.code is Code.MEASURE for reason in reasons):
        return Clause(reasons[0].clause, reasons[0].version)
    return bound
