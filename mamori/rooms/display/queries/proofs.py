"""Which contact of a seller is to be proved, by which code, and what was proved of the display that is shown now."""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from mamori.ground.market.facts import SellerFact
from mamori.ground.matters.settlement import due
from mamori.ground.matters.standing import Runs
from mamori.ground.seal import facts as seals
from mamori.law.deadlines import DISPLAY_PROOF, DISPLAY_QUESTION
from mamori.rooms.display.lifecycle import ProofState
from mamori.rooms.display.models import ContactProof
from mamori.rooms.display.queries import situation
from mamori.rooms.display.rules.proofs import ProofChannel, contact_of
from mamori.rooms.display.rules.told import AddressKind, DisplayTold
from mamori.rooms.display.rules.whole import said_in


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvenContact:
    """A contact that was proved to reach its seller, and when; "" where the display gives it on request or shows another's."""

    channel: ProofChannel
    at: datetime
    contact: str


def contacts(seller_ref: str) -> dict[ProofChannel, str]:
    """Return the contacts that a seller shows, or gives on request, by channel; nothing of a private person."""
    now = situation.shown_now(seller_ref)
    return contacts_in(now.told, now.seller) if now else {}


def contacts_in(told: DisplayTold, seller: SellerFact) -> dict[ProofChannel, str]:
    """Return the contacts in a display, or that it gives on request, by channel."""
    words = said_in(told)
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
    said = f"display_code\n{proof.name}\n{proof.target}\n{proof.turn}"
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
    rows = {channel: row for channel, row in proofs_of(seller_ref).items() if row.state == ProofState.PROVEN}
    now = situation.shown_now(seller_ref) if rows else None
    return tuple(_proven(rows, now.told, now.seller)) if now else ()


def _proven(
    rows: Mapping[ProofChannel, ContactProof], told: DisplayTold, seller: SellerFact
) -> Iterator[ProvenContact]:
    for channel, contact in contacts_in(told, seller).items():
        row = rows.get(channel)
        if row is not None and row.proven_at is not None and row.target == digest_of(contact):
            is_shown = _stands_in(told, channel)
            yield ProvenContact(channel=channel, at=row.proven_at, contact=contact if is_shown else "")


def due_of(row: ContactProof) -> datetime | None:
    """Return by when a contact has to be proved that is asked for, or questioned; days in which we owe a call are not in it."""
    if row.state == ProofState.ASKED and row.asked_at is not None:
        return due(Runs(DISPLAY_PROOF, since=row.asked_at))
    if row.state == ProofState.QUESTIONED and row.questioned_at is not None:
        return due(Runs(DISPLAY_QUESTION, since=row.questioned_at))
    return None


def _stands_in(told: DisplayTold, channel: ProofChannel) -> bool:
    """Say whether the contact stands in the display, and is the seller's own."""
    if channel is ProofChannel.PHONE and told.place is not AddressKind.OWN:
        return False
    return channel is ProofChannel.FORM or channel.item not in told.on_request
