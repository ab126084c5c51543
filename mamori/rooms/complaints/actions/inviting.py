"""Counsellors are invited, come in by a link mailed to them, and may come in no more once their time is over."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

import msgspec
from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from mamori.grammar.declaration import Template
from mamori.grammar.hand import HEADS, Hand, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.ledger import actions as ledger
from mamori.ground.outbox import actions as outbox
from mamori.ground.people import actions as people
from mamori.ground.people.facts import CODES_SENT, Presence
from mamori.ground.seal import actions as sealing
from mamori.ground.seal import facts as seals
from mamori.japan.seen import plain_name
from mamori.law.counselling import FIRST_LINK_DAYS, INVITED_DAYS, LINK_HOURS
from mamori.rooms.complaints.actions.consulting import end_all_of
from mamori.rooms.complaints.counselling import notices
from mamori.rooms.complaints.counselling.inputs import WhyOver
from mamori.rooms.complaints.counselling.queries.counsellors import (
    NoSuchCounsellor,
    counsellor_place,
    mark_of,
    who_is,
    who_said,
)
from mamori.rooms.complaints.counselling.rules import CounsellorSaid
from mamori.rooms.complaints.models import Counsellor

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


def invite_counsellor(hand: Hand, *, name: str, centre: str, mail: str) -> int:
    """Invite a counsellor for a year, or the same one for another, mail them a link, and return their number."""
    if hand.role not in HEADS:
        raise NoSuchCounsellor
    said = CounsellorSaid(name=plain_name(name), centre=plain_name(centre), mail=mail.strip())
    mark = mark_of(mail)
    with memory.act():
        row, is_new = Counsellor.objects.select_for_update().get_or_create(
            mark=mark,
            ended_at=None,
            defaults={
                "ref": secrets.token_hex(12),
                "invited_by": hand.by,
                "invited_at": hand.at,
                "until": hand.at,
            },
        )
        if not is_new and (who_said(row).name, who_said(row).centre) != (said.name, said.centre):
            raise CounsellorIsAnother
        plain = msgspec.json.encode(said, order="sorted")
        row.said = sealing.seal(subject=who_is(row), place=counsellor_place(row.ref), plain=plain)
        row.invited_by, row.invited_at, row.until = hand.by, hand.at, hand.at + INVITED_FOR
        token = secrets.token_urlsafe(32)
        row.invitation, row.invitation_until = seals.digest_of(token), hand.at + FIRST_LINK
        row.save()
        _record(hand, row, "invite")
        _send(hand, row, notices.INVITED, token, row.invitation_until)
    return row.pk


def ask_link(hand: Hand, *, mail: str) -> None:
    """Mail a link to a counsellor who may come in, so many at most; nobody learns whether that is so."""
    rows = Counsellor.objects.select_for_update().filter(ended_at__isnull=True, until__gt=hand.at)
    with memory.act():
        row = rows.filter(mark=mark_of(mail)).first()
        if row is None or not people.counts(CODES_SENT, who_is(row), at=hand.at):
            return
        token = secrets.token_urlsafe(32)
        row.link, row.link_until = seals.digest_of(token), hand.at + LINK
        row.save(update_fields=("link", "link_until"))
        _record(hand, row, "send_link")
        _send(hand, row, notices.LINK, token, row.link_until)


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
        hand = Hand(by=who_is(row), role=Role.COUNSELLOR, at=at, via="web", request=request)
        _record(hand, row, "come_in")
    return Presence(who=hand.by, role=Role.COUNSELLOR, name=f"{said.name}（{said.centre}）")


def end_counsellor(hand: Hand, *, counsellor: int, reason: WhyOver) -> None:
    """Let a counsellor come in no more, end what they asked, for nobody there reads the answers, and tell them once."""
    with memory.act():
        rows = Counsellor.objects.select_for_update().filter(pk=counsellor, ended_at__isnull=True)
        row = rows.first() if hand.role in HEADS else None
        if row is None:
            raise NoSuchCounsellor
        row.ended_at, row.until, row.link, row.invitation = hand.at, min(row.until, hand.at), None, None
        row.save(update_fields=("ended_at", "until", "link", "invitation"))
        end_all_of(hand, row, reason)
        outbox.notify(
            to=who_is(row),
            template=notices.ENDED,
            values={},
            about=f"complaints.counsellor:{row.pk}",
            at=hand.at,
        )
        _record(hand, row, "end_counsellor", reason=reason)


def _send(hand: Hand, row: Counsellor, template: Template, token: str, until: datetime) -> None:
    link = f"{settings.ORIGIN}{reverse('complaints_centres:enter', args=(token,))}"
    outbox.notify(
        to=who_is(row),
        template=template,
        values={},
        about=f"complaints.counsellor:{row.pk}",
        at=hand.at,
        secret=outbox.Secret(name="link", value=link, until=until),
    )


def _record(hand: Hand, row: Counsellor, verb: str, reason: str = "") -> None:
    ledger.record(
        hand,
        kind=f"complaints.{verb}",
        subject=who_is(row),
        about=f"complaints.counsellor:{row.pk}",
        reason=reason,
    )
