"""A measure taken back: lifted by itself, ended or reversed, confirmed by the marketplace, never half done."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.hand import Hand, Role
from mamori.grammar.measure import Reach
from mamori.grammar.text import Text
from mamori.ground.market import actions as market
from mamori.ground.market import facts as market_facts
from mamori.ground.market.facts import InstructionState
from mamori.ground.outbox import actions as outbox
from mamori.law.measures import CLOSED, LISTING_HIDDEN, LISTING_REMOVED, PROVISIONAL_HIDING, SUSPENDED
from mamori.law.measures import measure as declared
from mamori.rooms.enforcement import execution, notices, records
from mamori.rooms.enforcement.events import ListingUnhidden, MeasureEnded
from mamori.rooms.enforcement.judgement import decided_with, points_given
from mamori.rooms.enforcement.lifecycle import MEASURE, MeasureState
from mamori.rooms.enforcement.models import Finding, Measure, Strike
from mamori.rooms.enforcement.refusals import HeadsShowAgain
from mamori.rooms.enforcement.rules import bounds
from mamori.rooms.enforcement.rules.reasons import ENDED_TEXTS, REVERSING, Ended
from mamori.rooms.enforcement.rules.standing import BITES, ON_ITS_WAY

AFTERWARDS = (MeasureState.OVER, MeasureState.CALLED_OFF)
"""Where a measure stands of which a mistake may still come to light."""
ACCOUNT_KINDS = (SUSPENDED.code, CLOSED.code)
"""What keeps the whole account from selling: until the marketplace carries it out, what is hidden stays so."""


def undo(hand: Hand, measure: Measure, because: Ended) -> MeasureEnded | None:
    """Lift a measure, or undo it as though it had never been; return the event where it is over at once.

    What the marketplace did it has to undo and confirm first.  Points go with a reversal, in this moment.
    """
    reverses = because in REVERSING
    tell_unhidden(hand, measure)
    measure.ended_because, measure.lift_asked_at = because.value, measure.lift_asked_at or hand.at
    if reverses:
        take_points_away(measure, hand.at)
    if measure.state == MeasureState.ANNOUNCED:
        return _finish(hand, measure, "call_off")
    if not measure.instruction:
        return _finish(hand, measure, "reverse" if reverses else "end")
    execution.step(hand, measure, "undo" if reverses else "lift")
    return ask(hand, measure)


def tell_unhidden(hand: Hand, measure: Measure) -> None:
    """Tell the other rooms that a provisional hiding hides nothing any more; of any other measure nothing."""
    if measure.kind == PROVISIONAL_HIDING.code:
        outbox.publish(records.news_of(ListingUnhidden, measure), at=hand.at)


def end_hidings(hand: Hand, finding: Finding) -> None:
    """Lift what hides a listing provisionally for a finding that is decided or dismissed.

    While a measure on it removes the listing, or is to suspend or close the account, it stays: nothing is shown again because
    what is graver came.
    """
    if finding.closed_at is None or keeps_away(finding, LISTING_REMOVED.code) or _comes(finding):
        return
    for hiding in hidings_of(finding):
        if ended := undo(hand, hiding, Ended.DECIDED):
            outbox.publish(ended, at=hand.at)


def hidings_of(finding: Finding) -> list[Measure]:
    """Return what hides the listing of a finding provisionally just now, locked: one at most."""
    rows = finding.measures.filter(kind=PROVISIONAL_HIDING.code, state__in=BITES)
    found = list(rows.select_for_update())
    for one in found:
        one.finding = finding
    return found


def must_be_heads(hand: Hand, finding: Finding) -> None:
    """Let no agent alone do what shows a provisionally hidden listing again."""
    if hand.role is Role.AGENT and hidings_of(finding):
        raise HeadsShowAgain()


def ends_by_heads(hand: Hand, measure: Measure) -> bool:
    """Say whether this hand is an agent's, and the end of the measure would show what is hidden, or goods that stay down."""
    if hand.role is not Role.AGENT:
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


def ask(hand: Hand, measure: Measure) -> MeasureEnded | None:
    """Ask the marketplace to undo it; return the event where nothing is left to be done there."""
    measure.undoing = market.undo(hand, instruction=measure.instruction)
    return settle(hand, measure)


def settle(hand: Hand, measure: Measure) -> MeasureEnded | None:
    """End a measure that is being taken back once the marketplace has answered everything about it; else wait on.

    What it refuses to take back because the thing itself is gone is over: nothing is left to be done there.

    Everything: what was called back too late is undone anew under another id, and nobody knows before it is answered.
    """
    out = execution.unanswered(measure)
    measure.undoing = next((one.ref for one in reversed(out) if one.undoes), measure.undoing)
    stuck = is_stuck(measure)
    if out or (stuck and not is_gone(measure)):
        execution.wait_for_market(measure, hand.at)
        measure.save()
        return None
    if stuck and measure.state == MeasureState.LIFTING:
        measure.ended_because = Ended.GONE.value
    return _finish(hand, measure, "end" if measure.state == MeasureState.LIFTING else "reverse")


def is_stuck(measure: Measure) -> bool:
    """Say whether the marketplace answered that it cannot take the measure back: a person decides what now.

    An undoing that was called back, as another matter wants the measure by now, is not stuck: nothing is left to be undone.
    """
    return _is_refused(measure.undoing)


def was_refused(measure: Measure) -> bool:
    """Say whether the marketplace answered that it cannot do what a measure waits for, and nothing else is out."""
    asked = measure.undoing if measure.state in ON_ITS_WAY else measure.instruction
    return _is_refused(asked) and not execution.unanswered(measure)


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
    ref = execution.ordered_on(kind, measure.seller_ref, measure.target_ref)
    return market_facts.is_gone_for(kind.order, seller_ref=measure.seller_ref, ref=ref) is True


def reverse(hand: Hand, measure: Measure, because: Ended) -> MeasureEnded | None:
    """Make a measure that was not reversed yet as though it had never been, also one that is over or being lifted."""
    is_over = MeasureState(measure.state) in MEASURE.ends
    if not is_over and measure.state != MeasureState.LIFTING:
        return undo(hand, measure, because)
    take_points_away(measure, hand.at)
    execution.step(hand, measure, "reverse_after" if is_over else "undo")
    measure.ended_because = because.value
    measure.save(update_fields=("state", "ended_because"))
    if not is_over:
        return None
    _show_again(hand, measure)
    return _told(hand, measure)


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


def _finish(hand: Hand, measure: Measure, name: str) -> MeasureEnded:
    """End a measure and tell the seller."""
    execution.step(hand, measure, name)
    measure.closed_at = hand.at
    measure.save()
    _show_again(hand, measure)
    return _told(hand, measure)


def _show_again(hand: Hand, measure: Measure) -> None:
    """Lift what hid a listing under a measure that is over.

    Not where the account went otherwise: nobody decided that its listings are shown, until somebody reverses the measure.
    """
    is_gone = measure.kind in ACCOUNT_KINDS and measure.ended_because == Ended.GONE
    if measure.kind in (LISTING_REMOVED.code, *ACCOUNT_KINDS) and not is_gone:
        end_hidings(hand, measure.finding)


def _told(hand: Hand, measure: Measure) -> MeasureEnded:
    because, finding = Ended(measure.ended_because), measure.finding
    template = notices.REVERSED if because in REVERSING else notices.ENDED
    if measure.kind == PROVISIONAL_HIDING.code:
        template = notices.HIDING_ENDED
    # What is hidden on by the decision is not told to be over: the decision was told.
    if template is not notices.HIDING_ENDED or not keeps_away(finding, LISTING_HIDDEN.code):
        records.tell(
            records.seller(measure),
            template,
            finding,
            hand.at,
            measure=declared(measure.kind).title,
            because=ENDED_TEXTS[because],
        )
    return records.news_of(MeasureEnded, measure, state=measure.state, because=because.value)
