"""Who a seller or buyer is and how they are reached: sealed with their own key, opened for a fact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

import msgspec

from mamori.ground.market.lines import BuyerLine, SellerLine
from mamori.ground.seal import actions as sealing
from mamori.ground.seal import facts as seals
from mamori.law.identification import Method, Registrant

type Owner = Literal["seller", "buyer"]


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
    legal_kana: str = ""
    registered_as: Registrant | None = None
    verified_by: Method | None = None
    verified_at: datetime | None = None
    verified_until: date | None = None
    former: tuple[Former, ...] = ()

    def after(self, before: Contact, at: datetime) -> Contact:
        """Return this contact with the mail addresses that it replaces: notices on money go to them, too."""
        former = before.former
        if before.mail.strip() and before.mail != self.mail:
            former = (Former(mail=before.mail, until=at), *former)[:MOST_FORMER]
        return replace(self, former=former)

    def former_since(self, moment: datetime) -> tuple[Former, ...]:
        """Return the addresses that were in use after a moment and are not the present one, the newest first."""
        return tuple(one for one in self.former if one.until > moment and one.mail != self.mail)

    @property
    def registered(self) -> tuple[object, ...]:
        """Return what is registered, and how that was verified, to be compared."""
        verified = (self.verified_by, self.verified_at, self.verified_until)
        return (self.legal_name, self.legal_kana, self.registered_as, *verified)

    @property
    def is_reachable(self) -> bool:
        """Say whether there is a mail address or a telephone number at all."""
        return bool(self.mail.strip() or self.phone.strip())


def contact_of(line: SellerLine | BuyerLine) -> Contact:
    """Return the part of a line that is sealed."""
    return msgspec.convert(line, Contact, from_attributes=True)


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


def _place(owner: Owner, ref: str) -> seals.Place:
    return seals.Place(f"market_{owner}", ref, "sealed")
