"""The marketplace's own records in lists, each as it was told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from msgspec import Meta
from ninja import Schema, Status

from mamori.grammar.hand import Hand
from mamori.ground.declared.pages import Paged, cut, place_of
from mamori.ground.declared.records import PersonRef, Words, form, says
from mamori.ground.market import actions as market
from mamori.ground.market import facts
from mamori.ground.market.facts import ListingState, SellerState

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


def list_sellers(hand: Hand, query: SellersAsked) -> Status[Records]:
    """List sellers; how they are reached and who they are in the registers is read one by one."""
    del hand
    return _listed("seller", query, state=query.state)


def list_buyers(hand: Hand, query: BuyersAsked) -> Status[Records]:
    """List buyers."""
    del hand
    return _listed("buyer", query)


def list_listings(hand: Hand, query: ListingsAsked) -> Status[Records]:
    """List listings."""
    del hand
    return _listed("listing", query, seller=query.seller, category=query.category, state=query.state)


def list_orders(hand: Hand, query: OrdersAsked) -> Status[Records]:
    """List orders."""
    del hand
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
    page, more = cut(found, query, lambda one: one[0])
    return Status(
        200, Records(items=[RecordListed(ref=ref, record=_named(told)) for ref, told in page], next=more)
    )


def _named(told: dict[str, Any] | None) -> dict[str, Any] | None:
    return None if told is None else {name: value for name, value in told.items() if name not in REACHED_BY}
