"""What stands against payouts at a moment, the gate's answer, and what of payouts and accounts others are told."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.ledger import facts as ledger
from mamori.ground.market import actions as market_actions, facts as market
from mamori.ground.seal import facts as seals
from mamori.ground.terms import facts as terms
from mamori.japan.banks.account import Account as BankAccount
from mamori.japan.calendar import JAPAN
from mamori.law.clauses import PAYOUT_HOLD, RECOVERY
from mamori.law.settings import PAYOUT_PROOF
from mamori.rooms.contact import facts as contact
from mamori.rooms.enforcement import facts as enforcement
from mamori.rooms.enforcement.facts import MoneyHeld
from mamori.rooms.identity import facts as identity
from mamori.rooms.identity.facts import Standing
from mamori.rooms.payouts import matters
from mamori.rooms.payouts.accounts import details
from mamori.rooms.payouts.accounts.details import Details
from mamori.rooms.payouts.accounts.rules import TRIES, WHY, Proof, reason_of
from mamori.rooms.payouts.lifecycle import (
    ACCOUNT,
    GONE,
    PAYOUT,
    AccountState,
    PayoutState,
    RunState,
    TransferState,
)
from mamori.rooms.payouts.models import Account, Payee, Payout, Transfer
from mamori.rooms.payouts.refusals import PayeeAwaitsMoney
from mamori.rooms.payouts.rules import (
    Clause,
    Code,
    GateAnswer,
    Going,
    Reason,
    Verdict,
    answer,
    keeps_payee,
    of_payee,
)

# What stands against the payouts of many sellers at a moment, gathered in one look each, and the gate's answer on them.


_STANDINGS = {
    Standing.UNVERIFIED: Code.IDENTITY_UNVERIFIED,
    Standing.CHANGED: Code.IDENTITY_CHANGED,
    Standing.EXPIRED: Code.IDENTITY_EXPIRED,
}


@dataclass(slots=True)
class Situation:
    """What the gate knows of one seller: the account in use, every reason, when measures are looked at and end.

    `is_registered` = a name was told of it, verified or not.
    """

    account: Account | None
    reasons: list[Reason] = field(default_factory=list)
    measures: tuple[MoneyHeld, ...] = ()
    is_registered: bool = True


@dataclass(slots=True)
class Gate:
    """The gate for some sellers at one moment; it keeps count of what waits while it answers."""

    at: datetime
    situations: dict[str, Situation]
    waiting: dict[str, dict[int, int]]
    _bound: dict[str, Clause | None] = field(default_factory=dict)

    def answer(self, seller_ref: str, amount: int, *, payout: int = 0) -> GateAnswer:
        """Return the answer on so many yen of a seller, and count what waits of them; `payout` is its row, 0 for a new one."""
        situation = self.situations[seller_ref]
        waiting = self.waiting.setdefault(seller_ref, {})
        waiting.pop(payout, None)
        bound = self._clause(seller_ref) if situation.reasons else None
        found = answer(amount, situation.reasons, bound=bound, elsewhere=sum(waiting.values()))
        waiting[payout or -len(waiting) - 1] = found.waits
        return found

    def _clause(self, seller_ref: str) -> Clause | None:
        if seller_ref not in self._bound:
            found = terms.binding(seller_ref, PAYOUT_HOLD.code, self.at)
            self._bound[seller_ref] = Clause(found.clause, found.version) if found else None
        return self._bound[seller_ref]


def gate(seller_refs: Collection[str], at: datetime) -> Gate:
    """Return the gate for sellers whose rows the caller has locked; doubtful names are compared anew where they changed."""
    accounts = _accounts(seller_refs)
    proof = Proof(terms.setting(PAYOUT_PROOF, at=at))
    unproven = _unproven(accounts, proof)
    standings = identity.standings(seller_refs, at=at)
    both = [one for mine in accounts.values() for one in (mine.in_use, mine.cooling) if one is not None]
    details.compare_anew(both, standings, at)
    claims = contact.claims(seller_refs, at=at)
    held = enforcement.money_held(seller_refs)
    found: dict[str, Situation] = {}
    for ref in seller_refs:
        mine = accounts.get(ref, _Accounts())
        standing = standings[ref].standing if ref in standings else Standing.UNVERIFIED
        reasons = [
            *([Reason(code=_STANDINGS[standing])] if standing in _STANDINGS else ()),
            *_of_account(mine, unproven, is_verified=standing is Standing.VERIFIED),
            *_of_claims(ref, claims.get(ref, ()), at),
            *_of_measures(held.get(ref, ())),
        ]
        found[ref] = Situation(
            account=mine.in_use,
            reasons=reasons,
            measures=held.get(ref, ()),
            is_registered=ref in standings,
        )
    return Gate(at=at, situations=found, waiting=_waiting(seller_refs))


def known(seller_refs: Collection[str]) -> dict[str, str]:
    """Return the countries of those whom the marketplace told of and who are not erased, "" for Japan."""
    return market.known_sellers(seller_refs)


@dataclass(slots=True)
class _Accounts:
    in_use: Account | None = None
    cooling: Account | None = None


def _accounts(seller_refs: Collection[str]) -> dict[str, _Accounts]:
    """Return the accounts that can be paid to: nobody can read any more where an erased seller's is."""
    erased = seals.erased([matters.subject(ref) for ref in seller_refs])
    rows = Account.objects.filter(payee__in=seller_refs, closed_at__isnull=True)
    found: dict[str, _Accounts] = {}
    for row in rows:
        if matters.subject(row.payee_id) in erased:
            continue
        mine = found.setdefault(row.payee_id, _Accounts())
        if row.state == AccountState.IN_USE:
            mine.in_use = row
        else:
            mine.cooling = row
    return found


def _unproven(accounts: Mapping[str, _Accounts], proof: Proof) -> set[int]:
    """Return the accounts in use that have to be proven: nothing proved them, and by the gate's word nothing was paid there."""
    if proof is Proof.NONE:
        return set()
    asked = {mine.in_use.pk for mine in accounts.values() if mine.in_use and mine.in_use.proved_at is None}
    paid = Transfer.objects.filter(
        account__in=asked, payout__isnull=False, agreed=False, state__in=sorted(state.value for state in GONE)
    )
    return asked - set(paid.values_list("account_id", flat=True))


def _of_account(mine: _Accounts, unproven: set[int], *, is_verified: bool) -> Iterator[Reason]:
    if mine.cooling is not None:
        yield Reason(code=Code.ACCOUNT_COOLING)
    account = mine.in_use
    if account is None:
        if mine.cooling is None:
            yield Reason(code=Code.NO_ACCOUNT)
        return
    if account.bounced_at is not None:
        yield Reason(code=Code.ACCOUNT_BOUNCED)
    named = reason_of(account.verdict) if is_verified else None
    if named is not None:
        yield named
    if account.pk in unproven:
        yield Reason(code=Code.ACCOUNT_UNPROVEN)


def _of_claims(seller_ref: str, claims: Sequence[contact.ClaimFact], at: datetime) -> Iterator[Reason]:
    """Return what open refunds hold: nothing where no clause lets anything be taken back from this seller."""
    if claims and terms.binding(seller_ref, RECOVERY.code, at) is not None:
        for one in claims:
            yield Reason(code=Code.CLAIMS, amount=one.amount, ref=f"contact.trouble:{one.trouble}")


def _of_measures(held: Sequence[MoneyHeld]) -> Iterator[Reason]:
    for one in held:
        yield Reason(
            code=Code.MEASURE,
            amount=one.amount,
            ref=f"enforcement.measure:{one.measure}",
            clause=one.clause,
            version=one.clause_version,
        )


def _waiting(seller_refs: Collection[str]) -> dict[str, dict[int, int]]:
    rows = Payout.objects.filter(payee__in=seller_refs, waiting_since__isnull=False)
    found: dict[str, dict[int, int]] = {}
    for ref, row, waits in rows.values_list("payee_id", "pk", "waits"):
        found.setdefault(ref, {})[row] = waits
    return found


def settle_clearance(gate: Gate) -> None:
    """Let hinder these payees, whose rows the caller has locked, what the gate says."""
    market_actions.settle_clearance(
        {
            f"payouts.payee:{ref}": tuple(of_payee(ref, one.reasons, is_registered=one.is_registered))
            for ref, one in gate.situations.items()
        },
        at=gate.at,
    )


# One payout on its way through a decision, and what its row says in the words of the gate.


@dataclass(slots=True)
class Step:
    """One payout on its way through a decision: what the gate said, what of it is out already, and what it was before."""

    row: Payout
    answer: GateAnswer
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
        return (
            not same or as_json(self.answer.reasons) != self.row.reasons or moved(self.ready, self.situation)
        )


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


def as_json(reasons: Sequence[Reason]) -> list[dict[str, Any]]:
    return [{"code": one.code.value, "amount": one.amount, "ref": one.ref} for one in reasons]


# What others are told of payouts and accounts: frozen values, numbers masked.


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


SHOWN = 3
_COLUMNS = ("pk", "payout__ref", "state", "run__state", "run__pays_on")


def stands_in_the_way(subject: str, at: datetime) -> Refusal | None:
    """Say that a seller cannot be erased while transfers to it are ready or ordered; nothing of anybody else."""
    side, _, ref = subject.partition(":")
    if side != "seller" or not list(Payee.objects.select_for_update().filter(pk=ref)):
        return None
    open_ = (TransferState.READY.value, TransferState.ORDERED.value)
    rows = Transfer.objects.filter(account__payee=ref, state__in=open_).order_by("id")
    today = at.astimezone(JAPAN).date()
    found = []
    for number, payout, state, run, pays_on in rows.values_list(*_COLUMNS):
        going = Going(
            state=TransferState(state),
            is_test=payout is None,
            run=RunState(run) if run else None,
            pays_on=pays_on,
        )
        if keeps_payee(going, today):
            found.append(payout or f"{number:020}")
    if not found:
        return None
    names = "、".join(found[:SHOWN]) + ("…" if len(found) > SHOWN else "")
    return PayeeAwaitsMoney(person=subject, payouts=names)
