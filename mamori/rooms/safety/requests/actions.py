"""A request is entered as it came, its sender called back, answered and closed; a forged one ends and leads to nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import BinaryIO
from unicodedata import normalize

from django.conf import settings
from django.urls import reverse

from mamori.grammar.actor import HEADS, Actor, Role
from mamori.grammar.declaration import Template
from mamori.grammar.refusal import Refusal
from mamori.grammar.statechart import StepNotYours
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.declared import memory
from mamori.ground.ledger import actions as ledger
from mamori.ground.market.facts import read_list
from mamori.ground.matters.performance import Performance, entered, perform
from mamori.ground.outbox import actions as outbox
from mamori.ground.people import facts as people
from mamori.ground.seal import facts as seals
from mamori.ground.vault import actions as vault, facts as files
from mamori.ground.vault.actions import Ready
from mamori.ground.web import onetime
from mamori.ground.web.onetime import PageOver
from mamori.japan.calendar import JAPAN, spoken
from mamori.law.requests import RequestBasis
from mamori.rooms.safety.agencies.actions import NoSuchAgency, about_agency
from mamori.rooms.safety.events import RequestForged
from mamori.rooms.safety.inputs import (
    HowAnswered,
    HowCalled,
    HowLooked,
    WhereShown,
    WhyClosed,
    WhyCorrected,
    WhyForged,
)
from mamori.rooms.safety.lifecycle import AuthorityState
from mamori.rooms.safety.models import Agency, AuthorityRequest
from mamori.rooms.safety.requests import notices
from mamori.rooms.safety.requests.matter import (
    REQUESTS,
    NoSuchAuthorityRequest,
    PaperSaid,
    about,
    enter_case,
    keep_rows,
    number_of,
    seal_said,
)
from mamori.rooms.safety.requests.rules import RequestChannel

MOST_PAPERS = 20
"""A request holds so many files at most."""
PURPOSE = "safety.request"
LINK_DAYS = timedelta(days=7)
"""So long the page to use once may be used."""

# A request is entered as it came, once; what was entered wrongly is corrected; papers are put to it; two are joined.


class PaperEntered(Refusal, code="authority-request-known", status=409):
    """Given when the same paper was entered before."""

    text = Text(
        "この文書は、すでに要請{number}（{case}）として記録されています。そちらを開いてください。"
        "別の文書のときは「これは別の文書」に印を付けてください。",
        "This paper was entered already, as request {number} ({case}): please open that. Where it is another paper, tick “This "
        "is another paper”.",
    )


class DataAsked(Refusal, code="request-for-data", status=422):
    """Given when a request for data of a buyer or a seller would be entered here."""

    text = Text(
        "購入者や出品者の情報の求め（照会・令状）は、ここでは受けません。責任者か法務担当が「照会」（/desk/inquiries/）に記録します。"
        "ここには何も記録していません。商品についての求めもあるときは、それだけをここに記録してください。",
        "An inquiry for data of buyers or sellers, or a warrant, is not taken here: a lead or counsel enters it among the "
        "inquiries (/desk/inquiries/). Nothing was recorded. Where it asks something of goods as well, enter that alone here.",
    )


class ReceivedLater(Refusal, code="request-received-later", status=422):
    """Given when a request would have arrived in the future, or its own day lies before it arrived."""

    text = Text(
        "届いた日時は今より後にできません。機関が示した日は、届いた日より前にできません。",
        "It cannot have arrived later than now, nor can the agency's own day lie before it arrived.",
    )


class PapersEnough(Refusal, code="request-papers-enough", status=409):
    """Given when a request has as many files as it may."""

    text = Text(
        "一件に添えられるのは{most}通までです。残りは紙のまま保管してください。",
        "A request holds {most} files at most. Please keep the rest on paper.",
    )


class NotItself(Refusal, code="request-not-itself", status=422):
    """Given when a request would be joined to itself, or to one that is none."""

    text = Text(
        "同じ件の、ほかの要請の番号を書いてください。",
        "Please write the number of another request of the same matter.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestTold:
    """A request as its paper says it, and when it came: without a time of day, at the day's beginning, or just now if today."""

    basis: RequestBasis
    channel: RequestChannel
    said: PaperSaid
    received_on: date
    received_time: time | None = None
    own_day: date | None = None
    agency: int | None = None

    def received_at(self, now: datetime) -> datetime:
        """Return when it arrived."""
        if self.received_time is None and self.received_on == now.astimezone(JAPAN).date():
            return now
        return datetime.combine(self.received_on, self.received_time or time(), JAPAN)


def enter_request(
    actor: Actor,
    *,
    told: RequestTold,
    listed: BinaryIO | str | None = None,
    files: Ready = Ready(),  # noqa: B008  frozen
    is_data: bool = False,
    another: bool = False,
) -> int:
    """Enter a request as it came with its list and papers, and return its number; nothing follows before it is verified."""
    if not actor.is_staff:
        raise NoSuchAuthorityRequest
    if is_data:
        raise DataAsked
    return _enter(actor, told, listed, files, another=another)


def _enter(
    actor: Actor, told: RequestTold, listed: BinaryIO | str | None, files: Ready, *, another: bool = False
) -> int:
    rows = read_list(listed) if listed else ()
    mark = _mark(told.said.paper)
    with memory.act():
        known = AuthorityRequest.objects.filter(mark=mark).order_by("pk").first() if told.said.paper else None
        if known is not None and not another:
            raise PaperEntered(number=known.pk, case=number_of(known.pk))
        row = AuthorityRequest(mark=mark, entered_by=people.subject_of(actor), entered_at=actor.at)
        _tell(row, told)
        row.save(force_insert=True)
        row.said = seal_said(row, told.said)
        enter_case(row)
        with entered(actor, REQUESTS, row) as act:
            act.save("said")
            if rows:
                keep_rows(act, rows)
            _keep_files(act, files)
            act.record(
                "enter_request", basis=row.basis, channel=row.channel, rows=len(rows), files=len(files.files)
            )
    return row.pk


def correct_request(
    actor: Actor, *, request: int, told: RequestTold, reason: WhyCorrected, version: int | None = None
) -> None:
    """Correct what was entered; a sender that was verified stays so only where the agency is the same."""
    with perform(actor, REQUESTS, request, version=version) as act:
        row = act.matter
        before = row.agency_id
        act.step("correct")
        _tell(row, told, since=row.entered_at)
        if row.agency_id != before and row.state == AuthorityState.VERIFIED:
            row.state, row.verified_by, row.verified_at = AuthorityState.RECEIVED.value, "", None
        row.mark, row.said = _mark(told.said.paper), seal_said(row, told.said)
        act.save("basis", "channel", "agency", "received_at", "own_day", "mark", "said", "state")
        act.save("verified_by", "verified_at")
        act.record("correct_request", reason=reason, basis=row.basis)


def attach_request(actor: Actor, *, request: int, files: Ready, version: int | None = None) -> None:
    """Put papers that came later to a request."""
    with perform(actor, REQUESTS, request, version=version) as act:
        _keep_files(act, files)
        act.record("attach_request", files=len(files.files))


def join_request(actor: Actor, *, request: int, other: int, version: int | None = None) -> None:
    """Join it to another request of the same matter: each is answered on its own, and none is forgotten."""
    with perform(actor, REQUESTS, request, version=version) as act:
        first = AuthorityRequest.objects.filter(pk=other).first()
        if first is None or request in (other, first.joined_id):
            raise NotItself
        act.matter.joined_id = first.joined_id or first.pk
        act.save("joined")
        act.record("join_request", other=act.matter.joined_id)


def _tell(row: AuthorityRequest, told: RequestTold, since: datetime | None = None) -> None:
    now = since or row.entered_at
    received_at = told.received_at(now)
    if received_at > now or (told.own_day and told.own_day < told.received_on):
        raise ReceivedLater
    if told.agency is not None and not Agency.objects.filter(pk=told.agency, ended_at__isnull=True).exists():
        raise NoSuchAgency
    row.basis, row.channel, row.agency_id = told.basis.value, told.channel.value, told.agency
    row.received_at, row.own_day = received_at, told.own_day


def _mark(paper: str) -> bytes:
    """Return by what the same paper is known again, however its number is typed."""
    plain = "".join(normalize("NFKC", paper).casefold().split())
    return seals.blind("safety_authorityrequest.mark", plain)


def _keep_files(act: Performance[AuthorityRequest], ready: Ready) -> None:
    name = about(act.matter.pk)
    if ready.files and len(files.files_about(name)) + len(ready.files) > MOST_PAPERS:
        raise PapersEnough(most=MOST_PAPERS)
    for one in ready.files:
        vault.keep(act.actor, one, about=name)


# Who sent it is called back at the number that the house knows; what is forged ends, and is never carried out.


class AgencyUnconfirmed(Refusal, code="agency-unconfirmed", status=409):
    """Given when a request would be verified by an agency that nobody confirmed, or by none."""

    text = Text(
        "折り返す番号が、まだ確かめられていません。機関を選び、「機関」の画面で、書き入れた人とは別の人に公式ページで確かめてもらってください。"
        "それまで、この要請には何も回答しません。自社の判断での一時的な非表示はできます。",
        "The number to call back is not confirmed. Choose the agency, and let somebody else than who entered it confirm it from "
        "the agency's own page. Until then nothing is answered; hiding something for now on our own decision is possible.",
    )


def verify_request(actor: Actor, *, request: int, reason: HowCalled, version: int | None = None) -> None:
    """Note that the confirmed agency was called back at its registered number, and that the request is its own."""
    with perform(actor, REQUESTS, request, version=version) as act:
        row = act.matter
        act.step("verify")
        if row.agency is None or not row.agency.is_known:
            raise AgencyUnconfirmed
        row.verified_by, row.verified_at = people.subject_of(actor), actor.at
        act.save("verified_by", "verified_at")
        act.record("verify_request", reason=reason, agency=row.agency_id)


def find_forged(actor: Actor, *, request: int, reason: WhyForged, version: int | None = None) -> None:
    """Find that it is forged: it ends, nothing more is done upon it, and what was done is looked at again."""
    with perform(actor, REQUESTS, request, version=version) as act:
        act.step("find_forged")
        act.matter.closed_at = actor.at
        act.save("closed_at")
        act.record("find_forged", RequestForged(subject=about(request), request=request), reason=reason)


def look_after_forged(actor: Actor, *, request: int, reason: HowLooked, version: int | None = None) -> None:
    """Note, as a lead or counsel, that what was done upon a forged request was looked at again."""
    with perform(actor, REQUESTS, request, version=version) as act:
        _must_lead(actor, act)
        if act.matter.state != AuthorityState.FORGED or act.matter.looked_at is not None:
            raise NoSuchAuthorityRequest
        act.matter.looked_at = actor.at
        act.save("looked_at")
        act.record("look_after_forged", reason=reason)


def tell_forged(actor: Actor, *, request: int) -> None:
    """Name to leads each matter in which something was done upon a forged request; where there is none, nobody is told."""
    row = AuthorityRequest.objects.get(pk=request)
    found = row.hits.filter(finding__isnull=False).order_by("finding").values_list("finding", flat=True)
    numbers = [cases.case_of(f"enforcement.finding:{one}").number for one in dict.fromkeys(found)]
    if numbers:
        _notify(actor, request, "lead", notices.FORGED, findings="、".join(numbers))


def _must_lead(actor: Actor, act: Performance[AuthorityRequest]) -> None:
    if actor.role not in HEADS:
        raise StepNotYours(
            step=Text("見直す", "look again"), roles=Text.listed(one.text for one in sorted(HEADS))
        )


# It is answered by a person, and closed; that the agency published it is noted; who owes the next step is reminded.


class LinkedOpen(Refusal, code="request-linked-open", status=409):
    """Given when a request would be closed while another one of the same matter is not answered."""

    text = Text(
        "同じ件の要請（{numbers}）がまだ回答されていません。先に回答するか、「つながる要請は別に回答する」に印を付けてください。",
        "Requests of the same matter ({numbers}) are not answered. Answer them first, or tick that they are answered apart.",
    )


class NotToClose(Refusal, code="request-not-to-close", status=409):
    """Given when a request that asks for something would be closed unanswered before its sender is verified."""

    text = Text(
        "何かを求める要請は、送り主を確かめて回答してから終えます。参考までの知らせだけは、読んで終えられます。",
        "What asks for something is verified and answered before it is closed. Only what is for our information may be read and "
        "closed.",
    )


def answer_request(actor: Actor, *, request: int, reason: HowAnswered, version: int | None = None) -> None:
    """Note that a person sent the answer, how and when: the clock stops."""
    with perform(actor, REQUESTS, request, version=version) as act:
        act.step("answer")
        act.matter.answered_at = actor.at
        act.save("answered_at")
        act.record("answer_request", reason=reason)


def note_published(
    actor: Actor, *, request: int, on: date, reason: WhereShown, version: int | None = None
) -> None:
    """Note when and where the agency published that it requested this."""
    with perform(actor, REQUESTS, request, version=version) as act:
        if on > actor.at.astimezone(JAPAN).date():
            raise ReceivedLater
        act.matter.published_on = on
        act.save("published_on")
        act.record("note_published", reason=reason, on=on.isoformat())


def close_request(
    actor: Actor, *, request: int, reason: WhyClosed, apart: bool = False, version: int | None = None
) -> None:
    """Close what is answered, or what was only for our information; one of the same matter that is open is said to be `apart`."""
    with perform(actor, REQUESTS, request, version=version) as act:
        row = act.matter
        if row.state != AuthorityState.ANSWERED and row.rests_on is not RequestBasis.INFORMATION:
            raise NotToClose
        act.step("close")
        open_ones = [one.pk for one in linked(row) if one.answered_at is None and one.closed_at is None]
        if open_ones and not apart:
            raise LinkedOpen(numbers="、".join(map(str, open_ones)))
        row.closed_at = actor.at
        act.save("closed_at")
        act.record("close_request", reason=reason, apart=open_ones)


def linked(row: AuthorityRequest) -> list[AuthorityRequest]:
    """Return the other requests of the same matter, the oldest first."""
    first = row.joined_id or row.pk
    some = AuthorityRequest.objects.filter(joined=first) | AuthorityRequest.objects.filter(pk=first)
    return [one for one in some.order_by("pk") if one.pk != row.pk]


def remind_request(actor: Actor, *, request: int) -> None:
    """Say to staff and leads that a request is due: that is all a clock does."""
    with perform(actor, REQUESTS, request) as act:
        if act.matter.answered_at is not None or act.matter.closed_at is not None:
            return
        for to in (Role.AGENT, Role.LEAD):
            _notify(actor, request, to.value, notices.OVERDUE, state=act.matter.state_text)
        act.record("remind_request")


def _notify(actor: Actor, request: int, to: str, template: Template, **values: str | Text) -> None:
    said = {"number": number_of(request), **values}
    outbox.notify(to=to, template=template, values=said, about=about(request), at=actor.at)


# A page to use once, for a sender that likes one: made for a confirmed agency's own address, and verified like all else.


class AgencyWithoutMail(Refusal, code="agency-without-mail", status=409):
    """Given when a page would be sent to an agency that nobody confirmed, or that has no mail address."""

    text = Text(
        "ページを送れるのは、別の人が確かめた機関の、登録されたメールアドレスだけです。",
        "Such a page is sent only to the registered mail address of an agency that another person confirmed.",
    )


def link_sender(actor: Actor, *, agency: int) -> None:
    """Mail a confirmed agency the address of a page on which it may send us one request."""
    if not actor.is_staff:
        raise NoSuchAgency
    with memory.act():
        row = Agency.objects.filter(pk=agency).first()
        if row is None:
            raise NoSuchAgency
        if not row.is_known or not row.mail:
            raise AgencyWithoutMail
        name, until = about_agency(agency), actor.at + LINK_DAYS
        secret = onetime.make(PURPOSE, about=name, at=actor.at, until=until)
        page = f"{settings.ORIGIN}{reverse('safety_public:send', args=(secret,))}"
        outbox.notify_numbered(
            to=f"agency:{agency}",
            template=notices.LINK,
            values={"number": f"{agency}", "until": spoken(until)},
            about=name,
            at=actor.at,
            secret=outbox.Secret(name="page", value=page, until=until),
        )
        ledger.record(actor, kind="safety.link_sender", subject=ledger.MARKET, about=name, payload={})


def send_by_page(
    actor: Actor,
    *,
    secret: str,
    said: PaperSaid,
    basis: RequestBasis,
    own_day: date | None = None,
    listed: BinaryIO | str | None = None,
    files: Ready = Ready(),  # noqa: B008  frozen
) -> int:
    """Take what a sender sends on its page: it is received as any other, and called back before anything follows."""
    nameless = Actor(by="anonymous", role=Role.ANONYMOUS, at=actor.at, via=actor.via)
    with memory.act():
        agency = _agency_of(onetime.use(PURPOSE, secret, at=actor.at)).pk
        told = RequestTold(
            basis=basis,
            channel=RequestChannel.PAGE,
            said=said,
            received_on=actor.at.astimezone(JAPAN).date(),
            own_day=own_day,
            agency=agency,
        )
        number = _enter(nameless, told, listed, files, another=True)
        for to in (Role.AGENT, Role.LEAD):
            _notify(nameless, number, to.value, notices.CAME)
        _notify(nameless, number, f"agency:{agency}", notices.RECEIVED)
    return number


def agency_by(secret: str, at: datetime) -> Mapping[str, str]:
    """Return for which agency a page is that may still be used."""
    row = _agency_of(onetime.read(PURPOSE, secret, at=at))
    return {"name": row.name, "office": row.office}


def _agency_of(name: str) -> Agency:
    """Return the agency of a page, which is over once the agency is used no more or has to be confirmed anew."""
    row = Agency.objects.get(pk=int(name.rpartition(":")[2]))
    if not row.is_known:
        raise PageOver
    return row
