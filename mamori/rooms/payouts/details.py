"""What an account is: bank, branch, kind, number and holder, read from what somebody wrote, sealed, opened and masked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import msgspec

from mamori.ground.seal import actions as sealing
from mamori.ground.seal import facts as seals
from mamori.ground.seal.facts import Place
from mamori.japan.banks import yucho
from mamori.japan.banks.account import Account as BankAccount
from mamori.japan.banks.account import AccountKind, account
from mamori.japan.banks.master import branch
from mamori.japan.zengin.letters import transfer_letters
from mamori.japan.zengin.orders import Payment, payment

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
        found = yucho.from_passbook(
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
