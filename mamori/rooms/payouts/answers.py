"""What others are told of payouts and accounts: frozen values, numbers masked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mamori.grammar.text import Text
from mamori.ground.ledger import facts as ledger
from mamori.ground.terms import facts as terms
from mamori.rooms.payouts import deciding
from mamori.rooms.payouts.lifecycle import PAYOUT, PayoutState
from mamori.rooms.payouts.models import Payout
from mamori.rooms.payouts.rules.gate import Verdict
from mamori.rooms.payouts.rules.reasons import Code, Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutFact:
    """A payout and the gate's newest answer.  Yen; `decision` is its act, `receipt` the address of the act's receipt."""

    ref: str
    seller_ref: str
    amount: int
    released: int
    waits: int
    verdict: Verdict
    state: PayoutState
    reasons: tuple[Reason, ...]
    clause: str
    clause_version: int
    clause_title: Text | None
    decision: int
    receipt: str
    asked_at: datetime
    decided_at: datetime
    waiting_since: datetime | None
    review_at: datetime | None
    ends_at: datetime | None
    by_run: bool
    abroad: bool
    version: int

    @property
    def state_text(self) -> Text:
        """Say how it stands."""
        return PAYOUT.states[self.state]

    @property
    def each_reason(self) -> tuple[Reason, ...]:
        """Return every reason once, however many troubles it comes from."""
        return tuple({reason.code: reason for reason in self.reasons}.values())

    def sum_of(self, code: Code) -> int:
        """Return what the reasons of a kind come to."""
        return sum(reason.amount for reason in self.reasons if reason.code is code)


def facts_of(rows: Sequence[Payout]) -> dict[str, PayoutFact]:
    """Return payouts by their reference, their receipts looked up at once."""
    receipts = ledger.addresses_of([row.act for row in rows])
    return {row.ref: _fact(row, receipts.get(row.act, "")) for row in rows}


def _fact(row: Payout, receipt: str) -> PayoutFact:
    clause = terms.wording(row.clause, row.clause_version) if row.clause else None
    return PayoutFact(
        ref=row.ref,
        seller_ref=row.payee_id,
        amount=row.amount,
        released=row.amount - row.waits - row.settled_amount,
        waits=row.waits,
        verdict=deciding.verdict_of(row),
        state=PayoutState(row.state),
        reasons=deciding.reasons_of(row),
        clause=row.clause,
        clause_version=row.clause_version,
        clause_title=clause.title if clause else None,
        decision=row.act,
        receipt=receipt,
        asked_at=row.asked_at,
        decided_at=row.decided_at,
        waiting_since=row.waiting_since,
        review_at=row.review_at,
        ends_at=row.ends_at,
        by_run=row.by_run,
        abroad=row.abroad,
        version=row.version,
    )
