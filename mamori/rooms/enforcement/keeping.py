"""What every action of this room ends with: the act recorded, the events told, the case index brought up to date."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from mamori.grammar.businesstime import CalendarDays
from mamori.grammar.declaration import Deadline, Template
from mamori.grammar.event import Event
from mamori.grammar.hand import Hand
from mamori.ground.cases import actions as cases
from mamori.ground.cases import facts as case_facts
from mamori.ground.clocks import actions as clocks
from mamori.ground.clocks import facts as clock_facts
from mamori.ground.ledger import actions as ledger
from mamori.ground.market import facts as market
from mamori.ground.outbox import actions as outbox
from mamori.ground.terms import facts as terms
from mamori.law.breaches import breach as declared_breach
from mamori.law.deadlines import CURE_LOOK
from mamori.rooms.enforcement.events import MeasureEvent
from mamori.rooms.enforcement.lifecycle import MeasureState
from mamori.rooms.enforcement.models import Appeal, Finding, Measure
from mamori.rooms.enforcement.rules import curing

END_CLOCK = "enforcement.end"
"""The clock by which a timed measure lifts by itself, or a correction is due."""
START_CLOCK = "enforcement.start"
"""The clock by which an announced measure takes effect."""
WAITS = frozenset(
    {
        MeasureState.PROPOSED,
        MeasureState.ANNOUNCED,
        MeasureState.ORDERED,
        MeasureState.LIFTING,
        MeasureState.UNDOING,
    }
)
"""The states of a measure in which somebody still has to act, so that its case stays open."""
ON_ITS_WAY = (MeasureState.LIFTING, MeasureState.UNDOING)
"""The states of a measure that is being taken back."""
LASTING = ("view", "cure", "review")
"""What a case asks for until it was dealt with, the most urgent first, whatever else is done meanwhile."""


def stands(finding: Finding) -> bool:
    """Say whether a measure of the finding stands or waits, and is not being taken back."""
    return finding.measures.filter(closed_at__isnull=True).exclude(state__in=ON_ITS_WAY).exists()


def about(thing: Finding | Measure) -> str:
    """Return the name under which clocks know the thing; acts and the case go by the finding's."""
    return f"enforcement.{'finding' if isinstance(thing, Finding) else 'measure'}:{thing.pk}"


def seller(thing: Finding | Measure | Appeal) -> str:
    """Return the seller as notices and keys name it."""
    return f"seller:{thing.seller_ref}"


def number(finding: Finding) -> str:
    """Return the number that people use for the finding."""
    return case_facts.case_of(about(finding)).number


def enter(finding: Finding) -> None:
    """Enter the finding into the case index, to be found by its breach and its shop; nobody's words are there."""
    title, shop = declared_breach(finding.breach).title, market.seller(finding.seller_ref)
    cases.open(
        kind="enforcement.finding",
        about=about(finding),
        title=title.ja,
        buyer_ref="",
        seller_ref=finding.seller_ref,
        order_ref=finding.order_ref,
        at=finding.opened_at,
        subject=seller(finding),
        called=f"{title.en} {shop.name if shop else ''}",
    )


def start(deadline: Deadline, name: str, at: datetime, key: str = "") -> datetime:
    """Start a clock with the duration that is set today, and return its due moment."""
    duration = terms.duration(deadline, at=at)
    return clocks.start(kind=deadline.code, about=name, at=at, duration=duration, key=key).at


def start_days(kind: str, measure: Measure, at: datetime, days: int) -> datetime:
    """Start a clock of so many calendar days for a measure and return its due moment."""
    return clocks.start(kind=kind, about=about(measure), at=at, duration=CalendarDays(days)).at


def news[E: Event](kind: type[E], finding: Finding, **values: Any) -> E:
    """Make an event about a finding."""
    known: dict[str, Any] = {
        "subject": about(finding),
        "case": number(finding),
        "finding": finding.pk,
        "seller_ref": finding.seller_ref,
    }
    return kind(**known, **values)


def news_of[E: MeasureEvent](kind: type[E], measure: Measure, **values: Any) -> E:
    """Make an event about a measure."""
    return news(
        kind,
        measure.finding,
        measure=measure.pk,
        what=measure.kind,
        target_ref=measure.target_ref,
        **values,
    )


def keep(
    hand: Hand,
    finding: Finding,
    verb: str,
    *events: Event,
    ground: str = "",
    reason: str = "",
    attention: str | None = None,
    **payload: Any,
) -> int:
    """Record the act, publish the events, refresh the case; return the act's number.

    What the case asks of somebody stays until staff act, unless `attention` says otherwise; what is LASTING, until it was done.
    """
    name = about(finding)
    finding.version += 1
    finding.save(update_fields=("version",))
    act = ledger.record(
        hand,
        kind=f"enforcement.{verb}",
        subject=seller(finding),
        about=name,
        ground=ground,
        reason=reason,
        payload={"state": finding.state, **payload},
    )
    for event in events:
        outbox.publish(event, at=hand.at)
    running = list(finding.measures.filter(closed_at__isnull=True))
    asks = _asks(finding, running, hand.at)
    if attention is None and not hand.is_staff:
        attention = case_facts.case_of(name).attention
    if attention in LASTING and attention not in asks:
        attention = None
    waiting = [m for m in running if m.state in WAITS]
    abouts = (name, *(about(measure) for measure in (*waiting, *_to_review(running))))
    due = [moment for moment in map(clock_facts.next_due, abouts) if moment is not None]
    cases.update(
        about=name,
        state=finding.state,
        next_due_at=min(due, default=None),
        closed_at=None if waiting or asks else finding.closed_at,
        attention=attention or next(iter(asks), None),
        asks=asks,
    )
    return act


def _to_review(running: list[Measure]) -> list[Measure]:
    """Return the measures of which somebody has to look whether they still have to stand."""
    return [m for m in running if m.review_due_since is not None and m.state not in ON_ITS_WAY]


def _asks(finding: Finding, running: list[Measure], at: datetime) -> tuple[str, ...]:
    """Return what somebody has to do whatever else happens: the case stays open until it was dealt with."""
    asked = {
        "view": finding.view_unread_since is not None,
        "cure": _awaits_look(finding, at),
        "review": bool(_to_review(running)),
    }
    return tuple(name for name in LASTING if asked[name])


def _awaits_look(finding: Finding, at: datetime) -> bool:
    """Say whether somebody has to see what the seller says that it put right; where nothing stands nobody is reminded."""
    if not curing.awaits_look(finding.cure_said_at, finding.cured_at):
        return False
    if finding.closed_at is None or stands(finding):
        return True
    clocks.stop(about=about(finding), at=at, why="nothing stands", kind=CURE_LOOK.code)
    return False


def tell(to: str, template: Template, finding: Finding, at: datetime, **values: Any) -> None:
    """Write a notice; the case number and what is alleged are always in it."""
    said = {"number": number(finding), "breach": declared_breach(finding.breach).title, **values}
    outbox.notify(to=to, template=template, values=said, about=about(finding), at=at)
