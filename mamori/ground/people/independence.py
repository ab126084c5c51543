"""Who is another person than somebody, and counts as one: neither brought the other in, and both were here before today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from mamori.ground.people.company import BY_COMPANY


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtIn:
    """That somebody added or invited an account: "staff:7", or "machine:command/root" for the command line."""

    whom: str
    by: str
    at: datetime

    @property
    def by_staff(self) -> bool:
        """Say whether one of the staff did: the command line stands for who owns the house, and is nobody's friend."""
        return self.by.startswith("staff:")


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """When each account ("staff:7") was added, who brought whom in, and after how long somebody counts."""

    added: Mapping[str, datetime]
    introductions: tuple[BroughtIn, ...]
    after: timedelta

    def brought_in_by(self, who: str) -> frozenset[str]:
        """Return whom somebody brought in: directly whenever it was, and through others who did not count yet themselves.

        Whoever was here long enough to count brings people in on their own account.
        """
        found: set[str] = set()
        ahead = [who]
        while ahead:
            by = ahead.pop()
            for one in self.introductions:
                if one.by != by or not one.by_staff or one.whom in found or one.whom == who:
                    continue
                if by == who or one.at < self.counts_from(by):
                    found.add(one.whom)
                    ahead.append(one.whom)
        return frozenset(found)

    def who_brought(self, whom: str) -> frozenset[str]:
        """Return everybody who brought somebody in."""
        return frozenset(who for who in self.added if whom in self.brought_in_by(who))

    def is_another(self, who: str, *, than: str) -> bool:
        """Say whether two are two people: not the same, and neither brought the other in."""
        return who != than and who not in self.brought_in_by(than) and than not in self.brought_in_by(who)

    def counts_from(self, who: str) -> datetime:
        """Return from when an account counts as a second person.

        A house that begins has only new accounts: those that the command line added in its first days count at once, and
        not those that the company sent: nobody of the house has seen yet that they are people beside each other.
        """
        added = self.added[who]
        by_machine = any(
            one.whom == who and not one.by_staff and one.by != BY_COMPANY and one.at == added
            for one in self.introductions
        )
        is_founder = by_machine and added < min(self.added.values()) + self.after
        return added if is_founder else added + self.after

    def is_second(self, who: str, *, than: str, at: datetime) -> bool:
        """Say whether somebody counts as a second person beside `than` at `at`."""
        return self.is_another(who, than=than) and (who not in self.added or self.counts_from(who) <= at)
