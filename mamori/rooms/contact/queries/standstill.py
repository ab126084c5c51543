"""What pages show of clocks that stand still: a seller's closing days, the regions in which a disaster stops clocks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from mamori.grammar.businesstime import day_text
from mamori.grammar.hand import Hand
from mamori.grammar.text import Text
from mamori.ground.terms import facts as terms
from mamori.japan.calendar import JAPAN
from mamori.law.settings import CLOSINGS_LEAVE, CLOSINGS_MOST, CLOSINGS_NOTICE
from mamori.rooms.contact import standstill
from mamori.rooms.contact.finding import seller_of
from mamori.rooms.contact.models import SellerClosing, Suspension

PAST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingShown:
    """Closing days of a shop that follow each other; `ids` are the entries that make them up, joined by commas."""

    ids: str
    days: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspensionShown:
    """A region and cause, since when and until when; `review_on` is the day of its next review."""

    id: int
    why: Text
    with_resolution: bool
    began_at: datetime
    review_on: Text
    ended_at: datetime | None


def closings(hand: Hand) -> dict[str, Any]:
    """Return the closing days of the hand's shop that lie ahead, and the operator's rule about them."""
    rows = SellerClosing.objects.filter(
        seller_ref=seller_of(hand), last__gte=hand.at.astimezone(JAPAN).date(), withdrawn_at__isnull=True
    )
    most, notice, leave = terms.settings(CLOSINGS_MOST, CLOSINGS_NOTICE, CLOSINGS_LEAVE, at=hand.at)
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


def suspensions() -> dict[str, list[SuspensionShown]]:
    """Return the suspensions in force, and the newest that were lifted."""
    past = Suspension.objects.filter(ended_at__isnull=False).order_by("-id")[:PAST]
    return {
        "in_force": [_suspension(one) for one in standstill.in_force()],
        "past": [_suspension(one) for one in past],
    }


def suspension(number: int) -> SuspensionShown | None:
    """Return a suspension that is in force, or nothing."""
    return next((_suspension(one) for one in standstill.in_force() if one.pk == number), None)


def _suspension(one: Suspension) -> SuspensionShown:
    return SuspensionShown(
        id=one.pk,
        why=standstill.reason_of(one),
        with_resolution=one.with_resolution,
        began_at=one.began_at,
        review_on=day_text(one.review_on),
        ended_at=one.ended_at,
    )


def _days(first: date, last: date) -> Text:
    begin, end = day_text(first), day_text(last)
    return begin if first == last else Text(f"{begin.ja}から{end.ja}まで", f"{begin.en} to {end.en}")
