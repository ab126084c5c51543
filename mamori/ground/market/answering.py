"""What becomes of an instruction: given again, called back, and done only when the marketplace confirms it."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.event import Event
from mamori.grammar.hand import Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.market import lateness, notes, refunds
from mamori.ground.market.events import (
    InstructionConfirmed,
    InstructionDelayed,
    InstructionIssued,
    InstructionRecalled,
    InstructionRefused,
)
from mamori.ground.market.instructions import InstructionFact, fact_of
from mamori.ground.market.issuing import call_back, locked, record, said
from mamori.ground.market.kinds import LABEL
from mamori.ground.market.lifecycle import INSTRUCTION, InstructionState
from mamori.ground.market.lines import Outcome
from mamori.ground.market.measures import next_number, put_right, turn_wish
from mamori.ground.market.models import Instruction
from mamori.ground.outbox import actions as outbox


class AnotherAnswer(Refusal, code="another-answer", status=409):
    """Given when the marketplace answers an instruction differently from before."""

    text = Text(
        "指示「{ref}」には、すでに「{state}」と答えています。誤りのときは相談窓口の責任者にお知らせください。",
        "The instruction “{ref}” was already answered “{state}”. If that was a mistake, please tell a lead.",
    )


@memory.act()
def chase(hand: Hand, *, instruction: str) -> int:
    """Give the marketplace the same instruction again, under its same id; return how often it was given."""
    row = locked(instruction)
    INSTRUCTION.take("chase", InstructionState(row.state), hand.role)
    row.times += 1
    row.save(update_fields=["times"])
    again: Event = InstructionIssued(**said(row), times=row.times)
    if row.state == InstructionState.RECALLED:  # what was called back is never given anew
        again = InstructionRecalled(**said(row))
    record(hand, row, "market.chase", again)
    return row.times


@memory.act()
def recall(hand: Hand, *, instruction: str) -> None:
    """Ask the marketplace not to carry it out; it still answers: `refused`, or `confirmed` where it was too late.

    What was answered, or called back before, stays as it is.  A measure that is called back is not wanted any more, and
    one whose undoing is called back is wanted after all: should it have been too late, it is put right by itself.
    """
    row = locked(instruction)
    if row.state == InstructionState.ISSUED:
        call_back(hand, row)
        turn_wish(hand, row)


@memory.act()
def confirm(
    hand: Hand,
    *,
    instruction: str,
    outcome: str,
    note: str = "",
    done_at: datetime | None = None,
    tracking: str = "",
) -> InstructionFact:
    """Take in the marketplace's answer: `confirmed` or `refused`; the same answer twice changes nothing.

    `later` is no answer yet: what stands against it is kept for the staff, and the instruction goes on waiting.
    `confirmed` after `refused` is taken while no other instruction took its place; else it is kept as told late.

    `tracking` is the number of the parcel that a label is for, `note` what staff read about the answer.
    `done_at` is when the marketplace says that it did it; what counts for clocks is `hand.at`.
    """
    answer = Outcome(outcome)
    row = locked(instruction)
    state = InstructionState(row.state)
    is_late = state is InstructionState.REFUSED and answer is Outcome.CONFIRMED
    if state in INSTRUCTION.ends and not is_late:
        if state.value != answer.value:
            raise AnotherAnswer(ref=row.pk, state=INSTRUCTION.states[state])
        return fact_of(row)
    if is_late and lateness.is_taken_over(row):
        return lateness.keep(hand, row, note)
    if answer is Outcome.LATER:
        return _put_off(hand, row, note)
    step = "confirm_late" if is_late else "confirm" if answer is Outcome.CONFIRMED else "refuse"
    row.state = INSTRUCTION.take(step, state, hand.role).value
    row.closed_at = hand.at
    row.tracking = tracking if row.kind == LABEL.code else ""
    row.answered = next_number(row)
    row.note = notes.sealed(row, note)
    row.save(update_fields=["state", "closed_at", "tracking", "answered", "note"])
    told: Event = InstructionRefused(**said(row))
    if answer is Outcome.CONFIRMED:
        told = InstructionConfirmed(**said(row))
    paid_back = refunds.count(row, is_done=answer is Outcome.CONFIRMED, is_late=is_late)
    record(hand, row, f"market.{step}", told, reason=note, done_at=done_at.isoformat() if done_at else "")
    if paid_back:
        outbox.publish(paid_back, at=hand.at)
    put_right(hand, row)
    return fact_of(row)


def _put_off(hand: Hand, row: Instruction, note: str) -> InstructionFact:
    INSTRUCTION.take("put_off", InstructionState(row.state), hand.role)
    row.note = notes.sealed(row, note)
    row.save(update_fields=["note"])
    record(hand, row, "market.put_off", InstructionDelayed(**said(row)), reason=note)
    return fact_of(row)
