"""What an order or a question is about as staff see it: the goods as the marketplace told them, and how they were bought."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mamori.ground.market import facts as market
from mamori.ground.market.facts import ListingFact, OrderFact
from mamori.rooms.display import facts as display

MOST = 10
"""So many lines of an order stand on the case's page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goods:
    """One line: the name as it was when it was ordered, how many, and the listing as it is told of today."""

    name: str
    quantity: int
    listing: ListingFact


@dataclass(frozen=True, slots=True, kw_only=True)
class Bought:
    """An order, or the one listing that a question is about; `more` lines are left out, `screen_at` = its screen is kept.

    `display` is the version of what its seller showed by law when it was placed, 0 where none is kept.
    """

    order: OrderFact | None
    goods: tuple[Goods, ...]
    more: int = 0
    screen_at: datetime | None = None
    display: int = 0


def bought(order: OrderFact | None, listing_ref: str = "") -> Bought:
    """Return what staff see of what was bought or asked about: all listings in one look, and whether a screen is kept."""
    if order is None:
        found = market.listings([listing_ref] if listing_ref else [])
        asked = tuple(Goods(name=one.name, quantity=1, listing=one) for one in found.values())
        return Bought(order=None, goods=asked)
    items = order.items[:MOST]
    found = market.listings({item.listing for item in items})
    return Bought(
        order=order,
        goods=tuple(
            Goods(name=item.name, quantity=item.quantity, listing=found[item.listing])
            for item in items
            if item.listing in found
        ),
        more=len(order.items) - len(items),
        screen_at=market.screen_kept_at(order.ref),
        display=display.seen_version(order),
    )
