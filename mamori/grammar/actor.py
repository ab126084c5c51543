"""Who does an act: who, in which role, when, and by which door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mamori.grammar.text import Text


class Role(StrEnum):
    """The roles of the permission table, everywhere by these names."""

    BUYER = "buyer"
    HELPER = "helper"
    SELLER = "seller"
    DELEGATE = "delegate"
    AGENT = "agent"
    LEAD = "lead"
    COUNSEL = "counsel"
    READER = "reader"
    OFFICER = "officer"
    COUNSELLOR = "counsellor"
    HOLDER = "holder"
    MACHINE = "machine"
    ANONYMOUS = "anonymous"

    @property
    def text(self) -> Text:
        """Return the role's name for people."""
        return ROLE_TEXTS[self]


ROLE_TEXTS = {
    Role.BUYER: Text("購入者", "buyer"),
    Role.HELPER: Text("購入者に頼まれた人", "buyer's helper"),
    Role.SELLER: Text("出品者", "seller"),
    Role.DELEGATE: Text("出品者の代理担当", "seller's delegate"),
    Role.AGENT: Text("相談窓口の担当", "agent"),
    Role.LEAD: Text("相談窓口の責任者", "lead"),
    Role.COUNSEL: Text("法務担当", "counsel"),
    Role.READER: Text("閲覧だけの社員", "reader"),
    Role.OFFICER: Text("行政機関の担当官", "officer"),
    Role.COUNSELLOR: Text("消費生活センターの相談員", "counsellor of a consumer centre"),
    Role.HOLDER: Text("権利者", "rights holder"),
    Role.MACHINE: Text("自動処理", "machine"),
    Role.ANONYMOUS: Text("名乗らない人", "anonymous"),
}

STAFF = frozenset({Role.AGENT, Role.LEAD, Role.COUNSEL})
HEADS = frozenset({Role.LEAD, Role.COUNSEL})
"""Who answers for decisions, and reads of what nobody else may be told of."""
INSIDE = STAFF | {Role.READER}
"""Who works for the operator: staff, and those of other departments, who only read how the work is done."""
SELLERS = frozenset({Role.SELLER, Role.DELEGATE})
"""A seller, and who acts for it."""


def party(role: Role, by: str) -> str:
    """Return the party that somebody of this role stands for."""
    return by.rpartition("/")[0] if role in (Role.DELEGATE, Role.HELPER) else by


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts.  `at` is when the request was received (aware), so waiting never costs a deadline."""

    by: str
    role: Role
    at: datetime
    via: str
    request: str = ""

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("an actor's moment must carry its offset")

    @property
    def whose(self) -> str:
        """Return the party that it stands for: whom a delegate or a helper acts for, itself for all others.

        Their `by` is that party's with a name behind a slash, and a name holds none.
        """
        return party(self.role, self.by)

    @property
    def ref(self) -> str:
        """Return the marketplace's own reference of that party: "S-1" of "seller:S-1"."""
        return self.whose.partition(":")[2]

    def is_sellers(self, ref: str) -> bool:
        """Say whether the actor is this seller or a delegate of it."""
        return self.role in SELLERS and self.whose == f"seller:{ref}"

    @property
    def is_staff(self) -> bool:
        """Say whether the actor is of the operator's staff."""
        return self.role in STAFF
