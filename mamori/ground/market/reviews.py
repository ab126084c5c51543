"""Reviews as the marketplace tells them: stars and where they stand, without words and without who wrote them."""

from __future__ import annotations

from collections.abc import Sequence

from mamori.grammar.hand import Hand
from mamori.ground.market.lines import ListingLine, OrderLine, ReviewLine
from mamori.ground.market.mirror import (
    DateAhead,
    Outcome,
    ReferenceUnknown,
    SellerDiffers,
    told_or_kept,
    write_rows,
)
from mamori.ground.market.models import Listing, Order, Review


def write_reviews(hand: Hand, lines: Sequence[ReviewLine]) -> list[Outcome]:
    """Write reviews of known listings of that seller, and of a known order of the same where one is named."""
    listings = Listing.objects.in_bulk({line.listing for line in lines})
    orders = Order.objects.in_bulk({line.order for line in lines if line.order})

    def row_of(line: ReviewLine, before: Review | None) -> Review:
        if line.posted_at > hand.at:
            raise DateAhead(field="posted_at")
        if line.listing not in listings:
            raise ReferenceUnknown(what=ListingLine.title, ref=line.listing)
        if line.order is not None and line.order not in orders:
            raise ReferenceUnknown(what=OrderLine.title, ref=line.order)
        owners = {listings[line.listing].seller_id, *((orders[line.order].seller_id,) if line.order else ())}
        if others := owners - {line.seller}:
            raise SellerDiffers(seller=line.seller, listing=line.listing, owner=others.pop())
        return Review(
            ref=line.ref,
            listing_id=line.listing,
            seller_id=line.seller,
            order_id=line.order or (before.order_id if before else None),
            stars=line.stars,
            posted_at=line.posted_at,
            **told_or_kept(line, before or Review(), "state"),
        )

    return write_rows(Review, lines, row_of)
