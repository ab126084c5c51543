"""What others may ask of this room: a seller's record, what is held and what stands, as frozen values."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import datetime

from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.clocks import facts as clocks
from mamori.ground.declared.fields import alike
from mamori.law.breaches import breach as breach_of
from mamori.law.deadlines import BREACH_HEARING
from mamori.law.measures import PAYOUT_HELD, PROVISIONAL_HIDING, measure as declared
from mamori.rooms.enforcement.acts import ACTS
from mamori.rooms.enforcement.appeals.queries import objections as objections
from mamori.rooms.enforcement.clarifications.queries import (
    awaited_of as awaited_of,
    last_answer as last_answer,
    mail_of as mail_of,
)
from mamori.rooms.enforcement.findings import matter as records
from mamori.rooms.enforcement.lifecycle import FindingState, MeasureState, PolicyState
from mamori.rooms.enforcement.measures import execution
from mamori.rooms.enforcement.measures.queries import (
    removals as removals,
    settled as settled,
    settled_rows as settled_rows,
)
from mamori.rooms.enforcement.models import Finding, Measure, Policy, Strike
from mamori.rooms.enforcement.outlines import OUTLINES as OUTLINES
from mamori.rooms.enforcement.policy.records import counted_points
from mamori.rooms.enforcement.rules.bounds import ENDED_TEXTS, Ended, cap_text
from mamori.rooms.enforcement.rules.standing import BITES

BITING = (
    MeasureState.ANNOUNCED,
    MeasureState.ORDERED,
    MeasureState.IN_FORCE,
    MeasureState.LIFTING,
    MeasureState.UNDOING,
)
NEVER_CAME = (MeasureState.PROPOSED, MeasureState.REJECTED)
"""What is only proposed, or was not approved, is no measure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureFact:
    """A measure as others see it; `amount` caps a hold of money, in yen, 0 = all."""

    id: int
    finding: int
    kind: str
    title: Text
    breach: str
    seller_ref: str
    target_ref: str
    amount: int
    clause: str
    clause_version: int
    state: str
    decided_at: datetime
    starts_at: datetime | None
    ends_at: datetime | None
    review_at: datetime | None
    appeal_until: datetime | None
    closed_at: datetime | None
    ended_because: str
    now: Text

    @property
    def cap(self) -> Text:
        """Say how much of a payout is held at most."""
        return cap_text(self.amount)

    @property
    def is_provisional(self) -> bool:
        """Say whether it is a provisional hiding, which is no measure."""
        return self.kind == PROVISIONAL_HIDING.code

    @property
    def is_going(self) -> bool:
        """Say whether it is being lifted or undone, and the marketplace has not confirmed."""
        return self.state in (MeasureState.LIFTING, MeasureState.UNDOING)

    @property
    def is_coming(self) -> bool:
        """Say whether it is announced, and has not begun."""
        return self.state == MeasureState.ANNOUNCED

    @property
    def stands(self) -> Text:
        """Say how it stands, and why it is over or reversed."""
        state = self.now
        if not self.ended_because:
            return state
        why = ENDED_TEXTS[Ended(self.ended_because)]
        return Text(f"{state.ja}（{why.ja}）", f"{state.en} ({why.en})")


@dataclass(frozen=True, slots=True, kw_only=True)
class StrikeFact:
    """Points on a seller's record, and until when they count."""

    finding: int
    breach: str
    points: int
    at: datetime
    until: datetime
    ended_at: datetime | None

    @property
    def title(self) -> Text:
        """Return what they are for."""
        return breach_of(self.breach).title


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFact:
    """What stands against a seller at a moment: the points that count, findings that are open, measures that came to be."""

    seller_ref: str
    points: int
    strikes: tuple[StrikeFact, ...]
    open_findings: int
    measures: tuple[MeasureFact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedFact:
    """A finding on which a seller is asked for its view, until when."""

    case: str
    title: Text
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldFact:
    """A hold of money by its age in days."""

    measure: MeasureFact
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyHeld:
    """A hold of a seller's money that is in force: its cap in yen (0 = all), the clause, when it is looked at and ends."""

    measure: int
    seller_ref: str
    amount: int
    clause: str
    clause_version: int
    review_at: datetime | None
    ends_at: datetime | None


_HELD = ("pk", *(one.name for one in fields(MoneyHeld) if one.name != "measure"))
"""The columns that say it."""


def measure(measure: int) -> MeasureFact | None:
    """Return the measure, or nothing."""
    found = Measure.objects.select_related("finding").filter(pk=measure).first()
    return _fact(found) if found else None


def standing(seller_ref: str) -> tuple[MeasureFact, ...]:
    """Return the measures that bite a seller just now, the gravest first."""
    rows = Measure.objects.select_related("finding").filter(seller_ref=seller_ref, closed_at__isnull=True)
    facts = [_fact(row) for row in rows if row.state in BITING]
    return tuple(sorted(facts, key=lambda fact: -declared(fact.kind).gravity))


def provisionally_hidden(listing: str) -> bool:
    """Say whether a listing is provisionally hidden: ordered from the marketplace, which has not refused, and not decided."""
    return hidden_by(listing) is not None


def hidden_by(listing: str) -> int | None:
    """Return the finding on which a listing is provisionally hidden just now, or nothing."""
    rows = Measure.objects.filter(kind=PROVISIONAL_HIDING.code, target_ref=listing, state__in=BITES)
    hidden = rows.filter(finding__closed_at__isnull=True).order_by("pk")
    return next((row.finding_id for row in hidden if not execution.was_refused(row)), None)


def case_of_finding(finding: int) -> str:
    """Return the number of the case of a finding."""
    return cases.case_of(f"enforcement.finding:{finding}").number


def asked(seller_ref: str, limit: int = 20) -> tuple[AskedFact, ...]:
    """Return the findings on which a seller is asked for its view, due first; of others it was not told."""
    rows = Finding.objects.filter(seller_ref=seller_ref, state=FindingState.HEARING).order_by("id")
    found = {records.about(row): row for row in rows[:limit]}
    running = clocks.open_of(list(found), kinds=(BREACH_HEARING.code,))
    numbers = cases.numbers_of(list(found))
    facts = [
        AskedFact(
            case=numbers[clock.about], title=breach_of(found[clock.about].breach).title, due_at=clock.due_at
        )
        for clock in running
    ]
    return tuple(sorted(facts, key=lambda fact: fact.due_at))


def record(seller_ref: str, *, at: datetime, limit: int = 100) -> RecordFact:
    """Return what is on a seller's record, the newest first."""
    strikes = Strike.objects.select_related("finding").filter(seller_ref=seller_ref).order_by("-at", "-id")
    measures = Measure.objects.select_related("finding").filter(seller_ref=seller_ref).order_by("-id")
    measures = measures.exclude(state__in=NEVER_CAME)
    return RecordFact(
        seller_ref=seller_ref,
        points=counted_points(seller_ref, at),
        strikes=tuple(
            alike(StrikeFact, row, finding=row.finding_id, breach=row.finding.breach)
            for row in strikes[:limit]
        ),
        open_findings=Finding.objects.filter(seller_ref=seller_ref, closed_at__isnull=True).count(),
        measures=tuple(_fact(row) for row in measures[:limit]),
    )


def held(*, at: datetime, limit: int = 200) -> tuple[HeldFact, ...]:
    """Return the holds of money that are open, the oldest first."""
    rows = Measure.objects.select_related("finding").filter(
        kind=PAYOUT_HELD.code, closed_at__isnull=True, state__in=BITING
    )
    return tuple(
        HeldFact(measure=_fact(row), days=(at - (row.starts_at or row.decided_at)).days)
        for row in rows.order_by("starts_at", "id")[:limit]
    )


def money_held(seller_refs: Collection[str]) -> dict[str, tuple[MoneyHeld, ...]]:
    """Return the holds of money that bite these sellers, in one look: none that is announced or being lifted."""
    rows = Measure.objects.filter(
        seller_ref__in=seller_refs,
        kind=PAYOUT_HELD.code,
        closed_at__isnull=True,
        state__in=(MeasureState.ORDERED, MeasureState.IN_FORCE),
    )
    found: dict[str, tuple[MoneyHeld, ...]] = {}
    for values in rows.order_by("id").values(*_HELD):
        held = MoneyHeld(measure=values.pop("pk"), **values)
        found[held.seller_ref] = (*found.get(held.seller_ref, ()), held)
    return found


def abouts_of(seller_ref: str, limit: int = 200) -> tuple[str, ...]:
    """Return the names by which the case index knows a seller's findings, the newest first."""
    rows = Finding.objects.filter(seller_ref=seller_ref).order_by("-id").values_list("pk", flat=True)
    return tuple(f"enforcement.finding:{number}" for number in rows[:limit])


def act_text(kind: str) -> Text | None:
    """Say an act of this room; None for those of others."""
    words = ACTS.get(kind)
    return words.text if words else None


def _fact(row: Measure) -> MeasureFact:
    return alike(
        MeasureFact,
        row,
        finding=row.finding_id,
        title=declared(row.kind).title,
        breach=row.finding.breach,
        ends_at=row.ends_at if row.days else None,
        now=execution.state_text(row),
    )


def policy_waiting(reader: str) -> int:
    """Return which change of policy waits for this person's approval, 0 for none: it does for everybody but who proposed it."""
    found = Policy.objects.filter(state=PolicyState.PROPOSED).exclude(proposed_by=reader)
    return found.values_list("number", flat=True).first() or 0
