"""Listings, orders, reviews and screens as they are told: what is new, changed or refused, and what buyers read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from mamori.grammar.actor import Actor
from mamori.ground.market import instructions
from mamori.ground.market.events import OrderCancelled, OrderPaidBack
from mamori.ground.market.lines import BuyerLine, ListingLine, OrderLine, ReviewLine, ScreenLine
from mamori.ground.market.models import (
    Buyer,
    Listing,
    ListingContent,
    ListingVersion,
    Order,
    Review,
    ReviewEdit,
    Screen,
    Seller,
)
from mamori.ground.market.outcomes import (
    AuthorNeeded,
    CancelledBeforeOrder,
    Change,
    CompletionUnclear,
    DateAhead,
    Outcome,
    PersonErased,
    ReceiptUnclear,
    ReferenceUnknown,
    ScreenKept,
    SeenAfterOrder,
    SellerDiffers,
    SoldAsKept,
    UnsentNotCancelled,
    write_rows,
)
from mamori.ground.market.sellerlines import SellerLine
from mamori.ground.outbox import actions as outbox
from mamori.ground.seal import actions as sealing, facts as seals
from mamori.ground.seal.facts import Place
from mamori.japan.calendar import JAPAN

# What buyers read of goods, version by version: each content is kept once, and found by the moment at which it was shown.


GOODS_READ = (
    "name",
    "price",
    "code",
    "category",
    "url",
    "brand",
    "model",
    "gtin",
    "nature",
    "condition",
    "pictures",
)
"""What of a listing a buyer reads: how it stands at the marketplace is no new version."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodsFact:
    """What a listing said from `since` on, and by which SHA-256 that is known."""

    listing_ref: str
    since: datetime
    digest: str
    told: dict[str, Any]


def content_of(listing: Any) -> dict[str, Any]:
    """Return what a buyer reads of a listing; what was not told is left out."""
    told = {name: getattr(listing, name) for name in GOODS_READ}
    told |= {
        "nature": str(told["nature"] or ""),
        "condition": str(told["condition"] or ""),
        "pictures": list(told["pictures"]),
    }
    return {name: value for name, value in told.items() if value not in ("", [])}


def goods_digest(told: dict[str, Any]) -> str:
    """Return the SHA-256 of a content's canonical JSON: UTF-8, keys sorted, no spaces."""
    plain = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def keep_goods(listings: Iterable[Listing], *, at: datetime) -> None:
    """Keep what these say from a moment on; the listings are written already."""
    told = [(listing.ref, content_of(listing)) for listing in listings]
    digests = [goods_digest(content) for _, content in told]
    contents = {
        one: ListingContent(digest=one, told=content) for one, (_, content) in zip(digests, told, strict=True)
    }
    if not contents:
        return
    known = set(ListingContent.objects.filter(pk__in=contents).values_list("pk", flat=True))
    new = [contents[one] for one in sorted(contents.keys() - known)]
    ListingContent.objects.bulk_create(new, ignore_conflicts=True)  # somebody else may keep the same just now
    ListingVersion.objects.bulk_create(
        ListingVersion(listing_id=ref, content_id=digest, told_at=at)
        for digest, (ref, _) in zip(digests, told, strict=True)
    )


def goods_at(refs: Collection[str], at: datetime) -> dict[str, GoodsFact]:
    """Return what each of these listings said at a moment; of which nothing was kept by then is left out."""
    return {one.listing_ref: one for one in _found(refs, at)}


def _found(refs: Collection[str], at: datetime) -> Iterator[GoodsFact]:
    for ref in refs:
        rows = ListingVersion.objects.select_related("content").filter(listing=ref, told_at__lte=at)
        row = rows.order_by("-told_at", "-id").first()
        if row is not None:
            yield GoodsFact(listing_ref=ref, since=row.told_at, digest=row.content_id, told=row.content.told)


def word_writers(buyers: Collection[str]) -> set[str]:
    """Return those of the buyers with whose key something new may be sealed: whoever was erased gets no words again."""
    asked = {f"buyer:{ref}" for ref in buyers}
    if not asked:
        return set()
    living = set(seals.living(asked))
    living -= set(seals.erased(living))
    return {who.removeprefix("buyer:") for who in living}


def saved_words(line: ReviewLine, before: Review | None) -> bytes | None:
    """Return the words of a line as they are kept: where they are as before, as they lie already."""
    if not line.text or line.author is None:
        return None
    if before is not None and before.author_id == line.author and words_opened(before) == line.text:
        return bytes(before.sealed) if before.sealed is not None else None
    return sealing.seal(subject=f"buyer:{line.author}", place=_place(line.ref), plain=line.text.encode())


def words_opened(row: Review | ReviewEdit) -> str:
    """Return the words of a review, or of what it said before; empty where there are none, or its author was erased."""
    if row.sealed is None:
        return ""
    ref = row.ref if isinstance(row, Review) else row.review_id
    try:
        plain = seals.unseal(subject=f"buyer:{row.author_id}", place=_place(ref), sealed=bytes(row.sealed))
    except seals.Shredded:
        return ""
    return plain.decode()


def _place(ref: str) -> Place:
    """Return where the words stand, whether they are the present ones or were changed since."""
    return Place("market_review", ref, "sealed")


# Listings and orders as they are told, many at once: what is new, what changed, what is refused.  Each ref at most once.


def write_listings(actor: Actor, lines: Sequence[ListingLine]) -> list[Outcome]:
    """Write listings of known sellers; what buyers read of them is kept version by version."""
    sellers = _known(Seller, {line.seller for line in lines})
    new: list[Listing] = []

    def row_of(line: ListingLine, before: Listing | None) -> Listing:
        if line.seller not in sellers:
            raise ReferenceUnknown(what=SellerLine.title, ref=line.seller)
        if line.listed_at is not None and line.listed_at > actor.at:
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
        if before is None or content_of(before) != content_of(row):
            new.append(row)
        return row

    outcomes = write_rows(Listing, lines, row_of)
    keep_goods(new, at=actor.at)
    return outcomes


def write_orders(actor: Actor, lines: Sequence[OrderLine]) -> list[Outcome]:
    """Write orders of known buyers and sellers over known listings of that seller."""
    buyers = _known(Buyer, {line.buyer for line in lines})
    sellers = _known(Seller, {line.seller for line in lines})
    listings = Listing.objects.in_bulk({item.listing for line in lines for item in line.items})
    news: list[OrderCancelled | OrderPaidBack] = []

    def row_of(line: OrderLine, before: Order | None) -> Order:
        _check_order(line, buyers, sellers, listings, before=before, at=actor.at)
        items = [{**msgspec.to_builtins(item), "name": listings[item.listing].name} for item in line.items]
        known = instructions.made_known(line, before)
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
            sold_as=line.sold_as or (before.sold_as if before else ""),
            age=line.age or "",
        )
        if before:
            instructions.hold(line.ref, known.held)
            news.extend(_news_of(order, before))
        return order

    outcomes = write_rows(Order, lines, row_of)
    for event in news:
        outbox.publish(event, at=actor.at)
    return outcomes


def _news_of(order: Order, before: Order) -> Iterator[OrderCancelled | OrderPaidBack]:
    """Yield what is told: a known order turns out cancelled, or never sent, or its money went back on another way."""
    is_new = before.cancelled_at is None
    if order.cancelled_at is not None and (is_new or order.unsent > before.unsent):
        about = f"market.order:{order.pk}"
        yield OrderCancelled(subject=about, order_ref=order.pk, unsent=order.unsent, is_new=is_new)
    if order.refunded_elsewhere > before.refunded_elsewhere or order.charged_back > before.charged_back:
        yield instructions.paid_back(order)


def _check_order(
    line: OrderLine,
    buyers: set[str],
    sellers: set[str],
    listings: dict[Any, Listing],
    *,
    before: Order | None,
    at: datetime,
) -> None:
    """See that an order fits what is known; goods that it was told with before stay its own, whoever sells them today."""
    _check_moments(line, at)
    if before is not None and line.sold_as and before.sold_as not in ("", line.sold_as):
        raise SoldAsKept(ref=line.ref)
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
    """See that what is told of an order happened in an order that can be, and not ahead of now."""
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
        if line.received_on > at.astimezone(JAPAN).date():
            raise DateAhead(field="received_on")
        if line.received_on < line.ordered_at.astimezone(JAPAN).date():
            raise ReceiptUnclear


def _known(model: type[Seller] | type[Buyer], refs: set[str]) -> set[str]:
    found: Any = model._default_manager.filter(ref__in=refs)
    return set(found.values_list("ref", flat=True))


# Reviews as the marketplace tells them: their words sealed with the key of who wrote them, and what they said before.


def write_reviews(actor: Actor, lines: Sequence[ReviewLine]) -> list[Outcome]:
    """Write reviews of known listings of that seller, and of a known order of the same where one is named."""
    listings = Listing.objects.in_bulk({line.listing for line in lines})
    orders = Order.objects.in_bulk({line.order for line in lines if line.order})
    wanted = {line.author for line in lines if line.author}
    known = set(Buyer.objects.filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()
    living = word_writers(known)
    authors = {ref: ref in living for ref in known}
    edits: list[ReviewEdit] = []

    def row_of(line: ReviewLine, before: Review | None) -> Review:
        _check(line, before, listings, orders, authors=authors, actor=actor)
        row = Review(
            ref=line.ref,
            listing_id=line.listing,
            seller_id=line.seller,
            order_id=line.order,
            author_id=line.author,
            stars=line.stars,
            posted_at=line.posted_at,
            state=line.state.value,
            sealed=saved_words(line, before),
        )
        if before is not None and _says_other(row, before):
            edits.append(
                ReviewEdit(
                    review=before,
                    author_id=before.author_id,
                    stars=before.stars,
                    sealed=before.sealed,
                    changed_at=actor.at,
                )
            )
        return row

    outcomes = write_rows(Review, lines, row_of)
    ReviewEdit.objects.bulk_create(edits)
    return outcomes


def _check(
    line: ReviewLine,
    before: Review | None,
    listings: dict[Any, Listing],
    orders: dict[Any, Order],
    *,
    authors: dict[str, bool],
    actor: Actor,
) -> None:
    if line.posted_at > actor.at:
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


def write_screens(actor: Actor, lines: Sequence[ScreenLine]) -> list[Outcome]:
    """Keep screens of known orders; the same again changes nothing, and another is refused."""
    rows = Order.objects.select_for_update().order_by("ref").filter(pk__in=[line.ref for line in lines])
    orders = {row.ref: row for row in rows}
    kept = dict(Screen.objects.filter(pk__in=orders).values_list("pk", "sha256"))
    living = word_writers({row.buyer_id for row in orders.values()})
    return [_write(actor, line, orders.get(line.ref), kept.get(line.ref), living) for line in lines]


def _write(
    actor: Actor, line: ScreenLine, order: Order | None, kept: str | None, living: set[str]
) -> Outcome:
    if order is None:
        return ReferenceUnknown(what=OrderLine.title, ref=line.ref)
    plain = line.text.encode()
    digest = hashlib.sha256(plain).hexdigest()
    if kept is not None:
        return Change.UNCHANGED if kept == digest else ScreenKept(ref=line.ref)
    if order.buyer_id not in living:
        return PersonErased(ref=order.buyer_id)
    sealed = sealing.seal(subject=f"buyer:{order.buyer_id}", place=_screen_place(line.ref), plain=plain)
    Screen.objects.create(
        order=order, buyer_id=order.buyer_id, sha256=digest, sealed=sealed, told_at=actor.at
    )
    return Change.ADDED


def screen_opened(row: Screen) -> str | None:
    """Return what the screen showed, None once its buyer's key is destroyed."""
    subject = f"buyer:{row.buyer_id}"
    try:
        return seals.unseal(
            subject=subject, place=_screen_place(row.order_id), sealed=bytes(row.sealed)
        ).decode()
    except seals.Shredded:
        return None


def _screen_place(ref: str) -> Place:
    return Place("market_screen", ref, "sealed")
