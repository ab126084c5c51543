"""A counsellor asks for a consumer and is answered; the consumer says what may be told; and it ends when they say so."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

import msgspec
from django.conf import settings
from django.urls import reverse

from mamori.grammar.declaration import Template
from mamori.grammar.event import Event
from mamori.grammar.hand import HEADS, STAFF, Hand, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.ledger import actions as ledger
from mamori.ground.market import facts as market
from mamori.ground.market.facts import OrderFact
from mamori.ground.matters import settlement
from mamori.ground.matters.performance import Kind, Performance, entered, perform
from mamori.ground.matters.seen import changed
from mamori.ground.matters.standing import Runs
from mamori.ground.outbox import actions as outbox
from mamori.ground.people import actions as people
from mamori.ground.people.facts import Limit
from mamori.ground.seal import actions as sealing
from mamori.ground.seal import facts as seals
from mamori.japan.seen import spelt_out
from mamori.japan.spoken import spoken
from mamori.law.counselling import COUNSELLOR_ANSWER, ConsentTo
from mamori.rooms.complaints.counselling import notices
from mamori.rooms.complaints.counselling.acts import CONSULTATION_ACTS
from mamori.rooms.complaints.counselling.inputs import (
    AnswerToCounsellor,
    CounsellorWords,
    HowConfirmed,
    WhyOver,
)
from mamori.rooms.complaints.counselling.lifecycle import CONSULTATION, ConsultationState
from mamori.rooms.complaints.counselling.queries import (
    NoSuchConsultation,
    about_consultation,
    consultation_place,
    counsellor_of,
    is_for,
    said_of,
    subject_of,
    who_is,
    who_said,
)
from mamori.rooms.complaints.counselling.rules import (
    ConsultationLine,
    ConsultationSaid,
    ConsultationTold,
    consent_runs,
    is_shown,
    of_consultation,
)
from mamori.rooms.complaints.models import Consultation, Counsellor
from mamori.rooms.complaints.rules import references

MOST_LINES = 100
CONSULTATIONS_A_DAY = Limit(name="consultations", most=30, per=timedelta(days=1))  # of one counsellor
UNSEEN = frozenset({"take_bundle", "remind_consultation"})
"""What may happen while somebody writes an answer."""


class ConsentAwaited(Refusal):
    """Given when a counsellor would take what the consumer has not allowed, or allows no more."""

    code = "consent-awaited"
    status = 403
    text = Text(
        "この資料は渡せません。ご本人の同意がまだ確かめられていないか、同意の範囲や期間の外です。相談のページでご確認ください。",
        "This cannot be handed over: the consumer has not confirmed the consent, or it does not go so far, or not so long.",
    )


class NobodyToConfirm(Refusal):
    """Given when a consent would be confirmed of somebody whom the house does not know."""

    code = "nobody-to-confirm"
    status = 409
    text = Text(
        "注文が決まらない相談では、本人を確かめられません。注文番号を相談員に尋ね、新しく相談してもらってください。",
        "Without an order nobody can be confirmed. Please ask the counsellor for its number, and to ask anew with it.",
    )


class WrittenEnough(Refusal):
    """Given when a consultation holds as much as it may."""

    code = "written-enough"
    status = 409
    text = Text(
        "一つの相談に書けるのは{most}回までです。終えてから、新しく相談してください。",
        "A consultation holds {most} entries. Please end it and ask anew.",
    )


def consult(hand: Hand, *, told: ConsultationTold) -> int:
    """Ask the operator for a consumer, and return the consultation's number.

    Whether there is such an order is not said.  Where there is one its buyer is asked whether the consent is theirs.

    :raises NoSuchCounsellor, CounsellorOver: for everybody but a counsellor who may come in.
    :raises TooMany: when they asked so often.
    """
    people.count(CONSULTATIONS_A_DAY, hand.by, at=hand.at)
    order = _order(told.order)
    with memory.act():
        row = Consultation(
            counsellor=counsellor_of(hand, locked=True),
            ref=secrets.token_hex(12),
            order_ref=order.ref if order else "",
            buyer_ref=order.buyer_ref if order else "",
            consent=told.consent.value,
            given=told.given.value,
            lasts=told.lasts.value,
            received_at=hand.at,
            waits_since=hand.at,
        )
        row.until = settlement.due(consent_runs(told.lasts, hand.at))
        first = ConsultationLine(at=hand.at, words=told.words)
        said = ConsultationSaid(consumer=told.consumer, order=told.order, lines=(first,))
        row.said = _sealed(row, said)
        row.save(force_insert=True)
        with entered(hand, CONSULTATIONS, row) as act:
            _tell_staff(act, notices.CAME)
            _tell_consumer(act, notices.CONSENT_ASKED)
            act.record("consult", consent=row.consent, given=row.given, known=bool(row.order_ref))
    return row.pk


def write_on(hand: Hand, *, consultation: int, said: CounsellorWords) -> None:
    """Write more as the counsellor.

    :raises NoSuchConsultation, NoSuchCounsellor, StepNotOpen, StepNotYours, WrittenEnough: as their sentences say.
    """
    with perform(hand, CONSULTATIONS, consultation) as act:
        waited = act.matter.state == ConsultationState.RECEIVED
        act.step("write")
        _put(act, said, by="")
        if not waited:
            act.matter.waits_since = hand.at
            act.save("waits_since")
        _tell_staff(act, notices.CAME)
        act.record("write")


def answer_counsellor(
    hand: Hand, *, consultation: int, said: AnswerToCounsellor, version: int | None = None
) -> None:
    """Answer as staff.

    :raises NoSuchConsultation, ChangedMeanwhile, StepNotOpen, StepNotYours, WrittenEnough: as their sentences say.
    """
    with perform(hand, CONSULTATIONS, consultation, version=version) as act:
        act.step("answer")
        _put(act, said, by=hand.by)
        _tell_counsellor(act, notices.ANSWERED)
        act.record("answer")


def confirm_consent(hand: Hand, *, consultation: int) -> None:
    """Say as the consumer that the consent is theirs.

    :raises NoSuchConsultation, StepNotOpen, StepNotYours: as their sentences say.
    """
    with perform(hand, CONSULTATIONS, consultation) as act:
        _confirm(act)
        act.record("confirm")


def confirm_by_call(
    hand: Hand, *, consultation: int, reason: HowConfirmed, version: int | None = None
) -> None:
    """Take down that the consumer, called at the registered number, said so; they are told in writing.

    :raises NoSuchConsultation, ChangedMeanwhile, StepNotOpen, StepNotYours, NobodyToConfirm: as their sentences say.
    """
    with perform(hand, CONSULTATIONS, consultation, version=version) as act:
        if not act.matter.buyer_ref:
            raise NobodyToConfirm
        _confirm(act)
        _tell_consumer(act, notices.CONSENT_NOTED)
        act.record("confirm", reason=reason)


def withdraw_consent(hand: Hand, *, consultation: int) -> None:
    """Take the consent back, as the consumer or for them as the counsellor: nothing more is shown from this moment on.

    :raises NoSuchConsultation, NoSuchCounsellor, StepNotOpen, StepNotYours: as their sentences say.
    """
    with perform(hand, CONSULTATIONS, consultation) as act:
        if hand.role is Role.BUYER and act.matter.confirmed_at is None:
            for role in sorted(HEADS):
                _tell(act, role.value, notices.REFUSED)
        _end(act, "withdraw")
        act.record("withdraw")


def withdraw_for(hand: Hand, *, consultation: int, reason: WhyOver, version: int | None = None) -> None:
    """Take down that the consumer took the consent back by telephone or letter.

    :raises NoSuchConsultation, ChangedMeanwhile, StepNotOpen, StepNotYours: as their sentences say.
    """
    with perform(hand, CONSULTATIONS, consultation, version=version) as act:
        _end(act, "withdraw")
        act.record("withdraw", reason=reason)


def close_consultation(hand: Hand, *, consultation: int, reason: WhyOver, version: int | None = None) -> None:
    """End a consultation, as the counsellor or as staff.

    :raises NoSuchConsultation, NoSuchCounsellor, ChangedMeanwhile, StepNotOpen, StepNotYours: as their sentences say.
    """
    with perform(hand, CONSULTATIONS, consultation, version=version) as act:
        _end(act, "close")
        act.record("close", reason=reason)


def end_all_of(hand: Hand, counsellor: Counsellor, reason: str) -> None:
    """End what a counsellor asked, in the transaction that ends their time."""
    rows = Consultation.objects.select_for_update(of=("self",)).select_related("counsellor")
    for row in rows.filter(counsellor=counsellor, closed_at__isnull=True).order_by("pk"):
        with entered(hand, CONSULTATIONS, row) as act:
            _end(act, "close")
            act.record("close", reason=reason)


def take_bundle(hand: Hand, *, consultation: int, what: ConsentTo) -> None:
    """Let a counsellor take papers that the consumer allowed, which is recorded with its moment.

    :raises NoSuchConsultation, NoSuchCounsellor, ConsentAwaited: as their sentences say.
    """
    with perform(hand, CONSULTATIONS, consultation) as act:
        row = act.matter
        if hand.role is not Role.COUNSELLOR or not row.order_ref or not is_shown(row, what, hand.at):
            raise ConsentAwaited
        act.record("take_bundle", what=what.value)


def lapse_consent(hand: Hand, *, consultation: int) -> None:
    """Let a consent run out."""
    with perform(hand, CONSULTATIONS, consultation) as act:
        if act.matter.closed_at is None:
            _end(act, "lapse")
            act.record("lapse")


def remind_consultation(hand: Hand, *, consultation: int) -> None:
    """Say to leads that a counsellor waits for an answer."""
    with perform(hand, CONSULTATIONS, consultation) as act:
        if act.matter.state != ConsultationState.RECEIVED:
            return
        for role in sorted(HEADS):
            _tell(act, role.value, notices.OVERDUE)
        act.record("remind_consultation")


def _confirm(act: Performance[Consultation]) -> None:
    act.step("confirm")
    row = act.matter
    if row.confirmed_at is None:
        row.confirmed_at, row.confirmed_by = act.hand.at, act.hand.by
        act.save("confirmed_at", "confirmed_by")
        _tell_counsellor(act, notices.CONFIRMED)


def _end(act: Performance[Consultation], step: str) -> None:
    act.step(step)
    act.matter.closed_at = act.hand.at
    act.save("closed_at")
    if act.hand.role is not Role.COUNSELLOR and act.matter.counsellor.ended_at is None:
        _tell_counsellor(act, notices.OVER, state=CONSULTATION.states[ConsultationState(act.matter.state)])


def _put(act: Performance[Consultation], words: str, *, by: str) -> None:
    row, said = act.matter, said_of(act.matter)
    if row.said is None or len(said.lines) >= MOST_LINES:
        raise WrittenEnough(most=MOST_LINES)
    line = ConsultationLine(at=act.hand.at, words=words, by=by)
    row.said = _sealed(row, msgspec.structs.replace(said, lines=(*said.lines, line)))
    act.save("said")


def _tell_staff(act: Performance[Consultation], template: Template) -> None:
    due = settlement.due(Runs(COUNSELLOR_ANSWER, since=act.matter.waits_since))
    for role in sorted(STAFF):
        _tell(act, role.value, template, due=spoken(due))


def _tell_counsellor(act: Performance[Consultation], template: Template, **values: Any) -> None:
    door = f"{settings.ORIGIN}{reverse('complaints_centres:door')}"
    outbox.notify(
        to=who_is(act.matter.counsellor),
        template=template,
        values={"number": f"{act.matter.pk}", "door": door, **values},
        about=about_consultation(act.matter.pk),
        at=act.hand.at,
    )


def _tell_consumer(act: Performance[Consultation], template: Template) -> None:
    row = act.matter
    if row.buyer_ref:
        centre = who_said(row.counsellor).centre
        _tell(act, f"buyer:{row.buyer_ref}", template, centre=centre, order=row.order_ref)


def _tell(act: Performance[Consultation], to: str, template: Template, **values: Any) -> None:
    outbox.tell(
        to=to,
        template=template,
        values={"number": f"{act.matter.pk}", **values},
        about=about_consultation(act.matter.pk),
        at=act.hand.at,
    )


def _order(typed: str) -> OrderFact | None:
    """Return the order that is meant, however its number was typed; one whose buyer was erased is none any more."""
    folded = spelt_out(typed)
    tokens = references(folded) + references(folded.upper())
    found = market.orders(tokens)
    order = next((found[one] for one in tokens if one in found), None)
    return None if order is None or seals.erased([f"buyer:{order.buyer_ref}"]) else order


def _sealed(row: Consultation, said: ConsultationSaid) -> bytes:
    plain = msgspec.json.encode(said, order="sorted")
    return sealing.seal(subject=subject_of(row), place=consultation_place(row.ref), plain=plain)


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
    name = about_consultation(act.matter.pk)
    settlement.settle({name: of_consultation(act.matter)}, at=act.hand.at, why=act.verb)


CONSULTATIONS: Kind[Consultation, int] = Kind(
    chart=CONSULTATION,
    find=_find,
    case=lambda row: about_consultation(row.pk),
    record=_record,
    settle=_settle,
)
