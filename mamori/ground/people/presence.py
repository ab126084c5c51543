"""Who stands at the door: one value, made from a session or a key, that every page and endpoint asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mamori.grammar.hand import STAFF, Hand, Role
from mamori.ground.people.models import Account

VISITOR = "visitor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """Who is here.  `who` is what `Hand.by` will say ("buyer:B-1", "seller:S-1/hanako", "agent:3"); empty when unknown."""

    who: str = ""
    role: Role = Role.ANONYMOUS
    name: str = ""
    scopes: frozenset[str] = frozenset()
    stepped_up_at: datetime | None = None

    @property
    def is_staff(self) -> bool:
        """Say whether one of the operator's staff is here."""
        return self.role in STAFF

    def hand(self, *, at: datetime, via: str, request: str = "") -> Hand:
        """Return the hand that acts for this presence."""
        return Hand(by=self.who or "anonymous", role=self.role, at=at, via=via, request=request)


ANONYMOUS = Presence()


def presence_of(session: Mapping[str, Any], account: object) -> Presence:
    """Return who a web session belongs to: staff who signed in, a visitor who came by link or code, or nobody."""
    if isinstance(account, Account) and account.is_active:
        return Presence(who=account.who, role=Role(account.role), name=account.name)
    visitor = session.get(VISITOR)
    if visitor:
        return Presence(who=visitor["who"], role=Role(visitor["role"]), name=visitor.get("name", ""))
    return ANONYMOUS
