"""Consultations as each side reads them, and what lies sealed in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import msgspec
from django.db.models import Q

from mamori.grammar.actor import HEADS, STAFF, Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.clocks import facts as clocks
from mamori.ground.market import facts as market
from mamori.ground.market.facts import OrderFact
from mamori.ground.people import facts as people
from mamori.ground.seal import facts as seals
from mamori.ground.seal.facts import Opener, Place
from mamori.law.counselling import COUNSELLOR_ANSWER, ConsentGiven, ConsentTo
from mamori.rooms.complaints.lifecycle import CONSULTATION, ConsultationState
from mamori.rooms.complaints.models import Consultation, Counsellor
from mamori.rooms.complaints.rules import ConsultationSaid, CounsellorSaid, is_shown

# Who counsellors are: while they may come in, as leads read them, and what lies sealed in them.


OF_COUNSELLORS, COUNSELLOR = "complaints_counsellor", "counsellor:"


class NoSuchCounsellor(Refusal, code="no-such-counsellor", status=404):
    """Given when there is no such counsellor for this actor, or their time is over."""

    text = Text(
        "この相談員は見つからないか、利用の期間が終わっています。招くことができるのは、責任者と法務担当です。",
        "There is no such counsellor, or their time is over. Leads and counsel can invite one.",
    )


class CounsellorOver(Refusal, code="counsellor-over", status=403):
    """Given to a counsellor whose time is over, whatever they open."""

    text = Text(
        "相談員用の窓口の利用期間が終わりました。続けるときは、センターから相談窓口にお電話ください。あらためて招待をお送りします。",
        "Your time on the pages for counsellors is over. To go on, please call the customer centre from your centre: you will be "
        "invited anew.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CounsellorShown:
    """A counsellor as staff read them: who, of which centre, invited when, until when, and when they came last."""

    row: Counsellor
    said: CounsellorSaid = field(repr=False)
    is_here: bool

    @property
    def state_text(self) -> Text:
        """Say whether they may come in."""
        return Text("利用できる", "may come in") if self.is_here else Text("終わった", "over")


def mark_of(mail: str) -> bytes:
    """Return by what an address is known again."""
    return seals.blind(f"{OF_COUNSELLORS}.mark", mail.strip().lower())


def who_is(row: Counsellor) -> str:
    """Return who a counsellor is: what acts say, where mail goes, whose key it is."""
    return f"{COUNSELLOR}{row.ref}"


def counsellor_place(ref: str) -> Place:
    """Return where it lies who a counsellor is."""
    return Place(OF_COUNSELLORS, ref, "said")


def who_said(row: Counsellor, opener: Opener | None = None) -> CounsellorSaid:
    """Return who a counsellor is, empty once the key was destroyed; of many, an `opener` has fetched the keys."""
    place = counsellor_place(row.ref)
    plain = seals.opened(subject=who_is(row), place=place, sealed=row.said, opener=opener)
    return msgspec.json.decode(plain, type=CounsellorSaid) if plain is not None else CounsellorSaid()


def counsellor_mail(ref: str) -> tuple[str, str]:
    """Return where a counsellor's mail goes, and in which language."""
    row = Counsellor.objects.filter(ref=ref).first()
    return (who_said(row).mail, "ja") if row else ("", "")


def counsellor_of(actor: Actor, *, locked: bool = False) -> Counsellor:
    """Return the counsellor who acts, while they may come in; `locked` for who writes on it."""
    if actor.role is not Role.COUNSELLOR:
        raise NoSuchCounsellor
    rows = Counsellor.objects.select_for_update() if locked else Counsellor.objects.all()
    row = rows.filter(_may_come_in(actor)).first()
    if row is None:
        raise CounsellorOver
    return row


def is_here(actor: Actor) -> bool:
    """Say whether it is a counsellor who may come in."""
    return actor.role is Role.COUNSELLOR and Counsellor.objects.filter(_may_come_in(actor)).exists()


def _may_come_in(actor: Actor) -> Q:
    return Q(ended_at__isnull=True, until__gt=actor.at, ref=actor.by.removeprefix(COUNSELLOR))


def counsellors_shown(rows: Sequence[Counsellor], at: datetime) -> tuple[CounsellorShown, ...]:
    """Return these as the list shows them, keys in one look."""
    opener = seals.Opener().fetch(bytes(row.said) for row in rows if row.said is not None)
    return tuple(
        CounsellorShown(row=row, said=who_said(row, opener), is_here=row.ended_at is None and row.until > at)
        for row in rows
    )


def counsellor_shown(actor: Actor, number: int) -> CounsellorShown:
    """Return one for leads and counsel."""
    row = Counsellor.objects.filter(pk=number).first()
    if row is None or actor.role not in HEADS:
        raise NoSuchCounsellor
    return counsellors_shown([row], actor.at)[0]


TABLE = "complaints_consultation"
SHOWN_MOST = 200


class NoSuchConsultation(Refusal, code="no-such-consultation", status=404):
    """Given when there is no such consultation for this actor."""

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

    row: Consultation
    counsellor: CounsellorSaid = field(repr=False)
    holds: bool
    consent: ConsentTo
    given: ConsentGiven
    confirmed_by: str
    state: ConsultationState
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
        return self.holds and self.row.confirmed_at is not None

    @property
    def may_await(self) -> bool:
        """Say what a counsellor may know: that a consumer may be asked, whether there is such an order or not."""
        return self.holds and self.row.confirmed_at is None and bool(self.said.order)

    @property
    def awaits_consumer(self) -> bool:
        """Say whether a consumer whom the house knows has not said yet that it is so."""
        return self.holds and self.order is not None and self.row.confirmed_at is None


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


def is_for(actor: Actor, row: Consultation) -> bool:
    """Say whether it is for this actor: staff, the counsellor who asks while they may, or the consumer whose order it is."""
    match actor.role:
        case Role.COUNSELLOR:
            return counsellor_of(actor).pk == row.counsellor_id
        case Role.BUYER:
            return row.buyer_ref != "" and actor.whose == f"buyer:{row.buyer_ref}"
    return actor.role in STAFF


def consultation_of(actor: Actor, number: int) -> ConsultationShown:
    """Return a consultation for staff, its counsellor or its consumer."""
    row = Consultation.objects.select_related("counsellor").filter(pk=number).first()
    if row is None or not is_for(actor, row):
        raise NoSuchConsultation
    return consultations_shown([row], actor.at)[0]


def own_consultations(actor: Actor) -> tuple[ConsultationShown, ...]:
    """Return those of a counsellor, or of a consumer: what is open first, then the newest."""
    rows = Consultation.objects.select_related("counsellor").filter(said__isnull=False)
    if actor.role is Role.COUNSELLOR:
        rows = rows.filter(counsellor=counsellor_of(actor))
    else:
        rows = rows.filter(buyer_ref=actor.whose.removeprefix("buyer:")).exclude(buyer_ref="")
    found = sorted(rows.order_by("-pk")[:SHOWN_MOST], key=lambda row: row.closed_at is not None)
    return consultations_shown(found, actor.at)


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
            row=row,
            counsellor=who_said(row.counsellor, opener),
            holds=row.closed_at is None and at < row.until,
            consent=ConsentTo(row.consent),
            given=ConsentGiven(row.given),
            confirmed_by=people.called(row.confirmed_by, names),
            state=ConsultationState(row.state),
            due=due.get(about_consultation(row.pk)),
            order=(order := orders.get(row.order_ref)),
            shop=shops.get(order.seller_ref, "") if order else "",
            may_order=order is not None and is_shown(row, ConsentTo.ORDER, at),
            may_words=order is not None and is_shown(row, ConsentTo.WORDS, at),
            said=said_of(row, opener),
        )
        for row in found
    )
