"""Formal notices: declarations that take effect when they arrive, and the provisions of law on which each may rest."""

from __future__ import annotations

from dataclasses import dataclass

from mamori.grammar.businesstime import CalendarDays
from mamori.grammar.citation import Citation
from mamori.grammar.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Sold:
    """What is known of a sale: whether its seller is registered as no business, and what was sold (empty: nobody told)."""

    private: bool = False
    kinds: frozenset[str] = frozenset()

    @property
    def is_told(self) -> bool:
        """Say whether it is known what each thing is."""
        return bool(self.kinds) and "" not in self.kinds


@dataclass(frozen=True, slots=True)
class Until:
    """Until when something can be declared, and where that was read."""

    text: Text
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """A provision on which a notice may rest, and when; of a `limit` that nobody has read no figure is given (None).

    `of_business` = only where the seller is a business, `of` = only for these kinds of things (empty: for any).  `within`
    counts from the day of receipt, where the law names such a span.
    """

    citation: Citation
    when: Text
    limit: Until | None = None
    of_business: bool = False
    of: frozenset[str] = frozenset()
    within: CalendarDays | None = None

    def may_bear(self, sold: Sold) -> bool:
        """Say whether a notice about such a sale may rest on it; what nobody told excludes nothing."""
        if self.of_business and sold.private:
            return False
        return not self.of or not sold.is_told or bool(self.of & sold.kinds)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormalNotice:
    """A declaration that takes effect when it arrives: what it does in plain words, its text, and on what it may rest.

    `hint` says what the law is said to ask besides, and is never enforced.
    """

    code: str
    title: Text
    meaning: Text
    text: Text
    hint: Text
    provisions: tuple[Provision, ...]

    def provisions_for(self, sold: Sold) -> tuple[Provision, ...]:
        """Return on what it may rest for such a sale."""
        return tuple(provision for provision in self.provisions if provision.may_bear(sold))
