"""Measures of which the marketplace has not confirmed the beginning or the lifting, as a list of staff tells of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from mamori.grammar.hand import Hand
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.declared.fields import IS_OPEN
from mamori.law.measures import measure as declared
from mamori.rooms.enforcement.lifecycle import MeasureState
from mamori.rooms.enforcement.models import Measure
from mamori.rooms.enforcement.rules.bounds import cap_text

SINCE = Text("{days}日目", "day {days}")
CLAUSE = Text("{clause} 第{version}版", "{clause}, version {version}")


@dataclass(frozen=True, slots=True, kw_only=True)
class UnconfirmedRow:
    """A measure in the list: on whom and what, for how many days the marketplace has not answered, and its bounds."""

    number: str
    title: Text
    seller_ref: str
    target_ref: str
    days: Text
    ends_at: datetime | None
    review_at: datetime | None
    cap: Text | None
    clause: Text | None


def unconfirmed(hand: Hand) -> QuerySet[Measure]:
    """Return them."""
    return Measure.objects.filter(
        IS_OPEN, state__in=(MeasureState.ORDERED, MeasureState.LIFTING, MeasureState.UNDOING)
    )


def unconfirmed_rows(rows: Sequence[Measure], hand: Hand) -> list[UnconfirmedRow]:
    """Return what the list tells of these."""
    numbers = cases.numbers_of({f"enforcement.finding:{row.finding_id}" for row in rows})
    return [
        UnconfirmedRow(
            number=numbers[f"enforcement.finding:{row.finding_id}"],
            title=declared(row.kind).title,
            seller_ref=row.seller_ref,
            target_ref=row.target_ref,
            days=SINCE.fill(days=(hand.at - (row.lift_asked_at or row.starts_at or row.decided_at)).days),
            ends_at=row.ends_at if row.days else None,
            review_at=row.review_at,
            cap=cap_text(row.amount) if row.amount else None,
            clause=CLAUSE.fill(clause=row.clause, version=row.clause_version) if row.clause else None,
        )
        for row in rows
    ]
