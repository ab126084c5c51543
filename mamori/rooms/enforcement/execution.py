"""A measure on its way: announced, ordered from the marketplace, in force; what it waits for, and what the seller is told."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError

from mamori.grammar.businesstime import CalendarDays, Duration
from mamori.grammar.declaration import Template
from mamori.grammar.hand import Hand
from mamori.grammar.measure import Concerns
from mamori.grammar.measure import Measure as Kind
from mamori.grammar.text import Text
from mamori.ground.clocks import facts as clock_facts
from mamori.ground.declared import memory
from mamori.ground.market import actions as market
from mamori.ground.market import facts as market_facts
from mamori.ground.market.facts import InstructionFact
from mamori.ground.matters import settlement as matters
from mamori.ground.matters.standing import Runs
from mamori.ground.terms import facts as terms
from mamori.japan.spoken import spoken
from mamori.law.deadlines import APPEAL_WINDOW, MEASURE_REVIEW
from mamori.law.measures import NOTICE, PROVISIONAL_HIDING
from mamori.law.measures import measure as declared
from mamori.rooms.enforcement import notices, records, statements
from mamori.rooms.enforcement.basis import Basis
from mamori.rooms.enforcement.events import MeasureBegan, MeasureDecided, MeasureEvent
from mamori.rooms.enforcement.judgement import points_given
from mamori.rooms.enforcement.lifecycle import MEASURE, MeasureState
from mamori.rooms.enforcement.models import Appeal, Measure, Strike
from mamori.rooms.enforcement.refusals import AlreadyStands
from mamori.rooms.enforcement.rules import standing
from mamori.rooms.enforcement.rules.bounds import AGAIN_DAYS

NO_END = Text("定めなし（見直しの日があります）", "none (it is reviewed)")
AT_ONCE = Text("ただちに", "at once")
ASKED = ("market_asked_at", "market_asked_times")
"""What is kept of a question to the marketplace that waits for its answer."""
JUST_NOW = Text("たった今", "just now")


def step(hand: Hand, measure: Measure, name: str) -> None:
    """Take a step of the lifecycle."""
    measure.state = MEASURE.take(name, MeasureState(measure.state), hand.role).value


def _stand(hand: Hand, measure: Measure, name: str) -> None:
    """Take a step by which a measure stands: of a kind and target only one does, and the table itself sees to it."""
    step(hand, measure, name)
    try:
        with memory.attempt():
            measure.save(update_fields=("state",))
    except IntegrityError:
        raise AlreadyStands(measure=declared(measure.kind).title, state=JUST_NOW) from None


def carry_out(hand: Hand, measure: Measure, *, expires_days: int) -> tuple[MeasureEvent, ...]:
    """Let a decided measure take its way, tell the seller with its reasons, put its points on record."""
    kind = declared(measure.kind)
    measure.appeal_until = clock_facts.after(hand.at, terms.duration(APPEAL_WINDOW, at=hand.at))
    measure.starts_at = hand.at
    if waits := kind.announced_days and not measure.at_once:
        measure.starts_at = matters.due(standing.start_of(measure, hand.at))
    measure.ends_at, measure.review_at = _end(measure), _review(measure)
    statements.state(measure)
    if points := points_given(measure, hand.at):
        until = clock_facts.after(hand.at, CalendarDays(expires_days))
        Strike.objects.create(
            finding=measure.finding,
            measure=measure,
            seller_ref=measure.seller_ref,
            points=points,
            at=hand.at,
            until=until,
        )
    decided = records.news_of(
        MeasureDecided,
        measure,
        starts_at=measure.starts_at,
        ends_at=measure.ends_at,
        clause=measure.clause,
    )
    began = None
    if waits:
        _stand(hand, measure, "announce")
    else:
        began = take_effect(hand, measure)
    measure.save()
    tell(hand, measure, notices.DECIDED_AT_ONCE if measure.at_once else notices.DECIDED)
    return (decided, began) if began else (decided,)


def wait_for_appeal(measure: Measure, at: datetime) -> None:
    """Let an announced effect that waits for appeals stand still from now on, also where its day has come just now.

    It waits once: whoever took an appeal back may appeal again, but puts nothing off by it.
    """
    if not _waits(measure) or measure.appeals.exists():
        return
    if measure.starts_at is not None and measure.starts_at <= at:
        measure.announced_again_at = at
        measure.save(update_fields=("announced_again_at",))


def announce_again(hand: Hand, measure: Measure, appeal: Appeal) -> None:
    """Let an effect that waited for that appeal come on its day; where that is near or over, announce another to the seller."""
    told_at = measure.finding.decided_at
    if not _waits(measure) or told_at is None or measure.appeals.filter(pk__lt=appeal.pk).exists():
        return
    anew = clock_facts.after(hand.at, CalendarDays(AGAIN_DAYS))
    if matters.due(standing.start_of(measure, told_at)) >= anew:
        return
    measure.announced_again_at, measure.starts_at = hand.at, anew
    measure.ends_at, measure.review_at = _end(measure), _review(measure)
    measure.save(update_fields=("starts_at", "ends_at", "review_at", "announced_again_at"))
    tell(hand, measure, notices.ANNOUNCED_ANEW)


def _waits(measure: Measure) -> bool:
    return measure.state == MeasureState.ANNOUNCED and declared(measure.kind).waits_for_appeal


def take_effect(hand: Hand, measure: Measure) -> MeasureBegan | None:
    """Let a measure bite from now on: its end or its review is a clock, whatever the marketplace answers.

    It has begun at once, and the event says so, where nothing has to be done there.

    :raises AlreadyStands, AlreadyGone: when another took the same in this moment; when what it touches is gone.
    """
    began = None
    measure.starts_at = hand.at
    measure.ends_at = _end(measure)
    if declared(measure.kind).order:
        _stand(hand, measure, "order")
        order(hand, measure)
    else:
        began = begin(hand, measure)
    if measure.days:
        if declared(measure.kind).reviewed:
            measure.review_at = next_review(measure, hand.at)
    elif measure.kind == NOTICE.code:
        measure.ends_at = matters.due(Runs(APPEAL_WINDOW, since=hand.at))
    elif measure.kind != PROVISIONAL_HIDING.code:
        measure.review_at = next_review(measure, hand.at)
    return began


def next_review(measure: Measure, at: datetime) -> datetime | None:
    """Return when somebody looks whether a measure still has to stand, counted from `at`, and keep how long that is.

    Nobody looks again at what ends by itself before: there is none, then.
    """
    span = _until_review(measure, at)
    measure.review_span = str(span)
    looked = clock_facts.after(at, span)
    return looked if measure.ends_at is None or looked < measure.ends_at else None


def _until_review(measure: Measure, at: datetime) -> Duration:
    """Return the span until a review: what is declared, or half of the measure's days where that is sooner."""
    usual = terms.duration(MEASURE_REVIEW, at=at)
    if not measure.days:
        return usual
    half = CalendarDays(max(1, measure.days // 2))
    return half if clock_facts.after(at, half) < clock_facts.after(at, usual) else usual


def order(hand: Hand, measure: Measure) -> None:
    """Ask the marketplace for the measure; where it does not answer it is asked again."""
    kind = declared(measure.kind)
    measure.instruction = market.order_measure(
        hand,
        kind=kind.order,
        seller_ref=measure.seller_ref,
        target_ref=ordered_on(kind, measure.seller_ref, measure.target_ref),
        about=records.about(measure),
        until=measure.ends_at,
        detail=measure.target_ref if kind.concerns is Concerns.CATEGORY else "",
        amount=measure.amount,
    )
    wait_for_market(measure, hand.at)


def ordered_on(kind: Kind, seller_ref: str, target_ref: str) -> str:
    """Return on what the marketplace carries a measure out: the listing or review, else the seller's account."""
    return target_ref if kind.concerns in (Concerns.LISTING, Concerns.REVIEW) else seller_ref


def wait_for_market(measure: Measure, at: datetime, times: int = 1) -> None:
    """Note since when the marketplace is waited for, and how many times it was asked: by a clock it is asked again."""
    measure.market_asked_at, measure.market_asked_times = at, times


def unanswered(measure: Measure) -> tuple[InstructionFact, ...]:
    """Return what the marketplace has not answered about a measure, also what it was asked anew under another id."""
    name = records.about(measure)
    return tuple(one for one in market_facts.instructions_out(about=name) if one.about == name)


def begin(hand: Hand, measure: Measure) -> MeasureBegan:
    """Note that a measure is in force."""
    step(hand, measure, "begin")
    measure.began_at = measure.began_at or hand.at
    return records.news_of(MeasureBegan, measure)


def _end(measure: Measure) -> datetime | None:
    if not measure.days or measure.starts_at is None:
        return None
    return clock_facts.after(measure.starts_at, CalendarDays(measure.days))


def _review(measure: Measure) -> datetime | None:
    """Return when it will be looked at whether it still has to stand, counted from when it begins."""
    assert measure.starts_at is not None
    if measure.kind == NOTICE.code or (measure.days and not declared(measure.kind).reviewed):
        return None
    at = clock_facts.after(measure.starts_at, _until_review(measure, measure.starts_at))
    return at if measure.ends_at is None or at < measure.ends_at else None


def tell(hand: Hand, measure: Measure, template: Template) -> None:
    """Tell the seller of a measure: on what it rests, from when until when, and until when it can appeal."""
    assert measure.starts_at is not None
    assert measure.appeal_until is not None
    is_announced, is_begun = measure.starts_at > hand.at, template is not notices.DECIDED
    kind = declared(measure.kind)
    basis = Basis(clause=measure.clause, version=measure.clause_version, ground=measure.ground)
    records.tell(
        records.seller(measure),
        template,
        measure.finding,
        hand.at,
        measure=kind.title,
        clause=basis.title,
        starts=spoken(measure.starts_at) if is_announced or is_begun else AT_ONCE,
        ends=_ends(measure),
        appeal=spoken(measure.appeal_until),
        **({"days": kind.announced_days, "once": statements.once(measure)} if measure.at_once else {}),
    )


def _ends(measure: Measure) -> Text:
    if measure.ends_at is None:
        return NO_END
    ends = spoken(measure.ends_at)
    if measure.review_at is None:
        return ends
    looked = spoken(measure.review_at)
    return Text(f"{ends.ja}（{looked.ja}に見直します）", f"{ends.en} (it is reviewed at {looked.en})")
