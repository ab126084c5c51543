"""What keeps a payee from being paid, as far as no room below says so itself; that the gate knows it is said, too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mamori.grammar.clearance import Doing, Hinders, Vouches
from mamori.rooms.payouts.rules.reasons import Code, Effect, Reason

IDENTITY = frozenset({Code.IDENTITY_UNVERIFIED, Code.IDENTITY_CHANGED, Code.IDENTITY_EXPIRED})
"""What the room of identity says itself of whom it was ever told."""


def of_payee(
    seller_ref: str, reasons: Iterable[Reason], *, is_registered: bool
) -> Iterator[Hinders | Vouches]:
    """Yield that the gate answers for a payee, and each of its reasons once; `is_registered` = a name was ever told of it."""
    yield Vouches(Doing.PAYOUT, seller=seller_ref)
    is_whole: dict[Code, bool] = {}
    for reason in reasons:
        is_whole[reason.code] = is_whole.get(reason.code, False) or reason.effect is not Effect.SUM
    for code, whole in is_whole.items():
        if code is Code.MEASURE or (is_registered and code in IDENTITY):
            continue
        words = code.words
        yield Hinders(
            Doing.PAYOUT,
            code.value,
            words.why,
            seller=seller_ref,
            todo=words.todo,
            in_part=not whole,
        )
