"""What of an order's money went back, on our instructions and on other ways: each yen once, whichever is told first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.market.events import OrderPaidBack
from mamori.ground.market.kinds import REFUND
from mamori.ground.market.lifecycle import InstructionState
from mamori.ground.market.lines import OrderLine
from mamori.ground.market.models import Instruction, Order


class RefundedAboveAmount(Refusal, code="refunded-above-amount", status=422):
    """Given when more went back on one way than was paid."""

    text = Text(
        "返金の合計 {refunded}円が、支払額 {amount}円を超えています。金額をお確かめください。",
        "Refunds of {refunded} yen exceed the {amount} yen paid. Please check the amounts.",
    )


class InstructedAboveRefunded(Refusal, code="instructed-above-refunded", status=422):
    """Given when more is said to have gone back on our instructions than in all."""

    text = Text(
        "「instructed」の {instructed}円が「refunded」の {refunded}円を超えています。"
        "「refunded」には、指示による返金も含めた合計を書いてください。",
        "“instructed” ({instructed} yen) exceeds “refunded” ({refunded} yen), which is the total with ours in it. "
        "Please correct either.",
    )


_MAY_BE_IN = IS_OPEN | Q(state=InstructionState.REFUSED, told_late_at__isnull=True)
"""What waits; and what was declined, and may be said to be done after all."""


@dataclass(frozen=True, slots=True)
class Refunds:
    """What went back of an order on other ways, and on instructions of ours.  Yen.

    `unclear` of the first may be a refund of ours that was declined; `held` are those that wait and are in the second, None
    where that is as before.
    """

    elsewhere: int
    instructed: int
    unclear: int = 0
    held: frozenset[str] | None = None


def told(line: OrderLine, before: Order | None) -> Refunds:
    """Return what a line makes known, of an order that is locked.

    The total holds what was done on our instructions.  How much that is `instructed` says; without it, what is new
    in the total is taken for an instruction that waits as soon as it is large enough, until the answer shows which it was; where
    one was declined, what is new stays unclear until then.
    """
    if line.instructed is not None and line.instructed > line.refunded:
        raise InstructedAboveRefunded(instructed=f"{line.instructed:,}", refunded=f"{line.refunded:,}")
    found = _of_new(line) if before is None else _of_known(line, before)
    _must_be_within(line.amount, found.elsewhere, found.instructed)
    return found


def hold(order: str, held: frozenset[str] | None) -> None:
    """Note which instructions that wait the order's total holds already."""
    if held is None:
        return
    waiting = Instruction.objects.filter(IS_OPEN, order=order, kind=REFUND.code)
    waiting.exclude(ref__in=held).filter(counted=True).update(counted=False)
    waiting.filter(ref__in=held, counted=False).update(counted=True)


def count(instruction: Instruction, *, is_done: bool, is_late: bool = False) -> OrderPaidBack | None:
    """Count a refund that was just answered; what was taken for it and is not went back on another way, and is told.

    Until the marketplace tells them apart, that money may be this refund after all, and is it once it is said to be done.
    """
    order = instruction.order
    if instruction.kind != REFUND.code or order is None or instruction.counted is is_done:
        return None
    _mark(instruction, order, is_done=is_done)
    if not is_done:
        _turn_elsewhere(order, instruction.amount)
    elif is_late and order.refunded_unclear >= instruction.amount:
        _turn_elsewhere(order, -instruction.amount)
    _must_be_within(order.amount, order.refunded_elsewhere, order.refunded_instructed)
    _save(order)
    return None if is_done else paid_back(order)


def count_beside(instruction: Instruction, others: Iterable[Instruction]) -> OrderPaidBack | None:
    """Count a refund beside those that took its place as money that went back on another way, which is told.

    What the order's total told of before is not counted again, though it was taken for one of the others that waits.
    """
    order = instruction.order
    if instruction.kind != REFUND.code or order is None:
        return None
    before = order.refunded_elsewhere
    for other in others:
        if order.refunded_unclear < instruction.amount and other.counted:
            _mark(other, order, is_done=False)
            _turn_elsewhere(order, other.amount)
    if order.refunded_unclear >= instruction.amount:
        order.refunded_unclear -= instruction.amount
    else:
        order.refunded_elsewhere = min(order.amount, order.refunded_elsewhere + instruction.amount)
    _save(order)
    return paid_back(order) if order.refunded_elsewhere > before else None


def _mark(instruction: Instruction, order: Order, *, is_done: bool) -> None:
    instruction.counted = is_done
    instruction.save(update_fields=["counted"])
    order.refunded_instructed += instruction.amount if is_done else -instruction.amount


def _turn_elsewhere(order: Order, amount: int) -> None:
    """Count so much as having gone back on another way, or not any more; it may be a refund of ours."""
    order.refunded_elsewhere += amount
    order.refunded_unclear += amount


def _save(order: Order) -> None:
    memory.forget("market.order")
    order.save(update_fields=["refunded_elsewhere", "refunded_instructed", "refunded_unclear"])


def paid_back(order: Order) -> OrderPaidBack:
    """Return the event that money went back on another way than ours."""
    return OrderPaidBack(
        subject=f"market.order:{order.pk}",
        order_ref=order.pk,
        refunded=order.refunded_amount,
        charged_back=order.charged_back,
    )


def _must_be_within(amount: int, elsewhere: int, instructed: int) -> None:
    if max(elsewhere, instructed) > amount:
        raise RefundedAboveAmount(refunded=f"{elsewhere + instructed:,}", amount=f"{amount:,}")


def _of_new(line: OrderLine) -> Refunds:
    return Refunds(line.refunded - (line.instructed or 0), 0)


def _of_known(line: OrderLine, before: Order) -> Refunds:
    news = line.refunded - before.refunded_amount
    unclear = before.refunded_unclear
    if line.instructed is None and news <= 0:
        return Refunds(before.refunded_elsewhere, before.refunded_instructed, unclear)
    refunds = list(before.instructions.filter(_MAY_BE_IN, kind=REFUND.code).order_by("issued_at", "ref"))
    waiting = [one for one in refunds if one.state != InstructionState.REFUSED]
    held = frozenset(one.pk for one in waiting if one.counted)
    done = before.refunded_instructed - sum(one.amount for one in waiting if one.counted)
    if line.instructed is None:
        more = _fitting((one for one in waiting if not one.counted), news)
        ours = sum(one.amount for one in waiting if one.pk in more)
        elsewhere = before.refunded_elsewhere + news - ours
        unclear += news - ours if len(waiting) < len(refunds) else 0
        held |= more
    else:
        theirs = line.refunded - line.instructed
        elsewhere = max(before.refunded_elsewhere, theirs)
        unclear = min(unclear, elsewhere - theirs)
        held = _fitting(waiting, line.instructed - done)
    ours = done + sum(one.amount for one in waiting if one.pk in held)
    return Refunds(elsewhere, ours, unclear, held)


def _fitting(waiting: Iterable[Instruction], amount: int) -> frozenset[str]:
    """Return those that `amount` is large enough to hold, the oldest first."""
    found: set[str] = set()
    for one in waiting:
        if one.amount <= amount:
            found.add(one.pk)
            amount -= one.amount
    return frozenset(found)
