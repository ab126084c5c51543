"""Listings and orders as they are told, many at once: what is new, what changed, what is refused.  Each ref at most once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

import msgspec

from mamori.grammar.hand import Hand
from mamori.ground.market import goods, refunds
from mamori.ground.market.events import OrderCancelled, OrderPaidBack
from mamori.ground.market.lines import BuyerLine, ListingLine, OrderLine
from mamori.ground.market.models import Buyer, Listing, Order, Seller
from mamori.ground.market.outcomes import (
    CancelledBeforeOrder,
    CompletionUnclear,
    DateAhead,
    Outcome,
    ReceiptUnclear,
    ReferenceUnknown,
    SeenAfterOrder,
    SellerDiffers,
    UnsentNotCancelled,
)
from mamori.ground.market.rows import write_rows
from mamori.ground.market.sellerlines import SellerLine
from mamori.ground.outbox import actions as outbox
from mamori.japan.calendar import JAPAN


def write_listings(hand: Hand, lines: Sequence[ListingLine]) -> list[Outcome]:
    """Write listings of known sellers; what buyers read of them is kept version by version."""
    sellers = _known(Seller, {line.seller for line in lines})
    new: list[Listing] = []

    def row_of(line: ListingLine, before: Listing | None) -> Listing:
        if line.seller not in sellers:
            raise ReferenceUnknown(what=SellerLine.title, ref=line.seller)
        if line.listed_at is not None and line.listed_at > hand.at:
            raise DateAhead(field="listed_at")
        row = Listing(
            ref=line.ref,
            seller_id=line.seller,
            name=line.name,
            price=line.price,
            code=line.code,
            category=line.category,
            url=line.url,
            brand=line.brand,
            model=line.model,
            gtin=line.gtin,
            nature=line.nature.value if line.nature else "",
            condition=line.condition.value if line.condition else "",
            listed_at=line.listed_at,
            pictures=list(line.pictures),
            state=line.state.value,
        )
        if before is None or goods.content_of(before) != goods.content_of(row):
            new.append(row)
        return row

    outcomes = write_rows(Listing, lines, row_of)
    goods.keep(new, at=hand.at)
    return outcomes


def write_orders(hand: Hand, lines: Sequence[OrderLine]) -> list[Outcome]:
    """Write orders of known buyers and sellers over known listings of that seller."""
    buyers = _known(Buyer, {line.buyer for line in lines})
    sellers = _known(Seller, {line.seller for line in lines})
    listings = Listing.objects.in_bulk({item.listing for line in lines for item in line.items})
    news: list[OrderCancelled | OrderPaidBack] = []

    def row_of(line: OrderLine, before: Order | None) -> Order:
        _check_order(line, buyers, sellers, listings, before=before, at=hand.at)
        items = [{**msgspec.to_builtins(item), "name": listings[item.listing].name} for item in line.items]
        known = refunds.told(line, before)
        order = Order(
            ref=line.ref,
            buyer_id=line.buyer,
            seller_id=line.seller,
            items=items,
            amount=line.amount,
            refunded_elsewhere=known.elsewhere,
            refunded_instructed=known.instructed,
            refunded_unclear=known.unclear,
            ordered_at=line.ordered_at,
            seen_at=line.seen_at,
            charged_back=line.charged_back,
            cancelled_at=line.cancelled_at,
            unsent=line.unsent,
            completed_at=line.completed_at,
            received_on=line.received_on,
            as_business=line.as_business,
        )
        if before:
            refunds.hold(line.ref, known.held)
            news.extend(_news_of(order, before))
        return order

    outcomes = write_rows(Order, lines, row_of)
    for event in news:
        outbox.publish(event, at=hand.at)
    return outcomes


def _news_of(order: Order, before: Order) -> Iterator[OrderCancelled | OrderPaidBack]:
    """Yield what is told: a known order turns out cancelled, or never sent, or its money went back on another way."""
    is_new = before.cancelled_at is None
    if order.cancelled_at is not None and (is_new or order.unsent > before.unsent):
        about = f"market.order:{order.pk}"
        yield OrderCancelled(subject=about, order_ref=order.pk, unsent=order.unsent, is_new=is_new)
    if order.refunded_elsewhere > before.refunded_elsewhere or order.charged_back > before.charged_back:
        yield refunds.paid_back(order)


def _check_order(
    line: OrderLine,
    buyers: set[str],
    sellers: set[str],
    listings: dict[Any, Listing],
    *,
    before: Order | None,
    at: datetime,
) -> None:
    """See that an order fits what is known; goods that it was told with before stay its own, whoever sells them today.

    :raises Refusal: for the first thing that does not.
    """
    _check_moments(line, at)
    if line.buyer not in buyers:
        raise ReferenceUnknown(what=BuyerLine.title, ref=line.buyer)
    if line.seller not in sellers:
        raise ReferenceUnknown(what=SellerLine.title, ref=line.seller)
    is_same = before is not None and before.seller_id == line.seller
    sold = {item["listing"] for item in before.items} if before is not None and is_same else set()
    for item in line.items:
        if item.listing not in listings:
            raise ReferenceUnknown(what=ListingLine.title, ref=item.listing)
        owner = line.seller if item.listing in sold else listings[item.listing].seller_id
        if owner != line.seller:
            raise SellerDiffers(seller=line.seller, listing=item.listing, owner=owner)


def _check_moments(line: OrderLine, at: datetime) -> None:
    """See that what is told of an order happened in an order that can be, and not ahead of now.

    :raises Refusal: for the first thing that did not.
    """
    if line.ordered_at > at:
        raise DateAhead(field="ordered_at")
    for field in ("cancelled_at", "completed_at"):
        told = getattr(line, field)
        if told is not None and told > at:
            raise DateAhead(field=field)
    if line.seen_at is not None and line.seen_at > line.ordered_at:
        raise SeenAfterOrder
    if line.cancelled_at is None and line.unsent:
        raise UnsentNotCancelled
    if line.cancelled_at is not None and line.cancelled_at < line.ordered_at:
        raise CancelledBeforeOrder
    if line.completed_at is not None and line.completed_at < line.ordered_at:
        raise CompletionUnclear
    if line.received_on is not None:
        _check_day(line.received_on, line.ordered_at, at)


def _check_day(received_on: date, ordered_at: datetime, at: datetime) -> None:
    """See that goods came between their order and today, in days of Japan."""
    if received_on > at.astimezone(JAPAN).date():
        raise DateAhead(field="received_on")
    if received_on < ordered_at.astimezone(JAPAN).date():
        raise ReceiptUnclear


def _known(model: type[Seller] | type[Buyer], refs: set[str]) -> set[str]:
    found: Any = model._default_manager.filter(ref__in=refs)
    return set(found.values_list("ref", flat=True))
