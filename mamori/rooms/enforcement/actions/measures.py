"""A measure that stands: it lifts by itself, is ended or reversed with a reason, and what the marketplace answers is heard."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from mamori.grammar.hand import Hand
from mamori.grammar.measure import Reach, Severity
from mamori.grammar.text import Text
from mamori.ground.market import actions as market
from mamori.ground.market import facts as market_facts
from mamori.ground.market.facts import InstructionState
from mamori.japan import written
from mamori.law.deadlines import MEASURE_REVIEW
from mamori.law.measures import CORRECTION
from mamori.law.measures import measure as declared
from mamori.rooms.enforcement import carrying, keeping, notices, stating
from mamori.rooms.enforcement.actions.findings import find
from mamori.rooms.enforcement.finding import the_measure
from mamori.rooms.enforcement.lifecycle import MeasureState
from mamori.rooms.enforcement.models import Measure
from mamori.rooms.enforcement.rules.reasons import Ended, Source
from mamori.rooms.enforcement.subject import Subject


def start_measure(hand: Hand, *, measure: int) -> None:
    """Let an announced measure take effect; where its effect waits for an appeal, it goes on waiting."""
    with transaction.atomic():
        found = the_measure(hand, measure)
        if found.state != MeasureState.ANNOUNCED:
            return
        carrying.take_effect(hand, found)
        found.starts_at = hand.at
        found.save()
        keeping.keep(hand, found.finding, "start_measure", measure=found.pk)


def end_measure(hand: Hand, *, measure: int) -> None:
    """Lift a measure whose time is over; a correction that was not made is looked at anew."""
    with transaction.atomic():
        found = the_measure(hand, measure)
        if found.closed_at is not None or found.state in (MeasureState.LIFTING, MeasureState.UNDOING):
            return
        uncured = found.kind == CORRECTION.code and found.finding.cured_at is None
        ended = carrying.undo(hand, found, Ended.UNCURED if uncured else Ended.DUE)
        keeping.keep(hand, found.finding, "end_measure", *([ended] if ended else []), measure=found.pk)
        if uncured:
            _find_again(hand, found)


def _find_again(hand: Hand, measure: Measure) -> None:
    before = measure.finding
    find(
        hand,
        breach=before.breach,
        severity=Severity(before.severity),
        harm=Reach(before.harm),
        subject=Subject(
            seller=before.seller_ref,
            listing=before.listing_ref,
            review=before.review_ref,
            order=before.order_ref,
            category=before.category,
        ),
        facts=(
            *stating.facts_of(before),
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


def lift(hand: Hand, *, measure: int, because: Ended, reason: str, version: int | None = None) -> None:
    """End a measure before its time, or reverse it, with a reason.

    :raises NotThere, ChangedMeanwhile, StepNotOpen, StepNotYours, ReasonNeeded: as their sentences say.
    """
    reason = written.reasoned(reason)
    with transaction.atomic():
        found = the_measure(hand, measure, version=version)
        ended = carrying.undo(hand, found, because)
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

    :raises NotThere, ChangedMeanwhile, StepNotOpen, StepNotYours: as their sentences say.
    """
    with transaction.atomic():
        found = the_measure(hand, measure, version=version)
        carrying.order_again(hand, found)
        keeping.keep(hand, found.finding, "order_again", measure=found.pk)


def hear_confirmed(hand: Hand, *, instruction: str) -> None:
    """Hear that the marketplace has carried out a measure, or its lifting; what is not of this room is left alone."""
    with transaction.atomic():
        if (found := _of(hand, instruction)) is None:
            return
        if found.instruction == instruction and found.state == MeasureState.ORDERED:
            event = carrying.begin(hand, found)
            found.save()
            keeping.keep(hand, found.finding, "begin_measure", event, attention="", measure=found.pk)
        elif found.undoing == instruction and found.state in (MeasureState.LIFTING, MeasureState.UNDOING):
            ended = carrying.finish(hand, found, "end" if found.state == MeasureState.LIFTING else "reverse")
            keeping.keep(hand, found.finding, "finish_measure", ended, attention="", measure=found.pk)


def hear_refused(hand: Hand, *, instruction: str) -> None:
    """Hear that the marketplace could not do it: a person decides what now, and is asked until they do."""
    with transaction.atomic():
        found = _of(hand, instruction)
        if found is None or found.closed_at is not None:
            return
        if instruction != (found.undoing or found.instruction):
            return
        carrying.wait_for_market(found, hand.at)
        keeping.tell(
            "lead", notices.NOT_CARRIED_OUT, found.finding, hand.at, measure=declared(found.kind).title
        )
        keeping.keep(hand, found.finding, "hear_refused", attention="not-carried-out", measure=found.pk)


def chase(hand: Hand, *, measure: int, times: int) -> None:
    """Ask the marketplace again for what it has not confirmed, and tell a lead."""
    with transaction.atomic():
        found = the_measure(hand, measure)
        ref = found.undoing or found.instruction
        waiting = market_facts.instruction(ref)
        if found.closed_at is not None or waiting is None:
            return
        if waiting.state is InstructionState.ISSUED:
            market.chase(hand, instruction=ref)
        carrying.wait_for_market(found, hand.at, times + 1)
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


def remind_review(hand: Hand, *, measure: int) -> None:
    """Ask a lead whether a measure without an end still has to stand."""
    with transaction.atomic():
        found = the_measure(hand, measure)
        if found.closed_at is not None:
            return
        found.review_at = keeping.start(MEASURE_REVIEW, keeping.about(found), hand.at)
        found.save(update_fields=("review_at",))
        keeping.tell("lead", notices.TO_REVIEW, found.finding, hand.at, measure=declared(found.kind).title)
        keeping.keep(hand, found.finding, "remind_review", attention="review", measure=found.pk)


def _of(hand: Hand, instruction: str) -> Measure | None:
    """Return the measure that gave this instruction or is undone by it, locked; None where it is not of this room."""
    ours = Measure.objects.filter(Q(instruction=instruction) | Q(undoing=instruction))
    known = ours.values_list("pk", flat=True).first()
    return None if known is None else the_measure(hand, known)
