"""Instructions given: who may give them, how each is found, written, noted, recorded and told; and those on an order's money."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Any

from django.db.models import Sum

from mamori.grammar.actor import STAFF, Actor, Role
from mamori.grammar.event import Event
from mamori.grammar.refusal import Refusal
from mamori.grammar.statechart import StepNotYours
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.ledger import actions as ledger
from mamori.ground.market.events import InstructionIssued, InstructionRecalled
from mamori.ground.market.kinds import (
    DEDUCT,
    GIVE_BACK,
    LABEL,
    OF_ORDERS,
    OF_SELLERS,
    REFUND,
    InstructionKind,
)
from mamori.ground.market.lifecycle import INSTRUCTION, InstructionState
from mamori.ground.market.models import Instruction, Order, Seller
from mamori.ground.outbox import actions as outbox
from mamori.ground.seal import actions as sealing, facts as seals
from mamori.ground.seal.facts import Place

_OF_SELLERS = frozenset(kind.code for kind in OF_SELLERS)


def concerned(row: Instruction) -> str:
    """Return whom an instruction concerns: a deduction and a measure are no business of a buyer's."""
    if row.order is not None and row.kind not in _OF_SELLERS:
        return f"buyer:{row.order.buyer_id}"
    return f"seller:{row.seller_id}"


def note_sealed(row: Instruction, note: str) -> bytes | None:
    """Return what the marketplace added, sealed; None where it added nothing."""
    if not note.strip():
        return None
    return sealing.seal(subject=concerned(row), place=_place(row), plain=note.strip().encode())


def refused_because(refs: Iterable[str]) -> str:
    """Return what the marketplace added to the newest refusal among these; "" where nothing, or nobody can read it."""
    asked = Instruction.objects.select_related("order").filter(
        pk__in=[ref for ref in refs if ref], state=InstructionState.REFUSED.value
    )
    row = asked.order_by("-closed_at", "-ref").first()
    if row is None or row.note is None:
        return ""
    try:
        plain = seals.unseal(subject=concerned(row), place=_place(row), sealed=bytes(row.note))
    except seals.Shredded:
        return ""
    return plain.decode()


def _place(row: Instruction) -> Place:
    return Place("market_instruction", row.pk, "note")


# What every instruction goes through: who may give it, how it is found and locked, written, recorded and told.


MAY_INSTRUCT = STAFF | {Role.MACHINE}


class InstructionUnknown(Refusal, code="instruction-unknown", status=404):
    """Given when the marketplace confirms what it was never asked."""

    text = Text(
        "指示「{ref}」はありません。お知らせした番号(ins_…)をそのままお返しください。",
        "There is no instruction “{ref}”. Please return the id (ins_…) exactly as it was given.",
    )


def may_instruct(actor: Actor) -> None:
    """See that the actor is one of the centre's."""
    if actor.role not in MAY_INSTRUCT:
        raise StepNotYours(step=INSTRUCTION.title, roles=Text("窓口の担当", "staff"))


def locked_instruction(ref: str) -> Instruction:
    """Return the instruction with what it hangs on locked first, as giving it does: the order, or the seller."""
    found = Instruction.objects.filter(pk=ref).values_list("order_id", "seller_id").first()
    if found is None:
        raise InstructionUnknown(ref=ref[:64])
    order_ref, seller_ref = found
    order = Order.objects.select_for_update().get(pk=order_ref) if order_ref else None
    if order is None:
        Seller.objects.select_for_update().get(pk=seller_ref)
    row = Instruction.objects.select_for_update().get(pk=ref)
    row.order = order
    return row


def issue(actor: Actor, row: Instruction) -> str:
    """Write a new instruction, tell the marketplace, and return the instruction's id."""
    row.ref = f"ins_{secrets.token_hex(12)}"
    row.issued_at = actor.at
    row.save(force_insert=True)
    record_instruction(actor, row, "market.instruct", InstructionIssued(**said(row), times=1))
    return row.pk


def call_back(actor: Actor, row: Instruction) -> None:
    """Ask the marketplace not to carry out what waits; asked once, it stays asked."""
    if row.state != InstructionState.ISSUED:
        return
    row.state = INSTRUCTION.take("recall", InstructionState.ISSUED, actor.role).value
    row.recalled_at = actor.at
    row.save(update_fields=["state", "recalled_at"])
    record_instruction(actor, row, "market.recall", InstructionRecalled(**said(row)))


def said(row: Instruction) -> dict[str, Any]:
    """Return what every event says of an instruction."""
    return {
        "subject": row.about,
        "instruction": row.pk,
        "what": row.kind,
        "order_ref": row.order_id or "",
        "seller_ref": row.seller_id,
        "buyer_ref": row.order.buyer_id if row.order else "",
        "amount": row.amount,
        "about": row.about,
        "target": row.target,
        "target_ref": row.target_ref,
        "detail": row.detail,
        "until": row.until,
        "number": row.number,
        "undoes": row.undoes_id or "",
    }


def record_instruction(
    actor: Actor, row: Instruction, kind: str, event: Event, *, reason: str = "", **more: str
) -> None:
    """Record the act with whom it concerns, and publish the event."""
    payload = {
        "instruction": row.pk,
        "what": row.kind,
        row.target: row.target_ref,
        "amount": row.amount,
        **more,
    }
    ledger.record(actor, kind=kind, subject=concerned(row), about=row.about, reason=reason, payload=payload)
    outbox.publish(event, at=actor.at)


# Instructions on an order: money refunded, deducted or given back, and labels; never above what is left of it.


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
def instruct(actor: Actor, *, kind: str, order_ref: str, about: str, amount: int = 0) -> str:
    """Ask the marketplace to refund, deduct or give back `amount` yen, or to issue a return label; return its id.

    Asked again for the same matter and amount while it waits, it is the same instruction.
    """
    what = OF_ORDERS[kind]
    may_instruct(actor)
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
    return issue(actor, row)


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
