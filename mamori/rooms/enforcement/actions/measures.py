"""A measure that stands: it lifts by itself, is ended or reversed with a reason, and what the marketplace answers is heard."""

from __future__ import annotations

from django.db import transaction

from mamori.grammar.hand import Hand
from mamori.grammar.measure import Reach, Severity
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.market import actions as market
from mamori.ground.market import facts as market_facts
from mamori.japan import written
from mamori.law.measures import CORRECTION
from mamori.law.measures import measure as declared
from mamori.rooms.enforcement import appealing, carrying, keeping, notices, stating, undoing
from mamori.rooms.enforcement.actions.findings import find
from mamori.rooms.enforcement.events import MeasureEvent
from mamori.rooms.enforcement.finding import subject_of, the_measure
from mamori.rooms.enforcement.lifecycle import MeasureState
from mamori.rooms.enforcement.models import Measure
from mamori.rooms.enforcement.rules import bounds, curing
from mamori.rooms.enforcement.rules.reasons import Ended, Source


def start_measure(hand: Hand, *, measure: int) -> None:
    """Let an announced measure take effect; where its effect waits for an appeal, it goes on waiting."""
    with transaction.atomic():
        found = the_measure(hand, measure)
        if found.state != MeasureState.ANNOUNCED or keeping.is_under_appeal(found):
            return
        events: list[MeasureEvent | None]
        verb = "start_measure"
        try:
            with transaction.atomic():
                events = [carrying.take_effect(hand, found)]
                found.save()
                carrying.tell(hand, found, notices.TOOK_EFFECT)
        except market.AlreadyGone:
            found, verb = the_measure(hand, measure), "lift"
            events = [undoing.undo(hand, found, Ended.GONE)]
        keeping.keep(hand, found.finding, verb, *(one for one in events if one), measure=found.pk)


def end_measure(hand: Hand, *, measure: int) -> None:
    """Lift a measure whose time is over; a correction that the seller says it made waits for somebody's look."""
    with transaction.atomic():
        found = the_measure(hand, measure)
        if found.closed_at is not None or found.state in undoing.ON_ITS_WAY:
            return
        finding = found.finding
        if found.kind != CORRECTION.code or finding.cured_at is not None:
            _end(hand, found, Ended.DUE)
        elif curing.awaits_look(finding.cure_said_at, finding.cured_at):
            keeping.keep(hand, finding, "await_look", attention="cure", measure=found.pk)
        else:
            end_uncured(hand, found)


def end_uncured(hand: Hand, measure: Measure) -> None:
    """End a correction of which nobody said in time that it was made, or that was seen not to be: it is looked at anew."""
    _end(hand, measure, Ended.UNCURED)
    _find_again(hand, measure)


def _end(hand: Hand, measure: Measure, because: Ended) -> None:
    ended = undoing.undo(hand, measure, because)
    keeping.keep(hand, measure.finding, "end_measure", *([ended] if ended else []), measure=measure.pk)


def _find_again(hand: Hand, measure: Measure) -> None:
    before = measure.finding
    facts = stating.facts_of(before)
    if not facts:  # the seller was erased: nothing is left that it could be asked about
        return
    find(
        hand,
        breach=before.breach,
        severity=Severity(before.severity),
        harm=Reach(before.harm),
        subject=subject_of(before),
        facts=(
            *facts,
            Text(
                "是正の期限までに、直ったことが確かめられなかった。",
                "It was not seen to be put right in time.",
            ),
        ),
        origin=keeping.about(measure),
        source=Source.REPEAT,
        automated=True,
        evidence=(("case", keeping.number(before)),),
    )


class NotSeenCured(Refusal):
    """Given when a measure is to end as put right, and nobody has noted that it was."""

    code = "not-seen-cured"
    status = 409
    text = Text(
        "直ったことがまだ確かめられていません。確かめたら「直ったことを確かめた」と記録してから、終えてください。",
        "Nobody has noted that it was put right. Please look, record that it was, and end the measure then.",
    )


class HeadsEnd(Refusal):
    """Given when one agent would end what two people had to decide."""

    code = "heads-end"
    status = 403
    text = Text(
        "「{measure}」は二人で決める措置なので、途中で終えられるのは責任者か法務担当です。責任者に知らせてください。",
        "“{measure}” takes two people to decide, so a lead or counsel ends it early. Please tell a lead.",
    )


class HeadsUndo(Refusal):
    """Given when an agent would ask once more for an undoing that a lead or counsel has decided on."""

    code = "heads-undo"
    status = 403
    text = Text(
        "取消しの指示をもう一度出せるのは責任者か法務担当です。責任者に知らせてください。",
        "A lead or counsel orders the undoing of a measure once more. Please tell a lead.",
    )


class NotRefused(Refusal):
    """Given when something is ordered again that the marketplace has not answered yet."""

    code = "not-refused"
    status = 409
    text = Text(
        "市場からまだ答えがありません。答えるまで同じ指示で催促を続けるので、もう一度指示する必要はありません。"
        "「できない」との答えが届いたら、もう一度指示できます。",
        "The marketplace has not answered yet. It is asked again by itself until it does, so nothing has to be ordered. Once "
        "it answers that it cannot do it, you can order it again.",
    )


def _may_end(hand: Hand, measure: Measure, because: Ended) -> None:
    """Let end early what may, by whom it may.

    :raises NotSeenCured, HeadsEnd: as their sentences say.
    """
    if because is Ended.CURED and measure.finding.cured_at is None:
        raise NotSeenCured()
    kind = declared(measure.kind)
    if not bounds.may_end_early(kind, because, hand.role, by_two=bool(measure.approved_by)):
        raise HeadsEnd(measure=kind.title)


def lift(hand: Hand, *, measure: int, because: Ended, reason: str, version: int | None = None) -> None:
    """End a measure before its time, or reverse it, with a reason; a mistake that shows after its end is reversed, too.

    An appeal against what was a mistake is over with it.

    :raises NotThere, ChangedMeanwhile, StepNotOpen, StepNotYours, ReasonNeeded, NotSeenCured, HeadsEnd: as they say.
    """
    reason = written.reasoned(reason)
    with transaction.atomic():
        found = the_measure(hand, measure, version=version)
        _may_end(hand, found, because)
        afterwards = because is Ended.MISTAKE and undoing.may_reverse_after(found)
        ended = (undoing.reverse if afterwards else undoing.undo)(hand, found, because)
        if because is Ended.MISTAKE:
            appealing.end_reversed(hand, found.appeals.filter(closed_at__isnull=True).first())
        keeping.keep(
            hand,
            found.finding,
            "lift",
            *([ended] if ended else []),
            reason=reason,
            measure=found.pk,
            because=because.value,
        )


def order_again(hand: Hand, *, measure: int, version: int | None = None) -> None:
    """Give the marketplace once more what it answered that it could not do.

    :raises NotThere, ChangedMeanwhile, StepNotOpen, StepNotYours, HeadsUndo, NotRefused: as their sentences say.
    """
    with transaction.atomic():
        found = the_measure(hand, measure, version=version)
        carrying.step(hand, found, "order_again")
        if not bounds.may_order_again(MeasureState(found.state), hand.role):
            raise HeadsUndo()
        if not undoing.was_refused(found):
            raise NotRefused()
        ended = None
        if found.state == MeasureState.ORDERED:
            carrying.order(hand, found)
            found.save()
        else:
            ended = undoing.ask(hand, found)
        keeping.keep(hand, found.finding, "order_again", *([ended] if ended else []), measure=found.pk)


def hear_confirmed(hand: Hand, *, instruction: str) -> None:
    """Hear that the marketplace has carried out a measure, or its lifting; what is not of this room is left alone."""
    with transaction.atomic():
        if (found := _of(hand, instruction)) is None:
            return
        if found.instruction == instruction and found.state == MeasureState.ORDERED:
            event = carrying.begin(hand, found)
            found.save()
            keeping.keep(hand, found.finding, "begin_measure", event, attention="", measure=found.pk)
        elif found.state in undoing.ON_ITS_WAY:
            _settle(hand, found)


def hear_given_anew(hand: Hand, *, instruction: str) -> None:
    """Hear that the marketplace undid too late what is still wanted, and is asked for it once more: it is waited for again."""
    with transaction.atomic():
        found, asked = _of(hand, instruction), market_facts.instruction(instruction)
        if found is None or asked is None or found.state != MeasureState.IN_FORCE:
            return
        if asked.undoes or instruction == found.instruction:
            return
        carrying.step(hand, found, "give_anew")
        found.instruction = instruction
        carrying.wait_for_market(found, hand.at)
        found.save(update_fields=("state", "instruction", *carrying.ASKED))
        keeping.keep(hand, found.finding, "give_anew", attention="not-confirmed", measure=found.pk)


def hear_refused(hand: Hand, *, instruction: str) -> None:
    """Hear that the marketplace could not do it: a person decides what now, and is asked until they do."""
    with transaction.atomic():
        found = _of(hand, instruction)
        if found is None or found.closed_at is not None:
            return
        if found.state in undoing.ON_ITS_WAY:
            _settle(hand, found)
        elif found.instruction == instruction and found.state == MeasureState.ORDERED:
            carrying.wait_for_market(found, hand.at)
            found.save(update_fields=carrying.ASKED)
            _not_carried_out(hand, found)


def _settle(hand: Hand, measure: Measure) -> None:
    """Go on with what is being taken back: it ends once nothing is out any more, unless the last answer was no."""
    if ended := undoing.settle(hand, measure):
        keeping.keep(hand, measure.finding, "finish_measure", ended, attention="", measure=measure.pk)
    elif carrying.unanswered(measure):
        keeping.keep(hand, measure.finding, "hear_late", measure=measure.pk)
    else:
        _not_carried_out(hand, measure)


def _not_carried_out(hand: Hand, measure: Measure) -> None:
    title = declared(measure.kind).title
    keeping.tell("lead", notices.NOT_CARRIED_OUT, measure.finding, hand.at, measure=title)
    keeping.keep(hand, measure.finding, "hear_refused", attention="not-carried-out", measure=measure.pk)


def chase(hand: Hand, *, measure: int, times: int) -> None:
    """Ask the marketplace again for what it has not confirmed, and tell a lead."""
    with transaction.atomic():
        found = the_measure(hand, measure)
        if found.closed_at is not None or _ended_meanwhile(hand, found):
            return
        for waiting in carrying.unanswered(found):
            market.chase(hand, instruction=waiting.ref)
        carrying.wait_for_market(found, hand.at, times + 1)
        found.save(update_fields=carrying.ASKED)
        keeping.tell(
            "lead",
            notices.UNCONFIRMED,
            found.finding,
            hand.at,
            measure=declared(found.kind).title,
            times=times + 1,
        )
        keeping.keep(
            hand, found.finding, "chase", attention="not-confirmed", measure=found.pk, times=times + 1
        )


def _ended_meanwhile(hand: Hand, measure: Measure) -> bool:
    """End what the marketplace would not take back and what is gone there by now; say whether that was so."""
    if not undoing.is_stuck(measure) or carrying.unanswered(measure) or not undoing.is_gone(measure):
        return False
    _settle(hand, measure)
    return True


def _of(hand: Hand, instruction: str) -> Measure | None:
    """Return the measure that an instruction is about, locked; None where it is not of this room.

    What was done too late is undone by the marketplace's room itself, under another id: the name of the matter stays.
    """
    asked = market_facts.instruction(instruction)
    kind, _, number = asked.about.rpartition(":") if asked else ("", "", "")
    return the_measure(hand, int(number)) if kind == "enforcement.measure" else None
