"""What was read from a 総合振込 file beside what was meant to be paid: no yen to another, none twice, none lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from mamori.grammar.text import Text
from mamori.japan.banks.account import Account
from mamori.japan.zengin.faults import AccountPlace, Fault, Ordered, Paid, Reading, fault
from mamori.japan.zengin.orders import Payment, Sender, transfer_letters

NAME_OF_BANK = 15
_PLACE = {  # its byte in a payment, and in the header
    "bank": (2, 59, Text("銀行", "bank")),
    "bank_name": (6, 63, Text("銀行名", "name of the bank")),
    "branch": (21, 78, Text("支店", "branch")),
    "branch_name": (24, 81, Text("支店名", "name of the branch")),
    "kind": (43, 96, Text("預金種目", "kind of account")),
    "number": (44, 97, Text("口座番号", "account number")),
}
_PAID = {
    "holder": (51, Text("受取人名", "name of who is paid")),
    "amount": (81, Text("振込金額", "amount")),
    "reference": (92, Text("支払いの番号", "number of the payment")),
}
_ORDERED = {
    "code": (5, Text("依頼人コード", "code of who orders")),
    "name": (15, Text("依頼人名", "name of who orders")),
}


def differences(reading: Reading, sender: Sender, meant: Sequence[Payment]) -> list[Fault]:
    """Return each part of a file that says otherwise than meant, in its order; beside `reading.faults`, not in their place."""
    found = list(_of_header(reading.ordered, sender))
    if len(reading.payments) != len(meant):
        found.append(fault("missing", wanted=f"{len(meant):,}", found=f"{len(reading.payments):,}"))
    for said, wanted in zip(reading.payments, meant, strict=False):
        expected = Paid(said.line, _place(wanted.to), wanted.holder, wanted.amount, wanted.reference)
        if said != expected:
            found += _of_payment(said, expected)
    return found


def _of_header(said: Ordered | None, sender: Sender) -> Iterator[Fault]:
    expected = Ordered(sender.code, sender.name, _place(sender.account))
    if said is None:
        yield fault("other", 1, what=Text("ヘッダー", "the header"))
        return
    for part, (at, what) in _ORDERED.items():
        if getattr(said, part) != getattr(expected, part):
            yield fault("other", 1, at, what=what)
    for part, (_, at, what) in _PLACE.items():
        if getattr(said.account, part) != getattr(expected.account, part):
            yield fault("other", 1, at, what=what)


def _of_payment(said: Paid, expected: Paid) -> Iterator[Fault]:
    for part, (at, _, what) in _PLACE.items():
        if getattr(said.to, part) != getattr(expected.to, part):
            yield fault("other", said.line, at, what=what)
    for part, (at, what) in _PAID.items():
        if getattr(said, part) != getattr(expected, part):
            yield fault("other", said.line, at, what=what)


def _place(account: Account) -> AccountPlace:
    branch = account.branch
    return AccountPlace(
        bank=branch.bank.code,
        bank_name=_name(branch.bank.kana),
        branch=branch.code,
        branch_name=_name(branch.kana),
        kind=account.kind.value,
        number=account.number,
    )


@lru_cache(maxsize=4096)
def _name(kana: str) -> str:
    return transfer_letters(kana)[:NAME_OF_BANK].rstrip()
