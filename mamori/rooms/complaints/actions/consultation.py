"""The kind of matter that a consultation is: found locked, ended, and told to the counsellor, to the consumer and to staff."""

from __future__ import annotations

from typing import Any

import msgspec
from django.conf import settings
from django.urls import reverse

from mamori.grammar.declaration import Template
from mamori.grammar.event import Event
from mamori.grammar.hand import STAFF, Hand, Role
from mamori.ground.cases import actions as cases
from mamori.ground.cases import facts as case_facts
from mamori.ground.ledger import actions as ledger
from mamori.ground.matters import settlement
from mamori.ground.matters.performance import Kind, Performance
from mamori.ground.matters.seen import changed
from mamori.ground.outbox import actions as outbox
from mamori.ground.seal import actions as sealing
from mamori.rooms.complaints.counselling import notices
from mamori.rooms.complaints.counselling.acts import CONSULTATION_ACTS, CONSULTATION_CASE
from mamori.rooms.complaints.counselling.lifecycle import CONSULTATION, ConsultationState
from mamori.rooms.complaints.counselling.queries.consultations import (
    NoSuchConsultation,
    about_consultation,
    consultation_place,
    found_by,
    is_for,
    subject_of,
)
from mamori.rooms.complaints.counselling.queries.counsellors import who_is, who_said
from mamori.rooms.complaints.counselling.rules import ConsultationSaid, of_consultation
from mamori.rooms.complaints.models import Consultation

TAKEN = "take_bundle"
"""It changes nothing of the consultation: no clock, and not its case."""
UNSEEN = frozenset({TAKEN, "remind_consultation"})
"""What may happen while somebody writes an answer."""


def end(act: Performance[Consultation], step: str) -> None:
    """End it by this step, and say so to a counsellor who may still come in and did not do it."""
    act.step(step)
    act.matter.closed_at = act.hand.at
    act.save("closed_at")
    if act.hand.role is not Role.COUNSELLOR and act.matter.counsellor.ended_at is None:
        tell_counsellor(act, notices.OVER, state=CONSULTATION.states[ConsultationState(act.matter.state)])


def tell_counsellor(act: Performance[Consultation], template: Template, **values: Any) -> None:
    """Tell the counsellor by mail, with where to read it."""
    door = f"{settings.ORIGIN}{reverse('complaints_centres:door')}"
    outbox.notify(
        to=who_is(act.matter.counsellor),
        template=template,
        values={"number": f"{act.matter.pk}", "door": door, **values},
        about=about_consultation(act.matter.pk),
        at=act.hand.at,
    )


def tell_consumer(act: Performance[Consultation], template: Template) -> None:
    """Tell the consumer whose order it is, where there is one."""
    row = act.matter
    if row.buyer_ref:
        centre = who_said(row.counsellor).centre
        tell(act, f"buyer:{row.buyer_ref}", template, centre=centre, order=row.order_ref)


def tell(act: Performance[Consultation], to: str, template: Template, **values: Any) -> None:
    """Tell somebody of it: staff by the number of its case."""
    about = about_consultation(act.matter.pk)
    number = case_facts.case_of(about).number if to in STAFF else f"{act.matter.pk}"
    outbox.tell(to=to, template=template, values={"number": number, **values}, about=about, at=act.hand.at)


def sealed(row: Consultation, said: ConsultationSaid) -> bytes:
    """Return what it says, sealed with its own key."""
    plain = msgspec.json.encode(said, order="sorted")
    return sealing.seal(subject=subject_of(row), place=consultation_place(row.ref), plain=plain)


def enter(row: Consultation) -> None:
    """Let a new consultation be found among cases, by its centre and its order; it is of the centre's cases alone, no party's."""
    cases.open(
        kind=CONSULTATION_CASE.code,
        about=about_consultation(row.pk),
        title=CONSULTATION_CASE.topics["consultation"].ja,
        buyer_ref="",
        seller_ref="",
        order_ref="",
        at=row.received_at,
        **found_by(row),
    )


def _find(hand: Hand, number: int, version: int | None) -> Consultation:
    row = (
        Consultation.objects.select_for_update(of=("self",))
        .select_related("counsellor")
        .filter(pk=number)
        .first()
    )
    if row is None or not (hand.role is Role.MACHINE or is_for(hand, row)):
        raise NoSuchConsultation
    if version is not None and version != row.version:
        raise changed(about_consultation(number), CONSULTATION_ACTS)
    return row


def _record(act: Performance[Consultation], verb: str, *events: Event, reason: str = "", **told: Any) -> int:
    row = act.matter
    if verb not in UNSEEN:
        row.version += 1
        act.save("version")
    return ledger.record(
        act.hand,
        kind=f"complaints.{verb}",
        subject=subject_of(row),
        about=about_consultation(row.pk),
        reason=reason,
        payload={"state": row.state, **told},
    )


def _settle(act: Performance[Consultation]) -> None:
    if act.verb == TAKEN:
        return
    row, name = act.matter, about_consultation(act.matter.pk)
    settled = settlement.settle({name: of_consultation(row)}, at=act.hand.at, why=act.verb)
    asks = [one.what for one in settled.asked[name]]
    cases.update(
        about=name,
        state=row.state,
        lead=settled.lead(),
        closed_at=row.closed_at,
        attention=next(iter(asks), None),
        asks=asks,
    )


CONSULTATIONS: Kind[Consultation, int] = Kind(
    chart=CONSULTATION,
    find=_find,
    case=lambda row: about_consultation(row.pk),
    record=_record,
    settle=_settle,
)
