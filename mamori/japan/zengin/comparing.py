"""What was read from a 総合振込 file beside what was meant to be paid: no yen to another, none twice, none lost."""

from __future__ import annotations

from collections.abc import Sequence

from mamori.grammar.text import Text
from mamori.japan.zengin.faults import Fault, fault
from mamori.japan.zengin.orders import Payment
from mamori.japan.zengin.recordreading import Paid, Reading

_PARTS = (
    ("bank", 2, Text("銀行", "bank")),
    ("branch", 21, Text("支店", "branch")),
    ("kind", 43, Text("預金種目", "kind of account")),
    ("number", 44, Text("口座番号", "account number")),
    ("holder", 51, Text("受取人名", "name of who is paid")),
    ("amount", 81, Text("振込金額", "amount")),
    ("reference", 92, Text("支払いの番号", "number of the payment")),
)


def differences(reading: Reading, meant: Sequence[Payment]) -> list[Fault]:
    """Return each part of a payment that the file says otherwise than meant, in the order of the file."""
    found = []
    if len(reading.payments) != len(meant):
        found.append(fault("missing", wanted=f"{len(meant):,}", found=f"{len(reading.payments):,}"))
    for said, wanted in zip(reading.payments, meant, strict=False):
        expected = _as_paid(wanted, said.line)
        if said != expected:
            found += [
                fault("other", said.line, at, what=what)
                for part, at, what in _PARTS
                if getattr(said, part) != getattr(expected, part)
            ]
    return found


def _as_paid(meant: Payment, line: int) -> Paid:
    return Paid(
        line=line,
        bank=meant.to.branch.bank.code,
        branch=meant.to.branch.code,
        kind=meant.to.kind.value,
        number=meant.to.number,
        holder=meant.holder,
        amount=meant.amount,
        reference=meant.reference,
    )
