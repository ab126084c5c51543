"""What pages show of clocks that stand still: a seller's closing days, the cases that staff let stand still."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from mamori.grammar.actor import Actor
from mamori.grammar.businesstime import day_text
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.terms import facts as terms
from mamori.japan.calendar import JAPAN
from mamori.law.settings import CLOSINGS_LEAVE, CLOSINGS_MOST, CLOSINGS_NOTICE
from mamori.rooms.contact.finding import seller_of
from mamori.rooms.contact.models import SellerClosing, Standstill
from mamori.rooms.contact.rules.standstill import CAUSES, Cause


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingShown:
    """Closing days of a shop that follow each other; `ids` are the entries that make them up, joined by commas."""

    ids: str
    days: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class StandstillShown:
    """Cases that stand still for one cause until one moment: their numbers, each with the address of its page."""

    numbers: dict[str, str]
    why: Text
    until: datetime


def closings(actor: Actor) -> dict[str, Any]:
    """Return the closing days of the actor's shop that lie ahead, and the operator's rule about them."""
    rows = SellerClosing.objects.filter(
        seller_ref=seller_of(actor), last__gte=actor.at.astimezone(JAPAN).date(), withdrawn_at__isnull=True
    )
    most, notice, leave = terms.settings(CLOSINGS_MOST, CLOSINGS_NOTICE, CLOSINGS_LEAVE, at=actor.at)
    return {"closings": _joined(rows.order_by("first", "id")), "most": most, "notice": notice, "leave": leave}


def _joined(rows: Iterable[SellerClosing]) -> list[ClosingShown]:
    """Join days that overlap or touch: whoever declares five days one by one sees one stretch of five."""
    spans: list[tuple[list[str], date, date]] = []
    for row in rows:
        if spans and row.first <= spans[-1][2] + timedelta(days=1):
            ids, first, last = spans.pop()
            spans.append(([*ids, str(row.pk)], first, max(last, row.last)))
        else:
            spans.append(([str(row.pk)], row.first, row.last))
    return [ClosingShown(ids=",".join(ids), days=_days(first, last)) for ids, first, last in spans]


def standstills(at: datetime, case_page: str) -> tuple[StandstillShown, ...]:
    """Return the cases that stand still, together where cause and end are the same, the first to run on first."""
    found: dict[tuple[datetime, str], list[str]] = {}
    for one in Standstill.objects.filter(until__gt=at).order_by("until", "pk"):
        found.setdefault((one.until, one.cause), []).append(one.about)
    known = cases.numbers_of([about for abouts in found.values() for about in abouts])
    return tuple(
        StandstillShown(
            numbers={known[about]: case_page.format(number=known[about]) for about in abouts},
            why=CAUSES[Cause(cause)],
            until=until,
        )
        for (until, cause), abouts in found.items()
    )


def _days(first: date, last: date) -> Text:
    begin, end = day_text(first), day_text(last)
    return begin if first == last else Text(f"{begin.ja}から{end.ja}まで", f"{begin.en} to {end.en}")
