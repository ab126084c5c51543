"""Sellers laid out whole: the shop, who it is in the registers and how it is reached, each by its own verb."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from mamori.grammar.actor import Actor, Role
from mamori.ground.market import actions as market
from mamori.ground.market.actions import ContactsLine, SellerLine, VerificationLine
from mamori.ground.terms import actions as terms
from mamori.law.display import DISPLAY_PROOFS, DISPLAY_REQUIRED
from mamori.law.hidden import HIDDEN_ON

PARTS = (
    (SellerLine, market.put_seller),
    (VerificationLine, market.put_verification),
    (ContactsLine, market.put_contacts),
)


def asks_no_displays(by: str, at: datetime) -> None:
    """Switch off what a fresh house asks of every shop, for tests that are about something else."""
    actor = Actor(by=by, role=Role.LEAD, at=at, via="test")
    for setting in (DISPLAY_REQUIRED, DISPLAY_PROOFS, HIDDEN_ON):
        terms.set(actor, setting=setting, value=False)


def put_shop(actor: Actor, *, ref: str, **told: Any) -> None:
    """Tell a seller, and of its registration and contacts what is given."""
    left = dict(told)
    for kind, put in PARTS:
        names = set(kind.__struct_fields__) & left.keys()
        if names or kind is SellerLine:
            put(actor, kind(ref=ref, **{name: left.pop(name) for name in names}))
    assert not left, f"no part of a seller is called {sorted(left)}"
