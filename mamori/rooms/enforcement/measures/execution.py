"""A measure on its way, and taken back: announced, ordered, in force, lifted or reversed, never half done."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError

from mamori.grammar.actor import Actor, Role
from mamori.grammar.businesstime import CalendarDays, Duration
from mamori.grammar.declaration import Template
from mamori.grammar.measure import Concerns, Measure as Kind, Reach
from mamori.grammar.text import Text
from mamori.ground.clocks import facts as clock_facts
from mamori.ground.declared import memory
from mamori.ground.market import actions as market, facts as market_facts
from mamori.ground.market.facts import InstructionFact, InstructionState
from mamori.ground.matters import settlement as matters
from mamori.ground.matters.standing import Runs
from mamori.ground.outbox import actions as outbox
from mamori.ground.people import facts as people
from mamori.ground.terms import facts as terms
from mamori.japan.calendar import spoken
from mamori.law.deadlines import APPEAL_WINDOW, MEASURE_REVIEW
from mamori.law.measures import (
    CLOSED,
    LISTING_HIDDEN,
    LISTING_REMOVED,
    NOTICE,
    PROVISIONAL_HIDING,
    SUSPENDED,
    measure as declared,
)
from mamori.rooms.enforcement import notices
from mamori.rooms.enforcement.events import (
    ListingUnhidden,
    MeasureBegan,
    MeasureDecided,
    MeasureEnded,
    MeasureEvent,
)
from mamori.rooms.enforcement.findings import matter as records
from mamori.rooms.enforcement.lifecycle import MEASURE, MeasureState
from mamori.rooms.enforcement.measures import statements
from mamori.rooms.enforcement.measures.refusals import AlreadyStands, Basis, HeadsShowAgain
from mamori.rooms.enforcement.models import Appeal, Finding, Measure, Strike
from mamori.rooms.enforcement.policy.records import Judged, decided_with, points_given
from mamori.rooms.enforcement.rules import bounds, standing
from mamori.rooms.enforcement.rules.bounds import AGAIN_DAYS, ENDED_TEXTS, REVERSING, Ended
from mamori.rooms.enforcement.rules.standing import BITES, ON_ITS_WAY

# A measure on its way: announced, ordered from the marketplace, in force; what it waits for, and what the seller is told.


NO_END = Text("定めなし（見直しの日があります）", "none (it is reviewed)")
AT_ONCE = Text("ただちに", "at once")
ASKED = ("market_asked_at", "market_asked_times")
"""What is kept of a question to the marketplace that waits for its answer."""
JUST_NOW = Text("たった今", "just now")


def step(actor: Actor, measure: Measure, name: str) -> None:
    """Take a step of the lifecycle."""
    measure.state = MEASURE.take(name, MeasureState(measure.state), actor.role).value


def _stand(actor: Actor, measure: Measure, name: str) -> None:
    """Take a step by which a measure stands: of a kind and target only one does, and the table itself sees to it."""
    step(actor, measure, name)
    try:
        with memory.attempt():
            measure.save(update_fields=("state",))
    except IntegrityError:
        raise AlreadyStands(measure=declared(measure.kind).title, state=JUST_NOW) from None


def new(actor: Actor, finding: Finding, kind: Kind, judged: Judged, rests: Basis, **more: Any) -> Measure:
    """Make and keep a measure of that kind on what a finding names, with what it rests on and what the policy answered."""
    measure = Measure(
        finding=finding,
        kind=kind.code,
        seller_ref=finding.seller_ref,
        target_ref=target_of(kind, finding),
        clause=rests.clause,
        clause_version=rests.version,
        ground=rests.ground,
        policy=judged.policy,
        row=judged.answer.row,
        proposed=judged.answer.measure,
        trace=judged.trace(),
        decided_by=people.subject_of(actor),
        decided_at=actor.at,
        **more,
    )
    measure.save(force_insert=True)
    return measure


def target_of(kind: Kind, finding: Finding) -> str:
    """Return what of that which a finding names a measure touches, "" where it is the seller, or nothing is named."""
    needed = bounds.needed_target(kind)
    return getattr(finding, needed) if needed else ""


def carry_out(actor: Actor, measure: Measure, *, expires_days: int) -> tuple[MeasureEvent, ...]:
    """Let a decided measure take its way, tell the seller with its reasons, put its points on record."""
    kind = declared(measure.kind)
    measure.appeal_until = clock_facts.after(actor.at, terms.duration(APPEAL_WINDOW, at=actor.at))
    measure.starts_at = actor.at
    if waits := kind.announced_days and not measure.at_once:
        measure.starts_at = matters.due(standing.start_of(measure, actor.at))
    measure.ends_at, measure.review_at = _end(measure), _review(measure)
    statements.state(measure)
    if points := points_given(measure, actor.at):
        until = clock_facts.after(actor.at, CalendarDays(expires_days))
        Strike.objects.create(
            finding=measure.finding,
            measure=measure,
            seller_ref=measure.seller_ref,
            points=points,
            at=actor.at,
            until=until,
        )
    decided = records.news_of(
        MeasureDecided, measure, starts_at=measure.starts_at, ends_at=measure.ends_at, clause=measure.clause
    )
    began = None
    if waits:
        _stand(actor, measure, "announce")
    else:
        began = take_effect(actor, measure)
    measure.save()
    notify(actor, measure, notices.DECIDED_AT_ONCE if measure.at_once else notices.DECIDED)
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


def announce_again(actor: Actor, measure: Measure, appeal: Appeal) -> None:
    """Let an effect that waited for that appeal come on its day; where that is near or over, announce another to the seller."""
    told_at = measure.finding.decided_at
    if not _waits(measure) or told_at is None or measure.appeals.filter(pk__lt=appeal.pk).exists():
        return
    anew = clock_facts.after(actor.at, CalendarDays(AGAIN_DAYS))
    if matters.due(standing.start_of(measure, told_at)) >= anew:
        return
    measure.announced_again_at, measure.starts_at = actor.at, anew
    measure.ends_at, measure.review_at = _end(measure), _review(measure)
    measure.save(update_fields=("starts_at", "ends_at", "review_at", "announced_again_at"))
    notify(actor, measure, notices.ANNOUNCED_ANEW)


def _waits(measure: Measure) -> bool:
    return measure.state == MeasureState.ANNOUNCED and declared(measure.kind).waits_for_appeal


def take_effect(actor: Actor, measure: Measure) -> MeasureBegan | None:
    """Let a measure bite from now on: its end or its review is a clock, whatever the marketplace answers.

    It has begun at once, and the event says so, where nothing has to be done there.
    """
    began = None
    measure.starts_at = actor.at
    measure.ends_at = _end(measure)
    if declared(measure.kind).order:
        _stand(actor, measure, "order")
        order(actor, measure)
    else:
        began = begin(actor, measure)
    if measure.days:
        if declared(measure.kind).reviewed:
            measure.review_at = next_review(measure, actor.at)
    elif measure.kind == NOTICE.code:
        measure.ends_at = matters.due(Runs(APPEAL_WINDOW, since=actor.at))
    elif measure.kind != PROVISIONAL_HIDING.code:
        measure.review_at = next_review(measure, actor.at)
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


def order(actor: Actor, measure: Measure) -> None:
    """Ask the marketplace for the measure; where it does not answer it is asked again."""
    kind = declared(measure.kind)
    measure.instruction = market.order_measure(
        actor,
        kind=kind.order,
        seller_ref=measure.seller_ref,
        target_ref=ordered_on(kind, measure.seller_ref, measure.target_ref),
        about=records.about(measure),
        until=measure.ends_at,
        detail=measure.target_ref if kind.concerns is Concerns.CATEGORY else "",
        amount=measure.amount,
    )
    wait_for_market(measure, actor.at)


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


def begin(actor: Actor, measure: Measure) -> MeasureBegan:
    """Note that a measure is in force."""
    step(actor, measure, "begin")
    measure.began_at = measure.began_at or actor.at
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


def notify(actor: Actor, measure: Measure, template: Template) -> None:
    """Tell the seller of a measure: on what it rests, from when until when, and until when it can appeal."""
    assert measure.starts_at is not None
    assert measure.appeal_until is not None
    is_announced, is_begun = measure.starts_at > actor.at, template is not notices.DECIDED
    kind = declared(measure.kind)
    records.notify(
        records.seller(measure),
        template,
        measure.finding,
        actor.at,
        measure=kind.title,
        clause=statements.basis_of(measure).title,
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


# A measure taken back: lifted by itself, ended or reversed, confirmed by the marketplace, never half done.


AFTERWARDS = (MeasureState.OVER, MeasureState.CALLED_OFF)
"""Where a measure stands of which a mistake may still come to light."""
ACCOUNT_KINDS = (SUSPENDED.code, CLOSED.code)
"""What keeps the whole account from selling: until the marketplace carries it out, what is hidden stays so."""


def undo(actor: Actor, measure: Measure, because: Ended) -> MeasureEnded | None:
    """Lift a measure, or undo it as though it had never been; return the event where it is over at once.

    What the marketplace did it has to undo and confirm first.  Points go with a reversal, in this moment.
    """
    reverses = because in REVERSING
    publish_unhidden(actor, measure)
    measure.ended_because, measure.lift_asked_at = because.value, measure.lift_asked_at or actor.at
    if reverses:
        take_points_away(measure, actor.at)
    if measure.state == MeasureState.ANNOUNCED:
        return _finish(actor, measure, "call_off")
    if not measure.instruction:
        return _finish(actor, measure, "reverse" if reverses else "end")
    step(actor, measure, "undo" if reverses else "lift")
    return ask(actor, measure)


def publish_unhidden(actor: Actor, measure: Measure) -> None:
    """Tell the other rooms that a provisional hiding hides nothing any more; of any other measure nothing."""
    if measure.kind == PROVISIONAL_HIDING.code:
        outbox.publish(records.news_of(ListingUnhidden, measure), at=actor.at)


def end_hidings(actor: Actor, finding: Finding) -> None:
    """Lift what hides a listing provisionally for a finding that is decided or dismissed.

    While a measure on it removes the listing, or is to suspend or close the account, it stays: nothing is shown again because
    what is graver came.
    """
    if finding.closed_at is None or keeps_away(finding, LISTING_REMOVED.code) or _comes(finding):
        return
    for hiding in hidings_of(finding):
        if ended := undo(actor, hiding, Ended.DECIDED):
            outbox.publish(ended, at=actor.at)


def hidings_of(finding: Finding, *, locked: bool = True) -> list[Measure]:
    """Return what hides the listing of a finding provisionally just now, one at most; a page that only reads locks nothing."""
    rows = finding.measures.filter(kind=PROVISIONAL_HIDING.code, state__in=BITES)
    found = list(rows.select_for_update() if locked else rows)
    for one in found:
        one.finding = finding
    return found


def must_be_heads(actor: Actor, finding: Finding) -> None:
    """Let no agent alone do what shows a provisionally hidden listing again."""
    if actor.role is Role.AGENT and hidings_of(finding):
        raise HeadsShowAgain()


def ends_by_heads(actor: Actor, measure: Measure) -> bool:
    """Say whether this actor is an agent, and the end of the measure would show what is hidden, or goods that stay down."""
    if actor.role is not Role.AGENT:
        return False
    finding = measure.finding
    stays_down = bounds.stays_down(declared(measure.kind), finding.breach, Reach(finding.harm))
    return stays_down or bool(hidings_of(finding))


def keeps_away(finding: Finding, *kinds: str) -> bool:
    """Say whether a measure of these kinds on the finding still keeps its listing from being shown."""
    return finding.measures.filter(kind__in=kinds, closed_at__isnull=True).exclude(state="proposed").exists()


def _comes(finding: Finding) -> bool:
    """Say whether the account is to be suspended or closed, and the marketplace has not carried it out yet."""
    coming = (MeasureState.ANNOUNCED, MeasureState.ORDERED)
    return finding.measures.filter(kind__in=ACCOUNT_KINDS, state__in=coming).exists()


def ask(actor: Actor, measure: Measure) -> MeasureEnded | None:
    """Ask the marketplace to undo it; return the event where nothing is left to be done there."""
    measure.undoing = market.undo(actor, instruction=measure.instruction)
    return settle(actor, measure)


def settle(actor: Actor, measure: Measure) -> MeasureEnded | None:
    """End a measure that is being taken back once the marketplace has answered everything about it; else wait on.

    What it refuses to take back because the thing itself is gone is over: nothing is left to be done there.

    Everything: what was called back too late is undone anew under another id, and nobody knows before it is answered.
    """
    out = unanswered(measure)
    measure.undoing = next((one.ref for one in reversed(out) if one.undoes), measure.undoing)
    stuck = is_stuck(measure)
    if out or (stuck and not is_gone(measure)):
        wait_for_market(measure, actor.at)
        measure.save()
        return None
    if stuck and measure.state == MeasureState.LIFTING:
        measure.ended_because = Ended.GONE.value
    return _finish(actor, measure, "end" if measure.state == MeasureState.LIFTING else "reverse")


def is_stuck(measure: Measure) -> bool:
    """Say whether the marketplace answered that it cannot take the measure back: a person decides what now.

    An undoing that was called back, as another matter wants the measure by now, is not stuck: nothing is left to be undone.
    """
    return _is_refused(measure.undoing)


def was_refused(measure: Measure) -> bool:
    """Say whether the marketplace answered that it cannot do what a measure waits for, and nothing else is out."""
    asked = measure.undoing if measure.state in ON_ITS_WAY else measure.instruction
    return _is_refused(asked) and not unanswered(measure)


REFUSED = {
    MeasureState.ORDERED: Text(
        "通販サイトが実行できないと答えた、どうするかを決め直す",
        "the marketplace could not do it, to be decided on anew",
    ),
    MeasureState.LIFTING: Text(
        "通販サイトが解除できないと答えた、どうするかを決め直す",
        "the marketplace could not lift it, to be decided on anew",
    ),
    MeasureState.UNDOING: Text(
        "通販サイトが取り消せないと答えた、どうするかを決め直す",
        "the marketplace could not undo it, to be decided on anew",
    ),
}
"""How a measure reads while it waits for a person, as the marketplace said no: nothing is ordered any more."""
TAKEN_OVER = Text("決まった措置に引き継いだ", "goes on as the measure that was decided on")
"""How a provisional hiding reads under the removal that was decided on."""


def state_text(measure: Measure) -> Text:
    """Say where a measure stands; what the marketplace refused does not read as ordered."""
    state = MeasureState(measure.state)
    if measure.kind == PROVISIONAL_HIDING.code and state in BITES and measure.finding.decided_at:
        return TAKEN_OVER
    return REFUSED[state] if state in REFUSED and was_refused(measure) else MEASURE.states[state]


def refused_because(measure: Measure) -> str:
    """Return what the marketplace said when it refused what a measure waits for, "" where it did not."""
    if MeasureState(measure.state) not in REFUSED or not was_refused(measure):
        return ""
    asked = measure.undoing if measure.state in ON_ITS_WAY else measure.instruction
    return market_facts.refused_because([asked])


def _is_refused(instruction: str) -> bool:
    asked = market_facts.instruction(instruction)
    return asked is not None and asked.state is InstructionState.REFUSED and asked.recalled_at is None


def is_gone(measure: Measure) -> bool:
    """Say whether what a measure touches is gone at the marketplace, other than by the measure itself.

    What the measure itself removed or closed for good may be told as gone just because of that.
    """
    kind = declared(measure.kind)
    if not kind.order or not (kind.is_timed or kind is PROVISIONAL_HIDING):
        return False
    ref = ordered_on(kind, measure.seller_ref, measure.target_ref)
    return market_facts.is_gone_for(kind.order, seller_ref=measure.seller_ref, ref=ref) is True


def reverse(actor: Actor, measure: Measure, because: Ended) -> MeasureEnded | None:
    """Make a measure that was not reversed yet as though it had never been, also one that is over or being lifted."""
    is_over = MeasureState(measure.state) in MEASURE.ends
    if not is_over and measure.state != MeasureState.LIFTING:
        return undo(actor, measure, because)
    take_points_away(measure, actor.at)
    step(actor, measure, "reverse_after" if is_over else "undo")
    measure.ended_because = because.value
    measure.save(update_fields=("state", "ended_because"))
    if not is_over:
        return None
    _show_again(actor, measure)
    return _told(actor, measure)


def may_reverse_after(measure: Measure) -> bool:
    """Say whether a measure is over, and was not made undone by that."""
    return MeasureState(measure.state) in AFTERWARDS and measure.ended_because not in REVERSING


def take_points_away(measure: Measure, at: datetime) -> None:
    """Let the points of a measure count no longer; of what came beside another, what the other alone would not have brought."""
    counting = Strike.objects.filter(ended_at__isnull=True)
    counting.filter(measure=measure).update(ended_at=at)
    for strike in counting.filter(measure__in=decided_with(measure)).select_related("measure__finding"):
        left = points_given(strike.measure, at, without=measure)
        strike.points, strike.ended_at = (min(left, strike.points), None) if left else (strike.points, at)
        strike.save(update_fields=("points", "ended_at"))


def has_points(measure: Measure, at: datetime) -> bool:
    """Say whether a measure has points of its own that still count."""
    return Strike.objects.filter(measure=measure, ended_at__isnull=True, until__gt=at).exists()


def _finish(actor: Actor, measure: Measure, name: str) -> MeasureEnded:
    """End a measure and tell the seller."""
    step(actor, measure, name)
    measure.closed_at = actor.at
    measure.save()
    _show_again(actor, measure)
    return _told(actor, measure)


def _show_again(actor: Actor, measure: Measure) -> None:
    """Lift what hid a listing under a measure that is over.

    Not where the account went otherwise: nobody decided that its listings are shown, until somebody reverses the measure.
    """
    is_gone = measure.kind in ACCOUNT_KINDS and measure.ended_because == Ended.GONE
    if measure.kind in (LISTING_REMOVED.code, *ACCOUNT_KINDS) and not is_gone:
        end_hidings(actor, measure.finding)


def _told(actor: Actor, measure: Measure) -> MeasureEnded:
    because, finding = Ended(measure.ended_because), measure.finding
    template = notices.REVERSED if because in REVERSING else notices.ENDED
    if measure.kind == PROVISIONAL_HIDING.code:
        template = notices.HIDING_ENDED
    # What is hidden on by the decision is not told to be over: the decision was told.
    if template is not notices.HIDING_ENDED or not keeps_away(finding, LISTING_HIDDEN.code):
        records.notify(
            records.seller(measure),
            template,
            finding,
            actor.at,
            measure=declared(measure.kind).title,
            because=ENDED_TEXTS[because],
        )
    return records.news_of(MeasureEnded, measure, state=measure.state, because=because.value)
