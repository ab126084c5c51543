"""An appeal as its seller and its reviewers see it: what it is against, what was said, what can be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mamori.grammar.hand import Hand
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.cases.facts import CaseNumberMistyped
from mamori.ground.clocks import facts as clocks
from mamori.ground.clocks.facts import ClockFact
from mamori.law.measures import measure as measure_of
from mamori.rooms.enforcement import appealing, keeping, sealed
from mamori.rooms.enforcement.finding import NotThere, may_see
from mamori.rooms.enforcement.lifecycle import APPEAL, AppealState
from mamori.rooms.enforcement.models import Appeal


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One message, or one note; `words` is None once the seller's key is destroyed."""

    by_seller: bool
    at: datetime
    words: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealShown:
    """Everything that the page of an appeal shows; `notes` are the reviewers' alone."""

    id: int
    number: str
    seller_ref: str
    state: AppealState
    state_text: Text
    against: Text
    matter_number: str
    received_at: datetime
    due: ClockFact | None
    reviewer: str
    alone: bool
    messages: tuple[Said, ...]
    notes: tuple[Said, ...]
    outcome: str | None
    closed_at: datetime | None
    steps: frozenset[str]


def appeal_of(hand: Hand, number: str) -> AppealShown:
    """Return the appeal behind a case number as this hand may know it.

    :raises NotThere: when there is none for this hand.
    """
    found = _found(number)
    if found is None or not may_see(hand, found.seller_ref):
        raise NotThere()
    state = AppealState(found.state)
    measure = found.measure
    assert measure is not None
    running = clocks.open_clocks(appealing.about(found))
    return AppealShown(
        id=found.pk,
        number=number,
        seller_ref=found.seller_ref,
        state=state,
        state_text=APPEAL.states[state],
        against=measure_of(measure.kind).title,
        matter_number=keeping.number(measure.finding),
        received_at=found.received_at,
        due=running[0] if running else None,
        reviewer=found.reviewer,
        alone=found.alone,
        messages=tuple(
            Said(by_seller=row.by_seller, at=row.at, words=words) for row, words in appealing.messages(found)
        ),
        notes=tuple(Said(by_seller=False, at=row.at, words=words) for row, words in appealing.notes(found))
        if hand.is_staff
        else (),
        outcome=sealed.read("enforcement_appeal", found.pk, "outcome", found.seller_ref, found.outcome),
        closed_at=found.closed_at,
        steps=frozenset(step.name for step in APPEAL.allowed(state, hand.role)),
    )


def numbers_against(measures: tuple[int, ...]) -> dict[int, str]:
    """Return the number of the newest appeal against each of these measures."""
    rows = list(Appeal.objects.filter(measure__in=measures).order_by("id"))
    numbers = cases.numbers_of([appealing.about(row) for row in rows])
    return {row.measure_id or 0: numbers[appealing.about(row)] for row in rows}


def _found(number: str) -> Appeal | None:
    try:
        case = cases.by_number(number)
    except CaseNumberMistyped:
        return None
    kind, _, row = case.about.partition(":") if case else ("", "", "")
    if kind != "enforcement.appeal":
        return None
    return Appeal.objects.select_related("measure__finding").filter(pk=int(row)).first()
