"""A seller's contacts and how the proof of each stands, as its page and that of staff show them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from mamori.grammar.text import Text
from mamori.ground.market import facts as market
from mamori.rooms.display.lifecycle import ASKED_FOR, PROOF, ProofState
from mamori.rooms.display.models import TO_CALL, ContactProof
from mamori.rooms.display.queries.proofs import can_prove, code_of, contacts, digest_of, due_of, proofs_of
from mamori.rooms.display.rules.proofs import (
    APART,
    CODE_DAYS,
    MOST_WRONG,
    CallHours,
    ProofChannel,
)
from mamori.rooms.display.rules.standing import OUR_CALL, OUR_FORM, is_held

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
