"""What the marketplace was asked to do: read one by one, and what is still to be done as a list."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta
from ninja import Schema, Status

from mamori.grammar.hand import Hand
from mamori.grammar.ids import outward
from mamori.ground.declared.pages import Paged, cut, place_of
from mamori.ground.declared.records import PersonRef, Ref, form, says
from mamori.ground.market import facts as market
from mamori.ground.market.actions import InstructionUnknown
from mamori.ground.market.facts import InstructionFact, InstructionState, Target


class Instruction(Schema):
    """An instruction as it stands, named as its webhook names it.  Yen; what does not apply is empty.

    `what` is its kind, `about` the id of the matter that it comes from, `times` how often it was told.  `told_late_at` is when
    you said that it was carried out though you had declined it and another had taken its place.
    """

    instruction: str
    what: str
    target: Target
    target_ref: str
    seller_ref: str
    order_ref: str
    number: int | None
    amount: int
    detail: str
    until: datetime | None
    undoes: str
    about: str
    state: InstructionState
    times: int
    tracking: str
    issued_at: datetime
    recalled_at: datetime | None
    told_late_at: datetime | None
    closed_at: datetime | None


class Instructions(Schema):
    """A page of instructions; `next` is null on the last."""

    items: list[Instruction]
    next: str | None


class InstructionsAsked(Paged, frozen=True, kw_only=True):
    """Which instructions."""

    state: Annotated[
        InstructionState,
        says(
            "状態。なければ、実行を待つもの(issued)",
            "how they stand; those to be carried out (issued) where absent",
        ),
        Meta(extra=form("、".join(InstructionState), ", ".join(InstructionState))),
    ] = InstructionState.ISSUED
    seller: Annotated[PersonRef | None, says("出品者の ref", "the ref of the seller")] = None
    order: Annotated[Ref | None, says("注文の ref", "the ref of the order")] = None


_Place = tuple[datetime, Annotated[str, Meta(max_length=64)]]
"""Where a page ended: the moment by which the list is ordered, and the instruction."""


def get_instruction(hand: Hand, ref: str) -> Status[Instruction]:
    """Read how an instruction stands."""
    del hand
    found = market.instruction(ref)
    if found is None:
        raise InstructionUnknown(ref=ref[:64])
    return Status(200, shown(found))


def list_instructions(hand: Hand, query: InstructionsAsked) -> Status[Instructions]:
    """List instructions of one state: what waits for an answer the oldest first, what has one the newest first.

    What was called back is no more to be carried out: it is `recalled`, and left out unless asked for.
    """
    del hand
    found = market.instructions_listed(
        state=query.state,
        seller=query.seller,
        order=query.order,
        after=place_of(query.cursor, _Place),
        limit=query.limit + 1,
    )
    page, more = cut(found, query, lambda one: [one.closed_at or one.issued_at, one.ref])
    return Status(200, Instructions(items=[shown(one) for one in page], next=more))


def shown(found: InstructionFact) -> Instruction:
    """Return an instruction as the API shows it."""
    return Instruction(
        instruction=found.ref,
        what=found.kind,
        target=found.target,
        target_ref=found.target_ref,
        seller_ref=found.seller_ref,
        order_ref=found.order_ref,
        number=found.number,
        amount=found.amount,
        detail=found.detail,
        until=found.until,
        undoes=found.undoes,
        about=outward(found.about),
        state=found.state,
        times=found.times,
        tracking=found.tracking,
        issued_at=found.issued_at,
        recalled_at=found.recalled_at,
        told_late_at=found.told_late_at,
        closed_at=found.closed_at,
    )
