"""What the index answers: one case, or a page of the open ones in the order in which they fall due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from mamori.ground.cases.models import Case
from mamori.ground.cases.number import CaseNumberMistyped, id_of, number_of
from mamori.ground.declared.fields import IS_OPEN

__all__ = [
    "MOST_COUNTED",
    "CaseFact",
    "CaseNumberMistyped",
    "Cursor",
    "Page",
    "by_number",
    "case_of",
    "count_open",
    "open_cases",
]

MOST_COUNTED = 1_000


@dataclass(frozen=True, slots=True)
class CaseFact:
    """A case as others see it."""

    id: int
    number: str
    kind: str
    about: str
    title: str
    buyer_ref: str
    seller_ref: str
    order_ref: str
    state: str
    attention: str | None
    opened_at: datetime
    next_due_at: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last case of a page: the next page begins after it."""

    next_due_at: datetime | None
    id: int


@dataclass(frozen=True, slots=True)
class Page:
    """Some open cases, and where to go on; None at the end."""

    cases: tuple[CaseFact, ...]
    after: Cursor | None


def case_of(about: str) -> CaseFact:
    """Return the case about that matter.

    :raises LookupError: when there is none (a bug of the room, not a refusal).
    """
    case = Case.objects.filter(about=about).first()
    if case is None:
        raise LookupError(about)
    return _fact(case)


def by_number(number: str) -> CaseFact | None:
    """Return the case with that number, or None; full-width digits, spaces and hyphens are welcome.

    :raises CaseNumberMistyped: when the check digit or the length is wrong.
    """
    case = Case.objects.filter(pk=id_of(number)).first()
    return _fact(case) if case else None


def open_cases(
    *,
    after: Cursor | None = None,
    limit: int = 50,
    seller_ref: str | None = None,
    buyer_ref: str | None = None,
    order_ref: str | None = None,
) -> Page:
    """Return the page after `after`: first what falls due, soonest first, then what has no due moment."""
    chosen = _open(seller_ref=seller_ref, buyer_ref=buyer_ref, order_ref=order_ref)
    rows: list[Case] = []
    if after is None or after.next_due_at is not None:
        rows += due_query(chosen, after)[: limit + 1]
    if len(rows) <= limit:
        undue = after if after is not None and after.next_due_at is None else None
        rows += undue_query(chosen, undue)[: limit + 1 - len(rows)]
    page, more = rows[:limit], len(rows) > limit
    cursor = Cursor(page[-1].next_due_at, page[-1].pk) if more else None
    return Page(tuple(_fact(case) for case in page), cursor)


def count_open(
    *, seller_ref: str | None = None, buyer_ref: str | None = None, order_ref: str | None = None
) -> int:
    """Count the open cases, to at most 1,000: that figure means “1,000 or more”."""
    chosen = _open(seller_ref=seller_ref, buyer_ref=buyer_ref, order_ref=order_ref)
    return len(chosen.order_by().values_list("pk")[:MOST_COUNTED])


def _open(**parties: str | None) -> QuerySet[Case]:
    return Case.objects.filter(IS_OPEN, **{name: ref for name, ref in parties.items() if ref is not None})


def due_query(chosen: QuerySet[Case], after: Cursor | None) -> QuerySet[Case]:
    """Narrow to the cases that fall due, from the cursor on, in index order."""
    query = chosen.filter(next_due_at__isnull=False).order_by("next_due_at", "id")
    if after is None:
        return query
    # The first condition alone bounds the walk along the index; the second only drops what was seen.
    return query.filter(
        Q(next_due_at__gte=after.next_due_at), Q(next_due_at__gt=after.next_due_at) | Q(id__gt=after.id)
    )


def undue_query(chosen: QuerySet[Case], after: Cursor | None) -> QuerySet[Case]:
    """Narrow to the cases without a due moment, from the cursor on, in index order."""
    # Ordered by the empty column too, or PostgreSQL walks all closed cases by their id.
    query = chosen.filter(next_due_at__isnull=True).order_by("next_due_at", "id")
    return query if after is None else query.filter(id__gt=after.id)


def _fact(case: Case) -> CaseFact:
    return CaseFact(
        id=case.pk,
        number=number_of(case.pk),
        kind=case.kind,
        about=case.about,
        title=case.title,
        buyer_ref=case.buyer_ref,
        seller_ref=case.seller_ref,
        order_ref=case.order_ref,
        state=case.state,
        attention=case.attention or None,
        opened_at=case.opened_at,
        next_due_at=case.next_due_at,
        closed_at=case.closed_at,
    )
