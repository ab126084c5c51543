"""What is read: open cases, receipts, and the marketplace's own records, page by page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any

from msgspec import Meta
from ninja import Schema, Status
from pydantic import Field

from mamori.grammar.actor import Actor, Role
from mamori.ground.cases import facts as cases
from mamori.ground.declared.casekinds import case_kind
from mamori.ground.declared.records import (
    CursorNotGood,
    Paged,
    PersonRef,
    Ref,
    Words,
    cursor_of,
    cut_page,
    form,
    place_of,
    says,
)
from mamori.ground.ledger import facts as ledger
from mamori.ground.ledger.ids import RECEIPT
from mamori.ground.market import actions as market, facts
from mamori.ground.market.facts import ListingState, SellerState
from mamori.ground.web.wording import language
from mamori.rooms.contact import facts as contact
from mamori.rooms.contact.facts import THREAD

# What is read: open cases page by page, and receipts.


ADDRESSED = "-"
"""What stands in a receipt's whole address (`12-abcd…`) and in no id."""
ReceiptName = Annotated[
    str,
    Meta(
        max_length=120,
        pattern=r"^(rct_[1-9][0-9]{0,18}|[1-9][0-9]{0,18}-[0-9a-z]+)\Z",
        extra=form("rct_… か、受領証の番号全体(12-abcd…)", "rct_…, or a receipt's whole address (12-abcd…)"),
    ),
]


class CasesAsked(Paged, frozen=True, kw_only=True):
    """Which open cases, and from where on."""

    buyer: Annotated[Ref | None, says("購入者の ref", "the ref of the buyer")] = None
    seller: Annotated[Ref | None, says("出品者の ref", "the ref of the seller")] = None
    order: Annotated[Ref | None, says("注文の ref", "the ref of the order")] = None


class Case(Schema):
    """An open case: its number for people, its state and its clock."""

    number: str
    kind: str
    topic: str
    thread: Annotated[str, Field(pattern=THREAD.pattern)] | None
    buyer_ref: str
    seller_ref: str
    order_ref: str
    state: str
    attention: str
    opened_at: datetime
    next_due_at: datetime | None


class Cases(Schema):
    """A page of open cases, what falls due first; `next` is missing on the last."""

    items: list[Case]
    next: str | None


class Receipt(Schema):
    """The receipt of an act, as verifiers take it; `content` and `salt` only for the party whom it concerns."""

    format: str
    number: int
    leaf: dict[str, Any]
    content: dict[str, Any] | None
    salt: str | None
    index: int
    size: int
    proof: list[str]
    checkpoint: str
    key: str


class Awaited(Schema):
    """The act is kept and waits for its place in the log."""

    id: Annotated[str, Field(pattern=RECEIPT.pattern)]
    state: str = "pending"


def list_cases(actor: Actor, query: CasesAsked) -> Status[Cases]:
    """List open cases in the order in which they fall due; with a party's token its own only."""
    chosen = {"buyer_ref": query.buyer, "seller_ref": query.seller, "order_ref": query.order}
    if actor.role is not Role.MACHINE:
        kind, _, ref = _subject(actor).partition(":")
        if chosen[f"{kind}_ref"] not in (None, ref):
            return Status(200, Cases(items=[], next=None))
        chosen[f"{kind}_ref"] = ref
    page = cases.open_cases(after=_after(query.cursor), limit=query.limit, **chosen)
    threads = contact.threads_of([case.about for case in page.cases])
    is_market = actor.role is Role.MACHINE
    items = [_case(case, threads.get(case.about), shows_attention=is_market) for case in page.cases]
    return Status(200, Cases(items=items, next=_cursor(page.after)))


def get_receipt(actor: Actor, receipt: str) -> Status[Receipt] | Status[Awaited]:
    """Return the receipt of an act; 202 while the act waits for its place in the log.

    An API key alone sees the proof; a party sees the receipts that concern it or whose whole address it has
    ("12-abcd…"), and in words what it did itself, or who acts for it.
    """
    named = None if ADDRESSED in receipt else RECEIPT.number(receipt)
    number, found = ledger.receipt_for(actor, receipt, number=named)
    if found is None:
        return Status(202, Awaited(id=RECEIPT.of(number)))
    return Status(200, Receipt(**found.as_dict()))


def _subject(actor: Actor) -> str:
    return actor.by.rpartition("/")[0] if actor.role is Role.DELEGATE else actor.by


def _case(case: cases.CaseFact, thread: int | None, *, shows_attention: bool) -> Case:
    return Case(
        number=case.number,
        kind=case.kind,
        topic=case_kind(case.kind).topic(case.title).in_(language()),
        thread=THREAD.of(thread) if thread else None,
        buyer_ref=case.buyer_ref,
        seller_ref=case.seller_ref,
        order_ref=case.order_ref,
        state=case.state,
        attention=(case.attention or "") if shows_attention else "",
        opened_at=case.opened_at,
        next_due_at=case.next_due_at,
    )


_Where = tuple[datetime | None, Annotated[int, Meta(ge=0, le=2**63 - 1)], datetime | None]
"""Where a page ended: its due moment, its case, and since when that was urgent."""


def _cursor(after: cases.Cursor | None) -> str | None:
    return cursor_of([after.next_due_at, after.id, after.urgent_since]) if after else None


def _after(cursor: str | None) -> cases.Cursor | None:
    place = place_of(cursor, _Where)
    if place is None:
        return None
    due, number, since = place
    for moment in (due, since):
        if moment is not None and (moment.tzinfo is None or not 1900 <= moment.year <= 9000):
            raise CursorNotGood
    return cases.Cursor(due, number, since)


# The marketplace's own records in lists, each as it was told.


_Place = Annotated[str, Meta(max_length=64)]


class SellersAsked(Paged, frozen=True, kw_only=True):
    """Which sellers."""

    state: Annotated[
        SellerState | None,
        says("通販サイトでの利用の状態", "how the account stands"),
        Meta(extra=form("、".join(SellerState), ", ".join(SellerState))),
    ] = None


class BuyersAsked(Paged, frozen=True, kw_only=True):
    """Which buyers: all."""


class ListingsAsked(Paged, frozen=True, kw_only=True):
    """Which listings."""

    seller: Annotated[PersonRef | None, says("出品者の ref", "the ref of the seller")] = None
    category: Annotated[Words | None, says("商品の分野", "the category of goods")] = None
    state: Annotated[
        ListingState | None,
        says("通販サイトでの状態", "how it stands"),
        Meta(extra=form("、".join(ListingState), ", ".join(ListingState))),
    ] = None


class OrdersAsked(Paged, frozen=True, kw_only=True):
    """Which orders."""

    buyer: Annotated[PersonRef | None, says("購入者の ref", "the ref of the buyer")] = None
    seller: Annotated[PersonRef | None, says("出品者の ref", "the ref of the seller")] = None


class RecordListed(Schema):
    """A record by its reference, as `GET` gives it back but for how a person is reached; null where it was erased."""

    ref: str
    record: dict[str, Any] | None


class Records(Schema):
    """A page of records in the order of their references; `next` is null on the last."""

    items: list[RecordListed]
    next: str | None


def list_sellers(actor: Actor, query: SellersAsked) -> Status[Records]:
    """List sellers; how they are reached and who they are in the registers is read one by one."""
    del actor
    return _listed("seller", query, state=query.state)


def list_buyers(actor: Actor, query: BuyersAsked) -> Status[Records]:
    """List buyers."""
    del actor
    return _listed("buyer", query)


def list_listings(actor: Actor, query: ListingsAsked) -> Status[Records]:
    """List listings."""
    del actor
    return _listed("listing", query, seller=query.seller, category=query.category, state=query.state)


def list_orders(actor: Actor, query: OrdersAsked) -> Status[Records]:
    """List orders."""
    del actor
    return _listed("order", query, buyer=query.buyer, seller=query.seller)


REACHED_BY = frozenset({"mail", "phone", "address"})
"""How a person is reached: read one by one, never in a list."""
LISTS: dict[str, Callable[..., Status[Records]]] = {
    "seller": list_sellers,
    "buyer": list_buyers,
    "listing": list_listings,
    "order": list_orders,
}


def _listed(name: str, query: Paged, **where: str | None) -> Status[Records]:
    found = facts.records(
        market.KINDS[name], after=place_of(query.cursor, _Place) or "", limit=query.limit + 1, **where
    )
    page, more = cut_page(found, query, lambda one: one[0])
    return Status(
        200, Records(items=[RecordListed(ref=ref, record=_named(told)) for ref, told in page], next=more)
    )


def _named(told: dict[str, Any] | None) -> dict[str, Any] | None:
    return None if told is None else {name: value for name, value in told.items() if name not in REACHED_BY}
