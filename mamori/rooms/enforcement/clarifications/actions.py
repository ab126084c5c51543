"""Somebody is asked what is so before anything is decided: the question, its answer, the reminder, silence, a withdrawal."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

import msgspec
from django.conf import settings
from django.urls import reverse

from mamori.grammar.actor import STAFF, Actor, Role
from mamori.grammar.declaration import Template
from mamori.grammar.event import Event
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.ledger import actions as ledger
from mamori.ground.matters import settlement
from mamori.ground.matters.performance import MatterKind, Performance, entered, perform
from mamori.ground.matters.seen import changed
from mamori.ground.matters.settlement import due
from mamori.ground.matters.standing import Runs
from mamori.ground.outbox import actions as outbox
from mamori.ground.people import facts as people
from mamori.ground.seal import actions as sealing, facts as seals
from mamori.ground.vault import actions as vault
from mamori.ground.vault.actions import Ready
from mamori.japan.calendar import spoken
from mamori.law.clarifications import CLARIFICATION_CLOCKS, AnsweredBy, AskedWhat, AskedWhom, silence
from mamori.rooms.enforcement import notices
from mamori.rooms.enforcement.acts import CLARIFICATION_ACTS
from mamori.rooms.enforcement.clarifications.queries import (
    NoSuchClarification,
    about_clarification,
    awaited_of,
    is_for,
    place_of,
    row_by,
    said_of,
    subject_of,
)
from mamori.rooms.enforcement.clarifications.rules import Clarified, ToClarify as ToClarify, of_clarification
from mamori.rooms.enforcement.events import ClarificationEnded
from mamori.rooms.enforcement.inputs import AnswerWords, CameByWay, EnteredWords, WhyNoMore
from mamori.rooms.enforcement.lifecycle import CLARIFICATION, ClarificationState
from mamori.rooms.enforcement.models import Clarification

MOST_ASKED = 10
"""So many at most are asked at one time on account of one matter."""
PAGE_HOLDS = timedelta(days=90)
"""How long a mail on its way may still carry the address of the page."""


class NobodyToAsk(Refusal, code="nobody-to-ask", status=409):
    """Given when it is not said who is to be asked."""

    text = Text(
        "だれに尋ねるかがわかりません。お店のわかる件なら出品者を選び、そのほかの相手なら会社名や氏名を書いてください。",
        "It is not clear who is to be asked. Choose the seller where the shop is known, or write the name of somebody else.",
    )


class AskedEnough(Refusal, code="asked-enough", status=409):
    """Given when so many wait already that one more would be asked at random."""

    text = Text(
        "この件では、すでに{most}件の返答を待っています。届くのを待つか、要らないものを取りやめてください。",
        "In this matter {most} answers are awaited. Please wait for them, or withdraw what is not needed.",
    )


def clarify(actor: Actor, *, about: str, seller: str, listing: str, asked: ToClarify) -> int:
    """Ask on account of the matter `about`, in the transaction of its act, and return the clarification's number.

    The seller is told on its pages.  Somebody outside gets the address of a page by mail; where no mail is known it is asked by
    telephone or letter, and its answer is entered.
    """
    is_seller = asked.whom is AskedWhom.SELLER
    if not (seller if is_seller else asked.name.strip()):
        raise NobodyToAsk
    if len(awaited_of(about)) >= MOST_ASKED:
        raise AskedEnough(most=MOST_ASKED)
    secret = "" if is_seller else secrets.token_urlsafe(24)
    row = Clarification(
        about=about,
        ref=secrets.token_hex(12),
        digest=seals.digest_of(secret) if secret else None,
        whom=asked.whom.value,
        what=asked.what.value,
        seller_ref=seller,
        listing_ref=listing,
        language="en" if asked.language == "en" else "ja",
        asked_by=actor.by,
        asked_at=actor.at,
    )
    page = f"{settings.ORIGIN}{reverse('enforcement_open:clarification', args=(secret,))}" if secret else ""
    said = Clarified(words=asked.words, page=page)
    if not is_seller:
        said = msgspec.structs.replace(said, name=asked.name.strip(), mail=asked.mail.strip())
    row.said = _sealed(row, said)
    row.save(force_insert=True)
    with entered(actor, CLARIFICATIONS, row) as act:
        _notify(act, notices.CLARIFY_SELLER, notices.CLARIFY, page=True)
        act.record("clarify", whom=row.whom, what=row.what, by_mail=bool(said.mail))
    return row.pk


def answer_clarification(
    actor: Actor, *, clarification: int, said: AnswerWords, files: Ready | None = None
) -> None:
    """Answer as the seller that is asked."""
    with perform(actor, CLARIFICATIONS, clarification) as act:
        _answer(act, said, AnsweredBy.PAGE, files)
        act.record("answer_clarification", _ended(act))


def answer_by_page(actor: Actor, *, secret: str, said: AnswerWords, files: Ready | None = None) -> None:
    """Answer as whoever outside is asked, who is known by the page alone."""
    nameless = Actor(by="anonymous", role=Role.ANONYMOUS, at=actor.at, via=actor.via)
    with perform(nameless, CLARIFICATIONS, row_by(secret).pk) as act:
        _answer(act, said, AnsweredBy.PAGE, files)
        act.record("answer_clarification", _ended(act))


def enter_answer(
    actor: Actor,
    *,
    clarification: int,
    channel: CameByWay,
    said: EnteredWords,
    files: Ready | None = None,
    version: int | None = None,
) -> None:
    """Enter an answer that came to staff by another way, as it came."""
    with perform(actor, CLARIFICATIONS, clarification, version=version) as act:
        _answer(act, said, AnsweredBy(channel.value), files)
        act.record("enter_answer", _ended(act), channel=channel.value)


def withdraw_clarification(
    actor: Actor, *, clarification: int, reason: WhyNoMore, version: int | None = None
) -> None:
    """Ask no more, and say so to whoever was asked."""
    with perform(actor, CLARIFICATIONS, clarification, version=version) as act:
        _withdraw(act)
        act.record("withdraw_clarification", _ended(act), reason=reason)


def withdraw_all(actor: Actor, *, about: str, reason: str) -> None:
    """Ask no more on account of a matter that is decided, in the transaction of its decision."""
    for number in awaited_of(about):
        with perform(actor, CLARIFICATIONS, number) as act:
            if (
                act.matter.closed_at is not None
            ):  # it was answered in this very moment, and nobody has read it
                raise changed(about_clarification(number), CLARIFICATION_ACTS)
            _withdraw(act)
            act.record("withdraw_clarification", reason=reason)


def remind_clarification(actor: Actor, *, clarification: int) -> None:
    """Remind whoever has not answered yet."""
    with perform(actor, CLARIFICATIONS, clarification) as act:
        if act.matter.closed_at is not None:
            return
        act.step("remind")
        act.matter.reminded_at = actor.at
        act.save("reminded_at")
        _notify(act, notices.REMIND_SELLER, notices.REMIND, page=True)
        act.record("remind_clarification")


def lapse_clarification(actor: Actor, *, clarification: int) -> None:
    """Note that nobody answered in time, and tell staff what is taken to be so; a late answer is still taken."""
    with perform(actor, CLARIFICATIONS, clarification) as act:
        if act.matter.closed_at is not None:
            return
        act.step("lapse")
        act.matter.closed_at = actor.at
        act.save("closed_at")
        _notify_staff(act, notices.SILENT, silence=_silence(act.matter))
        act.record("lapse_clarification", _ended(act))


def _answer(act: Performance[Clarification], words: str, channel: AnsweredBy, files: Ready | None) -> None:
    row, at = act.matter, act.actor.at
    if row.said is None:
        raise NoSuchClarification
    act.step("answer" if row.state == ClarificationState.ASKED else "answer_late")
    row.said = _sealed(row, msgspec.structs.replace(said_of(row), answer=words))
    row.channel, row.answered_at, row.closed_at = channel.value, at, at
    act.save("said", "channel", "answered_at", "closed_at")
    for one in files.files if files else ():
        vault.keep(act.actor, one, about=about_clarification(row.pk))
    if act.actor.role not in STAFF:
        _notify_staff(act, notices.ANSWERED)


def _withdraw(act: Performance[Clarification]) -> None:
    act.step("withdraw")
    act.matter.closed_at = act.actor.at
    act.save("closed_at")
    _notify(act, notices.WITHDRAWN, notices.WITHDRAWN)


def _ended(act: Performance[Clarification]) -> ClarificationEnded:
    return ClarificationEnded(subject=about_clarification(act.matter.pk), about=act.matter.about)


def _notify(
    act: Performance[Clarification], seller: Template, outside: Template, *, page: bool = False
) -> None:
    """Tell whoever is asked: the seller by its own notices, somebody outside by mail where an address is known."""
    row, said = act.matter, said_of(act.matter)
    values: dict[str, Any] = {
        "number": f"{row.pk}",
        "what": AskedWhat(row.what).text,
        "due": spoken(due(Runs(CLARIFICATION_CLOCKS[AskedWhat(row.what)], since=row.asked_at))),
        "silence": _silence(row),
    }
    about, at = about_clarification(row.pk), act.actor.at
    if row.whom == AskedWhom.SELLER:
        outbox.notify(to=f"seller:{row.seller_ref}", template=seller, values=values, about=about, at=at)
    elif said.mail:
        secret = outbox.Secret(name="page", value=said.page, until=at + PAGE_HOLDS) if page else None
        outbox.notify_numbered(
            to=subject_of(row), template=outside, values=values, about=about, at=at, secret=secret
        )
    elif row.state != ClarificationState.ASKED or row.reminded_at is not None:
        _notify_staff(act, notices.BY_HAND)


def _notify_staff(act: Performance[Clarification], template: Template, **values: Any) -> None:
    """Tell whoever asked and, where they are not here any more, the leads."""
    row = act.matter
    is_here = people.address_of(row.asked_by) is not None
    for to in (row.asked_by, *(() if is_here else (Role.LEAD.value,))):
        outbox.notify(
            to=to,
            template=template,
            values={"number": f"{row.pk}", **values},
            about=about_clarification(row.pk),
            at=act.actor.at,
        )


def _silence(row: Clarification) -> Text:
    return silence(AskedWhat(row.what), AskedWhom(row.whom))


def _sealed(row: Clarification, said: Clarified) -> bytes:
    plain = msgspec.json.encode(said, order="sorted")
    return sealing.seal(subject=subject_of(row), place=place_of(row.ref), plain=plain)


def _find(actor: Actor, number: int, version: int | None) -> Clarification:
    row = Clarification.objects.select_for_update().filter(pk=number).first()
    is_known = row is not None and (actor.role in (Role.MACHINE, Role.ANONYMOUS) or is_for(actor, row))
    if row is None or not is_known:
        raise NoSuchClarification
    if version is not None and version != row.version:
        raise changed(about_clarification(number), CLARIFICATION_ACTS)
    return row


def _record(act: Performance[Clarification], verb: str, *events: Event, reason: str = "", **told: Any) -> int:
    act.matter.version += 1
    act.save("version")
    for event in events:
        outbox.publish(event, at=act.actor.at)
    return ledger.record(
        act.actor,
        kind=f"enforcement.{verb}",
        subject=ledger.MARKET,
        about=about_clarification(act.matter.pk),
        reason=reason,
        payload={"state": act.matter.state, **told},
    )


def _settle(act: Performance[Clarification]) -> None:
    name = about_clarification(act.matter.pk)
    settlement.settle({name: of_clarification(act.matter)}, at=act.actor.at, why=act.verb)


CLARIFICATIONS: MatterKind[Clarification, int] = MatterKind(
    chart=CLARIFICATION,
    find=_find,
    case=lambda row: about_clarification(row.pk),
    record=_record,
    settle=_settle,
)
