"""How much of a price is left for a refund in the seller's place, and how much of it a seller may have to bear.

The one rule by which refunds are limited, called back, and held against money that is to be paid out.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid:
    """What was paid for an order and what went back of it; `own`: so much of that is the very refund that is asked about.

    Yen.  What the card company reversed comes back from there, all of it.
    """

    amount: int
    refunded: int
    own: int = 0
    charged_back: bool = False


def left_for(paid: Paid) -> int:
    """Return what others leave of the price for this refund."""
    return 0 if paid.charged_back else max(0, paid.amount - (paid.refunded - paid.own))


def refundable(paid: Paid, ceiling: int) -> int:
    """Return the most that may be refunded: what is left of the price, at most the ceiling."""
    return max(0, min(left_for(paid), ceiling))


def at_stake(paid: Paid, *, granted: int, wished: int, ceiling: int) -> int:
    """Return what a refund may come to at most: what was granted, else asked for, else all; never more than is left.

    A ceiling that was lowered since takes nothing back of what was granted.
    """
    if granted:
        return min(granted, left_for(paid))
    most = refundable(paid, ceiling)
    return min(wished, most) if wished else most
