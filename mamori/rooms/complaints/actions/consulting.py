"""A counsellor asks for a consumer and is answered, until either of them ends it."""

from __future__ import annotations

import secrets
from datetime import timedelta

import msgspec

from mamori.grammar.declaration import Template
from mamori.grammar.hand import HEADS, STAFF, Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.market import facts as market
from mamori.ground.market.facts import OrderFact
from mamori.ground.matters import settlement
from mamori.ground.matters.performance import Performance, entered, perform
from mamori.ground.matters.standing import Runs
from mamori.ground.people import actions as people
from mamori.ground.people.facts import Limit
from mamori.ground.seal import facts as seals
from mamori.japan.seen import spelt_out
from mamori.japan.spoken import spoken
from mamori.law.counselling import COUNSELLOR_ANSWER
from mamori.rooms.complaints.actions.consultation import (
    CONSULTATIONS,
    end,
    enter,
    sealed,
    tell,
    tell_consumer,
    tell_counsellor,
)
from mamori.rooms.complaints.counselling import notices
from mamori.rooms.complaints.counselling.inputs import (
    AnswerToCounsellor,
    CounsellorWords,
    WhyOver,
)
from mamori.rooms.complaints.counselling.lifecycle import ConsultationState
from mamori.rooms.complaints.counselling.queries.consultations import said_of
from mamori.rooms.complaints.counselling.queries.counsellors import counsellor_of
from mamori.rooms.complaints.counselling.rules import (
    ConsultationLine,
    ConsultationSaid,
    ConsultationTold,
    consent_runs,
)
from mamori.rooms.complaints.models import Consultation, Counsellor
from mamori.rooms.complaints.rules import references

MOST_LINES = 100
CONSULTATIONS_A_DAY = Limit(name="consultations", most=30, per=timedelta(days=1))  # of one counsellor


class WrittenEnough(Refusal, code="written-enough", status=409):
    """Given when a consultation holds as much as it may."""

    text = Text(
        "一つの相談に書けるのは{most}回までです。終えてから、新しく相談してください。",
        "A consultation holds {most} entries. Please end it and ask anew.",
    )


def consult(hand: Hand, *, told: ConsultationTold) -> int:
    """Ask the operator for a consumer, and return the consultation's number.

    Whether there is such an order is not said.  Where there is one its buyer is asked whether the consent is theirs.
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
        row.said = sealed(row, said)
        row.save(force_insert=True)
        enter(row)
        with entered(hand, CONSULTATIONS, row) as act:
            _tell_staff(act, notices.CAME)
            tell_consumer(act, notices.CONSENT_ASKED)
            act.record("consult", consent=row.consent, given=row.given, known=bool(row.order_ref))
    return row.pk


def write_on(hand: Hand, *, consultation: int, said: CounsellorWords) -> None:
    """Write more as the counsellor."""
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
    """Answer as staff."""
    with perform(hand, CONSULTATIONS, consultation, version=version) as act:
        act.step("answer")
        _put(act, said, by=hand.by)
        tell_counsellor(act, notices.ANSWERED)
        act.record("answer")


def close_consultation(hand: Hand, *, consultation: int, reason: WhyOver, version: int | None = None) -> None:
    """End a consultation, as the counsellor or as staff."""
    with perform(hand, CONSULTATIONS, consultation, version=version) as act:
        end(act, "close")
        act.record("close", reason=reason)


def end_all_of(hand: Hand, counsellor: Counsellor, reason: str) -> None:
    """End what a counsellor asked, in the transaction that ends their time."""
    rows = Consultation.objects.select_for_update(of=("self",)).select_related("counsellor")
    for row in rows.filter(counsellor=counsellor, closed_at__isnull=True).order_by("pk"):
        with entered(hand, CONSULTATIONS, row) as act:
            end(act, "close")
            act.record("close", reason=reason)


def remind_consultation(hand: Hand, *, consultation: int) -> None:
    """Say to leads that a counsellor waits for an answer."""
    with perform(hand, CONSULTATIONS, consultation) as act:
        if act.matter.state != ConsultationState.RECEIVED:
            return
        for role in sorted(HEADS):
            tell(act, role.value, notices.OVERDUE)
        act.record("remind_consultation")


def _put(act: Performance[Consultation], words: str, *, by: str) -> None:
    row, said = act.matter, said_of(act.matter)
    if row.said is None or len(said.lines) >= MOST_LINES:
        raise WrittenEnough(most=MOST_LINES)
    line = ConsultationLine(at=act.hand.at, words=words, by=by)
    row.said = sealed(row, msgspec.structs.replace(said, lines=(*said.lines, line)))
    act.save("said")


def _tell_staff(act: Performance[Consultation], template: Template) -> None:
    due = settlement.due(Runs(COUNSELLOR_ANSWER, since=act.matter.waits_since))
    for role in sorted(STAFF):
        tell(act, role.value, template, due=spoken(due))


def _order(typed: str) -> OrderFact | None:
    """Return the order that is meant, however its number was typed; one whose buyer was erased is none any more."""
    folded = spelt_out(typed)
    tokens = references(folded) + references(folded.upper())
    found = market.orders(tokens)
    order = next((found[one] for one in tokens if one in found), None)
    return None if order is None or seals.erased([f"buyer:{order.buyer_ref}"]) else order
