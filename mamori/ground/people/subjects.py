"""By which name somebody is the same person whatever role they have: what approvals and refusals compare."""

from __future__ import annotations

from mamori.grammar.hand import INSIDE, Hand, Role

HAVE_ACCOUNTS = INSIDE | {Role.OFFICER, Role.HOLDER}
"""The roles of those who sign in."""
SIDES = frozenset(role.value for role in HAVE_ACCOUNTS)
"""What stands before their number; "buyer:5" is the marketplace's fifth buyer, never the account of that number."""


def of(hand: Hand) -> str:
    """Return "staff:7" for whoever has an account; otherwise what the hand says of itself."""
    _, colon, number = hand.by.partition(":")
    return f"staff:{number}" if colon and hand.role in HAVE_ACCOUNTS else hand.by
