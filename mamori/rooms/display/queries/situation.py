"""What the rules need to know of a seller: who it is as registered, and what the operator has chosen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from mamori.ground.market.facts import SellerFact
from mamori.ground.terms import facts as terms
from mamori.law.display import DISPLAY_FREE_MAIL, SellerKind, Trait
from mamori.law.identification import Registrant
from mamori.rooms.display.queries import hidden
from mamori.rooms.display.rules.shown import AskedOf, RegisteredSeller
from mamori.rooms.display.rules.told import AddressKind


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
