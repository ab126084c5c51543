"""What every instruction goes through: who may give it, how it is found and locked, written, recorded and told."""

from __future__ import annotations

import secrets
from typing import Any

from mamori.grammar.event import Event
from mamori.grammar.hand import STAFF, Hand, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.statechart import StepNotYours
from mamori.grammar.text import Text
from mamori.ground.ledger import actions as ledger
from mamori.ground.market.events import InstructionIssued, InstructionRecalled
from mamori.ground.market.lifecycle import INSTRUCTION, InstructionState
from mamori.ground.market.models import Instruction, Order, Seller
from mamori.ground.market.notes import concerned
from mamori.ground.outbox import actions as outbox

MAY_INSTRUCT = STAFF | {Role.MACHINE}


class InstructionUnknown(Refusal, code="instruction-unknown", status=404):
    """Given when the marketplace confirms what it was never asked."""

    text = Text(
        "指示「{ref}」はありません。お知らせした番号(ins_…)をそのままお返しください。",
        "There is no instruction “{ref}”. Please return the id (ins_…) exactly as it was given.",
    )


def may_instruct(hand: Hand) -> None:
    """See that the hand is one of the centre's."""
    if hand.role not in MAY_INSTRUCT:
        raise StepNotYours(step=INSTRUCTION.title, roles=Text("窓口の担当", "staff"))


def locked(ref: str) -> Instruction:
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


def issue(hand: Hand, row: Instruction) -> str:
    """Write a new instruction, tell the marketplace, and return the instruction's id."""
    row.ref = f"ins_{secrets.token_hex(12)}"
    row.issued_at = hand.at
    row.save(force_insert=True)
    record(hand, row, "market.instruct", InstructionIssued(**said(row), times=1))
    return row.pk


def call_back(hand: Hand, row: Instruction) -> None:
    """Ask the marketplace not to carry out what waits; asked once, it stays asked."""
    if row.state != InstructionState.ISSUED:
        return
    row.state = INSTRUCTION.take("recall", InstructionState.ISSUED, hand.role).value
    row.recalled_at = hand.at
    row.save(update_fields=["state", "recalled_at"])
    record(hand, row, "market.recall", InstructionRecalled(**said(row)))


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


def record(hand: Hand, row: Instruction, kind: str, event: Event, *, reason: str = "", **more: str) -> None:
    """Record the act with whom it concerns, and publish the event."""
    payload = {
        "instruction": row.pk,
        "what": row.kind,
        row.target: row.target_ref,
        "amount": row.amount,
        **more,
    }
    ledger.record(hand, kind=kind, subject=concerned(row), about=row.about, reason=reason, payload=payload)
    outbox.publish(event, at=hand.at)
