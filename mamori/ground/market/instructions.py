"""What is known of instructions: one, many, those that wait, and what of an order's money went back by them and by other ways."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet, Sum

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.market.events import OrderPaidBack
from mamori.ground.market.kinds import REFUND, Target
from mamori.ground.market.lifecycle import INSTRUCTION, InstructionState
from mamori.ground.market.lines import OrderLine
from mamori.ground.market.models import Instruction, Order, is_sound

# What is known of instructions: one, many, those that are done, and those that wait for the marketplace.


@dataclass(frozen=True, slots=True, kw_only=True)
class InstructionFact:
    """An instruction to the marketplace.  Yen; `times` counts how often it was given; `order_ref` and
    `buyer_ref` are empty of a measure.

    `undoes` is the measure that it takes back; `undone_at` is when its own matter ceased to want a measure; `told_late_at` when
    the marketplace said that it was carried out after all, while another instruction had taken its place.
    """

    ref: str
    kind: str
    target: Target
    target_ref: str
    seller_ref: str
    order_ref: str
    buyer_ref: str
    number: int | None
    amount: int
    detail: str
    until: datetime | None
    about: str
    state: InstructionState
    times: int
    tracking: str
    counted: bool
    undoes: str
    issued_at: datetime
    undone_at: datetime | None
    recalled_at: datetime | None
    told_late_at: datetime | None
    closed_at: datetime | None


def instruction(ref: str) -> InstructionFact | None:
    """Return the instruction, or None."""
    return instructions([ref]).get(ref) if is_sound(ref) else None


def was_recalled(ref: str) -> bool:
    """Say whether the marketplace was asked not to carry it out."""
    found = instruction(ref)
    return found is not None and found.recalled_at is not None


def instructions(refs: Collection[str]) -> dict[str, InstructionFact]:
    """Return these instructions by their number, in one look."""
    return {row.ref: fact_of(row) for row in _rows().filter(pk__in=refs)} if refs else {}


def instructions_done(
    *, kind: str, about: str, since: datetime, until: datetime
) -> tuple[InstructionFact, ...]:
    """Return the instructions of a kind that were confirmed in that time, for matters whose name begins so."""
    rows = _rows().filter(
        kind=kind,
        about__startswith=about,
        state=InstructionState.CONFIRMED,
        closed_at__gte=since,
        closed_at__lt=until,
    )
    return tuple(fact_of(row) for row in rows.order_by("closed_at", "ref"))


def refunds_counted(orders: Collection[str]) -> dict[str, int]:
    """Return the yen of the refunds on our instructions that count as gone back, of each of these orders that has any."""
    if not orders:
        return {}
    rows = Instruction.objects.filter(order__in=orders, kind=REFUND.code, counted=True)
    return dict(rows.values_list("order").annotate(sum=Sum("amount")))


def instructions_out(
    *, about: str, target: Target | None = None, before: datetime | None = None, limit: int | None = None
) -> tuple[InstructionFact, ...]:
    """Return what waits for the marketplace's answer, the oldest first, for matters whose name begins so.

    `before` leaves out what was given then or later.
    """
    rows = _rows().filter(IS_OPEN, about__startswith=about)
    if target is not None:
        rows = rows.filter(target=target)
    if before is not None:
        rows = rows.filter(issued_at__lt=before)
    return tuple(fact_of(row) for row in rows.order_by("issued_at", "ref")[:limit])


def instructions_listed(
    *,
    state: InstructionState,
    seller: str | None = None,
    order: str | None = None,
    after: tuple[datetime, str] | None = None,
    limit: int,
) -> tuple[InstructionFact, ...]:
    """Return instructions of one state, those `after` a place: without an answer the oldest first, else the newest first."""
    is_open = state in INSTRUCTION.open_states
    moment = "issued_at" if is_open else "closed_at"
    rows = _rows().filter(*([IS_OPEN] if is_open else []), state=state)
    wanted = {"seller": seller, "order": order}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value is not None})
    if after is not None:
        at, ref = after
        beyond = {f"{moment}__gt": at} if is_open else {f"{moment}__lt": at}
        same = {moment: at, "ref__gt": ref} if is_open else {moment: at, "ref__lt": ref}
        rows = rows.filter(Q(**beyond) | Q(**same))
    by = (moment, "ref") if is_open else (f"-{moment}", "-ref")
    return tuple(fact_of(row) for row in rows.order_by(*by)[:limit])


def _rows() -> QuerySet[Instruction]:
    """Return instructions with their orders, which say who bought."""
    return Instruction.objects.select_related("order")


def fact_of(row: Instruction) -> InstructionFact:
    """Return an instruction's row as others see it."""
    return InstructionFact(
        ref=row.ref,
        kind=row.kind,
        target=Target(row.target),
        target_ref=row.target_ref,
        seller_ref=row.seller_id,
        order_ref=row.order_id or "",
        buyer_ref=row.order.buyer_id if row.order else "",
        number=row.number,
        amount=row.amount,
        detail=row.detail,
        until=row.until,
        about=row.about,
        state=InstructionState(row.state),
        times=row.times,
        tracking=row.tracking,
        counted=row.counted,
        undoes=row.undoes_id or "",
        issued_at=row.issued_at,
        undone_at=row.undone_at,
        recalled_at=row.recalled_at,
        told_late_at=row.told_late_at,
        closed_at=row.closed_at,
    )


# What of an order's money went back, on our instructions and on other ways: each yen once, whichever is told first.


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


def made_known(line: OrderLine, before: Order | None) -> Refunds:
    """Return what a line makes known, of an order that is locked.

    The total holds what was done on our instructions.  How much that is `instructed` says; without it, what is new
    in the total is taken for an instruction that waits as soon as it is large enough, until the answer shows which it was; where
    one was declined, what is new stays unclear until then.
    """
    if line.instructed is not None and line.instructed > line.refunded:
        raise InstructedAboveRefunded(instructed=f"{line.instructed:,}", refunded=f"{line.refunded:,}")
    found = Refunds(line.refunded - (line.instructed or 0), 0) if before is None else _of_known(line, before)
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
