"""What is owed to the buyer, and by whom: meanwhile silence ends nothing, and no seller is asked for what it owes no more."""

from __future__ import annotations

from enum import StrEnum

from mamori.grammar.actor import Role
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
    REPLY = "reply"


def owed(
    *,
    remedy: RemedyState | None,
    asked: bool,
    agreement: ProposalState | None,
    paid: bool = False,
    replying: bool = False,
) -> Owed | None:
    """Return what is owed to the buyer, the nearest first, or nothing.

    `asked`: the buyer asked for the open remedy, or it was granted once and did not come about.  `paid`: the money of the
    agreement has gone back.  `replying`: the buyer has agreed to an open proposal and the seller has not said a word on it.
    """
    reasons = (
        (Owed.AGREEMENT, agreement is ProposalState.ACCEPTED),
        (Owed.REMEDY, remedy in UNDER_WAY),
        (Owed.FAILED, remedy is RemedyState.FAILED),
        (Owed.BROKEN, agreement is ProposalState.MISSED and not paid),
        (Owed.DECISION, asked and remedy is RemedyState.CONSIDERED),
        (Owed.REPLY, replying),
    )
    return next((why for why, holds in reasons if holds), None)


def is_buyers_deed(role: Role, *, taken_down: bool) -> bool:
    """Say whether an act is the buyer's own word: by the buyer, by who helps, or taken down by staff.

    Whoever has done anything since the seller's answer is not silent: the wait for the buyer's word ends with each deed.
    """
    return taken_down or role in (Role.BUYER, Role.HELPER)


def asks_seller(owed: Owed | None, *, unsolved: bool) -> bool:
    """Say whether what the buyer writes now, or says is not solved, asks something of the seller.

    What both agreed on has its own clock; what the operator refunds the seller no longer owes.
    """
    return owed is not Owed.REMEDY and (unsolved or owed is not Owed.AGREEMENT)
