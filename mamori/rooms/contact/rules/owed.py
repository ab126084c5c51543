"""What is owed to the buyer, and by whom: meanwhile silence ends nothing, and no seller is asked for what it owes no more."""

from __future__ import annotations

from enum import StrEnum

from mamori.rooms.contact.lifecycle.proposal import ProposalState
from mamori.rooms.contact.lifecycle.remedy import UNDER_WAY, RemedyState

AGREED = frozenset({ProposalState.ACCEPTED, ProposalState.KEPT, ProposalState.MISSED, ProposalState.REVERSED})
"""States of a proposal that both sides may have agreed to; the newest to which they had is the agreement that counts."""


class Owed(StrEnum):
    """Why the buyer is not to be taken for silent."""

    AGREEMENT = "agreement"
    REMEDY = "remedy"
    FAILED = "failed"
    BROKEN = "broken"
    DECISION = "decision"


def owed(
    *, remedy: RemedyState | None, asked: bool, agreement: ProposalState | None, paid: bool = False
) -> Owed | None:
    """Return what is owed to the buyer, the nearest first, or nothing.

    `asked`: the buyer asked for the open remedy, or it was granted once and did not come about.  `paid`: the money of the
    agreement has gone back.
    """
    if agreement is ProposalState.ACCEPTED:
        return Owed.AGREEMENT
    if remedy in UNDER_WAY:
        return Owed.REMEDY
    if remedy is RemedyState.FAILED:
        return Owed.FAILED
    if agreement is ProposalState.MISSED and not paid:
        return Owed.BROKEN
    return Owed.DECISION if asked and remedy is RemedyState.CONSIDERED else None


def asks_seller(owed: Owed | None, *, unsolved: bool) -> bool:
    """Say whether what the buyer writes now, or says is not solved, asks something of the seller.

    What both agreed on has its own clock; what the operator refunds the seller no longer owes.
    """
    return owed is not Owed.REMEDY and (unsolved or owed is not Owed.AGREEMENT)
