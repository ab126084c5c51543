"""Who is who, for pages of the desk: staff by name, parties by their role and reference."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mamori.grammar.hand import ROLE_TEXTS, Role
from mamori.grammar.text import Text
from mamori.ground.people import facts as people
from mamori.ground.people.facts import AccountFact


@dataclass(frozen=True, slots=True)
class Staff:
    """The operator's staff, asked once for a page."""

    accounts: tuple[AccountFact, ...]

    @property
    def active(self) -> tuple[AccountFact, ...]:
        """Return those who may have a case."""
        return tuple(
            account for account in self.accounts if account.is_active and account.invited_until is None
        )

    def named(self, who: str) -> Text:
        """Say who did something or has something: a name for staff, role and reference for everybody else."""
        kind, _, rest = who.partition(":")
        if kind == "machine" or not kind:
            return ROLE_TEXTS[Role.MACHINE] if kind else Text("—", "—")
        if rest.isdigit():
            for account in self.accounts:
                if account.number == int(rest) and kind in ("agent", "lead", "counsel", "staff"):
                    return Text(account.name, account.name)
        role = ROLE_TEXTS.get(Role(kind)) if kind in set(Role) else None
        if role is None:
            return Text(who, who)
        return Text(f"{role.ja} {rest}", f"{role.en} {rest}") if rest else role


def staff(at: datetime) -> Staff:
    """Return all staff in a fixed number of looks."""
    return Staff(people.accounts(at=at))
