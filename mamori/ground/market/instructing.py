"""Instructions on an order: money refunded, deducted or given back, and labels; never above what is left of it."""

from __future__ import annotations

from django.db.models import Sum

from mamori.grammar.hand import Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.market.issuing import issue, may_instruct
from mamori.ground.market.kinds import (
    DEDUCT,
    GIVE_BACK,
    LABEL,
    OF_ORDERS,
    OF_SELLERS,
    REFUND,
    InstructionKind,
)
from mamori.ground.market.lifecycle import InstructionState
from mamori.ground.market.models import Instruction, Order


class OrderUnknown(Refusal, code="order-unknown", status=404):
    """Given when an instruction is about an order that nobody has told us of."""

    text = Text(
        "注文「{ref}」が見つかりません。番号をお確かめのうえ、通販サイトの記録を取り込んでください。",
        "There is no order “{ref}”. Please check the number, or import the marketplace's records.",
    )


class AmountNotLeft(Refusal, code="amount-not-left", status=422):
    """Given when an amount is nothing, or more than is left of the order."""

    text = Text(
        "{amount}円は指示できません。この注文で残っているのは {left}円です。1円からその額までにしてください。",
        "{amount} yen is not possible: {left} yen is left of this order. Please give an amount from 1 up to that.",
    )


class OrderNeverSent(Refusal, code="order-never-sent", status=409):
    """Given when a label is asked for an order whose goods never were sent."""

    text = Text(
        "注文「{ref}」は、商品が送られないまま取り消されています。返品の送り状は要らないので、指示できません。",
        "The order “{ref}” was cancelled before its goods were sent; nothing comes back, so no label is issued.",
    )


class OrderChargedBack(Refusal, code="order-charged-back", status=409):
    """Given when the card company has already given the money back."""

    text = Text(
        "注文「{ref}」はチャージバック済みです。二重の返金になるため指示できません。",
        "The order “{ref}” was charged back; a refund would pay it twice, so none is issued.",
    )


class InstructionAlreadyOut(Refusal, code="instruction-already-out", status=409):
    """Given when another instruction for the same matter still waits."""

    text = Text(
        "この件では {amount}円の指示「{ref}」が確認待ちです。通販サイトの確認を待ってください。",
        "The instruction “{ref}” for {amount} yen still waits in this matter. Please wait for the marketplace.",
    )


@memory.act()
def instruct(hand: Hand, *, kind: str, order_ref: str, about: str, amount: int = 0) -> str:
    """Ask the marketplace to refund, deduct or give back `amount` yen, or to issue a return label; return its id.

    Asked again for the same matter and amount while it waits, it is the same instruction.
    """
    what = OF_ORDERS[kind]
    may_instruct(hand)
    order = Order.objects.select_for_update().filter(pk=order_ref).first()
    if order is None:
        raise OrderUnknown(ref=order_ref)
    if what not in OF_SELLERS and order.charged_back:
        raise OrderChargedBack(ref=order_ref)
    if what is LABEL and order.unsent:
        raise OrderNeverSent(ref=order_ref)
    waiting = Instruction.objects.filter(IS_OPEN, about=about, kind=kind).first()
    if waiting is not None:
        if (waiting.order_id, waiting.amount, waiting.state) != (order_ref, amount, InstructionState.ISSUED):
            raise InstructionAlreadyOut(ref=waiting.pk, amount=f"{waiting.amount:,}")
        return waiting.pk
    left = left_of(order, what)
    if not (amount == 0 if what is LABEL else 1 <= amount <= left):
        raise AmountNotLeft(amount=f"{amount:,}", left=f"{left:,}")
    row = Instruction(
        kind=kind,
        target=what.target,
        target_ref=order_ref,
        seller_id=order.seller_id,
        order=order,
        amount=amount,
        about=about,
    )
    return issue(hand, row)


def left_of(order: Order, kind: InstructionKind) -> int:
    """Return the yen that may still be asked for: waiting instructions count as done."""
    own = order.instructions.filter(kind=kind.code).exclude(state=InstructionState.REFUSED)
    if kind is REFUND:
        own = own.filter(IS_OPEN, counted=False)
    asked: int = own.aggregate(asked=Sum("amount"))["asked"] or 0
    if kind is GIVE_BACK:
        taken = order.instructions.filter(kind=DEDUCT.code, state=InstructionState.CONFIRMED)
        return (taken.aggregate(taken=Sum("amount"))["taken"] or 0) - asked
    return order.amount - asked - (order.refunded_amount if kind is REFUND else 0)
