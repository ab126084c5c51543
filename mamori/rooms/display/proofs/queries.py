"""Which contact of a seller is to be proved, by which code, and what was proved of the display that is shown now."""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings

from mamori.grammar.text import Text
from mamori.ground.market import facts as market
from mamori.ground.market.facts import SellerFact
from mamori.ground.matters.settlement import due
from mamori.ground.matters.standing import Runs
from mamori.ground.seal import facts as seals
from mamori.law.deadlines import DISPLAY_PROOF, DISPLAY_QUESTION
from mamori.rooms.display.lifecycle import ASKED_FOR, PROOF, ProofState
from mamori.rooms.display.models import TO_CALL, ContactProof
from mamori.rooms.display.proofs.rules import (
    APART,
    CODE_DAYS,
    MOST_WRONG,
    CallHours,
    ProofChannel,
    contact_of,
)
from mamori.rooms.display.queries import situation
from mamori.rooms.display.rules.standing import OUR_CALL, OUR_FORM, is_held, said_in
from mamori.rooms.display.rules.told import AddressKind, ShownDisplay


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


def contacts_in(told: ShownDisplay, seller: SellerFact) -> dict[ProofChannel, str]:
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
    rows: Mapping[ProofChannel, ContactProof], told: ShownDisplay, seller: SellerFact
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


def _stands_in(told: ShownDisplay, channel: ProofChannel) -> bool:
    """Say whether the contact stands in the display, and is the seller's own."""
    if channel is ProofChannel.PHONE and told.place is not AddressKind.OWN:
        return False
    return channel is ProofChannel.FORM or channel.item not in told.on_request


# A seller's contacts and how the proof of each stands, as its page and that of staff show them.


TOO_SOON = Text(
    "1時間以内に送ったばかりです。届くまでお待ちください。",
    "A code was mailed less than an hour ago. Please wait for it.",
)


STILL = Text("期限は止まっている", "the time stands still")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofShown:
    """A contact that a seller shows and how its proof stands.

    `call_code` is what the seller reads out when it is called, `form_code` what staff send by the form, and no seller is shown.
    """

    name: str
    seller_ref: str
    shop: str
    channel: ProofChannel
    contact: str
    state: ProofState
    proven_at: datetime | None
    due: datetime | None
    is_held: bool
    too_soon: Text | None
    awaits_code: bool
    call_code: str = field(repr=False)
    form_code: str = field(repr=False)
    hours: Text | None
    calls: int
    offered_at: datetime | None

    @property
    def is_mail(self) -> bool:
        """Say whether it is an address for mail."""
        return self.channel is ProofChannel.MAIL

    @property
    def is_form(self) -> bool:
        """Say whether it is a form for inquiries."""
        return self.channel is ProofChannel.FORM

    @property
    def is_provable(self) -> bool:
        """Say whether there is a contact that this house can prove."""
        return bool(self.contact) and can_prove(self.channel)

    @property
    def is_asked(self) -> bool:
        """Say whether the seller owes the proof."""
        return self.state in ASKED_FOR

    @property
    def is_call_owed(self) -> bool:
        """Say whether a person is to call."""
        return self.offered_at is not None

    @property
    def state_text(self) -> Text:
        """Say how it stands."""
        held = OUR_FORM if self.is_form else OUR_CALL
        return Text.listed((held, STILL)) if self.is_held and self.is_asked else PROOF.states[self.state]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedCall:
    """A call that is to prove a telephone number, or a form to be tried, and since when it is owed."""

    channel: ProofChannel
    seller_ref: str
    shop: str
    hours: Text
    calls: int
    since: datetime


def proofs_shown(seller_ref: str, *, at: datetime) -> tuple[ProofShown, ...]:
    """Return how the proof of each contact that a seller shows stands."""
    rows, now = proofs_of(seller_ref), contacts(seller_ref)
    shop = market.shop_names([seller_ref]).get(seller_ref, "") if now else ""
    return tuple(
        _shown(
            rows.get(channel) or ContactProof(seller_ref=seller_ref, channel=channel.value),
            contact,
            shop,
            at=at,
        )
        for channel, contact in now.items()
    )


def proof_shown(channel: ProofChannel, seller_ref: str, *, at: datetime) -> ProofShown | None:
    """Return how one proof stands, nothing where no such contact is shown."""
    return next((one for one in proofs_shown(seller_ref, at=at) if one.channel is channel), None)


def calls_owed(*, limit: int = 200) -> tuple[OwedCall, ...]:
    """Return the calls that are to prove a number, and the forms to be tried, the longest owed first."""
    rows = list(ContactProof.objects.filter(TO_CALL).order_by("offered_at", "id")[:limit])
    shops = market.shop_names(row.seller_ref for row in rows)
    return tuple(
        OwedCall(
            channel=ProofChannel(row.channel),
            seller_ref=row.seller_ref,
            shop=shops.get(row.seller_ref, ""),
            hours=CallHours(row.hours).text,
            calls=row.calls,
            since=row.offered_at,
        )
        for row in rows
        if row.offered_at is not None
    )


def _shown(row: ContactProof, contact: str, shop: str, *, at: datetime) -> ProofShown:
    is_same = row.target == digest_of(contact)
    is_open = is_same and row.wrong < MOST_WRONG
    is_owed = row.offered_at is not None
    return ProofShown(
        name=row.name,
        seller_ref=row.seller_ref,
        shop=shop,
        channel=ProofChannel(row.channel),
        contact=contact,
        state=ProofState(row.state),
        proven_at=row.proven_at if is_same and row.state == ProofState.PROVEN else None,
        due=None if is_held(row) else due_of(row),
        is_held=is_held(row),
        too_soon=TOO_SOON if row.sent_at is not None and at - row.sent_at < APART else None,
        awaits_code=is_open and row.sent_at is not None and at - row.sent_at <= CODE_DAYS,
        call_code=code_of(row) if is_owed and row.channel == ProofChannel.PHONE else "",
        form_code=code_of(row) if is_owed and row.channel == ProofChannel.FORM else "",
        hours=CallHours(row.hours).text if is_owed else None,
        calls=row.calls,
        offered_at=row.offered_at,
    )
