"""Which contact of a seller is to be proved, by which code, and what was proved of the display that is shown now."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from mamori.ground.market import facts as market
from mamori.ground.market.facts import SellerFact
from mamori.ground.seal import facts as seals
from mamori.law.display import SellerKind
from mamori.rooms.display.lifecycle import ProofState
from mamori.rooms.display.models import ContactProof
from mamori.rooms.display.queries import situation, versions
from mamori.rooms.display.rules.proofs import ProofChannel, contact_of
from mamori.rooms.display.rules.text.reading import read
from mamori.rooms.display.rules.told import AddressKind, DisplayTold
from mamori.rooms.display.rules.whole import NO_TEXT, whole


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvenContact:
    """A contact that was proved to reach its seller, and when; "" where the display gives it on request or shows another's."""

    channel: ProofChannel
    at: datetime
    contact: str


def name_of(channel: ProofChannel, seller_ref: str) -> str:
    """Return by what a proof is known: "mail:S-1"."""
    return f"{channel}:{seller_ref}"


def parts_of(name: str) -> tuple[ProofChannel, str]:
    """Return the channel and the seller of a proof's name."""
    channel, _, seller_ref = name.partition(":")
    return ProofChannel(channel), seller_ref


def contacts(seller_ref: str) -> dict[ProofChannel, str]:
    """Return the contacts that a seller shows, or gives on request, by channel; nothing of a private person."""
    seller, version = market.seller(seller_ref), versions.newest(seller_ref)
    if seller is None or seller.erased or situation.kind_of(seller) is SellerKind.PRIVATE or version is None:
        return {}
    told = versions.opened(version)
    return contacts_in(told, seller) if told is not None else {}


def contacts_in(told: DisplayTold, seller: SellerFact) -> dict[ProofChannel, str]:
    """Return the contacts in a display, or that it gives on request, by channel."""
    words = whole(told, read(told.text) if told.text else NO_TEXT)
    registered = {ProofChannel.MAIL: seller.contact.mail, ProofChannel.PHONE: seller.contact.phone}
    found = {one: contact_of(one, words, told.place, registered=registered) for one in ProofChannel}
    return {channel: contact for channel, contact in found.items() if contact}


def can_prove(channel: ProofChannel) -> bool:
    """Say whether this house can prove such a contact: a code goes nowhere where no mail is sent."""
    return channel is not ProofChannel.MAIL or bool(settings.MAMORI_MAIL)


def mail_shown(seller_ref: str) -> str:
    """Return the mail address that a seller shows, "" where there is none."""
    return contacts(seller_ref).get(ProofChannel.MAIL, "")


def digest_of(contact: str) -> str:
    """Return by what a contact is known again, in no column as it stands."""
    key = seals.key(seals.Key.INDEX)
    return hmac.digest(key, b"display_contact\n" + contact.casefold().encode(), "sha256").hex()


def code_of(proof: ContactProof) -> str:
    """Return the six digits of a proof's turn, which stand in no table."""
    key = seals.key(seals.Key.INDEX)
    said = f"display_code\n{proof.channel}:{proof.seller_ref}\n{proof.target}\n{proof.turn}"
    return f"{int.from_bytes(hmac.digest(key, said.encode(), 'sha256')[:8]) % 1_000_000:06}"


def proofs_of(seller_ref: str) -> dict[ProofChannel, ContactProof]:
    """Return how a seller's proofs stand, by channel."""
    rows: Iterable[ContactProof] = ContactProof.objects.filter(seller_ref=seller_ref)
    return {ProofChannel(one.channel): one for one in rows}


def is_proven(seller_ref: str, channel: ProofChannel, contact: str) -> bool:
    """Say whether it was proved that this contact reaches the seller."""
    row = proofs_of(seller_ref).get(channel)
    return row is not None and row.state == ProofState.PROVEN and row.target == digest_of(contact)


def proven(seller_ref: str) -> tuple[ProvenContact, ...]:
    """Return what was proved of the contacts that are shown now, or given on request."""
    rows = [one for one in proofs_of(seller_ref).values() if one.state == ProofState.PROVEN]
    version = versions.newest(seller_ref) if rows else None
    told = versions.opened(version) if version else None
    now = contacts(seller_ref) if told else {}
    return tuple(
        ProvenContact(channel=channel, at=one.proven_at, contact=now[channel] if is_shown else "")
        for one in sorted(rows, key=lambda one: one.channel)
        if (channel := ProofChannel(one.channel)) in now
        and one.target == digest_of(now[channel])
        and one.proven_at is not None
        and told is not None
        for is_shown in (_stands_in(told, channel),)
    )


def _stands_in(told: DisplayTold, channel: ProofChannel) -> bool:
    """Say whether the contact stands in the display, and is the seller's own."""
    if channel is ProofChannel.PHONE and told.place is not AddressKind.OWN:
        return False
    return channel.item not in told.on_request
