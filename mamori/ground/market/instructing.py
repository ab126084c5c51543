"""Instructions to the marketplace: issued, chased, and done only when it confirms them."""

from __future__ import annotations

import secrets
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.db.models import Sum

from mamori.grammar.event import Event
from mamori.grammar.hand import STAFF, Hand, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.statechart import StepNotYours
from mamori.grammar.text import Text
from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.ledger import actions as ledger
from mamori.ground.market import facts
from mamori.ground.market.events import (
    InstructionConfirmed,
    InstructionIssued,
    InstructionRecalled,
    InstructionRefused,
)
from mamori.ground.market.lifecycle import INSTRUCTION, InstructionState
from mamori.ground.market.lines import Outcome
from mamori.ground.market.models import Instruction, Order
from mamori.ground.outbox import actions as outbox

MAY_INSTRUCT = STAFF | {Role.MACHINE}


class InstructionKind(StrEnum):
    """What the marketplace can be asked to do."""

    REFUND = "refund"
    DEDUCT = "deduct"
    LABEL = "label"


class OrderUnknown(Refusal):
    """Given when an instruction is about an order that nobody has told us of."""

    code = "order-unknown"
    status = 404
    text = Text(
        "注文「{ref}」が見つかりません。番号をお確かめのうえ、市場の記録を取り込んでください。",
        "There is no order “{ref}”. Please check the number, or import the marketplace's records.",
    )


class AmountNotLeft(Refusal):
    """Given when an amount is nothing, or more than is left of the order."""

    code = "amount-not-left"
    status = 422
    text = Text(
        "{amount} 円は指示できません。この注文で残っているのは {left} 円です。1円からその額までにしてください。",
        "{amount} yen is not possible: {left} yen is left of this order. Please give an amount from 1 up to that.",
    )


class OrderNeverSent(Refusal):
    """Given when a label is asked for an order whose goods never were sent."""

    code = "order-never-sent"
    status = 409
    text = Text(
        "注文「{ref}」は、商品が送られないまま取り消されています。返品の送り状は要らないので、指示できません。",
        "The order “{ref}” was cancelled before its goods were sent; nothing comes back, so no label is issued.",
    )


class OrderChargedBack(Refusal):
    """Given when the card company has already given the money back."""

    code = "order-charged-back"
    status = 409
    text = Text(
        "注文「{ref}」はチャージバック済みです。二重の返金になるため指示できません。",
        "The order “{ref}” was charged back; a refund would pay it twice, so none is issued.",
    )


class InstructionAlreadyOut(Refusal):
    """Given when another instruction for the same matter still waits."""

    code = "instruction-already-out"
    status = 409
    text = Text(
        "この件では {amount} 円の指示「{ref}」が確認待ちです。市場の確認を待ってください。",
        "The instruction “{ref}” for {amount} yen still waits in this matter. Please wait for the marketplace.",
    )


class InstructionUnknown(Refusal):
    """Given when the marketplace confirms what it was never asked."""

    code = "instruction-unknown"
    status = 404
    text = Text(
        "指示「{ref}」はありません。お知らせした番号(ins_…)をそのままお返しください。",
        "There is no instruction “{ref}”. Please return the id (ins_…) exactly as it was given.",
    )


class AnotherAnswer(Refusal):
    """Given when the marketplace answers an instruction differently from before."""

    code = "another-answer"
    status = 409
    text = Text(
        "指示「{ref}」には、すでに「{state}」と答えています。誤りのときは相談窓口の責任者にお知らせください。",
        "The instruction “{ref}” was already answered “{state}”. If that was a mistake, please tell a lead.",
    )


@transaction.atomic
def instruct(hand: Hand, *, kind: str, order_ref: str, about: str, amount: int = 0) -> str:
    """Ask the marketplace to refund or deduct `amount` yen, or to issue a return label; return the instruction's id.

    Asked again for the same matter and amount while it waits, it is the same instruction.

    :raises StepNotYours: when the hand is neither staff nor the machine.
    :raises OrderUnknown, OrderChargedBack, OrderNeverSent, AmountNotLeft, InstructionAlreadyOut: as their sentences say.
    """
    what = InstructionKind(kind)
    if hand.role not in MAY_INSTRUCT:
        raise StepNotYours(step=INSTRUCTION.title, roles=Text("窓口の担当", "staff"))
    order = Order.objects.select_for_update().filter(pk=order_ref).first()
    if order is None:
        raise OrderUnknown(ref=order_ref)
    if what is not InstructionKind.DEDUCT and order.charged_back:
        raise OrderChargedBack(ref=order_ref)
    if what is InstructionKind.LABEL and order.unsent:
        raise OrderNeverSent(ref=order_ref)
    waiting = Instruction.objects.filter(IS_OPEN, about=about, kind=what).first()
    if waiting is not None:
        if (waiting.order_id, waiting.amount) != (order_ref, amount):
            raise InstructionAlreadyOut(ref=waiting.pk, amount=f"{waiting.amount:,}")
        return waiting.pk
    left = _left(order, what)
    if not (amount == 0 if what is InstructionKind.LABEL else 1 <= amount <= left):
        raise AmountNotLeft(amount=f"{amount:,}", left=f"{left:,}")
    row = Instruction(
        ref=f"ins_{secrets.token_hex(12)}",
        kind=what.value,
        order=order,
        amount=amount,
        about=about,
        issued_at=hand.at,
    )
    row.save(force_insert=True)
    _tell(hand, row, "market.instruct", InstructionIssued(**_said(row), times=1))
    return row.pk


@transaction.atomic
def chase(hand: Hand, *, instruction: str) -> int:
    """Give the marketplace the same instruction again, under its same id; return how often it was given.

    :raises InstructionUnknown, StepNotOpen, StepNotYours: as their sentences say.
    """
    row = _locked(instruction)
    INSTRUCTION.take("chase", InstructionState(row.state), hand.role)
    row.times += 1
    row.save(update_fields=["times"])
    again: Event = InstructionIssued(**_said(row), times=row.times)
    if row.recalled_at is not None:  # what was called back is never given anew
        again = InstructionRecalled(**_said(row))
    _tell(hand, row, "market.chase", again)
    return row.times


@transaction.atomic
def recall(hand: Hand, *, instruction: str) -> None:
    """Ask the marketplace not to carry it out; it still answers: `refused`, or `confirmed` where it was too late.

    What was answered, or called back before, stays as it is.

    :raises InstructionUnknown, StepNotYours: as their sentences say.
    """
    row = _locked(instruction)
    if row.state != InstructionState.ISSUED or row.recalled_at is not None:
        return
    INSTRUCTION.take("recall", InstructionState.ISSUED, hand.role)
    row.recalled_at = hand.at
    row.save(update_fields=["recalled_at"])
    _tell(hand, row, "market.recall", InstructionRecalled(**_said(row)))


@transaction.atomic
def confirm(
    hand: Hand,
    *,
    instruction: str,
    outcome: str,
    note: str = "",
    done_at: datetime | None = None,
    tracking: str = "",
) -> facts.InstructionFact:
    """Take in the marketplace's answer: `confirmed` or `refused`; the same answer twice changes nothing.

    `tracking` is the number of the parcel that a label is for.
    `done_at` is when the marketplace says that it did it; what counts for clocks is `hand.at`.

    :raises InstructionUnknown, AnotherAnswer, StepNotYours: as their sentences say.
    """
    answer = Outcome(outcome)
    row = _locked(instruction)
    state = InstructionState(row.state)
    if state is not InstructionState.ISSUED:
        if state.value != answer.value:
            raise AnotherAnswer(ref=row.pk, state=INSTRUCTION.states[state])
        return facts.fact_of(row)
    step = "confirm" if answer is Outcome.CONFIRMED else "refuse"
    row.state = INSTRUCTION.take(step, state, hand.role).value
    row.closed_at = hand.at
    row.tracking = tracking if row.kind == InstructionKind.LABEL else ""
    row.save(update_fields=["state", "closed_at", "tracking"])
    told: Event = InstructionRefused(**_said(row))
    if answer is Outcome.CONFIRMED:
        _count_refund(row)
        told = InstructionConfirmed(**_said(row))
    _tell(hand, row, f"market.{step}", told, reason=note, done_at=done_at.isoformat() if done_at else "")
    return facts.fact_of(row)


def _count_refund(row: Instruction) -> None:
    if row.kind == InstructionKind.REFUND:
        # The order's own line may already tell this refund: never count above what was paid.
        order = row.order
        order.refunded_amount = min(order.amount, order.refunded_amount + row.amount)
        order.save(update_fields=["refunded_amount"])


def _left(order: Order, kind: InstructionKind) -> int:
    """Return the yen that may still be asked for: waiting instructions count as done."""
    own = order.instructions.filter(kind=kind).exclude(state=InstructionState.REFUSED)
    if kind is InstructionKind.REFUND:
        own = own.filter(IS_OPEN)
    asked: int = own.aggregate(asked=Sum("amount"))["asked"] or 0
    return order.amount - asked - (order.refunded_amount if kind is InstructionKind.REFUND else 0)


def _locked(ref: str) -> Instruction:
    """Return the instruction with its order locked first, as `instruct` does."""
    found = Instruction.objects.filter(pk=ref).values_list("order_id", flat=True).first()
    if found is None:
        raise InstructionUnknown(ref=ref[:64])
    order = Order.objects.select_for_update().get(pk=found)
    row = Instruction.objects.select_for_update().get(pk=ref)
    row.order = order
    return row


def _said(row: Instruction) -> dict[str, Any]:
    return {
        "subject": row.about,
        "instruction": row.pk,
        "what": row.kind,
        "order_ref": row.order_id,
        "seller_ref": row.order.seller_id,
        "buyer_ref": row.order.buyer_id,
        "amount": row.amount,
        "about": row.about,
    }


def _tell(hand: Hand, row: Instruction, kind: str, event: Event, *, reason: str = "", **more: str) -> None:
    payload = {"instruction": row.pk, "what": row.kind, "order": row.order_id, "amount": row.amount, **more}
    # Whose money it is about: a deduction is no business of the buyer's.
    is_buyers = row.kind != InstructionKind.DEDUCT
    subject = f"buyer:{row.order.buyer_id}" if is_buyers else f"seller:{row.order.seller_id}"
    ledger.record(hand, kind=kind, subject=subject, about=row.about, reason=reason, payload=payload)
    outbox.publish(event, at=hand.at)
