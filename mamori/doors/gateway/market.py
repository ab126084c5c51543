"""The marketplace tells: sellers, buyers, listings, orders, reviews, whatever happened in bulk, and what was confirmed."""

from __future__ import annotations

from datetime import datetime

from ninja import Schema, Status

from mamori.doors.gateway.body import MOST_LINES, Stream
from mamori.doors.gateway.refusals import ScopeMissing, TooManyLines
from mamori.grammar.hand import Hand
from mamori.grammar.refusal import Refusal
from mamori.ground.market import actions as market
from mamori.ground.market.actions import (
    BuyerLine,
    Change,
    ConfirmationLine,
    Line,
    LineOutcome,
    ListingLine,
    OrderLine,
    ReviewLine,
    SellerLine,
)
from mamori.ground.market.facts import InstructionState, Target
from mamori.ground.people.facts import Scope
from mamori.ground.web.wording import language


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
    ignored_fields: int
    outcomes: list[LineTold]


class Instruction(Schema):
    """An instruction as it stands.  Yen; what does not apply is empty."""

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
    undoes: str
    state: InstructionState
    times: int
    tracking: str
    issued_at: datetime
    recalled_at: datetime | None
    closed_at: datetime | None


def put_seller(hand: Hand, ref: str, body: SellerLine) -> Status[Told]:
    """Add a seller or bring it up to date."""
    return _told(ref, market.put_seller(hand, body))


def put_buyer(hand: Hand, ref: str, body: BuyerLine) -> Status[Told]:
    """Add a buyer or bring it up to date."""
    return _told(ref, market.put_buyer(hand, body))


def put_listing(hand: Hand, ref: str, body: ListingLine) -> Status[Told]:
    """Add a listing or bring it up to date."""
    return _told(ref, market.put_listing(hand, body))


def put_order(hand: Hand, ref: str, body: OrderLine) -> Status[Told]:
    """Add an order or bring it up to date; its refunds never go down."""
    return _told(ref, market.put_order(hand, body))


def put_review(hand: Hand, ref: str, body: ReviewLine) -> Status[Told]:
    """Add a review or bring it up to date; its words and its writer stay with you."""
    return _told(ref, market.put_review(hand, body))


def post_events(hand: Hand, lines: Stream) -> Status[Telling]:
    """Take in lines of any kind in bulk; a line that is refused holds up none of the others.

    That money went out is no more than another line here, but asks for the scope that saying so alone asks for.
    """
    closed: dict[type[Line], Refusal] = {}
    if Scope.INSTRUCTIONS_CONFIRM not in lines.scopes:
        closed[ConfirmationLine] = ScopeMissing(scope=Scope.INSTRUCTIONS_CONFIRM)
    outcomes = market.tell(hand, lines.lines(), closed=closed)
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
            ignored_fields=sum(line.ignored for line in outcomes),
            outcomes=[_line(line) for line in outcomes],
        ),
    )


def confirm_instruction(hand: Hand, ref: str, body: ConfirmationLine) -> Status[Instruction]:
    """Take in the marketplace's answer to an instruction; the same answer twice changes nothing."""
    if body.at is not None and body.at > hand.at:
        raise market.DateAhead(field="at")
    fact = market.confirm(
        hand, instruction=ref, outcome=body.outcome, note=body.note, done_at=body.at, tracking=body.tracking
    )
    return Status(200, Instruction.model_validate(fact, from_attributes=True))


def _told(ref: str, change: Change) -> Status[Told]:
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
