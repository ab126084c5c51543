"""A measure in motion: announced, ordered from the marketplace, in force, lifted by itself or undone, and confirmed each time."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar import businesstime
from mamori.grammar.businesstime import CalendarDays
from mamori.grammar.hand import Hand
from mamori.grammar.measure import Concerns
from mamori.grammar.text import Text
from mamori.ground.clocks import actions as clocks
from mamori.ground.clocks import facts as clock_facts
from mamori.ground.market import actions as market
from mamori.ground.terms import facts as terms
from mamori.japan.spoken import spoken
from mamori.law.deadlines import APPEAL_WINDOW, MEASURE_CONFIRMATION, MEASURE_REVIEW
from mamori.law.measures import NOTICE
from mamori.law.measures import measure as declared
from mamori.rooms.enforcement import keeping, notices, stating
from mamori.rooms.enforcement.basis import Basis
from mamori.rooms.enforcement.events import MeasureBegan, MeasureDecided, MeasureEnded
from mamori.rooms.enforcement.lifecycle import MEASURE, MeasureState
from mamori.rooms.enforcement.models import Measure, Strike
from mamori.rooms.enforcement.rules.reasons import ENDED_TEXTS, REVERSING, Ended

NO_END = Text("定めなし（見直しの日があります）", "none (it is reviewed)")
AT_ONCE = Text("ただちに", "at once")


def step(hand: Hand, measure: Measure, name: str) -> None:
    """Take a step of the lifecycle."""
    measure.state = MEASURE.take(name, MeasureState(measure.state), hand.role).value


def carry_out(hand: Hand, measure: Measure, *, expires_days: int) -> MeasureDecided:
    """Let a decided measure take its way, tell the seller with its reasons, and put its points on record."""
    kind = declared(measure.kind)
    measure.appeal_until = _after(hand.at, terms.duration(APPEAL_WINDOW, at=hand.at))
    measure.starts_at = hand.at
    if kind.announced_days:
        measure.starts_at = keeping.start_days(keeping.START_CLOCK, measure, hand.at, kind.announced_days)
    measure.ends_at = _after(measure.starts_at, CalendarDays(measure.days)) if measure.days else None
    stating.state(measure)
    if points := measure.trace["points"]:
        until = _after(hand.at, CalendarDays(expires_days))
        Strike.objects.create(
            finding=measure.finding,
            measure=measure,
            seller_ref=measure.seller_ref,
            points=points,
            at=hand.at,
            until=until,
        )
    if kind.announced_days:
        step(hand, measure, "announce")
    else:
        take_effect(hand, measure)
    measure.save()
    _tell_decided(hand, measure)
    return keeping.news_of(
        MeasureDecided,
        measure,
        starts_at=measure.starts_at.isoformat(),
        ends_at=measure.ends_at.isoformat() if measure.ends_at else "",
        clause=measure.clause,
    )


def take_effect(hand: Hand, measure: Measure) -> None:
    """Let a measure bite from now on: its end or its review is a clock, whatever the marketplace answers."""
    kind = declared(measure.kind)
    if kind.order:
        _order(hand, measure)
    else:
        begin(hand, measure)
    if measure.days:
        measure.ends_at = keeping.start_days(keeping.END_CLOCK, measure, hand.at, measure.days)
    elif measure.kind == NOTICE.code:
        measure.ends_at = keeping.start(APPEAL_WINDOW, keeping.about(measure), hand.at)
    else:
        measure.review_at = keeping.start(MEASURE_REVIEW, keeping.about(measure), hand.at)


def _order(hand: Hand, measure: Measure) -> None:
    kind = declared(measure.kind)
    is_of_seller = kind.concerns in (Concerns.SELLER, Concerns.MONEY, Concerns.CATEGORY)
    measure.instruction = market.order_measure(
        hand,
        kind=kind.order,
        seller_ref=measure.seller_ref,
        target_ref=measure.seller_ref if is_of_seller else measure.target_ref,
        about=keeping.about(measure),
        until=measure.ends_at,
        detail=measure.target_ref if kind.concerns is Concerns.CATEGORY else "",
    )
    step(hand, measure, "order")
    wait_for_market(measure, hand.at)


def order_again(hand: Hand, measure: Measure) -> None:
    """Give the marketplace anew what it could not do, the measure or its lifting."""
    if measure.state == MeasureState.ORDERED:
        _order(hand, measure)
        measure.save()
        return
    undo(hand, measure, Ended(measure.ended_because))


def wait_for_market(measure: Measure, at: datetime, times: int = 1) -> None:
    """Start the clock by which the marketplace is asked again; only the newest one runs."""
    name = keeping.about(measure)
    clocks.stop(about=name, at=at, why="asked anew", kind=MEASURE_CONFIRMATION.code)
    keeping.start(MEASURE_CONFIRMATION, name, at, key=str(times))


def begin(hand: Hand, measure: Measure) -> MeasureBegan:
    """Note that a measure is in force."""
    step(hand, measure, "begin")
    measure.began_at = hand.at
    clocks.stop(about=keeping.about(measure), at=hand.at, why="confirmed", kind=MEASURE_CONFIRMATION.code)
    return keeping.news_of(MeasureBegan, measure)


def undo(hand: Hand, measure: Measure, because: Ended) -> MeasureEnded | None:
    """Lift a measure, or undo it as though it had never been; return the event where it is over at once.

    What the marketplace did it has to undo and confirm first.  Points go with a reversal, in this moment.
    """
    name, reverses = keeping.about(measure), because in REVERSING
    clocks.stop(about=name, at=hand.at, why=because.value)
    measure.ended_because, measure.lift_asked_at = because.value, measure.lift_asked_at or hand.at
    if reverses:
        take_points_away(measure, hand.at)
    if measure.state == MeasureState.ANNOUNCED:
        return finish(hand, measure, "call_off")
    if measure.instruction:
        step(hand, measure, "undo" if reverses else "lift")
        measure.undoing = market.undo(hand, instruction=measure.instruction)
        if measure.undoing:
            wait_for_market(measure, hand.at)
            measure.save()
            return None
    return finish(hand, measure, "reverse" if reverses else "end")


def finish(hand: Hand, measure: Measure, name: str) -> MeasureEnded:
    """End a measure and tell the seller."""
    step(hand, measure, name)
    measure.closed_at = hand.at
    clocks.stop(about=keeping.about(measure), at=hand.at, why=name)
    measure.save()
    because = Ended(measure.ended_because)
    template = notices.REVERSED if because in REVERSING else notices.ENDED
    keeping.tell(
        keeping.seller(measure),
        template,
        measure.finding,
        hand.at,
        measure=declared(measure.kind).title,
        because=ENDED_TEXTS[because],
    )
    return keeping.news_of(MeasureEnded, measure, state=measure.state, because=because.value)


def _after(at: datetime, duration: businesstime.Duration) -> datetime:
    return businesstime.add(at, duration, clock_facts.calendar(), ()).at


def _tell_decided(hand: Hand, measure: Measure) -> None:
    assert measure.starts_at is not None
    assert measure.appeal_until is not None
    basis = Basis(clause=measure.clause, version=measure.clause_version, ground=measure.ground)
    rests_on = basis.clause_title or basis.ground_title or AT_ONCE
    keeping.tell(
        keeping.seller(measure),
        notices.DECIDED,
        measure.finding,
        hand.at,
        measure=declared(measure.kind).title,
        clause=rests_on,
        starts=AT_ONCE if measure.starts_at == hand.at else spoken(measure.starts_at),
        ends=spoken(measure.ends_at) if measure.ends_at else NO_END,
        appeal=spoken(measure.appeal_until),
    )


REPEATABLE = ("notice", "correction")
"""Measures of which several may stand at once."""


def ends_by_cure(measure: Measure) -> bool:
    """Say whether the measure has done its work once the breach is put right."""
    return declared(measure.kind).ends_by_cure


def state_text(measure: Measure) -> Text:
    """Say where a measure stands."""
    return MEASURE.states[MeasureState(measure.state)]


def reverse(hand: Hand, measure: Measure, because: Ended) -> MeasureEnded | None:
    """Make a measure as though it had never been; one that is over, or is being lifted, loses its points."""
    take_points_away(measure, hand.at)
    if measure.closed_at is not None or measure.state == MeasureState.UNDOING:
        return None
    if measure.state == MeasureState.LIFTING:  # the marketplace is undoing it already
        step(hand, measure, "undo")
        measure.ended_because = because.value
        measure.save(update_fields=("state", "ended_because"))
        return None
    return undo(hand, measure, because)


def take_points_away(measure: Measure, at: datetime) -> None:
    """Let the points of a decision count no longer."""
    Strike.objects.filter(measure=measure, ended_at__isnull=True).update(ended_at=at)
