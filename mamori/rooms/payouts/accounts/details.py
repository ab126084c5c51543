"""What an account is, read, sealed and masked; under which sellers it stands; whether its holder is the registered person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import msgspec

from mamori.ground.seal import actions as sealing, facts as seals
from mamori.ground.seal.facts import Place
from mamori.ground.terms import facts as terms
from mamori.japan.banks import account as banks
from mamori.japan.banks.account import Account as BankAccount, AccountKind, account, branch
from mamori.japan.names import Answer, Verdict, compare
from mamori.japan.zengin.orders import Payment, payment, transfer_letters
from mamori.law.settings import PAYOUT_PROOF
from mamori.rooms.identity import facts as identity
from mamori.rooms.identity.facts import IdentityFact, Standing, StandingFact
from mamori.rooms.payouts import matters
from mamori.rooms.payouts.accounts.rules import (
    BANK_DIFFERS,
    NO_NAME,
    Doubt,
    Proof,
    holder_of,
    judged,
    owes_look,
)
from mamori.rooms.payouts.models import Account

# What an account is: bank, branch, kind, number and holder, read from what somebody wrote, sealed, opened and masked.


TABLE = "payouts_account"
LONGEST_HOLDER = 200


class Sealed(Protocol):
    """What has to be known of an account's row to open it: a whole row, or these columns of many."""

    @property
    def pk(self) -> int:
        """Return its id."""

    @property
    def payee_id(self) -> str:
        """Return whose it is."""

    @property
    def number(self) -> int:
        """Return which of the seller's accounts it is."""

    @property
    def sealed(self) -> bytes | memoryview[int]:
        """Return what lies sealed."""


COLUMNS = ("pk", "payee_id", "number", "sealed")
"""The columns that are needed to open many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """An account as somebody writes it; with `symbol`, 記号 and 番号 of a Japan Post Bank passbook."""

    bank: str = ""
    branch: str = ""
    kind: str = ""
    number: str = ""
    symbol: str = ""
    holder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """An account by its codes, as it is sealed; `kind` is the digit of 種目, `holder` in transfer letters."""

    bank: str
    branch: str
    kind: str
    number: str
    holder: str

    @property
    def account(self) -> BankAccount:
        """Return the account with its bank and branch."""
        place = branch(self.bank, self.branch)
        return BankAccount(branch=place, kind=AccountKind(self.kind), number=self.number)

    @property
    def place(self) -> tuple[str, str, str, str]:
        """Return where money goes: to the same place, however its holder is spelt, is to the same account."""
        return self.bank, self.branch, self.kind, self.number

    @property
    def masked(self) -> str:
        """Return the number as others may see it: its last three digits."""
        return "*" * (BankAccount.LENGTH - 3) + self.number[-3:]

    def paid(self, amount: int, reference: int) -> Payment:
        """Return a payment to it."""
        return payment(to=self.account, holder=self.holder, amount=amount, reference=reference)


def read(given: Given) -> Details:
    """Return the account that somebody wrote."""
    if given.symbol.strip():
        found = banks.from_passbook(
            given.symbol, given.number, is_savings=given.kind in ("4", "savings", "貯蓄")
        )
    else:
        found = account(
            bank=given.bank, branch_code=given.branch, kind=given.kind or "1", number=given.number
        )
    payment(to=found, holder=given.holder, amount=1)
    return Details(
        bank=found.branch.bank.code,
        branch=found.branch.code,
        kind=found.kind.value,
        number=found.number,
        holder=transfer_letters(given.holder),
    )


def seal(seller_ref: str, number: int, details: Details) -> bytes:
    """Return an account sealed with its seller's key."""
    return sealing.seal(
        subject=f"seller:{seller_ref}", place=_place(seller_ref, number), plain=msgspec.json.encode(details)
    )


def opened(row: Sealed, opener: seals.Opener | None = None) -> Details | None:
    """Return what lies sealed in a row, or nothing once its seller's key is destroyed."""
    try:
        plain = (opener or seals.Opener()).unseal(
            subject=f"seller:{row.payee_id}", place=_place(row.payee_id, row.number), sealed=bytes(row.sealed)
        )
    except seals.Shredded:
        return None
    return msgspec.json.decode(plain, type=Details)


def opened_all(rows: Iterable[Sealed]) -> dict[int, Details]:
    """Return many accounts by their row's id, their keys fetched in one look; those of erased sellers are left out."""
    rows = list(rows)
    opener = seals.Opener().fetch(bytes(row.sealed) for row in rows)
    found = ((row.pk, opened(row, opener)) for row in rows)
    return {number: details for number, details in found if details is not None}


def _place(seller_ref: str, number: int) -> Place:
    return Place(TABLE, f"{seller_ref}/{number}", "sealed")


AT_ONCE = 1_000
GONE = b""


def place_of(holds: Details) -> bytes:
    """Return the blind index of where money goes, whatever its holder is called."""
    return seals.blind("payouts_account.place", "".join(holds.place))


def fill_places() -> None:
    """Make the index of some open accounts that are older than it; what somebody else is at work on is left to the next."""
    older = Account.objects.filter(closed_at__isnull=True, place__isnull=True)
    rows = list(older.select_for_update(skip_locked=True).order_by("id")[:AT_ONCE])
    known = opened_all(rows)
    for row in rows:
        row.place = place_of(known[row.pk]) if row.pk in known else GONE
    Account.objects.bulk_update(rows, ["place"])


def shared_with(account: Account) -> tuple[str, ...]:
    """Return the other sellers whose proceeds go to the same account, or are to."""
    if not account.place:
        return ()
    rows = Account.objects.filter(closed_at__isnull=True, place=bytes(account.place))
    found = rows.exclude(payee=account.payee_id).values_list("payee_id", flat=True)
    return tuple(sorted(set(found)))


def forget_places(seller_ref: str, limit: int) -> int:
    """Empty the index of an erased seller's accounts; return how many, so many at most."""
    rows = Account.objects.filter(payee=seller_ref).exclude(place=GONE)
    chosen = list(rows.values_list("pk", flat=True)[:limit])
    return Account.objects.filter(pk__in=chosen).update(place=GONE)


# Whether the holder of an account is the registered person: compared when either changes, looked at by a person in doubt.


COMPARED = ("verdict", "why", "identity_version", "looked_by", "looked_at", "look_since")


def compare_anew(accounts: Iterable[Account], standings: Mapping[str, StandingFact], at: datetime) -> None:
    """Compare again where the registered name is another than the one that was compared; a person's word counts no more.

    A look that nobody can take, because the name is gone or changed and not verified, is asked for no more until it is.
    """
    changed = [one for one in accounts if _is_compared_anew(one, standings.get(one.payee_id), at)]
    if changed:
        Account.objects.bulk_update(changed, COMPARED)
        matters.settle(changed, at=at, why="compare")


def _is_compared_anew(account: Account, stands: StandingFact | None, at: datetime) -> bool:
    is_current = stands is not None and account.identity_version == stands.version
    if stands is not None and stands.standing is Standing.VERIFIED:
        if not is_current:
            judge(account, at, bank_differs=account.why == BANK_DIFFERS and not account.looked_by)
        return not is_current
    if account.look_since is None or (is_current and account.why != NO_NAME):
        return False
    account.look_since = None
    return True


def compare_open(seller_ref: str, at: datetime) -> None:
    """Compare a seller's open accounts again, the one in use and the one that is to replace it; the payee is locked."""
    rows = list(Account.objects.filter(payee=seller_ref, closed_at__isnull=True))
    compare_anew(rows, identity.standings([seller_ref], at=at), at)


def judge(account: Account, at: datetime, *, bank_differs: bool = False) -> None:
    """Put the gates' verdict into the row, unsaved: it counts for the version of the registered name that stands now.

    `bank_differs`: the bank said no, and nobody has looked at that yet.
    """
    who = identity.identity(account.payee_id, at=at)
    proof = Proof(terms.setting(PAYOUT_PROOF, at=at))
    found = compared(account, who)
    if found is None or who is None:
        account.verdict, account.why = Verdict.REVIEW.value, NO_NAME
    elif bank_differs:
        account.verdict, account.why = Verdict.REVIEW.value, BANK_DIFFERS
    else:
        verdict, account.why = judged(found, has_kana=bool(who.kana.strip()), proof=proof)
        account.verdict = verdict.value
    account.identity_version = who.version if who else 0
    account.looked_by, account.looked_at = "", None
    see_look(account, at, has_name=found is not None)


def see_look(account: Account, at: datetime, *, has_name: bool) -> None:
    """Put into the row, unsaved, whether a person has to look at it."""
    doubt = Doubt(
        verdict=account.verdict,
        has_name=has_name,
        tries=account.tries,
        is_proved=account.proved_at is not None,
        is_shared=bool(shared_with(account)),
    )
    account.look_since = at if owes_look(doubt) else None


def has_name(account: Account, at: datetime) -> bool:
    """Say whether the holder can be compared with a registered name."""
    return compared(account, identity.identity(account.payee_id, at=at)) is not None


def compared(account: Account, who: IdentityFact | None) -> Answer | None:
    """Return what the gates of names say, with every piece; nothing where either name is not there."""
    holds = opened(account)
    if holds is None or who is None or not who.name.strip():
        return None
    return compare(name=who.name, kana=holds.holder, kind=holder_of(who.registrant), furigana=who.kana)
