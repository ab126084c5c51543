"""Whether a payee may be erased: not while money is about to go to its account, or may still come back from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from mamori.rooms.payouts.lifecycle import RunState, TransferState

BANKS_ANSWER = timedelta(days=30)
"""What a bank has not sent back so long after its day of payment does not come back: many are told of returns only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Going:
    """A transfer as an erasure meets it: how it and its run stand, and the day on which the bank pays.

    `is_test`: the few yen of a test, which are owed to nobody before they are in a file.
    """

    state: TransferState
    is_test: bool
    run: RunState | None = None
    pays_on: date | None = None


def keeps_payee(going: Going, today: date) -> bool:
    """Say whether the payee cannot be erased because of this transfer."""
    if going.state is TransferState.READY:
        return not going.is_test
    if going.state is not TransferState.ORDERED:
        return False
    is_written = going.run is RunState.WRITTEN and going.pays_on is not None
    return not (is_written and going.pays_on is not None and today - going.pays_on > BANKS_ANSWER)
