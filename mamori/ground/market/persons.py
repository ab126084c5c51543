"""Who a seller or buyer is and how they are reached: sealed with their own key, opened for a fact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
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


_NOBODY = Contact()
_TOLD = tuple(field.name for field in fields(Contact) if field.name != "former")
_OF_THE_NAME = ("legal_kana", "registered_as")
_OF_THE_CHECK = ("verified_by", "verified_at")


def contact_of(line: SellerLine | BuyerLine, before: Contact | None, at: datetime) -> Contact:
    """Return the part of a line that is sealed: what it tells, and what was told before of what it leaves out.

    What belongs to what is told anew does not stay: how another name is read, and until when a former check held.  A mail
    address that is replaced is kept among the former ones: notices on money go to them, too.
    """
    told = {name: value for name in _TOLD if (value := getattr(line, name, None)) is not None}
    before = before or Contact()
    stays = {name: getattr(before, name) for name in _TOLD}
    if told.get("legal_name", before.legal_name) != before.legal_name:
        stays |= {name: getattr(_NOBODY, name) for name in _OF_THE_NAME}
    if any(told.get(name, stays[name]) != stays[name] for name in _OF_THE_CHECK):
        stays["verified_until"] = None
    former = before.former
    if before.mail.strip() and told.get("mail", before.mail) != before.mail:
        former = (Former(mail=before.mail, until=at), *former)[:MOST_FORMER]
    return replace(before, former=former, **stays | told)


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
