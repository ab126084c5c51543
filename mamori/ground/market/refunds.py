"""What of an order's money went back, on our instructions and on other ways: each yen once, whichever is told first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.market.events import OrderPaidBack
from mamori.ground.market.kinds import REFUND
from mamori.ground.market.lines import OrderLine
from mamori.ground.market.models import Instruction, Order


class RefundedAboveAmount(Refusal):
    """Given when more went back on one way than was paid."""

    code = "refunded-above-amount"
    status = 422
    text = Text(
        "返金の合計 {refunded}円が、支払額 {amount}円を超えています。金額をお確かめください。",
        "Refunds of {refunded} yen exceed the {amount} yen paid. Please check the amounts.",
    )


class InstructedAboveRefunded(Refusal):
    """Given when more is said to have gone back on our instructions than in all."""

    code = "instructed-above-refunded"
    status = 422
    text = Text(
        "「instructed」の {instructed}円が「refunded」の {refunded}円を超えています。"
        "「refunded」には、指示による返金も含めた合計を書いてください。",
        "“instructed” ({instructed} yen) exceeds “refunded” ({refunded} yen), which is the total with ours in it. "
        "Please correct either.",
    )


@dataclass(frozen=True, slots=True)
class Refunds:
    """What went back of an order on other ways, and on instructions of ours.  Yen.

    `held` are those that wait and are in it; None where that is as before.
    """

    elsewhere: int
    instructed: int
    held: frozenset[str] | None = None


def told(line: OrderLine, before: Order | None) -> Refunds:
    """Return what a line makes known, of an order that is locked.

    The total holds what was done on our instructions.  How much that is `instructed` says; without it, what is new
    in the total is taken for an instruction that waits as soon as it is large enough, until the answer shows which it was.

    :raises RefundedAboveAmount, InstructedAboveRefunded: as their sentences say.
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


def count(instruction: Instruction, *, is_done: bool) -> OrderPaidBack | None:
    """Count a refund that was just answered; what was taken for it and is not went back on another way, and is told.

    :raises RefundedAboveAmount: when the marketplace has lowered what was paid below it meanwhile.
    """
    order = instruction.order
    if instruction.kind != REFUND.code or order is None or instruction.counted is is_done:
        return None
    instruction.counted = is_done
    instruction.save(update_fields=["counted"])
    order.refunded_instructed += instruction.amount if is_done else -instruction.amount
    if not is_done:
        order.refunded_elsewhere += instruction.amount
    _must_be_within(order.amount, order.refunded_elsewhere, order.refunded_instructed)
    memory.forget("market.order")
    order.save(update_fields=["refunded_elsewhere", "refunded_instructed"])
    return None if is_done else paid_back(order)


def count_beside(instruction: Instruction) -> OrderPaidBack | None:
    """Count a refund beside the one that took its place as money that went back on another way, which is told."""
    order = instruction.order
    if instruction.kind != REFUND.code or order is None:
        return None
    order.refunded_elsewhere = min(order.amount, order.refunded_elsewhere + instruction.amount)
    memory.forget("market.order")
    order.save(update_fields=["refunded_elsewhere"])
    return paid_back(order)


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
    if line.instructed is None and news <= 0:
        return Refunds(before.refunded_elsewhere, before.refunded_instructed)
    waiting = list(before.instructions.filter(IS_OPEN, kind=REFUND.code).order_by("issued_at", "ref"))
    held = frozenset(one.pk for one in waiting if one.counted)
    done = before.refunded_instructed - sum(one.amount for one in waiting if one.counted)
    if line.instructed is None:
        more = _fitting((one for one in waiting if not one.counted), news)
        ours = sum(one.amount for one in waiting if one.pk in more)
        elsewhere = before.refunded_elsewhere + news - ours
        held |= more
    else:
        elsewhere = max(before.refunded_elsewhere, line.refunded - line.instructed)
        held = _fitting(waiting, line.instructed - done)
    return Refunds(elsewhere, done + sum(one.amount for one in waiting if one.pk in held), held)


def _fitting(waiting: Iterable[Instruction], amount: int) -> frozenset[str]:
    """Return those that `amount` is large enough to hold, the oldest first."""
    found: set[str] = set()
    for one in waiting:
        if one.amount <= amount:
            found.add(one.pk)
            amount -= one.amount
    return frozenset(found)
