"""What the mirror answers: a seller, a buyer, a listing, an order, an instruction, as frozen values."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import batched

from mamori.grammar.clearance import Doing as Doing, PayoutClearance as PayoutClearance
from mamori.ground.declared import memory
from mamori.ground.market import mirror, parties
from mamori.ground.market.instructing import refused_because as refused_because
from mamori.ground.market.instructions import (
    InstructionFact as InstructionFact,
    instruction as instruction,
    instructions as instructions,
    instructions_done as instructions_done,
    instructions_listed as instructions_listed,
    instructions_out as instructions_out,
    refunds_counted as refunds_counted,
    was_recalled as was_recalled,
)
from mamori.ground.market.kinds import Target as Target
from mamori.ground.market.lifecycle import InstructionState as InstructionState
from mamori.ground.market.lines import (
    KINDS as KINDS,
    AgeBand as AgeBand,
    GoodsCondition as GoodsCondition,
    ListingState as ListingState,
    Nature as Nature,
    ReviewState as ReviewState,
    SoldAs as SoldAs,
)
from mamori.ground.market.listrows import MOST_ROWS as MOST_ROWS, ListRow as ListRow, read_list as read_list
from mamori.ground.market.matching import (
    Candidate as Candidate,
    FoundBy as FoundBy,
    RowMatch as RowMatch,
    Unfound as Unfound,
    match as match,
)
from mamori.ground.market.measures import is_gone_for as is_gone_for, standing as standing
from mamori.ground.market.mirror import GoodsFact as GoodsFact, content_of as content_of, goods_at as goods_at
from mamori.ground.market.models import (
    Buyer,
    Listing,
    ListingVersion,
    Order,
    Review,
    ReviewEdit,
    Screen,
    Seller,
    find,
    find_locked,
    is_sound,
)
from mamori.ground.market.parties import Contact as Contact, Former as Former
from mamori.ground.market.records import RecordErased as RecordErased, record as record, records as records
from mamori.ground.market.sellerlines import (
    SellerState as SellerState,
    safe_number as safe_number,
    shown_number as shown_number,
)
from mamori.ground.market.sellers import (
    CategoryCount as CategoryCount,
    ClearanceFact as ClearanceFact,
    HindranceFact as HindranceFact,
    SellerActivity as SellerActivity,
    activities as activities,
    activity as activity,
    clearance as clearance,
)
from mamori.ground.market.tables.columns import day_read as day_read, heading_folded as heading_folded
from mamori.ground.market.tables.sheets import ShopRow as ShopRow, open_rows as open_rows, written as written
from mamori.ground.market.values import (
    MOST,
    NATURES as NATURES,
    BuyerFact,
    ItemFact as ItemFact,
    ListingFact as ListingFact,
    OrderFact as OrderFact,
    Purchase as Purchase,
    ReviewEditFact,
    ReviewFact,
    SellerCounts as SellerCounts,
    SellerFact as SellerFact,
)
from mamori.ground.seal import actions as sealing, facts as seals

UNDER_WAY = timedelta(days=30)
"""How long an order of which the marketplace tells no end counts as one that somebody still waits for."""


def seller(ref: str) -> SellerFact | None:
    """Return the seller, or None."""
    return memory.of("market.seller", ref, lambda: _seller(find(Seller, ref)))


def sellers(refs: Collection[str]) -> dict[str, SellerFact]:
    """Return these sellers by their reference, in one look; the act that asks carries them."""
    rows = list(Seller.objects.filter(pk__in=refs)) if refs else []
    opener = seals.Opener().fetch(bytes(row.sealed) for row in rows)
    found = {row.ref: fact for row in rows if (fact := _seller(row, opener)) is not None}
    for ref, fact in found.items():
        memory.put("market.seller", ref, fact)
    return found


def _seller(row: Seller | None, opener: seals.Opener | None = None) -> SellerFact | None:
    if row is None:
        return None
    ref, contact = row.ref, parties.person_opened(row, opener)
    return SellerFact(
        ref=ref,
        contact=contact or Contact(),
        has_contact=row.has_contact and contact is not None,
        erased=contact is None,
        state=SellerState(row.state),
        country=row.country,
        unpaid=row.unpaid,
    )


def was_private(seller_ref: str, at: datetime) -> bool | None:
    """Return whether the seller was no business at a moment, such as that of a transaction; None = not told."""
    found = seller(seller_ref)
    return found.was_private(at) if found else None


def known_sellers(refs: Collection[str]) -> dict[str, str]:
    """Return the country of those of these sellers whom the marketplace told of and who are not erased, "" for Japan."""
    asked = {ref for ref in refs if is_sound(ref)}
    found = dict(Seller.objects.filter(pk__in=asked).values_list("ref", "country"))
    living = seals.living([f"seller:{ref}" for ref in found])
    living -= seals.erased(living)  # of whom something was put on record since
    return {ref: country for ref, country in found.items() if f"seller:{ref}" in living}


def shop_names(refs: Iterable[str]) -> dict[str, str]:
    """Return the shops' names in one look; a seller that is not known, nameless or erased is left out."""
    wanted = {ref for ref in refs if is_sound(ref)}
    known = memory.all_of("market.seller")
    found = sellers(wanted - known.keys()) | {ref: known[ref] for ref in wanted & known.keys()}
    return {
        ref: one.contact.name for ref, one in found.items() if one is not None and one.contact.name.strip()
    }


def selling(*, after: str, limit: int) -> tuple[str, ...]:
    """Return the references of sellers whose account is not closed, in their order, the next few after one."""
    rows = Seller.objects.exclude(state=SellerState.CLOSED).filter(ref__gt=after).order_by("ref")
    return tuple(rows.values_list("ref", flat=True)[:limit])


def selling_among(refs: Collection[str]) -> frozenset[str]:
    """Return those of these sellers whose account is not closed."""
    rows = Seller.objects.exclude(state=SellerState.CLOSED).filter(pk__in=refs)
    return frozenset(rows.values_list("ref", flat=True))


def private_among(refs: Collection[str]) -> frozenset[str]:
    """Return those of these sellers who are no business by the last word told, in one look; who was erased is none."""
    rows = list(Seller.objects.filter(pk__in=refs))
    opener = seals.Opener().fetch(bytes(row.sealed) for row in rows)
    told = ((row.ref, parties.person_opened(row, opener)) for row in rows)
    return frozenset(
        ref for ref, contact in told if contact and contact.statuses and contact.statuses[-1].private
    )


def buyer(ref: str) -> BuyerFact | None:
    """Return the buyer, or None."""
    return memory.of("market.buyer", ref, lambda: _buyer(find(Buyer, ref)))


def _buyer(row: Buyer | None, opener: seals.Opener | None = None) -> BuyerFact | None:
    if row is None:
        return None
    ref, contact = row.ref, parties.person_opened(row, opener)
    return BuyerFact(
        ref=ref,
        contact=contact or Contact(),
        has_contact=row.has_contact and contact is not None,
        erased=contact is None,
    )


def buyers(refs: Collection[str]) -> dict[str, BuyerFact]:
    """Return these buyers by their reference, in one look; the act that asks carries them."""
    rows = list(Buyer.objects.filter(pk__in=refs)) if refs else []
    opener = seals.Opener().fetch(bytes(row.sealed) for row in rows)
    found = {row.ref: fact for row in rows if (fact := _buyer(row, opener)) is not None}
    for ref, fact in found.items():
        memory.put("market.buyer", ref, fact)
    return found


def listing(ref: str) -> ListingFact | None:
    """Return the listing, or None."""
    row = find(Listing, ref)
    return _listing(row) if row else None


def listings(refs: Collection[str]) -> dict[str, ListingFact]:
    """Return these listings by their reference, in one look."""
    return {row.ref: _listing(row) for row in Listing.objects.filter(pk__in=refs)} if refs else {}


def goods_told(after: int, *, most: int) -> tuple[frozenset[str], int]:
    """Return whose the next `most` versions of listings after one are, and the last of these, `after` where there is none."""
    told = list(
        ListingVersion.objects.filter(pk__gt=after).order_by("pk").values_list("pk", "listing")[:most]
    )
    return frozenset(ref for _, ref in told), told[-1][0] if told else after


def goods_told_last() -> int:
    """Return the newest version of any listing, 0 where there is none."""
    return ListingVersion.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def goods_told_until(moment: datetime) -> int:
    """Return the newest version of any listing that was told before a moment, 0 where there is none."""
    told = ListingVersion.objects.filter(told_at__lt=moment).order_by("-pk")
    return told.values_list("pk", flat=True).first() or 0


def goods_after(after: str, *, most: int) -> tuple[str, ...]:
    """Return the references of the next `most` listings after one, in their order."""
    return tuple(Listing.objects.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:most])


def categories_of(refs: Collection[str]) -> dict[str, str]:
    """Return the category of each of these listings that is known, a thousand in a look."""
    rows = [
        Listing.objects.filter(pk__in=some).values_list("pk", "category") for some in batched(refs, 1_000)
    ]
    return {ref: category for some in rows for ref, category in some}


def _listing(row: Listing) -> ListingFact:
    return ListingFact(
        ref=row.ref,
        seller_ref=row.seller_id,
        name=row.name,
        price=row.price,
        code=row.code,
        category=row.category,
        url=row.url,
        brand=row.brand,
        model=row.model,
        gtin=row.gtin,
        nature=Nature(row.nature) if row.nature else None,
        condition=GoodsCondition(row.condition) if row.condition else None,
        listed_at=row.listed_at,
        pictures=tuple(row.pictures),
        state=ListingState(row.state),
    )


def on_offer(seller_ref: str, *, limit: int) -> tuple[ListingFact, ...]:
    """Return what a seller has on offer, the last by its reference first."""
    rows = Listing.objects.filter(seller=seller_ref, state=ListingState.ON_OFFER).order_by("-ref")
    return tuple(map(_listing, rows[:limit]))


def sells_in(seller_ref: str, category: str) -> bool:
    """Say whether the seller has a listing in the category, on offer or not."""
    return Listing.objects.filter(seller=seller_ref, category=category).exists()


def review(ref: str) -> ReviewFact | None:
    """Return the review, or None."""
    row = find(Review, ref)
    if row is None:
        return None
    return ReviewFact(
        ref=row.ref,
        listing_ref=row.listing_id,
        seller_ref=row.seller_id,
        order_ref=row.order_id or "",
        author_ref=row.author_id or "",
        text=mirror.words_opened(row),
        stars=row.stars,
        posted_at=row.posted_at,
        state=ReviewState(row.state),
    )


def review_edits(ref: str) -> tuple[ReviewEditFact, ...]:
    """Return what the review said before, the oldest first."""
    rows = ReviewEdit.objects.filter(review=ref).order_by("id") if is_sound(ref) else ()
    return tuple(
        ReviewEditFact(
            author_ref=row.author_id or "",
            stars=row.stars,
            text=mirror.words_opened(row),
            changed_at=row.changed_at,
        )
        for row in rows
    )


def counts(seller_ref: str, *, at: datetime) -> SellerCounts | None:
    """Return what a measure against the seller would touch, or None when nobody told of it.

    An order is under way until it is told to be over, cancelled or charged back, and for `UNDER_WAY` at most.
    """
    row = find(Seller, seller_ref)
    if row is None:
        return None
    under_way = row.orders.filter(
        ordered_at__gt=at - UNDER_WAY, completed_at=None, cancelled_at=None, charged_back=False
    )
    return SellerCounts(
        listings_on_offer=row.listings.filter(state=ListingState.ON_OFFER)[:MOST].count(),
        orders_under_way=under_way[:MOST].count(),
        unpaid=row.unpaid,
    )


def order(ref: str) -> OrderFact | None:
    """Return the order, or None."""
    row = memory.of("market.order", ref, lambda: find(Order, ref))
    return _order(row) if row else None


def with_parties(ref: str) -> OrderFact | None:
    """Return the order, locked, or None; the act that asks has read its buyer and its seller in the same look."""
    row = find_locked(Order, ref, "buyer", "seller")
    if row is None:
        return None
    sealing.lock([f"buyer:{row.buyer_id}", f"seller:{row.seller_id}"])
    memory.put("market.order", ref, row)
    memory.put("market.buyer", row.buyer_id, _buyer(row.buyer))
    memory.put("market.seller", row.seller_id, _seller(row.seller))
    return _order(row)


def screen_kept_at(order_ref: str) -> datetime | None:
    """Return when the final confirmation screen of an order was told and kept; None where none is, or its key is gone."""
    row = Screen.objects.filter(pk=order_ref).values_list("told_at", "buyer_id").first()
    return row[0] if row and not seals.erased([f"buyer:{row[1]}"]) else None


def orders(refs: Collection[str]) -> dict[str, OrderFact]:
    """Return these orders by their reference, in one look."""
    return {row.ref: _order(row) for row in Order.objects.filter(pk__in=refs)} if refs else {}


def orders_of(
    buyer_ref: str, *, limit: int = 20, received_since: date | None = None
) -> tuple[OrderFact, ...]:
    """Return the buyer's newest orders, or those alone that are known to have been received on that day or later."""
    rows = Order.objects.filter(buyer=buyer_ref).order_by("-ordered_at", "-ref")
    if received_since is not None:
        rows = rows.filter(received_on__gte=received_since)
    return tuple(_order(row) for row in rows[:limit])


def bought(
    listings: Collection[str], *, after: Sequence[str] = (), look: int, most: int
) -> tuple[list[Purchase], tuple[str, str, str] | None]:
    """Return who bought any of these listings by the next orders of their sellers after one, and by which order goes on.

    It looks through `look` orders at most, and on to no other once `most` purchases are found; None stands for the end.  What is
    known not to have been sent is passed over; what was cancelled otherwise may have been sent.
    """
    wanted, found = set(listings), list[Purchase]()
    sellers = sorted(set(Listing.objects.filter(pk__in=wanted).values_list("seller", flat=True)))
    begun = after[0] if after else ""
    for seller_ref in (one for one in sellers if one >= begun):
        rows = Order.objects.filter(seller=seller_ref, unsent=False).order_by("ordered_at", "ref")
        if after and seller_ref == begun:
            moment = datetime.fromisoformat(after[1])
            rows = rows.filter(ordered_at__gte=moment).exclude(ordered_at=moment, ref__lte=after[2])
        for ref, buyer_ref, items, at in rows.values_list("ref", "buyer", "items", "ordered_at")[:look]:
            look -= 1
            named = dict.fromkeys(item["listing"] for item in items if item["listing"] in wanted)
            found += [Purchase(order_ref=ref, buyer_ref=buyer_ref, listing_ref=one) for one in named]
            if look == 0 or len(found) >= most:
                return found, (seller_ref, at.isoformat(), ref)
    return found, None


def _order(row: Order) -> OrderFact:
    return OrderFact(
        ref=row.ref,
        buyer_ref=row.buyer_id,
        seller_ref=row.seller_id,
        items=tuple(ItemFact(**item) for item in row.items),
        amount=row.amount,
        refunded_elsewhere=row.refunded_elsewhere,
        refunded_instructed=row.refunded_instructed,
        charged_back=row.charged_back,
        ordered_at=row.ordered_at,
        seen_at=row.seen_at,
        cancelled_at=row.cancelled_at,
        unsent=row.unsent,
        completed_at=row.completed_at,
        received_on=row.received_on,
        as_business=row.as_business,
        sold_as=SoldAs(row.sold_as) if row.sold_as else None,
        age=AgeBand(row.age) if row.age else None,
    )
