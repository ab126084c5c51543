"""What the rules need to know of a seller: who it is as registered, and what the operator has chosen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from mamori.ground.market import facts as market
from mamori.ground.market.facts import Nature, SellerFact
from mamori.ground.terms import facts as terms
from mamori.law.display import DISPLAY_FREE_MAIL, SellerKind, Trait
from mamori.law.identification import Registrant
from mamori.rooms.display.hidden import queries as hidden
from mamori.rooms.display.queries import versions
from mamori.rooms.display.rules.told import AddressKind, AskedOf, OnOffer, RegisteredSeller, ShownDisplay

MOST_OFFERS = 500
"""So many of a seller's goods are held against its display."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownNow:
    """What a seller of whom a display is asked shows now, and the number of that version."""

    seller: SellerFact
    told: ShownDisplay
    number: int


def shown_now(seller_ref: str) -> ShownNow | None:
    """Return what everybody may read of a seller now: nothing of a private person, of who was erased or shows none."""
    seller, version = market.seller(seller_ref), versions.newest_public(seller_ref)
    if seller is None or seller.erased or kind_of(seller) is SellerKind.PRIVATE or version is None:
        return None
    told = versions.opened(version)
    return ShownNow(seller=seller, told=told, number=version.number) if told is not None else None


def kind_of(seller: SellerFact) -> SellerKind:
    """Return who the seller is, as told or concluded; of whom nobody said anything is asked what a sole trader is."""
    if seller.private and not hidden.is_concluded_business(seller):
        return SellerKind.PRIVATE
    if seller.country:
        return SellerKind.OVERSEAS
    if seller.contact.registered_as is Registrant.COMPANY:
        return SellerKind.CORPORATION
    return SellerKind.SOLE_TRADER


def registered(seller: SellerFact, place: AddressKind) -> RegisteredSeller:
    """Return who the seller is as the marketplace registered it; another's address and telephone are not compared."""
    contact = seller.contact
    is_own = place is AddressKind.OWN
    return RegisteredSeller(
        name=contact.legal_name,
        representative=contact.representative,
        address=contact.address if is_own else "",
        phones=tuple(filter(None, (contact.phone, contact.support))) if is_own else (),
        fax=contact.fax,
        mail=contact.mail,
    )


def asked_of(seller: SellerFact, traits: Iterable[Trait], at: datetime) -> AskedOf:
    """Return of whom what is asked, and what the operator has chosen."""
    return AskedOf(
        seller=kind_of(seller),
        traits=frozenset(traits),
        free_mail=terms.setting(DISPLAY_FREE_MAIL, at=at),
    )


def on_offer(seller_ref: str) -> tuple[OnOffer, ...]:
    """Return the goods that a seller has on offer, as far as a look at them goes."""
    found = market.on_offer(seller_ref, limit=MOST_OFFERS)
    return tuple(OnOffer(name=one.name, is_goods=one.nature is Nature.GOODS) for one in found)
