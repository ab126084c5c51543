"""Sellers laid out whole: the shop, who it is in the registers and how it is reached, each by its own verb."""

from __future__ import annotations

from typing import Any

from mamori.grammar.hand import Hand
from mamori.ground.market import actions as market
from mamori.ground.market.actions import ContactsLine, SellerLine, VerificationLine

PARTS = (
    (SellerLine, market.put_seller),
    (VerificationLine, market.put_verification),
    (ContactsLine, market.put_contacts),
)


def put_shop(hand: Hand, *, ref: str, **told: Any) -> None:
    """Tell a seller, and of its registration and contacts what is given."""
    left = dict(told)
    for kind, put in PARTS:
        names = set(kind.__struct_fields__) & left.keys()
        if names or kind is SellerLine:
            put(hand, kind(ref=ref, **{name: left.pop(name) for name in names}))
    assert not left, f"no part of a seller is called {sorted(left)}"
