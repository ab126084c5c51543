"""Consultations as each side reads them, and what lies sealed in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import msgspec

from mamori.grammar.hand import STAFF, Hand, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.clocks import facts as clocks
from mamori.ground.market import facts as market
from mamori.ground.market.facts import OrderFact
from mamori.ground.people import facts as people
from mamori.ground.seal import facts as seals
from mamori.ground.seal.facts import Opener, Place
from mamori.law.counselling import COUNSELLOR_ANSWER, ConsentGiven, ConsentTo
from mamori.rooms.complaints.counselling.lifecycle import CONSULTATION, ConsultationState
from mamori.rooms.complaints.counselling.queries.counsellors import counsellor_of, who_said
from mamori.rooms.complaints.counselling.rules import (
    ConsultationLine,
    ConsultationSaid,
    CounsellorSaid,
    is_shown,
)
from mamori.rooms.complaints.models import Consultation

TABLE = "complaints_consultation"
SHOWN_MOST = 200


class NoSuchConsultation(Refusal, code="no-such-consultation", status=404):
    """Given when there is no such consultation for this hand."""

    text = Text(
        "この相談は見つかりません。番号をご確認ください。",
        "There is no such consultation. Please check its number.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationShown:
    """A consultation: who asks for whom, what the consumer allows, how it stands, and what both sides wrote.

    `holds`: it goes on and the consent has not run out.  `order` is the order that was named where it is one;
    `may_order` and `may_words` say what a counsellor may be shown of it.
    """

    number: int
    counsellor: CounsellorSaid = field(repr=False)
    holds: bool
    consent: ConsentTo
    given: ConsentGiven
    until: datetime
    confirmed_at: datetime | None
    confirmed_by: str
    received_at: datetime
    state: ConsultationState
    version: int
    due: datetime | None
    order: OrderFact | None
    shop: str
    may_order: bool
    may_words: bool
    said: ConsultationSaid = field(repr=False)

    @property
    def state_text(self) -> Text:
        """Say how it stands."""
        return CONSULTATION.states[self.state]

    @property
    def is_open(self) -> bool:
        """Say whether it goes on."""
        return self.state in (ConsultationState.RECEIVED, ConsultationState.ANSWERED)

    @property
    def is_confirmed(self) -> bool:
        """Say whether staff may answer of the consumer now."""
        return self.holds and self.confirmed_at is not None

    @property
    def may_await(self) -> bool:
        """Say what a counsellor may know: that a consumer may be asked, whether there is such an order or not."""
        return self.holds and self.confirmed_at is None and bool(self.said.order)

    @property
    def awaits_consumer(self) -> bool:
        """Say whether a consumer whom the house knows has not said yet that it is so."""
        return self.holds and self.order is not None and self.confirmed_at is None

    @property
    def lines(self) -> tuple[ConsultationLine, ...]:
        """Return what was written, the oldest first."""
        return self.said.lines

    @property
    def centre(self) -> str:
        """Return which centre asks."""
        return self.counsellor.centre


def about_consultation(number: int) -> str:
    """Return the name under which acts and clocks know it."""
    return f"complaints.consultation:{number}"


def subject_of(row: Consultation) -> str:
    """Return the name of the key that it is sealed with, which is made for it alone."""
    return f"consultation:{row.ref}"


def found_by(row: Consultation) -> Mapping[str, str]:
    """Return by what else a consultation is found among cases, and with whose key that goes: its centre and its order."""
    return {"subject": subject_of(row), "called": f"{who_said(row.counsellor).centre} {row.order_ref}"}


def consultation_place(ref: str) -> Place:
    """Return where its words lie."""
    return Place(TABLE, ref, "said")


def said_of(row: Consultation, opener: Opener | None = None) -> ConsultationSaid:
    """Return what lies in it, empty once its key was destroyed; of many, an `opener` has fetched the keys."""
    place = consultation_place(row.ref)
    plain = seals.opened(subject=subject_of(row), place=place, sealed=row.said, opener=opener)
    return msgspec.json.decode(plain, type=ConsultationSaid) if plain is not None else ConsultationSaid()


def is_for(hand: Hand, row: Consultation) -> bool:
    """Say whether it is for this hand: staff, the counsellor who asks while they may, or the consumer whose order it is."""
    match hand.role:
        case Role.COUNSELLOR:
            return counsellor_of(hand).pk == row.counsellor_id
        case Role.BUYER:
            return row.buyer_ref != "" and hand.whose == f"buyer:{row.buyer_ref}"
    return hand.role in STAFF


def consultation_of(hand: Hand, number: int) -> ConsultationShown:
    """Return a consultation for staff, its counsellor or its consumer."""
    row = Consultation.objects.select_related("counsellor").filter(pk=number).first()
    if row is None or not is_for(hand, row):
        raise NoSuchConsultation
    return consultations_shown([row], hand.at)[0]


def own_consultations(hand: Hand) -> tuple[ConsultationShown, ...]:
    """Return those of a counsellor, or of a consumer: what is open first, then the newest."""
    rows = Consultation.objects.select_related("counsellor").filter(said__isnull=False)
    if hand.role is Role.COUNSELLOR:
        rows = rows.filter(counsellor=counsellor_of(hand))
    else:
        rows = rows.filter(buyer_ref=hand.whose.removeprefix("buyer:")).exclude(buyer_ref="")
    found = sorted(rows.order_by("-pk")[:SHOWN_MOST], key=lambda row: row.closed_at is not None)
    return consultations_shown(found, hand.at)


def consultations_shown(rows: Iterable[Consultation], at: datetime) -> tuple[ConsultationShown, ...]:
    """Return these as pages show them: orders, shops and keys in one look each."""
    found = list(rows)
    sealed = (one.said for row in found for one in (row, row.counsellor))
    opener = seals.Opener().fetch(bytes(one) for one in sealed if one is not None)
    orders = market.orders({row.order_ref for row in found if row.order_ref})
    shops = market.shop_names({one.seller_ref for one in orders.values()})
    names = people.names() if found else {}
    waiting = clocks.newest([about_consultation(row.pk) for row in found if row.closed_at is None])
    due = {one.about: one.due_at for one in waiting if one.kind == COUNSELLOR_ANSWER.code and not one.done_at}
    return tuple(
        ConsultationShown(
            number=row.pk,
            counsellor=who_said(row.counsellor, opener),
            holds=row.closed_at is None and at < row.until,
            consent=ConsentTo(row.consent),
            given=ConsentGiven(row.given),
            until=row.until,
            confirmed_at=row.confirmed_at,
            confirmed_by=people.called(row.confirmed_by, names),
            received_at=row.received_at,
            state=ConsultationState(row.state),
            version=row.version,
            due=due.get(about_consultation(row.pk)),
            order=(order := orders.get(row.order_ref)),
            shop=shops.get(order.seller_ref, "") if order else "",
            may_order=order is not None and is_shown(row, ConsentTo.ORDER, at),
            may_words=order is not None and is_shown(row, ConsentTo.WORDS, at),
            said=said_of(row, opener),
        )
        for row in found
    )
