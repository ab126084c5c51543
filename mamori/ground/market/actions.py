"""Writes of `market`: put one record as the marketplace tells it; instruct, chase and confirm."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from mamori.grammar.hand import Hand
from mamori.grammar.refusal import Refusal
from mamori.ground.declared import memory
from mamori.ground.ledger import actions as ledger
from mamori.ground.market import mirror
from mamori.ground.market.answering import AnotherAnswer, chase, confirm, recall
from mamori.ground.market.erasing import (
    ErasingNotYours,
    ErasingReasonNeeded,
    MattersOpen,
    NobodyToErase,
    erase_person,
    erasure_agreed,
)
from mamori.ground.market.instructing import OrderChargedBack, OrderNeverSent, instruct
from mamori.ground.market.issuing import InstructionUnknown
from mamori.ground.market.leaving import shred_gone
from mamori.ground.market.lines import (
    KINDS,
    Accepted,
    BuyerLine,
    ConfirmationLine,
    Item,
    Line,
    ListingLine,
    OrderLine,
    ReviewLine,
    SellerLine,
)
from mamori.ground.market.measures import (
    AlreadyGone,
    MeasureAlreadyOut,
    MeasureUnfit,
    NothingToUndo,
    TargetUnknown,
    order_measure,
    undo,
)
from mamori.ground.market.mirror import (
    CancellationUnclear,
    Change,
    CompletionUnclear,
    DateAhead,
    PersonErased,
    ReferenceUnknown,
    SellerDiffers,
    VerificationUnclear,
)
from mamori.ground.market.refunds import InstructedAboveRefunded, RefundedAboveAmount
from mamori.ground.market.reviews import write_reviews
from mamori.ground.market.telling import LineOutcome, tell
from mamori.ground.market.termstelling import telling_goes_on, terms_announced
from mamori.ground.market.verification import MethodOver

__all__ = [
    "KINDS",
    "Accepted",
    "AlreadyGone",
    "AnotherAnswer",
    "BuyerLine",
    "CancellationUnclear",
    "Change",
    "CompletionUnclear",
    "ConfirmationLine",
    "DateAhead",
    "ErasingNotYours",
    "ErasingReasonNeeded",
    "InstructedAboveRefunded",
    "InstructionUnknown",
    "Item",
    "Line",
    "LineOutcome",
    "ListingLine",
    "MattersOpen",
    "MeasureAlreadyOut",
    "MeasureUnfit",
    "MethodOver",
    "NobodyToErase",
    "NothingToUndo",
    "OrderChargedBack",
    "OrderLine",
    "OrderNeverSent",
    "PersonErased",
    "ReferenceUnknown",
    "RefundedAboveAmount",
    "ReviewLine",
    "SellerDiffers",
    "SellerLine",
    "TargetUnknown",
    "VerificationUnclear",
    "chase",
    "confirm",
    "erase_person",
    "erasure_agreed",
    "instruct",
    "order_measure",
    "put_buyer",
    "put_listing",
    "put_order",
    "put_review",
    "put_seller",
    "recall",
    "shred_gone",
    "tell",
    "telling_goes_on",
    "terms_announced",
    "undo",
]


def put_seller(hand: Hand, line: SellerLine) -> Change:
    """Add the seller or bring it up to date; the clauses it accepted are kept in `terms`.

    :raises DateAhead, MethodOver, VerificationUnclear, PersonErased: as their sentences say.
    """
    return _put(hand, line, f"seller:{line.ref}", mirror.write_sellers)


def put_buyer(hand: Hand, line: BuyerLine) -> Change:
    """Add the buyer or bring it up to date.

    :raises PersonErased: when its personal data was erased.
    """
    return _put(hand, line, f"buyer:{line.ref}", mirror.write_buyers)


def put_listing(hand: Hand, line: ListingLine) -> Change:
    """Add the listing or bring it up to date.

    :raises ReferenceUnknown: when its seller is not known.
    """
    return _put(hand, line, f"seller:{line.seller}", mirror.write_listings)


def put_order(hand: Hand, line: OrderLine) -> Change:
    """Add the order or bring it up to date; its refunds never go down.

    :raises ReferenceUnknown, SellerDiffers, DateAhead, CancellationUnclear, CompletionUnclear: as their sentences say.
    :raises RefundedAboveAmount, InstructedAboveRefunded: when more was given back than was paid, or more of ours than in all.
    """
    return _put(hand, line, f"buyer:{line.buyer}", mirror.write_orders)


def put_review(hand: Hand, line: ReviewLine) -> Change:
    """Add the review or bring it up to date.

    :raises ReferenceUnknown, SellerDiffers, DateAhead: as their sentences say.
    """
    return _put(hand, line, f"seller:{line.seller}", write_reviews)


@memory.act()
def _put(
    hand: Hand, line: Any, subject: str, write: Callable[[Hand, Sequence[Any]], list[mirror.Outcome]]
) -> Change:
    [outcome] = write(hand, [line])
    if isinstance(outcome, Refusal):
        raise outcome
    if outcome is not Change.UNCHANGED:
        kind = type(line).__struct_config__.tag
        ledger.record(
            hand,
            kind="market.put",
            subject=subject,
            about=f"market.{kind}:{line.ref}",
            payload={"change": outcome},
        )
    return outcome
