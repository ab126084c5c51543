"""Who is who, for pages of the desk: staff by name, parties by their role and reference."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property

from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.cases.facts import Load
from mamori.ground.market.facts import shown_number
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
        kind, colon, ref = who.partition(":")
        return people.named(f"{kind}{colon}{shown_number(ref)}", self.names)


def staff(at: datetime) -> Staff:
    """Return all staff, in a fixed number of looks when they are asked for."""
    return Staff(at)
