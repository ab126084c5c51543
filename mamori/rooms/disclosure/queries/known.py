"""What is known of a request just now: its words, what staff saw, and what the marketplace's records say of its orders."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import datetime

from mamori.ground.market import facts as market
from mamori.ground.market.facts import OrderFact, SellerFact
from mamori.ground.seal import facts as seals
from mamori.japan.calendar import JAPAN
from mamori.law.article5 import Element, SellerItem
from mamori.law.display import DisplayItem
from mamori.rooms.disclosure.models import SellerRequest
from mamori.rooms.disclosure.queries import sealed
from mamori.rooms.disclosure.rules import leaving
from mamori.rooms.disclosure.rules.elements import ElementFound, judged
from mamori.rooms.disclosure.rules.facts import (
    Asking,
    BoughtAs,
    ClaimKind,
    Identity,
    NeedFor,
    OrderKnown,
    Owner,
    RequestKnown,
    Signal,
    SumLine,
)
from mamori.rooms.disclosure.rules.hearing import ReachResult, ReachTry, ReachWay
from mamori.rooms.disclosure.rules.said import CameBy, RequestSaid
from mamori.rooms.disclosure.rules.weighing import doubted_over, weighed_over
from mamori.rooms.display import facts as display

SHOWN_AS = {
    DisplayItem.NAME: SellerItem.NAME,
    DisplayItem.ADDRESS: SellerItem.ADDRESS,
    DisplayItem.PHONE: SellerItem.PHONE,
    DisplayItem.MAIL: SellerItem.MAIL,
}
"""What of the six a display shows."""
MARKS = ("left_out", "outdated")
"""Where a request marks items of which it is open whether they are the seller's."""
NAMED_AS = {**SHOWN_AS, DisplayItem.RESPONSIBLE: SellerItem.NAME}
"""Under what the six are named in a display: the representative of a company belongs to its name."""


def known_of(row: SellerRequest) -> RequestKnown:
    """Return what is known of a request."""
    orders, said = market.orders(row.order_refs), sealed.said_of(row)
    seller = market.seller(row.seller_ref) if row.seller_ref else None
    has = held(seller)
    lines = [SumLine(what="", yen=row.price)] if row.price else []
    if row.other:
        lines.append(SumLine(what=said.other, yen=row.other, from_order=False))
    return RequestKnown(
        asking=Asking(row.asking),
        identity=_identity(row, said),
        authority=row.authority,
        is_minor=row.is_minor,
        signed=row.signed,
        bought_as=BoughtAs(row.bought_as),
        orders=tuple(_order(row, orders[ref]) for ref in row.order_refs if ref in orders),
        searched=row.searched,
        claim=ClaimKind(row.claim),
        assigned=row.assigned,
        lines=tuple(lines),
        need=NeedFor(row.need),
        why=said.why,
        pledged=row.pledged,
        asked=tuple(row.asked),
        held=tuple(has),
        known=tuple(_shown(row.seller_ref)),
        signals=_signals(row, seller),
        wrote_seller=row.wrote_seller,
        objected=row.agrees is False,
        doubted=tuple(one for one in _doubted(row, has) if one in row.asked),
        left_out=tuple(row.left_out),
    )


def found_now(row: SellerRequest) -> dict[Element, ElementFound]:
    """Return what stands of each element now: what the rules find, and what persons decided over it."""
    return found_of(known_of(row), row)


def found_of(known: RequestKnown, row: SellerRequest) -> dict[Element, ElementFound]:
    """Return the same of what is known already."""
    return weighed_over(doubted_over(judged(known), row.doubts), row.weighed, known)


def digests(has: Mapping[SellerItem, str]) -> dict[str, str]:
    """Return the keyed digest of each held item: it tells whether the same is registered still, or for another seller too."""
    some = {item.value: f"{item}:{value}" for item, value in has.items()}
    return {
        item: one.hex()
        for item, one in zip(some, seals.blind_all(f"{sealed.TABLE}.held", some.values()), strict=True)
    }


def registered(row: SellerRequest) -> dict[str, str]:
    """Return the same of what is held now."""
    return digests(held(market.seller(row.seller_ref)))


def _doubted(row: SellerRequest, has: Mapping[SellerItem, str]) -> tuple[str, ...]:
    """Return which items are open: called outdated here, or marked in another request."""
    return _marked(row.seller_ref, has, outdated=row.outdated, number=row.pk)


def _marked(
    seller_ref: str, has: Mapping[SellerItem, str], *, outdated: leaving.Marked | None = None, number: int = 0
) -> tuple[str, ...]:
    """Return which held items of a seller are open, by what is marked in any request but this one, however it stands or ended.

    Requests about another seller count where the same is registered for both.
    """
    if not has:
        return ()
    rows = SellerRequest.objects.exclude(left_out={}, outdated={}).exclude(pk=number)
    own: list[leaving.Marked] = [outdated] if outdated else []
    others: list[leaving.Marked] = []
    others.extend(one for marks in rows.exclude(seller_ref=seller_ref).values_list(*MARKS) for one in marks)
    mine = list(rows.filter(seller_ref=seller_ref).values_list(*MARKS, "decided_at", "outdated_at"))
    if not (own or others or mine):
        return ()
    now, given = digests(has), _given(seller_ref) if mine else []
    for left_out, called, *at in mine:
        own.extend(
            leaving.not_weighed(one, at_, now, given) for one, at_ in zip((left_out, called), at, strict=True)
        )
    return leaving.doubted(own, now, others=others)


def _given(seller_ref: str) -> list[tuple[datetime, dict[str, str]]]:
    """Return what was disclosed of a seller, and when: the keyed digest of each item."""
    rows = SellerRequest.objects.filter(seller_ref=seller_ref, given__isnull=False)
    found = [(row.decided_at, sealed.of_seller(row, "given")) for row in rows]
    return [
        (at, digests({SellerItem(item): value for item, value in given.items()}))
        for at, given in found
        if at and given
    ]


def doubted_of(seller_ref: str) -> frozenset[DisplayItem]:
    """Return what no display gives on request by machine, as any request leaves it open whether it is the seller's."""
    open_ = _marked(seller_ref, held(market.seller(seller_ref)))
    return frozenset(shown for shown, item in NAMED_AS.items() if item.value in open_)


def tries_of(row: SellerRequest) -> list[ReachTry]:
    """Return each try to reach the seller."""
    return [
        ReachTry(
            way=ReachWay(way),
            result=ReachResult(result),
            on=datetime.fromisoformat(at).astimezone(JAPAN).date(),
            by=by,
        )
        for way, result, at, by in row.tries
    ]


def held(seller: SellerFact | None) -> dict[SellerItem, str]:
    """Return what is held of a seller of the six items; of a company its representative's name belongs to the name."""
    if seller is None or seller.erased:
        return {}
    contact = seller.contact
    name = contact.legal_name
    if name and contact.representative:
        name = f"{name}\n{contact.representative}"
    all_: dict[SellerItem, str] = {
        SellerItem.NAME: name,
        SellerItem.ADDRESS: contact.address,
        SellerItem.PHONE: contact.phone,
        SellerItem.FAX: contact.fax,
        SellerItem.MAIL: contact.mail,
        SellerItem.CORPORATE_NUMBER: contact.corporate_number,
    }
    return {item: value for item, value in all_.items() if value}


def _identity(row: SellerRequest, said: RequestSaid) -> Identity:
    """Return by what who asks was identified; by letter under another name than the order's, that it differs."""
    seen = Identity(row.identity)
    is_letter = row.channel != CameBy.PAGE and row.asking == Asking.SELF
    if not is_letter or seen in (Identity.NONE, Identity.DIFFERS):
        return seen
    buyer = market.buyer(row.buyer_ref) if row.buyer_ref else None
    is_same = buyer is not None and _plain(buyer.contact.name) == _plain(said.name)
    return seen if is_same else Identity.DIFFERS


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def _order(row: SellerRequest, order: OrderFact) -> OrderKnown:
    return OrderKnown(
        ref=order.ref,
        seller=order.seller_ref,
        owner=_owner(row, order),
        placed_on=order.ordered_at.astimezone(JAPAN).date(),
        paid=order.amount,
        refunded=order.refunded_elsewhere + order.refunded_instructed,
        was_business=display.was_business(order.seller_ref, order.ordered_at),
        on_site=not row.elsewhere,
        by_operator=row.by_operator,
        charged_back=order.charged_back,
        for_company=bool(order.as_business),
    )


def _owner(row: SellerRequest, order: OrderFact) -> Owner:
    if not row.buyer_ref:
        return Owner.UNKNOWN
    return Owner.PRINCIPAL if order.buyer_ref == row.buyer_ref else Owner.ANOTHER


def _signals(row: SellerRequest, seller: SellerFact | None) -> tuple[Signal, ...]:
    """Return what was noted, and that the seller is protected now, whenever it asked for that."""
    found = {*map(Signal, row.signals)}
    if seller is not None and seller.contact.protected:
        found.add(Signal.PROTECTED)
    return tuple(one for one in Signal if one in found)


def _shown(seller_ref: str) -> list[SellerItem]:
    shown = display.public(seller_ref) if seller_ref else None
    said = shown.told.said if shown and shown.told else {}
    return [item for display_item, item in SHOWN_AS.items() if display_item in said]
