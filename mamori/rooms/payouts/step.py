"""One payout on its way through a decision, and what its row says in the words of the gate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mamori.rooms.payouts.lifecycle import PayoutState
from mamori.rooms.payouts.models import Payout, Transfer
from mamori.rooms.payouts.rules.gate import Answer, Verdict
from mamori.rooms.payouts.rules.reasons import Code, Reason
from mamori.rooms.payouts.situations import Situation


@dataclass(slots=True)
class Step:
    """One payout on its way through a decision: what the gate said, what of it is out already, and what it was before."""

    row: Payout
    answer: Answer
    out: int
    before: PayoutState
    ready: Transfer | None
    situation: Situation
    waited: int
    why: frozenset[str]

    @property
    def is_new(self) -> bool:
        """Say whether it is answered on for the first time."""
        return self.before is PayoutState.ASKED

    @property
    def released(self) -> int:
        """Return all that was let go by now."""
        return self.out + self.answer.release

    @property
    def verdict(self) -> Verdict:
        """Return the answer on the payout as a whole."""
        return verdict_of(self.row)

    @property
    def is_news(self) -> bool:
        """Say whether the answer differs from what stands in the row."""
        if self.is_new:
            return True
        ready = self.ready.amount if self.ready else 0
        same = (self.answer.waits, self.answer.release) == (self.row.waits, ready)
        return not same or kept(self.answer.reasons) != self.row.reasons or moved(self.ready, self.situation)


def verdict_of(row: Payout) -> Verdict:
    """Return the gate's newest answer in one word."""
    if row.settled_amount and not row.waits:
        return Verdict.PARTIAL if row.settled_amount < row.amount else Verdict.HOLD
    if not row.waits:
        return Verdict.RELEASE
    if row.waits < row.amount:
        return Verdict.PARTIAL
    return Verdict.HOLD if row.state == PayoutState.HELD else Verdict.REVIEW


def reasons_of(row: Payout) -> tuple[Reason, ...]:
    """Return the reasons that a row keeps."""
    return tuple(Reason(code=Code(one["code"]), amount=one["amount"], ref=one["ref"]) for one in row.reasons)


def moved(ready: Transfer | None, situation: Situation) -> bool:
    """Say whether what is ready would go to an account that is in use no more."""
    return ready is not None and (situation.account is None or ready.account_id != situation.account.pk)


def kept(reasons: Sequence[Reason]) -> list[dict[str, Any]]:
    return [{"code": one.code.value, "amount": one.amount, "ref": one.ref} for one in reasons]
