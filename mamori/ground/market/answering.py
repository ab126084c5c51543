"""What becomes of an instruction: given again, called back, and done only when the marketplace confirms it."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from mamori.grammar.actor import Actor
from mamori.grammar.event import Event
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.market import instructing, instructions
from mamori.ground.market.events import (
    InstructionConfirmed,
    InstructionDelayed,
    InstructionIssued,
    InstructionRecalled,
    InstructionRefused,
    InstructionToldLate,
)
from mamori.ground.market.instructing import call_back, left_of, locked_instruction, record_instruction, said
from mamori.ground.market.instructions import InstructionFact, fact_of
from mamori.ground.market.kinds import LABEL, OF_ORDERS, REFUND, Target
from mamori.ground.market.lifecycle import INSTRUCTION, InstructionState
from mamori.ground.market.lines import Outcome
from mamori.ground.market.measures import next_number, put_right, turn_wish
from mamori.ground.market.models import Instruction
from mamori.ground.outbox import actions as outbox

_OF_A_BUYER = (REFUND.code, LABEL.code)


def is_taken_over(row: Instruction) -> bool:
    """Say whether something took the place of what was declined: of the same matter, or another refund, or of the same money.

    Of a measure nothing does: it is a switch, and whatever is answered is put right by itself.
    """
    order = row.order
    if row.target != Target.ORDER or order is None:
        return False
    if _in_its_place(row).exists():
        return True
    what = OF_ORDERS[row.kind]
    left = left_of(order, what) + (order.refunded_elsewhere if what is REFUND else 0)
    return row.amount > left


def keep_late(actor: Actor, row: Instruction, note: str) -> InstructionFact:
    """Keep it as told late: what took its place in its matter and waits is called back, and a person looks.

    What was granted in another matter is not called back: whether it is the same money only a person can say.
    """
    if row.told_late_at is not None:
        return fact_of(row)
    row.told_late_at = actor.at
    row.note = instructing.note_sealed(row, note)
    row.save(update_fields=["told_late_at", "note"])
    waiting = list(_in_its_place(row).filter(IS_OPEN))
    for other in waiting:
        if other.about == row.about:
            other.order = row.order
            call_back(actor, other)
    paid_back = instructions.count_beside(row, waiting)
    record_instruction(actor, row, "market.tell_late", InstructionToldLate(**said(row)), reason=note)
    if paid_back:
        outbox.publish(paid_back, at=actor.at)
    return fact_of(row)


def _in_its_place(row: Instruction) -> QuerySet[Instruction]:
    """Return what was given for the same after it was declined, in its matter; or as a refund of its order in another."""
    kinds = _OF_A_BUYER if row.kind in _OF_A_BUYER else (row.kind,)
    same = Q(about=row.about, kind__in=kinds)
    if row.kind == REFUND.code:
        same |= Q(order=row.order, kind=REFUND.code) & ~Q(state=InstructionState.REFUSED)
    later = Instruction.objects.filter(same, issued_at__gte=row.closed_at)
    return later.exclude(pk=row.pk).order_by("issued_at", "ref")


class AnotherAnswer(Refusal, code="another-answer", status=409):
    """Given when the marketplace answers an instruction differently from before."""

    text = Text(
        "指示「{ref}」には、すでに「{state}」と答えています。誤りのときは相談窓口の責任者にお知らせください。",
        "The instruction “{ref}” was already answered “{state}”. If that was a mistake, please tell a lead.",
    )


class AmountDiffers(Refusal, code="amount-differs", status=422):
    """Given when another amount is said to have been carried out than was asked for."""

    text = Text(
        "指示「{ref}」は{asked}円です。{told}円を実行したとは受け取れません。金額をお確かめください。",
        "The instruction “{ref}” asks for {asked} yen; that {told} yen were carried out is not taken. "
        "Please check the amount.",
    )


@memory.act()
def chase(actor: Actor, *, instruction: str) -> int:
    """Give the marketplace the same instruction again, under its same id; return how often it was given."""
    row = locked_instruction(instruction)
    INSTRUCTION.take("chase", InstructionState(row.state), actor.role)
    row.times += 1
    row.save(update_fields=["times"])
    again: Event = InstructionIssued(**said(row), times=row.times)
    if row.state == InstructionState.RECALLED:  # what was called back is never given anew
        again = InstructionRecalled(**said(row))
    record_instruction(actor, row, "market.chase", again)
    return row.times


@memory.act()
def recall(actor: Actor, *, instruction: str) -> None:
    """Ask the marketplace not to carry it out; it still answers: `refused`, or `confirmed` where it was too late.

    What was answered, or called back before, stays as it is.  A measure that is called back is not wanted any more, and
    one whose undoing is called back is wanted after all: should it have been too late, it is put right by itself.
    """
    row = locked_instruction(instruction)
    if row.state == InstructionState.ISSUED:
        call_back(actor, row)
        turn_wish(actor, row)


@memory.act()
def confirm(
    actor: Actor,
    *,
    instruction: str,
    outcome: str,
    note: str = "",
    done_at: datetime | None = None,
    amount: int | None = None,
    tracking: str = "",
) -> InstructionFact:
    """Take in the marketplace's answer: `confirmed` or `refused`; the same answer twice changes nothing.

    `later` is no answer yet: what stands against it is kept for the staff, and the instruction goes on waiting.
    `confirmed` after `refused` is taken while no other instruction took its place; else it is kept as told late.

    `tracking` is the number of the parcel that a label is for, `note` what staff read about the answer.
    `done_at` is when the marketplace says that it did it; what counts for clocks is `actor.at`.  `amount` is what it says that
    it carried out, in yen: nothing is taken where that differs from what was asked.
    """
    answer = Outcome(outcome)
    row = locked_instruction(instruction)
    if answer is Outcome.CONFIRMED and amount is not None and amount != row.amount:
        raise AmountDiffers(ref=row.pk, told=f"{amount:,}", asked=f"{row.amount:,}")
    state = InstructionState(row.state)
    is_late = state is InstructionState.REFUSED and answer is Outcome.CONFIRMED
    if state in INSTRUCTION.ends and not is_late:
        if state.value != answer.value:
            raise AnotherAnswer(ref=row.pk, state=INSTRUCTION.states[state])
        return fact_of(row)
    if is_late and is_taken_over(row):
        return keep_late(actor, row, note)
    if answer is Outcome.LATER:
        return _put_off(actor, row, note)
    step = "confirm_late" if is_late else "confirm" if answer is Outcome.CONFIRMED else "refuse"
    row.state = INSTRUCTION.take(step, state, actor.role).value
    row.closed_at = actor.at
    row.tracking = tracking if row.kind == LABEL.code else ""
    row.answered = next_number(row)
    row.note = instructing.note_sealed(row, note)
    row.save(update_fields=["state", "closed_at", "tracking", "answered", "note"])
    told: Event = InstructionRefused(**said(row))
    if answer is Outcome.CONFIRMED:
        told = InstructionConfirmed(**said(row))
    paid_back = instructions.count(row, is_done=answer is Outcome.CONFIRMED, is_late=is_late)
    record_instruction(
        actor, row, f"market.{step}", told, reason=note, done_at=done_at.isoformat() if done_at else ""
    )
    if paid_back:
        outbox.publish(paid_back, at=actor.at)
    put_right(actor, row)
    return fact_of(row)


def _put_off(actor: Actor, row: Instruction, note: str) -> InstructionFact:
    INSTRUCTION.take("put_off", InstructionState(row.state), actor.role)
    row.note = instructing.note_sealed(row, note)
    row.save(update_fields=["note"])
    record_instruction(actor, row, "market.put_off", InstructionDelayed(**said(row)), reason=note)
    return fact_of(row)
