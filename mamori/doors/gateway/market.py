"""The marketplace tells: sellers, buyers, listings, orders, reviews, whatever happened in bulk, and what was confirmed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ninja import Schema, Status

from mamori.doors.gateway.body import MOST_LINES, Stream
from mamori.doors.gateway.instructions import Instruction, shown
from mamori.doors.gateway.refusals import ScopeMissing, TooManyLines
from mamori.doors.gateway.tags import Match
from mamori.grammar.hand import Hand
from mamori.grammar.refusal import Refusal
from mamori.ground.market import actions as market
from mamori.ground.market import facts
from mamori.ground.market.actions import (
    BuyerLine,
    Change,
    ConfirmationLine,
    ContactsLine,
    Fits,
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
    outcomes: list[LineTold]


def put_seller(hand: Hand, ref: str, body: SellerLine, match: Match) -> Status[Told]:
    """Add a seller or replace it whole; who it is in the registers and how it is reached stays."""
    return _told(ref, market.put_seller(hand, body, _fits(match)))


def put_verification(hand: Hand, ref: str, body: VerificationLine, match: Match) -> Status[Told]:
    """Replace whole who a known seller is in the registers, and how that was verified."""
    return _told(ref, market.put_verification(hand, body, _fits(match)))


def put_contacts(hand: Hand, ref: str, body: ContactsLine, match: Match) -> Status[Told]:
    """Replace whole how a known seller is reached; `protected` alone stays where it is left out."""
    return _told(ref, market.put_contacts(hand, body, _fits(match)))


def put_buyer(hand: Hand, ref: str, body: BuyerLine, match: Match) -> Status[Told]:
    """Add a buyer or replace it whole."""
    return _told(ref, market.put_buyer(hand, body, _fits(match)))


def put_listing(hand: Hand, ref: str, body: ListingLine, match: Match) -> Status[Told]:
    """Add a listing or replace it whole."""
    return _told(ref, market.put_listing(hand, body, _fits(match)))


def put_order(hand: Hand, ref: str, body: OrderLine, match: Match) -> Status[Told]:
    """Add an order or replace it whole; its refunds never go down."""
    return _told(ref, market.put_order(hand, body, _fits(match)))


def put_screen(hand: Hand, ref: str, body: ScreenLine, match: Match) -> Status[Told]:
    """Keep the final confirmation screen of an order as the buyer saw it; once kept it cannot be changed."""
    return _told(ref, market.put_screen(hand, body, _fits(match)))


def put_review(hand: Hand, ref: str, body: ReviewLine, match: Match) -> Status[Told]:
    """Add a review or replace it whole; what it said before is kept beside it."""
    return _told(ref, market.put_review(hand, body, _fits(match)))


def patcher(name: str) -> Callable[[Hand, str, Patch, Match], Status[Told]]:
    """Return the handler that changes what is given of one kind of record."""

    def patch(hand: Hand, ref: str, changes: Patch, match: Match) -> Status[Told]:
        return _told(ref, market.patch(hand, changes, _fits(match)))

    patch.__name__ = f"patch_{name}"
    patch.__doc__ = "Change what is given; null removes, the rest stays (JSON Merge Patch, RFC 7396)."
    return patch


def getter(name: str) -> Callable[[Hand, str], Status[dict[str, Any]]]:
    """Return the handler that gives one kind of record back as it was told."""

    def get(hand: Hand, ref: str) -> Status[dict[str, Any]]:
        del hand
        return Status(200, facts.record(market.KINDS[name], ref))

    get.__name__ = f"get_{name}"
    get.__doc__ = "Give the record back in the shape in which it is told, with the ETag that If-Match takes."
    return get


def _fits(match: Match) -> Fits | None:
    return match.fits if match.header else None


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
    return Status(200, shown(fact))


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
