"""The marketplace tells of sellers, buyers, listings, orders, reviews, and what it did of what it was asked to do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any

from msgspec import Meta
from ninja import Schema, Status

from mamori.doors.gateway.body import MOST_LINES, Match, Stream
from mamori.doors.gateway.refusals import ScopeMissing, TooManyLines
from mamori.grammar.actor import Actor
from mamori.grammar.ids import outward
from mamori.grammar.refusal import Refusal
from mamori.ground.declared.records import Paged, PersonRef, Ref, cut_page, form, place_of, says
from mamori.ground.market import actions as market, facts
from mamori.ground.market.actions import (
    BuyerLine,
    Change,
    ConfirmationLine,
    ContactsLine,
    Fits,
    InstructionUnknown,
    Line,
    LineOutcome,
    ListingLine,
    OrderLine,
    Patch,
    ReviewLine,
    ScreenLine,
    SellerLine,
    VerificationLine,
)
from mamori.ground.market.facts import InstructionFact, InstructionState, Target
from mamori.ground.people.facts import Scope
from mamori.ground.web.wording import language

# What the marketplace was asked to do: read one by one, and what is still to be done as a list.


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
    buyer_ref: str
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


def get_instruction(actor: Actor, ref: str) -> Status[Instruction]:
    """Read how an instruction stands."""
    del actor
    found = facts.instruction(ref)
    if found is None:
        raise InstructionUnknown(ref=ref[:64])
    return Status(200, shown(found))


def list_instructions(actor: Actor, query: InstructionsAsked) -> Status[Instructions]:
    """List instructions of one state: what waits for an answer the oldest first, what has one the newest first.

    What was called back is no more to be carried out: it is `recalled`, and left out unless asked for.
    """
    del actor
    found = facts.instructions_listed(
        state=query.state,
        seller=query.seller,
        order=query.order,
        after=place_of(query.cursor, _Place),
        limit=query.limit + 1,
    )
    page, more = cut_page(found, query, lambda one: [one.closed_at or one.issued_at, one.ref])
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
        buyer_ref=found.buyer_ref,
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


# The marketplace tells: sellers, buyers, listings, orders, reviews, whatever happened in bulk, and what was confirmed.


class Told(Schema):
    """What telling did: never what was told."""

    ref: str
    change: Change


class LineTold(Schema):
    """What became of one line; `code` and `detail` say why it was refused."""

    line: int
    kind: str = ""
    ref: str = ""
    outcome: str
    code: str = ""
    detail: str = ""


class Telling(Schema):
    """What became of all lines."""

    lines: int
    added: int
    changed: int
    unchanged: int
    refused: int
    outcomes: list[LineTold]


def put_seller(actor: Actor, ref: str, body: SellerLine, match: Match) -> Status[Told]:
    """Add a seller or replace it whole; who it is in the registers and how it is reached stays."""
    return _answer(ref, market.put_seller(actor, body, _fits(match)))


def put_verification(actor: Actor, ref: str, body: VerificationLine, match: Match) -> Status[Told]:
    """Replace whole who a known seller is in the registers, and how that was verified."""
    return _answer(ref, market.put_verification(actor, body, _fits(match)))


def put_contacts(actor: Actor, ref: str, body: ContactsLine, match: Match) -> Status[Told]:
    """Replace whole how a known seller is reached; `protected` alone stays where it is left out."""
    return _answer(ref, market.put_contacts(actor, body, _fits(match)))


def put_buyer(actor: Actor, ref: str, body: BuyerLine, match: Match) -> Status[Told]:
    """Add a buyer or replace it whole."""
    return _answer(ref, market.put_buyer(actor, body, _fits(match)))


def put_listing(actor: Actor, ref: str, body: ListingLine, match: Match) -> Status[Told]:
    """Add a listing or replace it whole."""
    return _answer(ref, market.put_listing(actor, body, _fits(match)))


def put_order(actor: Actor, ref: str, body: OrderLine, match: Match) -> Status[Told]:
    """Add an order or replace it whole; its refunds never go down."""
    return _answer(ref, market.put_order(actor, body, _fits(match)))


def put_screen(actor: Actor, ref: str, body: ScreenLine, match: Match) -> Status[Told]:
    """Keep the final confirmation screen of an order as the buyer saw it; once kept it cannot be changed."""
    return _answer(ref, market.put_screen(actor, body, _fits(match)))


def put_review(actor: Actor, ref: str, body: ReviewLine, match: Match) -> Status[Told]:
    """Add a review or replace it whole; what it said before is kept beside it."""
    return _answer(ref, market.put_review(actor, body, _fits(match)))


def patcher(name: str) -> Callable[[Actor, str, Patch, Match], Status[Told]]:
    """Return the handler that changes what is given of one kind of record."""

    def patch(actor: Actor, ref: str, changes: Patch, match: Match) -> Status[Told]:
        return _answer(ref, market.patch(actor, changes, _fits(match)))

    patch.__name__ = f"patch_{name}"
    patch.__doc__ = "Change what is given; null removes, the rest stays (JSON Merge Patch, RFC 7396)."
    return patch


def getter(name: str) -> Callable[[Actor, str], Status[dict[str, Any]]]:
    """Return the handler that gives one kind of record back as it was told."""

    def get(actor: Actor, ref: str) -> Status[dict[str, Any]]:
        del actor
        return Status(200, facts.record(market.KINDS[name], ref))

    get.__name__ = f"get_{name}"
    get.__doc__ = "Give the record back in the shape in which it is told, with the ETag that If-Match takes."
    return get


def _fits(match: Match) -> Fits | None:
    return match.fits if match.header else None


def post_events(actor: Actor, lines: Stream) -> Status[Telling]:
    """Take in lines of any kind in bulk; a line that is refused holds up none of the others.

    That money went out is no more than another line here, but asks for the scope that saying so alone asks for.
    """
    closed: dict[type[Line], Refusal] = {}
    if Scope.INSTRUCTIONS_CONFIRM not in lines.scopes:
        closed[ConfirmationLine] = ScopeMissing(scope=Scope.INSTRUCTIONS_CONFIRM)
    outcomes = market.take_lines_in(actor, lines.lines(), closed=closed)
    if lines.is_cut:
        refusal = TooManyLines(most=f"{MOST_LINES:,}")
        outcomes.append(LineOutcome(line=MOST_LINES + 1, outcome=refusal))
    counts = {change: sum(1 for line in outcomes if line.outcome is change) for change in Change}
    return Status(
        200,
        Telling(
            lines=len(outcomes),
            added=counts[Change.ADDED],
            changed=counts[Change.CHANGED],
            unchanged=counts[Change.UNCHANGED],
            refused=len(outcomes) - sum(counts.values()),
            outcomes=[_line(line) for line in outcomes],
        ),
    )


def confirm_instruction(actor: Actor, ref: str, body: ConfirmationLine) -> Status[Instruction]:
    """Take in the marketplace's answer to an instruction; the same answer twice changes nothing."""
    if body.at is not None and body.at > actor.at:
        raise market.DateAhead(field="at")
    fact = market.confirm(
        actor,
        instruction=ref,
        outcome=body.outcome,
        note=body.note,
        done_at=body.at,
        amount=body.amount,
        tracking=body.tracking,
    )
    return Status(200, shown(fact))


def _answer(ref: str, change: Change) -> Status[Told]:
    return Status(201 if change is Change.ADDED else 200, Told(ref=ref, change=change))


def _line(line: LineOutcome) -> LineTold:
    if isinstance(line.outcome, Refusal):
        return LineTold(
            line=line.line,
            kind=line.kind,
            ref=line.ref,
            outcome="refused",
            code=line.outcome.code,
            detail=line.outcome.sentence.in_(language()),
        )
    return LineTold(line=line.line, kind=line.kind, ref=line.ref, outcome=line.outcome.value)
