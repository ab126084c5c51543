"""Anybody reports, by the page, by telephone or on paper, adds to it, and takes it back; what is over is erased."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import msgspec
from django.db import IntegrityError
from django.db.models import Q, QuerySet

from mamori.grammar.actor import STAFF, Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.ledger import actions as ledger
from mamori.ground.matters.performance import Performance, entered, perform
from mamori.ground.matters.seen import after_all
from mamori.ground.outbox import actions as outbox
from mamori.ground.people import actions as people
from mamori.ground.people.facts import HARM_REPORTS, HARM_REPORTS_IN_ALL, Limit
from mamori.ground.seal import actions as sealing, facts as seals
from mamori.ground.terms import facts as terms
from mamori.ground.vault import actions as vault, facts as files_kept
from mamori.ground.vault.actions import Ready
from mamori.japan.calendar import spoken
from mamori.law.calls import HearsBy, ReportChannel
from mamori.law.complaints import ComplaintReason, DangerAnswer, ReportedWhat
from mamori.law.settings import OPERATOR_PHONE
from mamori.rooms.complaints import notices
from mamori.rooms.complaints.actions import COMPLAINTS, enter, join_accident, nobody, sealed
from mamori.rooms.complaints.inputs import MoreWords, WhyAgain, WhyErased
from mamori.rooms.complaints.models import (
    IS_ASKED_AGAIN,
    IS_HARM,
    IS_WHOLE,
    CallSheet,
    Complaint,
    ComplaintReport,
)
from mamori.rooms.complaints.queries import (
    TABLE,
    NoSuchComplaint,
    ThingReported,
    about_complaint,
    about_report,
    ref_of,
    report_by,
    said_of,
    subject_of,
    thing_of,
)
from mamori.rooms.complaints.reports.actions.telling import end_calls, leave_at_first
from mamori.rooms.complaints.reports.queries import (
    HOUSE,
    NoSuchCall,
    about_sheet,
    caller_mark,
    earlier_of,
    number_of,
    number_place,
    source_of,
    why_not_again,
)
from mamori.rooms.complaints.rules import (
    ReportInput,
    ReportSaid,
    SheetInput,
    in_danger,
    is_harm,
    lacks,
    raises,
    remains_of,
    summary,
)

# Anybody reports: what was typed is taken as it is, joins what is open about the same, and is sealed with a key of its own.


REPORTS = Limit(name="complaint-reports", most=20, per=timedelta(minutes=15))  # from one network address


class HarmsEnough(people.TooMany, code="harms-enough", status=429):
    """Given when one browser has reported as many harms as it may; by telephone every one is heard."""

    text = Text(
        "けが・火の申し出は、同じ画面からは15分に{most}件までです。急ぎのことは、お電話でお知らせください：{phone}。"
        "ここからは、{when}からまた送れます。書いたものは消えていません。",
        "One browser may report {most} injuries or fires in 15 minutes. Please tell us by telephone what is urgent: {phone}. "
        "From here you can send again from {when}. What you wrote is kept.",
    )


CENTRE = Text("相談窓口", "the customer centre")


def report(
    actor: Actor,
    *,
    told: ReportInput,
    secret: str,
    source: str,
    browser: str = "",
    files: Ready | None = None,
) -> int:
    """Take a report of whoever it is and return its number; what is sent again under the same secret is the same report.

    `source` is the network that it came from, of which only a keyed mark is kept, and `browser` what tells it from others there.
    """
    actor, ref, files = nobody(actor), ref_of(secret), files or Ready()
    known = ComplaintReport.objects.filter(ref=ref).first()
    if known is not None:
        return known.pk
    is_many = _count(told, source, browser, actor.at)
    row = new_row(actor, told, ref, source)
    row.digest, row.is_many = seals.digest_of(secret), is_many
    said = ReportSaid(where=told.where, words=told.words, items=told.items, danger=told.danger)
    with saved(actor, told, row, said, files) as act:
        if told.mail:
            leave_at_first(act, row, said, told.mail, secret)
    return row.pk


def _count(told: ReportInput, source: str, browser: str, at: datetime) -> bool:
    """Count it, and say whether it came among more harms than usual: no address is shut out from telling of a harm."""
    if not told.is_harm:
        people.count(REPORTS, source, at=at)
        return False
    if browser and not people.counts(HARM_REPORTS, browser, at=at):
        phone, wait = terms.setting(OPERATOR_PHONE, at=at), HARM_REPORTS.wait(at)
        when = spoken(HARM_REPORTS.ends_at(at))
        raise HarmsEnough(wait=wait, most=HARM_REPORTS.most, phone=phone or CENTRE, when=when)
    return not people.counts(HARM_REPORTS_IN_ALL, "", at=at)


def new_row(actor: Actor, told: ReportInput, ref: str, source: str) -> ComplaintReport:
    """Return a report that is not kept yet; from no source nothing is taken for a repeat of another."""
    words = "\n".join((source, told.where, told.reason, told.words, *sorted(told.items)))
    return ComplaintReport(
        ref=ref,
        language="en" if told.language == "en" else "ja",
        mark=seals.blind(f"{TABLE}.mark", words) if source else b"",
        source=seals.blind(f"{TABLE}.source", source) if source else b"",
        is_harmed=is_harm(told.danger),
        is_raised=raises(told.words),
        received_at=actor.at,
    )


@contextmanager
def saved(
    actor: Actor,
    told: ReportInput,
    row: ComplaintReport,
    said: ReportSaid,
    files: Ready,
    *,
    verb: str = "report",
    **more: Any,
) -> Iterator[Performance[Complaint]]:
    """Keep a report and its files in what is open about the same, and record it; what else it brings is done in the block."""
    with memory.act():
        whole, is_new = _joined(actor, told.what, told.reason, thing_of(told, row.ref))
        row.complaint = whole
        with entered(actor, COMPLAINTS, whole) as act:
            is_first = not row.source or not whole.reports.filter(source=row.source).exists()
            row.said, row.unread_at = sealed(row, said), _unread_from(act)
            row.save(force_insert=True)
            for one in files.files:
                vault.keep(actor, one, about=about_report(row.ref))
            known = {"what": whole.what, "reason_code": whole.reason, "files": len(files.files)}
            act.record(verb, report=row.pk, **known, **more)
            if told.is_harm or is_first:
                is_new_danger = is_new and told.reason is ComplaintReason.DANGEROUS
                alarm(act, row, is_harm=told.is_harm, begins=is_new_danger or told.is_harm)
            yield act


def hear(act: Performance[Complaint], row: ComplaintReport, *, is_harm: bool, is_wish: bool = False) -> None:
    """Let somebody read what was added to a report, which is saved; of a danger everybody is told, whoever has begun.

    After the decision that is a matter of its own, which the report goes on in: in danger by a harm alone, so that a word of
    thanks is read and wakes nobody.  A wish for another look without a harm stays.
    """
    fields = ("said", "is_harmed", "is_raised", "unread_at", "wished_at", "complaint", "before")
    if act.matter.closed_at is not None and (is_harm or (act.matter.is_dangerous and not is_wish)):
        row.before, act = act.matter, _anew(act)
        row.complaint = act.matter
    row.unread_at = _unread_from(act)
    row.save(update_fields=fields)
    alarm(act, row, is_harm=is_harm, begins=is_harm)


def _unread_from(act: Performance[Complaint]) -> datetime:
    """Return since when something of a matter, which is locked, waits to be read: after all that ever waited there.

    Whoever began to write first may come to the lock last, also after the rest was read; no page of before holds it.
    """
    until = act.matter.told_until = after_all(act.actor.at, act.matter.told_until)
    act.save("told_until")
    return until


def alarm(act: Performance[Complaint], row: ComplaintReport, *, is_harm: bool, begins: bool) -> None:
    """Let a danger stand from now on where it `begins`, and tell staff of what is there of one that nobody has read.

    They are told once until somebody reads or begins, and again of the first harm among that: a flood tells nobody off.
    """
    whole, at = act.matter, act.actor.at
    if begins:
        join_accident(act, row)
    is_new = begins and not in_danger(whole)
    if is_new:
        whole.danger_at, whole.danger_ended_at = at, None
        act.save("danger_at", "danger_ended_at")
    if whole.closed_at is not None or not whole.is_dangerous:
        return
    unread = whole.reports.filter(IS_HARM, unread_at__isnull=False).exclude(pk=row.pk)
    if not is_new and whole.alarm_at is not None and not (is_harm and not unread.exists()):
        return
    whole.alarm_at = whole.alarm_at or at
    act.save("alarm_at")
    for role in sorted(STAFF):
        outbox.notify(
            to=role.value,
            template=notices.DANGER_REPORTED,
            values={"number": f"{whole.pk}"},
            about=about_complaint(whole.pk),
            at=at,
        )
    act.record("alarm", report=row.pk, harm=is_harm)


def _anew(act: Performance[Complaint]) -> Performance[Complaint]:
    """Return what is open about the same as one that was decided: outcomes are counted on, so that each is told once."""
    old = act.matter
    thing = ThingReported(
        name=old.thing, seller=old.seller_ref, listing=old.listing_ref, review=old.review_ref
    )
    whole, is_new = _joined(act.actor, ReportedWhat(old.what), ComplaintReason(old.reason), thing)
    other = act.also(COMPLAINTS, whole)
    whole.round = max(whole.round, old.round)
    whole.named_by = old.named_by if is_new else whole.named_by
    other.save("round", "named_by")
    return other


def _joined(
    actor: Actor, what: ReportedWhat, reason: ComplaintReason, thing: ThingReported
) -> tuple[Complaint, bool]:
    """Return what is open about the same thing and reason, locked, or a new one that names the former."""
    same = Complaint.objects.filter(thing=thing.name, reason=reason.value)
    if (row := _open_one(same)) is not None:
        return row, False
    try:
        with memory.attempt():
            new = Complaint.objects.create(
                what=what.value,
                reason=reason.value,
                thing=thing.name,
                seller_ref=thing.seller,
                listing_ref=thing.listing,
                review_ref=thing.review,
                former=same.order_by("-pk").first(),
                received_at=actor.at,
            )
            enter(new)
            return new, True
    except IntegrityError:  # somebody reported the same in the same moment
        return _joined(actor, what, reason, thing)


def _open_one(same: QuerySet[Complaint]) -> Complaint | None:
    return same.select_for_update().filter(IS_OPEN).first()


# What whoever reported says later: more words and files, the answers about a danger, and once the wish for another look.


MOST_ADDED = 10


class AddedEnough(Refusal, code="report-added-enough", status=409):
    """Given when somebody has added to a report as often as one may."""

    text = Text(
        "書き足せるのは{most}回までです。これ以上は、新しい申し出としてお送りください。",
        "A report can be added to {most} times. Please make a new one for what is more.",
    )


class NotToAskAgain(Refusal, code="not-to-ask-again", status=409):
    """Given when another look is asked for that cannot be."""

    text = Text("見直しは求められません。{why}", "Another look cannot be asked for. {why}")


def add_words(actor: Actor, *, secret: str, said: MoreWords, files: Ready | None = None) -> None:
    """Add words to a report, and files with them."""
    with perform(nobody(actor), COMPLAINTS, report_by(secret).complaint_id) as act:
        row = report_by(secret)
        saved = _add(act, row, said, files)
        act.record("add", report=row.pk, files=saved)
        hear(act, row, is_harm=raises(said))


def answer_danger(actor: Actor, *, secret: str, danger: Collection[DangerAnswer], lot: str) -> None:
    """Take the answers about a danger; the last ones count, and a harm that was told once stays told.

    The same answers say nothing new while it is open; a harm that is told again after the end is heard.
    """
    with perform(nobody(actor), COMPLAINTS, report_by(secret).complaint_id) as act:
        row = report_by(secret)
        said, answers = said_of(row), tuple(one.value for one in DangerAnswer if one in danger)
        act.record("danger", report=row.pk)
        is_new = (answers, lot) != (said.danger, said.lot)
        if is_new or (act.matter.closed_at is not None and is_harm(answers)):
            row.said = sealed(row, msgspec.structs.replace(said, danger=answers, lot=lot))
            row.is_harmed = row.is_harmed or is_harm(answers)
            hear(act, row, is_harm=is_harm(answers))


def ask_again(actor: Actor, *, secret: str, said: WhyAgain, files: Ready | None = None) -> None:
    """Ask, once and within the time for it, that somebody else look at what was decided, and at what is added to it."""
    with perform(nobody(actor), COMPLAINTS, report_by(secret).complaint_id) as act:
        _ask_again(act, report_by(secret), said, files)


def add_words_for(actor: Actor, *, report: int, said: MoreWords) -> None:
    """Add what whoever reported by telephone or on paper tells later."""
    with perform(actor, COMPLAINTS, taken_report(actor, report).complaint_id) as act:
        row = taken_report(actor, report)
        _add(act, row, said, None)
        act.record("add", report=row.pk)
        hear(act, row, is_harm=raises(said))


def ask_again_for(actor: Actor, *, report: int, said: WhyAgain) -> None:
    """Ask for another look for them, as they may themselves; the record says who took it down."""
    with perform(nobody(actor), COMPLAINTS, taken_report(actor, report).complaint_id) as act:
        _ask_again(act, taken_report(actor, report), said, None, taken_by=actor.by)


def taken_report(actor: Actor, report: int) -> ComplaintReport:
    """Return a report that staff took."""
    rows = ComplaintReport.objects.select_related("complaint").filter(IS_WHOLE, pk=report)
    row = rows.exclude(channel=ReportChannel.PAGE.value).first()
    if row is None or actor.role not in STAFF:
        raise NoSuchComplaint
    return row


def _ask_again(
    act: Performance[Complaint], row: ComplaintReport, said: str, files: Ready | None, **told: str
) -> None:
    at = act.actor.at
    if (why := why_not_again(row, at)) is not None:
        raise NotToAskAgain(why=why)
    act.step("ask_again")
    act.matter.again_at, row.wished_at = at, at
    act.save("again_at")
    saved = _add(act, row, said, files)
    act.record("ask_again", report=row.pk, files=saved, **told)
    hear(act, row, is_harm=raises(said), is_wish=True)


def _add(act: Performance[Complaint], row: ComplaintReport, words: str, files: Ready | None) -> int:
    """Keep what is added, and return how many files that were."""
    said, added = said_of(row), files.files if files else ()
    if len(said.more) >= MOST_ADDED:
        raise AddedEnough(most=MOST_ADDED)
    row.said = sealed(row, msgspec.structs.replace(said, more=(*said.more, (act.actor.at, words))))
    row.is_raised = row.is_raised or raises(words)
    for one in added:
        vault.keep(act.actor, one, about=about_report(row.ref))
    return len(added)


# Somebody telephones, writes or comes: a sheet is opened, what they say is read back, and it becomes a report like any other.


MOST_SCANS = 10


class SummaryNotHeard(Refusal, code="summary-not-heard", status=422):
    """Given when a report would be taken that was not read back as it would be kept."""

    text = Text(
        "まとめを読み返し（紙なら見比べ）、合っていることを確かめてから、印を付けて送ってください。",
        "Please read the summary back, or compare it with the paper, and tick that it is right before you send it.",
    )


class NowhereToTell(Refusal, code="nowhere-to-tell", status=422):
    """Given when somebody wants to be told in a way for which nothing was given."""

    text = Text(
        "結果を知らせる先が書かれていません。伺って書くか、「知らせなくてよい」を選んでください。",
        "It is not said where to tell the outcome. Please ask and fill it in, or choose that they need not be told.",
    )


class ScannedEnough(Refusal, code="scanned-enough", status=409):
    """Given when a report has as many papers as it may."""

    text = Text(
        "一件に添えられるのは{most}通までです。残りは紙のまま保管し、紙の内容は、結論を書くときの理由に書いてください。",
        "A report holds {most} files at most. Please keep the rest on paper, and write what they show when you decide.",
    )


def ring_in(actor: Actor, *, call: str, number: str, at: datetime) -> int:
    """Note a call that the telephone system tells of, once for each of its names, and return its sheet's number."""
    with memory.act():
        sheet, is_new = CallSheet.objects.get_or_create(
            call=call, defaults={"at": min(at, actor.at), "caller": caller_mark(number)}
        )
        if is_new:
            _keep_number(sheet, number)
            _record_sheet(actor, sheet, "ring")
    return sheet.pk


def open_sheet(actor: Actor, *, number: str = "") -> int:
    """Open a sheet for whoever calls, writes or comes, and return its number; who looked up what is recorded."""
    _must_be_staff(actor)
    with memory.act():
        sheet = CallSheet.objects.create(at=actor.at, caller=caller_mark(number))
        _keep_number(sheet, number)
        _open(actor, sheet)
    return sheet.pk


def pick_up(actor: Actor, *, sheet: int) -> None:
    """Open a sheet that the telephone system made; the first who does has it."""
    _must_be_staff(actor)
    with memory.act():
        row = CallSheet.objects.select_for_update().filter(pk=sheet, opened_at__isnull=True).first()
        if row is None or row.erased_at is not None:
            raise NoSuchCall
        _open(actor, row)


def take_report(
    actor: Actor,
    *,
    sheet: int,
    told: ReportInput,
    said: SheetInput,
    secret: str,
    confirmed: bool,
    files: Ready | None = None,
) -> int:
    """Take what somebody reports by telephone or on paper, and return its number; the same form sent twice is one report."""
    _must_be_staff(actor)
    ref, files = ref_of(secret), files or Ready()
    known = ComplaintReport.objects.filter(ref=ref).first()
    if known is not None:
        return known.pk
    if not confirmed:
        raise SummaryNotHeard
    if lacks(said):
        raise NowhereToTell
    with memory.act():
        opened = CallSheet.objects.select_for_update().filter(pk=sheet, opened_at__isnull=False).first()
        if opened is None:
            raise NoSuchCall
        told = msgspec.structs.replace(told, danger=said.danger)
        row = new_row(actor, told, ref, source_of(number_of(opened) or said.phone))
        row.channel, row.hears = said.channel.value, said.hears.value
        row.confirmed_at = actor.at if said.hears in (HearsBy.MAIL, HearsBy.POST) else None
        more = {"channel": row.channel, "hears": row.hears, "recording": said.recording.value}
        with saved(actor, told, row, _whole(told, said), files, verb="take", **more):
            pass
        opened.report = row
        opened.save(update_fields=("report",))
    return row.pk


def add_scan(actor: Actor, *, report: int, files: Ready) -> None:
    """Put papers that came later to a report."""
    row = ComplaintReport.objects.filter(IS_WHOLE, pk=report).first()
    if row is None or actor.role not in STAFF:
        raise NoSuchComplaint
    with perform(actor, COMPLAINTS, row.complaint_id) as act:
        kept_before = len(files_kept.files_about(about_report(row.ref)))
        if kept_before + len(files.files) > MOST_SCANS:
            raise ScannedEnough(most=MOST_SCANS)
        for one in files.files:
            vault.keep(actor, one, about=about_report(row.ref))
        act.record("scan", report=row.pk, files=len(files.files))


def erase_sheets(actor: Actor, *, over: datetime, limit: int) -> int:
    """Forget the numbers of so many sheets that came before `over`."""
    with memory.act():
        rows = list(CallSheet.objects.filter(erased_at__isnull=True, at__lt=over).order_by("at")[:limit])
        for row in rows:
            row.number, row.caller, row.erased_at = None, b"", actor.at
            row.save(update_fields=("number", "caller", "erased_at"))
    return len(rows)


def _whole(told: ReportInput, said: SheetInput) -> ReportSaid:
    lines = summary(told, said)
    return ReportSaid(
        where=told.where,
        words=told.words,
        items=told.items,
        danger=told.danger,
        lot=said.lot,
        mail=said.mail if said.hears is HearsBy.MAIL else "",
        name=said.name,
        phone=said.phone if said.hears is HearsBy.CALL else "",
        when=said.when if said.hears is HearsBy.CALL else "",
        post=said.post if said.hears is HearsBy.POST else "",
        recording=said.recording,
        read_back="\n".join(line.en if told.language == "en" else line.ja for line in lines),
    )


def _must_be_staff(actor: Actor) -> None:
    if actor.role not in STAFF:
        raise NoSuchCall


def _keep_number(sheet: CallSheet, number: str) -> None:
    if number:
        sheet.number = sealing.seal(subject=HOUSE, place=number_place(sheet.pk), plain=number.encode())
        sheet.save(update_fields=("number",))


def _open(actor: Actor, sheet: CallSheet) -> None:
    sheet.opened_by, sheet.opened_at = actor.by, actor.at
    sheet.save(update_fields=("opened_by", "opened_at"))
    _record_sheet(actor, sheet, "look_up", found=len(earlier_of(sheet)))


def _record_sheet(actor: Actor, sheet: CallSheet, verb: str, **told: int) -> None:
    ledger.record(
        actor,
        kind=f"complaints.{verb}",
        subject=ledger.MARKET,
        about=about_sheet(sheet.pk),
        payload=dict(told),
    )


# Reports whose time is over, or that are taken back: the key is destroyed, its source forgotten; the matter stays, of nobody.


OVER, TAKEN_BACK = "retention.complaints.reports", "complaints.take_back"


class ReportKept(Refusal, code="report-kept", status=409):
    """Given when a report would be taken back that is held: which hold that is, and for what, is told to nobody here."""

    text = Text(
        "この申し出は、争いごとや法令のため保存しておく必要があり、いまは消せません。必要がなくなり、期間が過ぎると消えます。",
        "This report has to be kept for now, on account of a dispute or the law. It is erased when that is over.",
    )


def erase_reports(actor: Actor, *, over: datetime, limit: int) -> int:
    """Erase so many reports whose complaint was decided before `over`; what is held, or looked at again, stays."""
    ended = Q(complaint__closed_at__lt=over, complaint__decided_at__lt=over, said__isnull=False)
    waits = Complaint.objects.filter(IS_ASKED_AGAIN)
    rows = ComplaintReport.objects.select_related("complaint").filter(ended).exclude(complaint__in=waits)

    def wipe(row: ComplaintReport) -> None:
        _wipe(actor, row)

    return ledger.shred_each(actor, rows.order_by("pk"), limit=limit, reason=OVER, whose=_whose, wipe=wipe)


def take_back(actor: Actor, *, secret: str) -> None:
    """Erase a report at the wish of whoever made it: it stays as one that there was, and nobody is told of it any more.

    What is held is parted with and goes when it may: whether something is, is told to nobody here.
    """
    with perform(nobody(actor), COMPLAINTS, report_by(secret).complaint_id) as act:
        row = report_by(secret)
        if not _take_back(act, row):
            # Nobody is told of one that is held; its words go with their time, once the hold is over.
            end_calls(replace(act.actor, by="machine:erasing", role=Role.MACHINE), report=row.pk)
            row.digest, row.code = None, None
            row.save(update_fields=("digest", "code"))
            _mark(act.actor, row)
        act.record("take_back", report=row.pk)


def take_back_for(actor: Actor, *, report: int, reason: WhyErased) -> None:
    """Do the same for whoever reported by telephone or on paper and asks for it."""
    with perform(actor, COMPLAINTS, taken_report(actor, report).complaint_id) as act:
        row = taken_report(actor, report)
        if not _take_back(act, row):
            raise ReportKept
        act.record("take_back", report=row.pk, reason=reason)


def _take_back(act: Performance[Complaint], row: ComplaintReport) -> bool:
    """Erase it, but for what is known of a danger, which is sealed anew until its time is over; say whether it may be."""
    subject, *named = _whose(row)
    if seals.held((subject, *named)):
        return False
    saved = remains_of(said_of(row), dangerous=act.matter.is_dangerous)
    ledger.shred(act.actor, subject=subject, reason=TAKEN_BACK)
    _wipe(act.actor, row, saved)
    _mark(act.actor, row)
    CallSheet.objects.filter(report=row, erased_at__isnull=True).update(
        number=None, caller=b"", erased_at=act.actor.at
    )
    return True


def _mark(actor: Actor, row: ComplaintReport) -> None:
    row.taken_back_at, row.confirmed_at, row.hears = actor.at, None, HearsBy.NONE.value
    row.save(update_fields=("taken_back_at", "confirmed_at", "hears"))


def _wipe(actor: Actor, row: ComplaintReport, saved: ReportSaid | None = None) -> None:
    end_calls(replace(actor, by="machine:erasing", role=Role.MACHINE), report=row.pk)
    row.said = None if saved is None else sealed(row, saved)
    row.digest, row.mark, row.source, row.code = None, b"", b"", None
    row.save(update_fields=("said", "digest", "mark", "source", "code"))


def _whose(row: ComplaintReport) -> tuple[str, ...]:
    """Return whose key it is, and by what a hold may mean it."""
    return subject_of(row.ref), *held_by(row.complaint)


def held_by(whole: Complaint) -> tuple[str, ...]:
    """Return by what a hold may mean a complaint: itself, its shop, and the finding that came of it."""
    seller = (f"seller:{whole.seller_ref}",) if whole.seller_ref else ()
    finding = (f"enforcement.finding:{whole.finding}",) if whole.finding else ()
    return about_complaint(whole.pk), *seller, *finding
