"""What binds a seller at a moment, the exact words and how it came to; and what a proposed change would publish."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef

from mamori.grammar.text import Text
from mamori.ground.terms import rules
from mamori.ground.terms.models import (
    ClauseAcceptance,
    ClausePublished,
    ClauseWording,
    TermsChange,
    TermsTold,
)
from mamori.ground.terms.rules import By
from mamori.law.clauses import BY_CODE, CHANGES


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


# What binds a seller at a moment: the version, the exact words, and how it came to.


MOST = 1_000
"""So far sellers are counted.  More is told as "1,000 and more"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A published version of a clause, word for word, and from when it counts."""

    clause: str
    version: int
    title: Text
    text: Text
    is_own: bool
    announced_at: datetime
    binds_on: date
    ground: str
    reason: str
    change: int
    act: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """A version that a seller accepted, when, and the act whose receipt proves it."""

    clause: str
    version: int
    at: datetime
    act: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """What binds one seller: a version, since when, how it came to, its words, and the act whose receipt proves it."""

    clause: str
    version: int
    since: datetime
    by: By
    act: int | None
    title: Text
    text: Text


def versions(*clauses: str) -> tuple[Version, ...]:
    """Return the published versions of these clauses, of all where none is named, the oldest first."""
    rows = ClausePublished.objects.select_related("wording__change").order_by("clause", "version")
    return tuple(_version(row) for row in (rows.filter(clause__in=clauses) if clauses else rows))


def wording(clause: str, version: int) -> Version | None:
    """Return a published version word for word, or None."""
    row = ClausePublished.objects.select_related("wording__change").filter(clause=clause, version=version)
    found = row.first()
    return _version(found) if found else None


def acceptances(seller_ref: str) -> tuple[Acceptance, ...]:
    """Return what the seller accepted, the oldest first."""
    rows = ClauseAcceptance.objects.filter(seller_ref=seller_ref).order_by("accepted_at", "id")
    return tuple(
        Acceptance(clause=row.clause, version=row.version, at=row.accepted_at, act=row.act) for row in rows
    )


def unaccepted(seller_ref: str) -> tuple[Version, ...]:
    """Return of each clause the newest version, where the seller has not accepted it; in one look."""
    theirs = ClauseAcceptance.objects.filter(
        seller_ref=seller_ref, clause=OuterRef("clause"), version=OuterRef("version")
    )
    newer = ClausePublished.objects.filter(clause=OuterRef("clause"), version__gt=OuterRef("version"))
    rows = ClausePublished.objects.exclude(Exists(newer)).exclude(Exists(theirs))
    return tuple(_version(row) for row in rows.select_related("wording__change").order_by("clause"))


def accepted_count(clause: str, version: int) -> int:
    """Return how many sellers accepted the version, counted to `MOST`."""
    rows = ClauseAcceptance.objects.filter(clause=clause, version=version).values("seller_ref").distinct()
    return rows[:MOST].count()


def binding(seller_ref: str, clause: str, at: datetime) -> Binding | None:
    """Return what binds the seller in this matter at `at`; None when it accepted none, or none was published."""
    return bindings(seller_ref, [clause], at).get(clause)


def bindings(seller_ref: str, clauses: Iterable[str], at: datetime) -> dict[str, Binding]:
    """Return what binds the seller at `at` by each of these clauses; those that do not bind it are left out."""
    wanted = list(clauses)
    asked = {*wanted, CHANGES.code}
    accepted: dict[str, list[rules.Accepted]] = {code: [] for code in asked}
    for row in ClauseAcceptance.objects.filter(
        seller_ref=seller_ref, clause__in=asked, accepted_at__lte=at
    ).order_by("id"):
        accepted[row.clause].append(rules.Accepted(version=row.version, at=row.accepted_at, act=row.act))
    if not any(accepted[code] for code in wanted):
        return {}
    words = {(one.clause, one.version): one for one in versions(*asked)}
    published = _concerning(seller_ref, words.values())
    changes = rules.by_acceptance(accepted[CHANGES.code], published.get(CHANGES.code, ()), at)
    found = {}
    for code in wanted:
        agreed = changes.since if changes and not BY_CODE[code].money else None
        one = rules.bound(accepted[code], published.get(code, ()), agreed_to_changes_at=agreed, at=at)
        if one is not None:
            found[code] = _binding(one, words[code, one.version])
    return found


def _concerning(seller_ref: str, words: Iterable[Version]) -> dict[str, list[rules.Published]]:
    told = dict(TermsTold.objects.filter(seller_ref=seller_ref).values_list("change", "told_at"))
    found: dict[str, list[rules.Published]] = {}
    for one in words:
        before = found.setdefault(one.clause, [])
        before.append(
            rules.Published(
                version=one.version,
                announced_at=one.announced_at,
                binds_on=one.binds_on,
                notice_days=BY_CODE[one.clause].notice_days,
                is_first=not before,
                is_urgent=bool(one.ground),
                told_at=told.get(one.change),
                act=one.act,
            )
        )
    return found


def _binding(bound: rules.Bound, words: Version) -> Binding:
    return Binding(
        clause=words.clause,
        version=bound.version,
        since=bound.since,
        by=bound.by,
        act=bound.act,
        title=words.title,
        text=words.text,
    )


def _version(row: ClausePublished) -> Version:
    wording: ClauseWording = row.wording
    return Version(
        clause=row.clause,
        version=row.version,
        title=Text(wording.title_ja, wording.title_en),
        text=Text(wording.text_ja, wording.text_en),
        is_own=wording.is_own,
        announced_at=row.announced_at,
        binds_on=row.binds_on,
        ground=wording.change.ground,
        reason=wording.change.reason,
        change=wording.change_id,
        act=row.act,
    )
