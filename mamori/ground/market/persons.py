"""Who a seller or buyer is and how they are reached: sealed with their own key, opened for a fact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any, Literal

import msgspec

from mamori.grammar.hand import Hand
from mamori.ground.market.lines import BuyerLine
from mamori.ground.market.models import Buyer, Seller
from mamori.ground.market.sellerlines import ContactsLine, SellerLine, VerificationLine
from mamori.ground.market.statuses import Status, dated, statuses_of
from mamori.ground.seal import actions as sealing
from mamori.ground.seal import facts as seals
from mamori.law.identification import Method, Registrant

type Owner = Literal["seller", "buyer"]
type PersonLine = SellerLine | VerificationLine | ContactsLine | BuyerLine


MOST_FORMER = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """A mail address that is out of use, and until when it was the one."""

    mail: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Names and ways to reach somebody; what the marketplace did not tell is empty.

    `former` are the mail addresses before the present one: somebody who took over an account changes it first, and twice.
    `statuses` is all that was said of whether a seller is a business, the last word last; `private` is that word, and all
    that a contact says that was sealed before words were dated.
    """

    name: str = ""
    person: str = ""
    mail: str = ""
    phone: str = ""
    address: str = ""
    hours: str = ""
    returns_to: str = ""
    legal_name: str = ""
    support: str = ""
    private: bool = False
    lang: str = ""
    fax: str = ""
    support_hours: str = ""
    administrator: str = ""
    administrator_address: str = ""
    administrator_phone: str = ""
    protected: bool = False
    representative: str = ""
    corporate_number: str = ""
    invoice_number: str = ""
    legal_kana: str = ""
    registered_as: Registrant | None = None
    verified_by: Method | None = None
    verified_at: datetime | None = None
    verified_until: date | None = None
    former: tuple[Former, ...] = ()
    statuses: tuple[Status, ...] = ()

    def former_since(self, moment: datetime) -> tuple[Former, ...]:
        """Return the addresses that were in use after a moment and are not the present one, the newest first."""
        return tuple(one for one in self.former if one.until > moment and one.mail != self.mail)

    @property
    def registered(self) -> tuple[object, ...]:
        """Return what is registered, and how that was verified, to be compared."""
        verified = (self.verified_by, self.verified_at, self.verified_until)
        return (self.legal_name, self.legal_kana, self.registered_as, *verified)

    @property
    def compared(self) -> tuple[object, ...]:
        """Return what others compare with what a seller shows: who it is, how it is reached, whether it is a business."""
        reached = (self.mail, self.phone, self.support, self.fax, self.address)
        return (self.legal_name, self.representative, self.registered_as, *reached, self.statuses)

    @property
    def is_reachable(self) -> bool:
        """Say whether there is a mail address or a telephone number at all."""
        return bool(self.mail.strip() or self.phone.strip())


_TOLD = frozenset(field.name for field in fields(Contact)) - {"former", "statuses", "private", "protected"}


def contact_of(line: PersonLine, before: Contact | None, hand: Hand) -> Contact:
    """Return what is sealed once a line has told: its own part replaced whole, the rest as it was.

    A mail address that is replaced is kept among the former ones: notices on money go to them, too.
    """
    before = before or Contact()
    told: dict[str, Any] = {name: getattr(line, name) for name in line.__struct_fields__ if name in _TOLD}
    if isinstance(line, SellerLine):
        statuses = statuses_of(line, before.statuses, hand)
        told |= {"statuses": statuses, "private": bool(statuses and statuses[-1].private)}
    if isinstance(line, ContactsLine) and line.protected is not None:
        told["protected"] = line.protected
    if before.mail.strip() and told.get("mail", before.mail) != before.mail:
        told["former"] = (Former(mail=before.mail, until=hand.at), *before.former)[:MOST_FORMER]
    return replace(before, **told)


def seal_all(owner: Owner, contacts: Mapping[str, Contact]) -> dict[str, bytes]:
    """Return each contact sealed with the key of its seller or buyer, by the ref; new keys are made all at once."""
    values = [
        sealing.Plain(subject=f"{owner}:{ref}", place=_place(owner, ref), plain=msgspec.json.encode(contact))
        for ref, contact in contacts.items()
    ]
    return dict(zip(contacts, sealing.seal_many(values), strict=True))


def unseal(
    owner: Owner, ref: str, sealed: bytes | memoryview[int], opener: seals.Opener | None = None
) -> Contact | None:
    """Return the contact, or None when its key has been destroyed; an `opener` has fetched many keys at once."""
    try:
        plain = (opener or seals.Opener()).unseal(
            subject=f"{owner}:{ref}", place=_place(owner, ref), sealed=bytes(sealed)
        )
    except seals.Shredded:
        return None
    return msgspec.json.decode(plain, type=Contact)


def opened(row: Seller | Buyer, opener: seals.Opener | None = None) -> Contact | None:
    """Return the contact of a row, or None when its key has been destroyed; a word without a date gets the day it was kept."""
    owner: Owner = "seller" if isinstance(row, Seller) else "buyer"
    contact = unseal(owner, row.ref, row.sealed, opener)
    if contact is None or not isinstance(row, Seller) or contact.statuses or not contact.private:
        return contact
    return replace(contact, statuses=dated(row.undated_at))


def _place(owner: Owner, ref: str) -> seals.Place:
    return seals.Place(f"market_{owner}", ref, "sealed")
