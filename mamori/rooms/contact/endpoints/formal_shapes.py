"""What the API shows of formal notices: the shapes of its answers, and how they are filled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from ninja import Schema
from pydantic import Field

from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.clocks.facts import ClockFact
from mamori.ground.ledger import facts as ledger
from mamori.ground.ledger.ids import RECEIPT
from mamori.ground.market import facts as market
from mamori.japan.lures.formal import FormalKind
from mamori.rooms.contact import formally
from mamori.rooms.contact.endpoints.shapes import Said, said
from mamori.rooms.contact.ids import FORMAL
from mamori.rooms.contact.lifecycle.formal import FormalState
from mamori.rooms.contact.models import Formal
from mamori.rooms.contact.queries.formal import reckoned_of


class Answer(StrEnum):
    """What a seller says to a notice; the notice stays what it is."""

    GO_ALONG = "go_along"
    DISPUTE = "dispute"


class ReplyShown(Schema):
    """One answer of the seller, with its words; null where it has none or they were erased."""

    answer: Answer | None
    at: datetime
    words: str | None


class FormalShown(Schema):
    """A formal notice: when it arrived and what followed; `receipt` proves the arrival.

    `words`, exactly as they arrived, are null unless a party reads this one notice, or where they were erased; `replies`,
    each answer of the seller, oldest first, is empty unless a party reads it, and `reply` is the newest one's words.
    `shared`: a party has shown it to the centre.  `counted` says the days that are counted; it is arithmetic and no ruling.
    `stands_still`: the clock of the answer is stopped after a disaster, and `due_at` is null until it runs on.
    """

    id: Annotated[str, Field(pattern=FORMAL.pattern)]
    case: str
    notice: FormalKind
    title: Said
    buyer_ref: str
    seller_ref: str
    order_ref: str
    state: FormalState
    received_on: date | None
    arrived_at: datetime
    due_at: datetime | None
    stands_still: bool
    replied_at: datetime | None
    closed_at: datetime | None
    counted: Said | None
    shared: bool
    receipt: Annotated[str, Field(pattern=RECEIPT.pattern)]
    words: str | None
    reply: str | None
    replies: list[ReplyShown]


class FormalList(Schema):
    """Notices, the newest first."""

    items: list[FormalShown]


def shown(notices: Sequence[Formal]) -> list[FormalShown]:
    """Show notices without their words."""
    names = [formally.about(formal) for formal in notices]
    known, owed = cases.cases_of(abouts=names), formally.answer_clocks(names)
    sent = ledger.acts_of(names, kind="contact.send_formal")
    counting = {(formal.seller_ref, formal.order_ref) for formal in notices if formal.received_on is not None}
    orders = market.orders([order for _, order in counting])
    sales = {sale: formally.sold(sale[0], orders.get(sale[1])) for sale in counting}
    return [
        _one(
            formal,
            case=known[name].number,
            owed=owed.get(name),
            receipt=sent[name][0].number,
            counted=reckoned_of(formal, sales.get((formal.seller_ref, formal.order_ref))),
        )
        for name, formal in zip(names, notices, strict=True)
    ]


def _one(
    formal: Formal, *, case: str, owed: ClockFact | None, receipt: int, counted: Text | None
) -> FormalShown:
    is_still = owed is not None and owed.stands_still
    return FormalShown(
        id=FORMAL.of(formal.pk),
        case=case,
        notice=FormalKind(formal.notice),
        title=said(formally.declared(formal).title),
        buyer_ref=formal.buyer_ref,
        seller_ref=formal.seller_ref,
        order_ref=formal.order_ref,
        state=FormalState(formal.state),
        received_on=formal.received_on,
        arrived_at=formal.arrived_at,
        due_at=owed.due_at if owed and not is_still else None,
        stands_still=is_still,
        replied_at=formal.replied_at,
        closed_at=formal.closed_at,
        counted=said(counted) if counted else None,
        shared=formal.shared_at is not None,
        receipt=RECEIPT.of(receipt),
        words=None,
        reply=None,
        replies=[],
    )
