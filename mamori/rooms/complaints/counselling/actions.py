"""A counsellor is invited, asks for a consumer and is answered, as far as that person consents."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

import msgspec
from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from mamori.grammar.actor import HEADS, STAFF, Actor, Role
from mamori.grammar.declaration import Template
from mamori.grammar.event import Event
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.cases import actions as cases, facts as case_facts
from mamori.ground.declared import memory
from mamori.ground.ledger import actions as ledger
from mamori.ground.market import facts as market
from mamori.ground.market.facts import OrderFact
from mamori.ground.matters import settlement
from mamori.ground.matters.performance import MatterKind, Performance, entered, perform
from mamori.ground.matters.seen import changed
from mamori.ground.matters.standing import Runs
from mamori.ground.outbox import actions as outbox
from mamori.ground.people import actions as people
from mamori.ground.people.facts import CODES_SENT, Limit, Presence
from mamori.ground.seal import actions as sealing, facts as seals
from mamori.japan.calendar import spoken
from mamori.japan.written import plain_name, spelt_out
from mamori.law.counselling import COUNSELLOR_ANSWER, FIRST_LINK_DAYS, INVITED_DAYS, LINK_HOURS, ConsentTo
from mamori.rooms.complaints import notices
from mamori.rooms.complaints.acts import CONSULTATION_ACTS, CONSULTATION_CASE
from mamori.rooms.complaints.counselling.queries import (
    NoSuchConsultation,
    NoSuchCounsellor,
    about_consultation,
    consultation_place,
    counsellor_of,
    counsellor_place,
    found_by,
    is_for,
    mark_of,
    said_of,
    subject_of,
    who_is,
    who_said,
)
from mamori.rooms.complaints.inputs import AnswerToCounsellor, CounsellorWords, HowConfirmed, WhyOver
from mamori.rooms.complaints.lifecycle import CONSULTATION, ConsultationState
from mamori.rooms.complaints.models import Consultation, Counsellor
from mamori.rooms.complaints.rules import (
    ConsultationInput,
    ConsultationLine,
    ConsultationSaid,
    CounsellorSaid,
    consent_runs,
    is_shown,
    of_consultation,
    references,
)

# The kind of matter that a consultation is: found locked, ended, and told to the counsellor, to the consumer and to staff.


TAKEN = "take_bundle"
"""It changes nothing of the consultation: no clock, and not its case."""
UNSEEN = frozenset({TAKEN, "remind_consultation"})
"""What may happen while somebody writes an answer."""


def end(act: Performance[Consultation], step: str) -> None:
    """End it by this step, and say so to a counsellor who may still come in and did not do it."""
    act.step(step)
    act.matter.closed_at = act.actor.at
    act.save("closed_at")
    if act.actor.role is not Role.COUNSELLOR and act.matter.counsellor.ended_at is None:
        notify_counsellor(act, notices.OVER, state=CONSULTATION.states[ConsultationState(act.matter.state)])


def notify_counsellor(act: Performance[Consultation], template: Template, **values: Any) -> None:
    """Tell the counsellor by mail, with where to read it."""
    door = f"{settings.ORIGIN}{reverse('complaints_centres:door')}"
    outbox.notify_numbered(
        to=who_is(act.matter.counsellor),
        template=template,
        values={"number": f"{act.matter.pk}", "door": door, **values},
        about=about_consultation(act.matter.pk),
        at=act.actor.at,
    )


def notify_consumer(act: Performance[Consultation], template: Template) -> None:
    """Tell the consumer whose order it is, where there is one."""
    row = act.matter
    if row.buyer_ref:
        centre = who_said(row.counsellor).centre
        notify(
            act, f"buyer:{row.buyer_ref}", template, centre=centre, order=market.shown_number(row.order_ref)
        )


def notify(act: Performance[Consultation], to: str, template: Template, **values: Any) -> None:
    """Tell somebody of it: staff by the number of its case."""
    about = about_consultation(act.matter.pk)
    number = case_facts.case_of(about).number if to in STAFF else f"{act.matter.pk}"
    outbox.notify(to=to, template=template, values={"number": number, **values}, about=about, at=act.actor.at)


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


def _find(actor: Actor, number: int, version: int | None) -> Consultation:
    row = (
        Consultation.objects.select_for_update(of=("self",))
        .select_related("counsellor")
        .filter(pk=number)
        .first()
    )
    if row is None or not (actor.role is Role.MACHINE or is_for(actor, row)):
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
        act.actor,
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
    settled = settlement.settle({name: of_consultation(row)}, at=act.actor.at, why=act.verb)
    asks = [one.what for one in settled.asked[name]]
    cases.update(
        about=name,
        state=row.state,
        lead=settled.lead(),
        closed_at=row.closed_at,
        attention=next(iter(asks), None) if act.news is None else act.news or None,
        asks=asks,
    )


CONSULTATIONS: MatterKind[Consultation, int] = MatterKind(
    chart=CONSULTATION,
    find=_find,
    case=lambda row: about_consultation(row.pk),
    record=_record,
    settle=_settle,
    shows_news=True,
)


# The consumer says what a counsellor may be told, by their own page or called, and takes it back; papers go as far as that.


class ConsentAwaited(Refusal, code="consent-awaited", status=403):
    """Given when a counsellor would take what the consumer has not allowed, or allows no more."""

    text = Text(
        "この資料は渡せません。ご本人の同意がまだ確かめられていないか、同意の範囲や期間の外です。相談のページでご確認ください。",
        "This cannot be handed over: the consumer has not confirmed the consent, or it does not go so far, or not so long.",
    )


class NobodyToConfirm(Refusal, code="nobody-to-confirm", status=409):
    """Given when a consent would be confirmed of somebody whom the house does not know."""

    text = Text(
        "注文が決まらない相談では、本人を確かめられません。注文番号を相談員に尋ね、新しく相談してもらってください。",
        "Without an order nobody can be confirmed. Please ask the counsellor for its number, and to ask anew with it.",
    )


def confirm_consent(actor: Actor, *, consultation: int) -> None:
    """Say as the consumer that the consent is theirs."""
    with perform(actor, CONSULTATIONS, consultation) as act:
        _confirm(act)
        act.record("confirm")


def confirm_by_call(
    actor: Actor, *, consultation: int, reason: HowConfirmed, version: int | None = None
) -> None:
    """Take down that the consumer, called at the registered number, said so; they are told in writing."""
    with perform(actor, CONSULTATIONS, consultation, version=version) as act:
        if not act.matter.buyer_ref:
            raise NobodyToConfirm
        _confirm(act)
        notify_consumer(act, notices.CONSENT_NOTED)
        act.record("confirm", reason=reason)


def withdraw_consent(actor: Actor, *, consultation: int) -> None:
    """Take the consent back, as the consumer or for them as the counsellor: nothing more is shown from this moment on."""
    with perform(actor, CONSULTATIONS, consultation) as act:
        if actor.role is Role.BUYER and act.matter.confirmed_at is None:
            for role in sorted(HEADS):
                notify(act, role.value, notices.REFUSED)
        end(act, "withdraw")
        act.record("withdraw")


def withdraw_for(actor: Actor, *, consultation: int, reason: WhyOver, version: int | None = None) -> None:
    """Take down that the consumer took the consent back by telephone or letter."""
    with perform(actor, CONSULTATIONS, consultation, version=version) as act:
        end(act, "withdraw")
        act.record("withdraw", reason=reason)


def take_bundle(actor: Actor, *, consultation: int, what: ConsentTo) -> None:
    """Let a counsellor take papers that the consumer allowed, which is recorded with its moment."""
    with perform(actor, CONSULTATIONS, consultation) as act:
        row = act.matter
        if actor.role is not Role.COUNSELLOR or not row.order_ref or not is_shown(row, what, actor.at):
            raise ConsentAwaited
        act.record("take_bundle", what=what.value)


def lapse_consent(actor: Actor, *, consultation: int) -> None:
    """Let a consent run out."""
    with perform(actor, CONSULTATIONS, consultation) as act:
        if act.matter.closed_at is None:
            end(act, "lapse")
            act.record("lapse")


def _confirm(act: Performance[Consultation]) -> None:
    act.step("confirm")
    row = act.matter
    if row.confirmed_at is None:
        row.confirmed_at, row.confirmed_by = act.actor.at, act.actor.by
        act.save("confirmed_at", "confirmed_by")
        notify_counsellor(act, notices.CONFIRMED)


# A counsellor asks for a consumer and is answered, until either of them ends it.


MOST_LINES = 100
CONSULTATIONS_A_DAY = Limit(name="consultations", most=30, per=timedelta(days=1))  # of one counsellor


class WrittenEnough(Refusal, code="written-enough", status=409):
    """Given when a consultation holds as much as it may."""

    text = Text(
        "一つの相談に書けるのは{most}回までです。終えてから、新しく相談してください。",
        "A consultation holds {most} entries. Please end it and ask anew.",
    )


def consult(actor: Actor, *, told: ConsultationInput) -> int:
    """Ask the operator for a consumer, and return the consultation's number.

    Whether there is such an order is not said.  Where there is one its buyer is asked whether the consent is theirs.
    """
    people.count(CONSULTATIONS_A_DAY, actor.by, at=actor.at)
    order = _order(told.order)
    with memory.act():
        row = Consultation(
            counsellor=counsellor_of(actor, locked=True),
            ref=secrets.token_hex(12),
            order_ref=order.ref if order else "",
            buyer_ref=order.buyer_ref if order else "",
            consent=told.consent.value,
            given=told.given.value,
            lasts=told.lasts.value,
            received_at=actor.at,
            waits_since=actor.at,
        )
        row.until = settlement.due(consent_runs(told.lasts, actor.at))
        first = ConsultationLine(at=actor.at, words=told.words)
        said = ConsultationSaid(consumer=told.consumer, order=told.order, lines=(first,))
        row.said = sealed(row, said)
        row.save(force_insert=True)
        enter(row)
        with entered(actor, CONSULTATIONS, row) as act:
            _notify_staff(act, notices.CAME)
            notify_consumer(act, notices.CONSENT_ASKED)
            act.record("consult", consent=row.consent, given=row.given, known=bool(row.order_ref))
    return row.pk


def write_on(actor: Actor, *, consultation: int, said: CounsellorWords) -> None:
    """Write more as the counsellor."""
    with perform(actor, CONSULTATIONS, consultation) as act:
        waited = act.matter.state == ConsultationState.RECEIVED
        act.step("write")
        _put(act, said, by="")
        if not waited:
            act.matter.waits_since = actor.at
            act.save("waits_since")
        _notify_staff(act, notices.CAME)
        act.record("write")


def answer_counsellor(
    actor: Actor, *, consultation: int, said: AnswerToCounsellor, version: int | None = None
) -> None:
    """Answer as staff."""
    with perform(actor, CONSULTATIONS, consultation, version=version) as act:
        act.step("answer")
        _put(act, said, by=actor.by)
        notify_counsellor(act, notices.ANSWERED)
        act.record("answer")


def close_consultation(
    actor: Actor, *, consultation: int, reason: WhyOver, version: int | None = None
) -> None:
    """End a consultation, as the counsellor or as staff."""
    with perform(actor, CONSULTATIONS, consultation, version=version) as act:
        end(act, "close")
        act.record("close", reason=reason)


def end_all_of(actor: Actor, counsellor: Counsellor, reason: str) -> None:
    """End what a counsellor asked, in the transaction that ends their time."""
    rows = Consultation.objects.select_for_update(of=("self",)).select_related("counsellor")
    for row in rows.filter(counsellor=counsellor, closed_at__isnull=True).order_by("pk"):
        with entered(actor, CONSULTATIONS, row) as act:
            end(act, "close")
            act.record("close", reason=reason)


def remind_consultation(actor: Actor, *, consultation: int) -> None:
    """Say to leads that a counsellor waits for an answer."""
    with perform(actor, CONSULTATIONS, consultation) as act:
        if act.matter.state != ConsultationState.RECEIVED:
            return
        for role in sorted(HEADS):
            notify(act, role.value, notices.CONSULTATION_OVERDUE)
        act.record("remind_consultation")


def _put(act: Performance[Consultation], words: str, *, by: str) -> None:
    row, said = act.matter, said_of(act.matter)
    if row.said is None or len(said.lines) >= MOST_LINES:
        raise WrittenEnough(most=MOST_LINES)
    line = ConsultationLine(at=act.actor.at, words=words, by=by)
    row.said = sealed(row, msgspec.structs.replace(said, lines=(*said.lines, line)))
    act.save("said")


def _notify_staff(act: Performance[Consultation], template: Template) -> None:
    due = settlement.due(Runs(COUNSELLOR_ANSWER, since=act.matter.waits_since))
    for role in sorted(STAFF):
        notify(act, role.value, template, due=spoken(due))


def _order(typed: str) -> OrderFact | None:
    """Return the order that is meant, however its number was typed; one whose buyer was erased is none any more."""
    folded = spelt_out(typed)
    tokens = references(folded) + references(folded.upper())
    found = market.orders(tokens)
    order = next((found[one] for one in tokens if one in found), None)
    return None if order is None or seals.erased([f"buyer:{order.buyer_ref}"]) else order


# Counsellors are invited, come in by a link mailed to them, and may come in no more once their time is over.


INVITED_FOR, FIRST_LINK = timedelta(days=INVITED_DAYS), timedelta(days=FIRST_LINK_DAYS)
LINK = timedelta(hours=LINK_HOURS)


class CentreLinkOver(Refusal, code="centre-link-over", status=410):
    """Given for every link of a counsellor that does not hold, whatever is wrong with it."""

    text = Text(
        "このリンクは使えません。一度使ったか、期限が過ぎています。相談員用の窓口でメールアドレスを入れると、新しいリンクが届きます。",
        "This link cannot be used: it was used before, or its time is over. With your mail address a new one is sent from the "
        "pages for counsellors.",
    )


class CounsellorIsAnother(Refusal, code="counsellor-is-another", status=409):
    """Given when an address would be invited at which somebody else may come in."""

    text = Text(
        "このアドレスでは、別の名前か別のセンターの相談員が招かれています。先にその方の利用を終えてから招いてください。"
        "前の方の相談と同意は、引き継がれません。",
        "At this address a counsellor of another name or centre is invited. Please end that first: what the former asked, and "
        "the consents, do not pass on.",
    )


def invite_counsellor(actor: Actor, *, name: str, centre: str, mail: str) -> int:
    """Invite a counsellor for a year, or the same one for another, mail them a link, and return their number."""
    if actor.role not in HEADS:
        raise NoSuchCounsellor
    said = CounsellorSaid(name=plain_name(name), centre=plain_name(centre), mail=mail.strip())
    mark = mark_of(mail)
    with memory.act():
        row, is_new = Counsellor.objects.select_for_update().get_or_create(
            mark=mark,
            ended_at=None,
            defaults={
                "ref": secrets.token_hex(12),
                "invited_by": actor.by,
                "invited_at": actor.at,
                "until": actor.at,
            },
        )
        if not is_new and (who_said(row).name, who_said(row).centre) != (said.name, said.centre):
            raise CounsellorIsAnother
        plain = msgspec.json.encode(said, order="sorted")
        row.said = sealing.seal(subject=who_is(row), place=counsellor_place(row.ref), plain=plain)
        row.invited_by, row.invited_at, row.until = actor.by, actor.at, actor.at + INVITED_FOR
        token = secrets.token_urlsafe(32)
        row.invitation, row.invitation_until = seals.digest_of(token), actor.at + FIRST_LINK
        row.save()
        _record_counsellor(actor, row, "invite")
        _send(actor, row, notices.INVITED, token, row.invitation_until)
    return row.pk


def ask_link(actor: Actor, *, mail: str) -> None:
    """Mail a link to a counsellor who may come in, so many at most; nobody learns whether that is so."""
    rows = Counsellor.objects.select_for_update().filter(ended_at__isnull=True, until__gt=actor.at)
    with memory.act():
        row = rows.filter(mark=mark_of(mail)).first()
        if row is None or not people.counts(CODES_SENT, who_is(row), at=actor.at):
            return
        token = secrets.token_urlsafe(32)
        row.link, row.link_until = seals.digest_of(token), actor.at + LINK
        row.save(update_fields=("link", "link_until"))
        _record_counsellor(actor, row, "send_link")
        _send(actor, row, notices.LINK, token, row.link_until)


def enter_centre(*, token: str, at: datetime, request: str = "") -> Presence:
    """Use a link up and return who came in by it."""
    digest = seals.digest_of(token)
    first = Q(invitation=digest, invitation_until__gt=at)
    holds = Counsellor.objects.select_for_update().filter(ended_at__isnull=True, until__gt=at)
    with memory.act():
        row = holds.filter(first | Q(link=digest, link_until__gt=at)).first()
        if row is None:
            raise CentreLinkOver
        used = "link" if row.link == digest else "invitation"
        setattr(row, used, None)
        row.came_at = at
        row.save(update_fields=(used, "came_at"))
        said = who_said(row)
        actor = Actor(by=who_is(row), role=Role.COUNSELLOR, at=at, via="web", request=request)
        _record_counsellor(actor, row, "come_in")
    return Presence(who=actor.by, role=Role.COUNSELLOR, name=f"{said.name}（{said.centre}）")


def end_counsellor(actor: Actor, *, counsellor: int, reason: WhyOver) -> None:
    """Let a counsellor come in no more, end what they asked, for nobody there reads the answers, and tell them once."""
    with memory.act():
        rows = Counsellor.objects.select_for_update().filter(pk=counsellor, ended_at__isnull=True)
        row = rows.first() if actor.role in HEADS else None
        if row is None:
            raise NoSuchCounsellor
        row.ended_at, row.until, row.link, row.invitation = actor.at, min(row.until, actor.at), None, None
        row.save(update_fields=("ended_at", "until", "link", "invitation"))
        end_all_of(actor, row, reason)
        outbox.notify_numbered(
            to=who_is(row),
            template=notices.ENDED,
            values={},
            about=f"complaints.counsellor:{row.pk}",
            at=actor.at,
        )
        _record_counsellor(actor, row, "end_counsellor", reason=reason)


def _send(actor: Actor, row: Counsellor, template: Template, token: str, until: datetime) -> None:
    link = f"{settings.ORIGIN}{reverse('complaints_centres:enter', args=(token,))}"
    outbox.notify_numbered(
        to=who_is(row),
        template=template,
        values={},
        about=f"complaints.counsellor:{row.pk}",
        at=actor.at,
        secret=outbox.Secret(name="link", value=link, until=until),
    )


def _record_counsellor(actor: Actor, row: Counsellor, verb: str, reason: str = "") -> None:
    ledger.record(
        actor,
        kind=f"complaints.{verb}",
        subject=who_is(row),
        about=f"complaints.counsellor:{row.pk}",
        reason=reason,
    )
