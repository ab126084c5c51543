"""A change of terms as it was proposed: what it would publish, word for word, and whether it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from mamori.grammar.text import Text
from mamori.ground.terms.models import ClauseWording, TermsChange


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """One clause of a change; `published_on` is its first day, None as long as nobody else agreed."""

    clause: str
    version: int
    title: Text
    text: Text
    is_own: bool
    published_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change: its words, the day that was wished for, and why it would not wait."""

    number: int
    words: tuple[Proposed, ...]
    binds_on: date | None
    ground: str
    reason: str
    by: str
    at: datetime
    told: int


def change(number: int) -> Change | None:
    """Return the change of that number, or None."""
    found = TermsChange.objects.filter(pk=number).first()
    if found is None:
        return None
    wordings = ClauseWording.objects.filter(change=found).select_related("published").order_by("id")
    return Change(
        number=found.pk,
        words=tuple(_proposed(one) for one in wordings),
        binds_on=found.binds_on,
        ground=found.ground,
        reason=found.reason,
        by=found.by,
        at=found.at,
        told=found.told.count(),
    )


def _proposed(one: ClauseWording) -> Proposed:
    published = getattr(one, "published", None)
    return Proposed(
        clause=one.clause,
        version=one.version,
        title=Text(one.title_ja, one.title_en),
        text=Text(one.text_ja, one.text_en),
        is_own=one.is_own,
        published_on=published.binds_on if published else None,
    )
