"""What others are told of payouts and accounts: frozen values, numbers masked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.ledger import facts as ledger
from mamori.ground.terms import facts as terms
from mamori.japan.banks.account import Account as BankAccount
from mamori.rooms.payouts import details
from mamori.rooms.payouts.details import Details
from mamori.rooms.payouts.lifecycle import ACCOUNT, PAYOUT, AccountState, PayoutState, TransferState
from mamori.rooms.payouts.models import Account, Payout, Transfer
from mamori.rooms.payouts.rules.gate import Verdict
from mamori.rooms.payouts.rules.holder import TRIES, WHY
from mamori.rooms.payouts.rules.reasons import Reason
from mamori.rooms.payouts.step import reasons_of, verdict_of

__all__ = ["TRIES", "AccountFact", "PayoutFact", "account_facts", "facts_of"]


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
        verdict=verdict_of(row),
        state=PayoutState(row.state),
        reasons=reasons_of(row),
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


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountFact:
    """An account as others may see it: its number masked, what was said of the holder's name, and how it stands.

    `id` is its row, `number` which of the seller's accounts it is; `holder` is empty where the seller was erased.
    """

    id: int
    number: int
    seller_ref: str
    state: AccountState
    bank: str
    bank_name: str
    branch: str
    branch_name: str
    kind: Text | None
    masked: str
    holder: str
    verdict: str
    why: Text | None
    is_looked_at: bool
    asked_at: datetime
    cools_at: datetime | None
    proved_by: str
    bounced_at: datetime | None
    tries_left: int
    is_tested: bool

    @property
    def is_open(self) -> bool:
        """Say whether it is in use or waits to be."""
        return self.state in (AccountState.IN_USE, AccountState.COOLING)

    @property
    def state_text(self) -> Text:
        """Say how it stands."""
        return ACCOUNT.states[self.state]


def account_facts(rows: Sequence[Account]) -> tuple[AccountFact, ...]:
    """Return accounts as others may see them, in their order: unsealed in one look, and in one whether a test is on its way."""
    opened = details.opened_all(rows)
    unproved = [row.pk for row in rows if row.proved_at is None]
    tests = Transfer.objects.filter(
        account__in=unproved, payout__isnull=True, state__in=(TransferState.ORDERED, TransferState.PAID)
    )
    tested = set(tests.values_list("account", flat=True)) if unproved else set()
    return tuple(_account_fact(row, opened.get(row.pk), is_tested=row.pk in tested) for row in rows)


def _account_fact(row: Account, holds: Details | None, *, is_tested: bool) -> AccountFact:
    """Return an account; `holds` is what lies sealed in it, None where nothing is left."""
    place = _place(holds)
    return AccountFact(
        id=row.pk,
        number=row.number,
        seller_ref=row.payee_id,
        state=AccountState(row.state),
        bank=holds.bank if holds else "",
        bank_name=place.branch.bank.name if place else "",
        branch=holds.branch if holds else "",
        branch_name=place.branch.name if place else "",
        kind=place.kind.text if place else None,
        masked=holds.masked if holds else "",
        holder=holds.holder if holds else "",
        verdict=row.verdict,
        why=WHY.get(row.why),
        is_looked_at=row.look_since is not None,
        asked_at=row.asked_at,
        cools_at=row.cools_at if row.state == AccountState.COOLING else None,
        proved_by=row.proved_by,
        bounced_at=row.bounced_at,
        tries_left=max(0, TRIES - row.tries),
        is_tested=is_tested,
    )


def _place(holds: Details | None) -> BankAccount | None:
    """Return bank and branch by name, None where they are no more."""
    try:
        return holds.account if holds else None
    except Refusal:
        return None
