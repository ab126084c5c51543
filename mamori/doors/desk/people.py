"""Who is who, for pages of the desk: staff by name, parties by their role and reference."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property

from mamori.grammar.hand import ROLE_TEXTS, STAFF, Role
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.cases.facts import Load
from mamori.ground.people import facts as people
from mamori.ground.people.facts import AccountFact


class Staff:
    """The operator's staff, asked once for a page, and no more of them than it shows."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    @cached_property
    def names(self) -> dict[int, str]:
        """Return the name of every account."""
        return people.names()

    @cached_property
    def accounts(self) -> tuple[AccountFact, ...]:
        """Return every account."""
        return people.accounts(at=self.at)

    @property
    def active(self) -> tuple[AccountFact, ...]:
        """Return those who may have a case."""
        return tuple(
            account for account in self.accounts if account.is_active and account.invited_until is None
        )

    @cached_property
    def loads(self) -> dict[str, Load]:
        """Return how many open cases each has who has any."""
        return cases.loads([account.who for account in self.accounts], at=self.at)

    def named(self, who: str) -> Text:
        """Say who did something or has something: a name for staff, role and reference for everybody else."""
        kind, _, rest = who.partition(":")
        if kind == "machine" or not kind:
            return ROLE_TEXTS[Role.MACHINE] if kind else Text("—", "—")
        if kind in ("agent", "lead", "counsel", "staff") and rest.isdecimal():
            name = self.names.get(int(rest))
            if name is not None:
                return Text(name, name)
        role = ROLE_TEXTS.get(Role(kind)) if kind in set(Role) else None
        if role is None:
            return Text(who, who)
        if Role(kind) in STAFF | {Role.COUNSELLOR}:
            return role  # whoever is none of ours by now is told by the role alone, and who a counsellor is stands on the matter
        return Text(f"{role.ja} {rest}", f"{role.en} {rest}") if rest else role


def staff(at: datetime) -> Staff:
    """Return all staff, in a fixed number of looks when they are asked for."""
    return Staff(at)
