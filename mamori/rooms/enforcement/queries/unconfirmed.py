"""Measures that the marketplace has not confirmed, and what is provisionally hidden, as lists of staff tell of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from mamori.grammar.hand import Hand
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.declared.fields import IS_OPEN
from mamori.law.breaches import breach as breach_of
from mamori.law.clauses import called
from mamori.law.measures import PROVISIONAL_HIDING
from mamori.law.measures import measure as declared
from mamori.rooms.enforcement import reversal
from mamori.rooms.enforcement.lifecycle import FINDING, FindingState, MeasureState
from mamori.rooms.enforcement.models import Finding, Measure
from mamori.rooms.enforcement.rules.bounds import cap_text
from mamori.rooms.enforcement.rules.standing import BITES

LOOKED = Text("確かめた：続ける", "looked at: stays")
TO_LOOK = Text("確認待ち", "waits for a look")
SINCE = Text("{days}日目", "day {days}")


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


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenRow:
    """A listing that is provisionally hidden: since when, whether a lead or counsel looked, and how the seller's view stands."""

    number: str
    title: Text
    seller_ref: str
    target_ref: str
    since: datetime
    looked: Text
    looked_at: datetime | None
    state: Text
    view_due_at: datetime | None


def hidden(hand: Hand) -> QuerySet[Measure]:
    """Return what is provisionally hidden and not decided upon."""
    rows = Measure.objects.filter(IS_OPEN, kind=PROVISIONAL_HIDING.code, state__in=BITES)
    return rows.filter(finding__closed_at__isnull=True)


def hidden_rows(rows: Sequence[Measure], hand: Hand) -> list[HiddenRow]:
    """Return what the list tells of these."""
    numbers = cases.numbers_of({f"enforcement.finding:{row.finding_id}" for row in rows})
    findings = Finding.objects.in_bulk([row.finding_id for row in rows])
    return [
        HiddenRow(
            number=numbers[f"enforcement.finding:{row.finding_id}"],
            title=breach_of(findings[row.finding_id].breach).title,
            seller_ref=row.seller_ref,
            target_ref=row.target_ref,
            since=row.decided_at,
            looked=_looked(row),
            looked_at=row.reviewed_at,
            state=FINDING.states[FindingState(findings[row.finding_id].state)],
            view_due_at=row.view_due_at,
        )
        for row in rows
    ]


def _looked(row: Measure) -> Text:
    """Say whether somebody looked; what the marketplace refused is hidden from nobody, and reads so."""
    if row.state == MeasureState.ORDERED and reversal.was_refused(row):
        return reversal.REFUSED[MeasureState.ORDERED]
    return LOOKED if row.reviewed_at else TO_LOOK


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
            clause=called(row.clause, row.clause_version) if row.clause else None,
        )
        for row in rows
    ]
