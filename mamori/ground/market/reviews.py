"""Reviews as the marketplace tells them: their words sealed with the key of who wrote them, and what they said before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mamori.grammar.hand import Hand
from mamori.ground.market import words
from mamori.ground.market.lines import BuyerLine, ListingLine, OrderLine, ReviewLine
from mamori.ground.market.models import Buyer, Listing, Order, Review, ReviewEdit
from mamori.ground.market.outcomes import (
    AuthorNeeded,
    DateAhead,
    Outcome,
    PersonErased,
    ReferenceUnknown,
    SellerDiffers,
)
from mamori.ground.market.rows import write_rows


def write_reviews(hand: Hand, lines: Sequence[ReviewLine]) -> list[Outcome]:
    """Write reviews of known listings of that seller, and of a known order of the same where one is named."""
    listings = Listing.objects.in_bulk({line.listing for line in lines})
    orders = Order.objects.in_bulk({line.order for line in lines if line.order})
    authors = _authors(lines)
    edits: list[ReviewEdit] = []

    def row_of(line: ReviewLine, before: Review | None) -> Review:
        _check(line, before, listings, orders, authors=authors, hand=hand)
        row = Review(
            ref=line.ref,
            listing_id=line.listing,
            seller_id=line.seller,
            order_id=line.order,
            author_id=line.author,
            stars=line.stars,
            posted_at=line.posted_at,
            state=line.state.value,
            sealed=words.kept(line, before),
        )
        if before is not None and _says_other(row, before):
            edits.append(
                ReviewEdit(
                    review=before,
                    author_id=before.author_id,
                    stars=before.stars,
                    sealed=before.sealed,
                    changed_at=hand.at,
                )
            )
        return row

    outcomes = write_rows(Review, lines, row_of)
    ReviewEdit.objects.bulk_create(edits)
    return outcomes


def _authors(lines: Sequence[ReviewLine]) -> dict[str, bool]:
    """Return of each author who is known whether it still has a key."""
    wanted = {line.author for line in lines if line.author}
    known = set(Buyer.objects.filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()
    living = words.writers(known)
    return {ref: ref in living for ref in known}


def _check(
    line: ReviewLine,
    before: Review | None,
    listings: dict[Any, Listing],
    orders: dict[Any, Order],
    *,
    authors: dict[str, bool],
    hand: Hand,
) -> None:
    if line.posted_at > hand.at:
        raise DateAhead(field="posted_at")
    if line.text and line.author is None:
        raise AuthorNeeded
    if line.listing not in listings:
        raise ReferenceUnknown(what=ListingLine.title, ref=line.listing)
    if line.order is not None and line.order not in orders:
        raise ReferenceUnknown(what=OrderLine.title, ref=line.order)
    is_same = before is not None and (before.listing_id, before.seller_id) == (line.listing, line.seller)
    owner = line.seller if is_same else listings[line.listing].seller_id  # goods may have changed hands since
    owners = {owner, *((orders[line.order].seller_id,) if line.order else ())}
    if others := owners - {line.seller}:
        raise SellerDiffers(seller=line.seller, listing=line.listing, owner=others.pop())
    if line.author is not None and line.author not in authors:
        raise ReferenceUnknown(what=BuyerLine.title, ref=line.author)
    if line.text and line.author is not None and not authors[line.author]:
        raise PersonErased(ref=line.author)


def _says_other(row: Review, before: Review) -> bool:
    """Say whether its stars or its words are others than before."""
    return row.stars != before.stars or row.author_id != before.author_id or row.sealed != before.sealed
