"""A measure that stands: it lifts by itself, is ended or reversed with a reason, and what the marketplace answers is heard."""

from __future__ import annotations

from mamori.grammar.hand import Hand
from mamori.grammar.measure import Reach, Severity
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.market import actions as market
from mamori.ground.market import facts as market_facts
from mamori.ground.matters.performance import Performance, perform
from mamori.japan import written
from mamori.law.measures import CORRECTION, PROVISIONAL_HIDING
from mamori.law.measures import measure as declared
from mamori.rooms.enforcement import appeal_records, execution, notices, records, reversal, statements
from mamori.rooms.enforcement.access import subject_of, the_measure
from mamori.rooms.enforcement.actions.findings import find
from mamori.rooms.enforcement.events import MeasureEvent
from mamori.rooms.enforcement.inputs import Kept
from mamori.rooms.enforcement.lifecycle import MeasureState
from mamori.rooms.enforcement.matters import MEASURES
from mamori.rooms.enforcement.models import Measure
from mamori.rooms.enforcement.refusals import EndsByDecision, HeadsShowAgain
from mamori.rooms.enforcement.rules import bounds, curing
from mamori.rooms.enforcement.rules.reasons import Ended, Source
from mamori.rooms.enforcement.rules.standing import ON_ITS_WAY

__all__ = (
    "chase",
    "end_measure",
    "hear_confirmed",
    "hear_given_anew",
    "hear_refused",
    "lift",
    "order_again",
    "start_measure",
)


def start_measure(hand: Hand, *, measure: int) -> None:
    """Let an announced measure take effect; where its effect waits for an appeal, it goes on waiting."""
    with perform(hand, MEASURES, measure) as act:
        found = act.matter
        if found.state != MeasureState.ANNOUNCED or records.is_under_appeal(found):
            return
        events: list[MeasureEvent | None]
        verb = "start_measure"
        try:
            with memory.attempt():
                events = [execution.take_effect(hand, found)]
                found.save()
                execution.tell(hand, found, notices.TOOK_EFFECT)
        except market.AlreadyGone:
            act.matter, verb = the_measure(hand, measure), "lift"
            events = [reversal.undo(hand, act.matter, Ended.GONE)]
        act.record(verb, *(one for one in events if one))


def end_measure(hand: Hand, *, measure: int) -> None:
    """Lift a measure whose time is over; a correction that the seller says it made waits for somebody's look.

    No time ends a provisional hiding, whoever calls.
    """
    with perform(hand, MEASURES, measure) as act:
        found = act.matter
        if found.closed_at is not None or found.state in ON_ITS_WAY or found.kind == PROVISIONAL_HIDING.code:
            return
        finding = found.finding
        if found.kind != CORRECTION.code or finding.cured_at is not None:
            _end(act, Ended.DUE)
        elif curing.awaits_look(finding.cure_said_at, finding.cured_at):
            act.news = "cure"
            act.record("await_look")
        else:
            end_uncured(act)


def end_uncured(act: Performance[Measure]) -> None:
    """End a correction of which nobody said in time that it was made, or that was seen not to be: it is looked at anew."""
    _end(act, Ended.UNCURED)
    _find_again(act.hand, act.matter)


def _end(act: Performance[Measure], because: Ended) -> None:
    ended = reversal.undo(act.hand, act.matter, because)
    act.record("end_measure", *([ended] if ended else []))


def _find_again(hand: Hand, measure: Measure) -> None:
    before = measure.finding
    facts = statements.facts_of(before)
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
        origin=records.about(measure),
        source=Source.REPEAT,
        automated=True,
        evidence=(("case", records.number(before)),),
    )


class NotSeenCured(Refusal, code="not-seen-cured", status=409):
    """Given when a measure is to end as put right, and nobody has noted that it was."""

    text = Text(
        "直ったことがまだ確かめられていません。確かめたら「直ったことを確かめた」と記録してから、終えてください。",
        "Nobody has noted that it was put right. Please look, record that it was, and end the measure then.",
    )


class HeadsEnd(Refusal, code="heads-end", status=403):
    """Given when one agent would end what two people had to decide."""

    text = Text(
        "「{measure}」は二人で決める措置なので、途中で終えられるのは責任者か法務担当です。責任者に知らせてください。",
        "“{measure}” takes two people to decide, so a lead or counsel ends it early. Please tell a lead.",
    )


class HeadsUndo(Refusal, code="heads-undo", status=403):
    """Given when an agent would ask once more for an undoing that a lead or counsel has decided on."""

    text = Text(
        "取消しの指示をもう一度出せるのは責任者か法務担当です。責任者に知らせてください。",
        "A lead or counsel orders the undoing of a measure once more. Please tell a lead.",
    )


class NotRefused(Refusal, code="not-refused", status=409):
    """Given when something is ordered again that the marketplace has not answered yet."""

    text = Text(
        "通販サイトからまだ答えがありません。答えるまで同じ指示で催促を続けるので、もう一度指示する必要はありません。"
        "「できない」との答えが届いたら、もう一度指示できます。",
        "The marketplace has not answered yet. It is asked again by itself until it does, so nothing has to be ordered. Once "
        "it answers that it cannot do it, you can order it again.",
    )


def _may_end(hand: Hand, measure: Measure, because: Ended) -> None:
    """Let end early what may, by whom it may."""
    if measure.kind == PROVISIONAL_HIDING.code:
        raise EndsByDecision()
    if because is Ended.CURED and measure.finding.cured_at is None:
        raise NotSeenCured()
    if reversal.ends_by_heads(hand, measure):
        raise HeadsShowAgain()
    kind = declared(measure.kind)
    if not bounds.may_end_early(kind, because, hand.role, by_two=bool(measure.approved_by)):
        raise HeadsEnd(measure=kind.title)


def lift(hand: Hand, *, measure: int, because: Ended, reason: Kept, version: int | None = None) -> None:
    """End a measure before its time, or reverse it, with a reason; a mistake that shows after its end is reversed, too.

    An appeal against what was a mistake is over with it.
    """
    reason = written.reasoned(reason)
    with perform(hand, MEASURES, measure, version=version) as act:
        found = act.matter
        _may_end(hand, found, because)
        afterwards = because is Ended.MISTAKE and reversal.may_reverse_after(found)
        ended = (reversal.reverse if afterwards else reversal.undo)(hand, found, because)
        appeal = found.appeals.filter(closed_at__isnull=True).first() if because is Ended.MISTAKE else None
        if appeal is not None:
            appeal_records.end_reversed(act.also(appeal_records.APPEALS, appeal))
        act.record("lift", *([ended] if ended else []), reason=reason, because=because.value)


def order_again(hand: Hand, *, measure: int, version: int | None = None) -> None:
    """Give the marketplace once more what it answered that it could not do."""
    with perform(hand, MEASURES, measure, version=version) as act:
        found = act.matter
        act.step("order_again")
        if not bounds.may_order_again(MeasureState(found.state), hand.role):
            raise HeadsUndo()
        if not reversal.was_refused(found):
            raise NotRefused()
        ended = None
        if found.state == MeasureState.ORDERED:
            execution.order(hand, found)
            found.save()
        else:
            ended = reversal.ask(hand, found)
        act.record("order_again", *([ended] if ended else []))


def hear_confirmed(hand: Hand, *, instruction: str) -> None:
    """Hear that the marketplace has carried out a measure, or its lifting; what is not of this room is left alone."""
    if (number := _of(instruction)) is None:
        return
    with perform(hand, MEASURES, number) as act:
        found = act.matter
        if found.instruction == instruction and found.state == MeasureState.ORDERED:
            event = execution.begin(hand, found)
            found.save()
            if found.kind in reversal.ACCOUNT_KINDS:
                reversal.end_hidings(hand, found.finding)
            act.news = ""
            act.record("begin_measure", event)
        elif found.state in ON_ITS_WAY:
            _go_on(act)


def hear_given_anew(hand: Hand, *, instruction: str) -> None:
    """Hear that the marketplace undid too late what is still wanted, and is asked for it once more: it is waited for again."""
    number, asked = _of(instruction), market_facts.instruction(instruction)
    if number is None or asked is None:
        return
    with perform(hand, MEASURES, number) as act:
        found = act.matter
        if found.state != MeasureState.IN_FORCE:
            return
        if asked.undoes or instruction == found.instruction:
            return
        act.step("give_anew")
        found.instruction = instruction
        execution.wait_for_market(found, hand.at)
        act.save("instruction", *execution.ASKED)
        act.news = "not-confirmed"
        act.record("give_anew")


def hear_refused(hand: Hand, *, instruction: str) -> None:
    """Hear that the marketplace could not do it: a person decides what now, and is asked until they do."""
    if (number := _of(instruction)) is None:
        return
    with perform(hand, MEASURES, number) as act:
        found = act.matter
        if found.closed_at is not None:
            return
        if found.state in ON_ITS_WAY:
            _go_on(act)
        elif found.instruction == instruction and found.state == MeasureState.ORDERED:
            execution.wait_for_market(found, hand.at)
            act.save(*execution.ASKED)
            reversal.tell_unhidden(hand, found)
            _not_carried_out(act)


def _go_on(act: Performance[Measure]) -> None:
    """Go on with what is being taken back: it ends once nothing is out any more, unless the last answer was no."""
    if ended := reversal.settle(act.hand, act.matter):
        act.news = ""
        act.record("finish_measure", ended)
    elif execution.unanswered(act.matter):
        act.record("hear_late")
    else:
        _not_carried_out(act)


def _not_carried_out(act: Performance[Measure]) -> None:
    _tell_not_carried_out(act)
    act.record("hear_refused")


def _tell_not_carried_out(act: Performance[Measure]) -> None:
    title = declared(act.matter.kind).title
    records.tell("lead", notices.NOT_CARRIED_OUT, act.matter.finding, act.hand.at, measure=title)
    act.news = "not-carried-out"


def chase(hand: Hand, *, measure: int, times: int) -> None:
    """Ask the marketplace again for what it has not confirmed, and tell a lead; where it said no, that somebody has to decide."""
    with perform(hand, MEASURES, measure) as act:
        found = act.matter
        if found.closed_at is not None or _ended_meanwhile(act):
            return
        for waiting in execution.unanswered(found):
            market.chase(hand, instruction=waiting.ref)
        execution.wait_for_market(found, hand.at, times + 1)
        act.save(*execution.ASKED)
        if reversal.was_refused(found):
            _tell_not_carried_out(act)
            act.record("remind")
            return
        records.tell(
            "lead",
            notices.UNCONFIRMED,
            found.finding,
            hand.at,
            measure=declared(found.kind).title,
            times=times + 1,
        )
        act.news = "not-confirmed"
        act.record("chase", times=times + 1)


def _ended_meanwhile(act: Performance[Measure]) -> bool:
    """End what the marketplace would not take back and what is gone there by now; say whether that was so."""
    measure = act.matter
    if not reversal.is_stuck(measure) or execution.unanswered(measure) or not reversal.is_gone(measure):
        return False
    _go_on(act)
    return True


def _of(instruction: str) -> int | None:
    """Return the number of the measure that an instruction is about; None where it is not of this room.

    What was done too late is undone by the marketplace's room itself, under another id: the name of the matter stays.
    """
    asked = market_facts.instruction(instruction)
    kind, _, number = asked.about.rpartition(":") if asked else ("", "", "")
    return int(number) if kind == "enforcement.measure" else None
