"""Writes of `market`: put one record as the marketplace tells it; instruct, chase and confirm."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mamori.grammar.actor import Actor
from mamori.grammar.refusal import Refusal
from mamori.ground.declared import memory
from mamori.ground.declared.records import by_now
from mamori.ground.ledger import actions as ledger
from mamori.ground.market import mirror, records
from mamori.ground.market.answering import (
    AmountDiffers as AmountDiffers,
    AnotherAnswer as AnotherAnswer,
    chase as chase,
    confirm as confirm,
    recall as recall,
)
from mamori.ground.market.erasing import (
    ErasingNotYours as ErasingNotYours,
    ErasingReasonNeeded as ErasingReasonNeeded,
    MattersOpen as MattersOpen,
    NobodyToErase as NobodyToErase,
    erase_person as erase_person,
    erasure_agreed as erasure_agreed,
    shred_gone as shred_gone,
)
from mamori.ground.market.importing import WRITERS, LineOutcome as LineOutcome, take_lines_in as take_lines_in
from mamori.ground.market.instructing import (
    InstructionUnknown as InstructionUnknown,
    OrderChargedBack as OrderChargedBack,
    OrderNeverSent as OrderNeverSent,
    instruct as instruct,
)
from mamori.ground.market.instructions import (
    InstructedAboveRefunded as InstructedAboveRefunded,
    RefundedAboveAmount as RefundedAboveAmount,
)
from mamori.ground.market.lines import (
    KINDS as KINDS,
    BuyerLine as BuyerLine,
    ConfirmationLine as ConfirmationLine,
    Item as Item,
    ListingLine as ListingLine,
    OrderLine as OrderLine,
    ReviewLine as ReviewLine,
    ScreenLine as ScreenLine,
)
from mamori.ground.market.measures import (
    AlreadyGone as AlreadyGone,
    TargetUnknown as TargetUnknown,
    order_measure as order_measure,
    undo as undo,
)
from mamori.ground.market.models import Screen
from mamori.ground.market.outcomes import (
    AuthorNeeded as AuthorNeeded,
    CancelledBeforeOrder as CancelledBeforeOrder,
    Change as Change,
    CompletionUnclear as CompletionUnclear,
    DateAhead as DateAhead,
    PersonErased as PersonErased,
    PrivateUnclear as PrivateUnclear,
    ReceiptUnclear as ReceiptUnclear,
    RecordChanged as RecordChanged,
    RecordUnknown as RecordUnknown,
    ReferenceUnknown as ReferenceUnknown,
    ScreenKept as ScreenKept,
    SeenAfterOrder as SeenAfterOrder,
    SellerDiffers as SellerDiffers,
    SoldAsKept as SoldAsKept,
    UnsentNotCancelled as UnsentNotCancelled,
    VerificationUnclear as VerificationUnclear,
)
from mamori.ground.market.parties import MethodOver as MethodOver
from mamori.ground.market.records import faults_of as faults_of, made_whole
from mamori.ground.market.sellerlines import (
    Accepted as Accepted,
    ContactsLine as ContactsLine,
    Line as Line,
    Patch as Patch,
    SellerLine as SellerLine,
    VerificationLine as VerificationLine,
    kind_of,
    name_of_ref as name_of_ref,
)
from mamori.ground.market.sellers import (
    close_erased as close_erased,
    settle_clearance as settle_clearance,
    telling_goes_on as telling_goes_on,
    terms_announced as terms_announced,
)

type Fits = Callable[[dict[str, Any] | None], bool]
"""Says whether a record, None where it is new, is still as the caller has read it; asked when nobody else can change it."""


def put_seller(actor: Actor, line: SellerLine, fits: Fits | None = None) -> Change:
    """Add the seller or replace it whole, but for who it is in the registers and how it is reached.

    The clauses it accepted are kept in `terms`.
    """
    return put(actor, line, fits)


def put_verification(actor: Actor, line: VerificationLine, fits: Fits | None = None) -> Change:
    """Replace who a known seller is in the registers and how that was verified."""
    return put(actor, line, fits)


def put_contacts(actor: Actor, line: ContactsLine, fits: Fits | None = None) -> Change:
    """Replace how a known seller is reached."""
    return put(actor, line, fits)


def put_buyer(actor: Actor, line: BuyerLine, fits: Fits | None = None) -> Change:
    """Add the buyer or replace it whole."""
    return put(actor, line, fits)


def put_listing(actor: Actor, line: ListingLine, fits: Fits | None = None) -> Change:
    """Add the listing or replace it whole."""
    return put(actor, line, fits)


def put_order(actor: Actor, line: OrderLine, fits: Fits | None = None) -> Change:
    """Add the order or replace it whole; its refunds never go down."""
    return put(actor, line, fits)


def put_review(actor: Actor, line: ReviewLine, fits: Fits | None = None) -> Change:
    """Add the review or replace it whole; what it said before is kept."""
    return put(actor, line, fits)


def put_screen(actor: Actor, line: ScreenLine, fits: Fits | None = None) -> Change:
    """Keep the final confirmation screen of a known order, once."""
    return put(actor, line, fits)


@memory.act()
def patch(actor: Actor, told: Patch, fits: Fits | None = None) -> Change:
    """Change what is given of a known record; null removes, and the rest stays (JSON Merge Patch)."""
    [line] = made_whole(told.kind, [told])
    if isinstance(line, Refusal):
        raise line
    return put(actor, line, fits)


@memory.act()
def put(actor: Actor, line: Line, fits: Fits | None = None) -> Change:
    """Add a record or replace it whole, and put that on record."""
    kind = type(line)
    if fits is not None:
        before = records.known(kind, [line.ref], locked=True).get(line.ref)
        if not fits(records.as_body(before) if before is not None else None):
            raise RecordChanged(what=kind.title, ref=line.ref)
    [outcome] = WRITERS[kind](actor, [by_now(line, actor.at)])
    if isinstance(outcome, Refusal):
        raise outcome
    if outcome is not Change.UNCHANGED:
        ledger.record(
            actor,
            kind="market.put",
            subject=_subject(line),
            about=f"market.{kind_of(line)}:{line.ref}",
            payload={"change": outcome, **_bound(line)},
        )
    return outcome


def _bound(line: Line) -> dict[str, str]:
    """Return by which digest the log knows what was said of goods."""
    return {"content": mirror.goods_digest(mirror.content_of(line))} if isinstance(line, ListingLine) else {}


def _subject(line: Line) -> str:
    """Return whom a record is about."""
    if isinstance(line, OrderLine):
        return f"buyer:{line.buyer}"
    if isinstance(line, ScreenLine):
        return f"buyer:{Screen.objects.values_list('buyer_id', flat=True).get(pk=line.ref)}"
    if isinstance(line, BuyerLine):
        return f"buyer:{line.ref}"
    return f"seller:{line.seller if isinstance(line, ListingLine | ReviewLine) else line.ref}"
