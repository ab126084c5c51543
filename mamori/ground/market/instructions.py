"""What is known of instructions: one, many, those that are done, and those that wait for the marketplace."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, Sum

from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.market.finding import find
from mamori.ground.market.kinds import REFUND, Target
from mamori.ground.market.lifecycle import INSTRUCTION, InstructionState
from mamori.ground.market.models import Instruction


@dataclass(frozen=True, slots=True, kw_only=True)
class InstructionFact:
    """An instruction to the marketplace.  Yen; `times` counts how often it was given; `order_ref` is empty of a measure.

    `undoes` is the measure that it takes back; `undone_at` is when its own matter ceased to want a measure; `told_late_at` when
    the marketplace said that it was carried out after all, while another instruction had taken its place.
    """

    ref: str
    kind: str
    target: Target
    target_ref: str
    seller_ref: str
    order_ref: str
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
    row = find(Instruction, ref)
    return fact_of(row) if row else None


def was_recalled(ref: str) -> bool:
    """Say whether the marketplace was asked not to carry it out."""
    found = instruction(ref)
    return found is not None and found.recalled_at is not None


def instructions(refs: Collection[str]) -> dict[str, InstructionFact]:
    """Return these instructions by their number, in one look."""
    return {row.ref: fact_of(row) for row in Instruction.objects.filter(pk__in=refs)} if refs else {}


def instructions_done(
    *, kind: str, about: str, since: datetime, until: datetime
) -> tuple[InstructionFact, ...]:
    """Return the instructions of a kind that were confirmed in that time, for matters whose name begins so."""
    rows = Instruction.objects.filter(
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
    rows = Instruction.objects.filter(IS_OPEN, about__startswith=about)
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
    rows = Instruction.objects.filter(*([IS_OPEN] if is_open else []), state=state)
    wanted = {"seller": seller, "order": order}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value is not None})
    if after is not None:
        at, ref = after
        beyond = {f"{moment}__gt": at} if is_open else {f"{moment}__lt": at}
        same = {moment: at, "ref__gt": ref} if is_open else {moment: at, "ref__lt": ref}
        rows = rows.filter(Q(**beyond) | Q(**same))
    by = (moment, "ref") if is_open else (f"-{moment}", "-ref")
    return tuple(fact_of(row) for row in rows.order_by(*by)[:limit])


def fact_of(row: Instruction) -> InstructionFact:
    """Return an instruction's row as others see it."""
    return InstructionFact(
        ref=row.ref,
        kind=row.kind,
        target=Target(row.target),
        target_ref=row.target_ref,
        seller_ref=row.seller_id,
        order_ref=row.order_id or "",
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
