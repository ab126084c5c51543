"""What stands against the payouts of many sellers at a moment, gathered in one look each, and the gate's answer on them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from mamori.ground.market import actions as market_actions
from mamori.ground.market import facts as market
from mamori.ground.seal import facts as seals
from mamori.ground.terms import facts as terms
from mamori.law.clauses import PAYOUT_HOLD, RECOVERY
from mamori.law.paying import PAYOUT_PROOF
from mamori.rooms.contact import facts as contact
from mamori.rooms.enforcement import facts as enforcement
from mamori.rooms.enforcement.facts import MoneyHeld
from mamori.rooms.identity import facts as identity
from mamori.rooms.identity.facts import Standing
from mamori.rooms.payouts import name_checks, records
from mamori.rooms.payouts.lifecycle import GONE, AccountState
from mamori.rooms.payouts.models import Account, Payout, Transfer
from mamori.rooms.payouts.rules.gate import Answer, Clause, answer
from mamori.rooms.payouts.rules.hindering import of_payee
from mamori.rooms.payouts.rules.holder import Proof, reason_of
from mamori.rooms.payouts.rules.reasons import Code, Reason

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

    def answer(self, seller_ref: str, amount: int, *, payout: int = 0) -> Answer:
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
    name_checks.compare_anew(both, standings, at)
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
    erased = seals.erased([records.subject(ref) for ref in seller_refs])
    rows = Account.objects.filter(payee__in=seller_refs, closed_at__isnull=True)
    found: dict[str, _Accounts] = {}
    for row in rows:
        if records.subject(row.payee_id) in erased:
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
