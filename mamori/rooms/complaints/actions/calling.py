"""Somebody telephones, writes or comes: a sheet is opened, what they say is read back, and it becomes a report like any other."""

from __future__ import annotations

from datetime import datetime

import msgspec

from mamori.grammar.hand import STAFF, Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.ledger import actions as ledger
from mamori.ground.matters.performance import perform
from mamori.ground.seal import actions as sealing
from mamori.ground.vault import actions as vault
from mamori.ground.vault import facts as files_kept
from mamori.ground.vault.actions import Ready
from mamori.law.calls import HearsBy
from mamori.rooms.complaints.actions.matter import COMPLAINTS
from mamori.rooms.complaints.actions.reporting import kept, new_row
from mamori.rooms.complaints.models import IS_WHOLE, CallSheet, ComplaintReport
from mamori.rooms.complaints.queries.callers import (
    HOUSE,
    NoSuchCall,
    about_sheet,
    caller_mark,
    earlier_of,
    number_of,
    number_place,
    source_of,
)
from mamori.rooms.complaints.queries.complaints import NoSuchComplaint
from mamori.rooms.complaints.queries.sealed import about_report, ref_of
from mamori.rooms.complaints.rules import ReportSaid, ReportTold, SheetTold, lacks, summary

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


def ring_in(hand: Hand, *, call: str, number: str, at: datetime) -> int:
    """Note a call that the telephone system tells of, once for each of its names, and return its sheet's number."""
    with memory.act():
        sheet, is_new = CallSheet.objects.get_or_create(
            call=call, defaults={"at": min(at, hand.at), "caller": caller_mark(number)}
        )
        if is_new:
            _keep_number(sheet, number)
            _record(hand, sheet, "ring")
    return sheet.pk


def open_sheet(hand: Hand, *, number: str = "") -> int:
    """Open a sheet for whoever calls, writes or comes, and return its number; who looked up what is recorded."""
    _must_be_staff(hand)
    with memory.act():
        sheet = CallSheet.objects.create(at=hand.at, caller=caller_mark(number))
        _keep_number(sheet, number)
        _open(hand, sheet)
    return sheet.pk


def pick_up(hand: Hand, *, sheet: int) -> None:
    """Open a sheet that the telephone system made; the first who does has it."""
    _must_be_staff(hand)
    with memory.act():
        row = CallSheet.objects.select_for_update().filter(pk=sheet, opened_at__isnull=True).first()
        if row is None or row.erased_at is not None:
            raise NoSuchCall
        _open(hand, row)


def take_report(
    hand: Hand,
    *,
    sheet: int,
    told: ReportTold,
    said: SheetTold,
    secret: str,
    confirmed: bool,
    files: Ready | None = None,
) -> int:
    """Take what somebody reports by telephone or on paper, and return its number; the same form sent twice is one report."""
    _must_be_staff(hand)
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
        row = new_row(hand, told, ref, source_of(number_of(opened) or said.phone))
        row.channel, row.hears = said.channel.value, said.hears.value
        row.confirmed_at = hand.at if said.hears in (HearsBy.MAIL, HearsBy.POST) else None
        more = {"channel": row.channel, "hears": row.hears, "recording": said.recording.value}
        with kept(hand, told, row, _whole(told, said), files, verb="take", **more):
            pass
        opened.report = row
        opened.save(update_fields=("report",))
    return row.pk


def add_scan(hand: Hand, *, report: int, files: Ready) -> None:
    """Put papers that came later to a report."""
    row = ComplaintReport.objects.filter(IS_WHOLE, pk=report).first()
    if row is None or hand.role not in STAFF:
        raise NoSuchComplaint
    with perform(hand, COMPLAINTS, row.complaint_id) as act:
        kept_before = len(files_kept.files_about(about_report(row.ref)))
        if kept_before + len(files.files) > MOST_SCANS:
            raise ScannedEnough(most=MOST_SCANS)
        for one in files.files:
            vault.keep(hand, one, about=about_report(row.ref))
        act.record("scan", report=row.pk, files=len(files.files))


def erase_sheets(hand: Hand, *, over: datetime, limit: int) -> int:
    """Forget the numbers of so many sheets that came before `over`."""
    with memory.act():
        rows = list(CallSheet.objects.filter(erased_at__isnull=True, at__lt=over).order_by("at")[:limit])
        for row in rows:
            row.number, row.caller, row.erased_at = None, b"", hand.at
            row.save(update_fields=("number", "caller", "erased_at"))
    return len(rows)


def _whole(told: ReportTold, said: SheetTold) -> ReportSaid:
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


def _must_be_staff(hand: Hand) -> None:
    if hand.role not in STAFF:
        raise NoSuchCall


def _keep_number(sheet: CallSheet, number: str) -> None:
    if number:
        sheet.number = sealing.seal(subject=HOUSE, place=number_place(sheet.pk), plain=number.encode())
        sheet.save(update_fields=("number",))


def _open(hand: Hand, sheet: CallSheet) -> None:
    sheet.opened_by, sheet.opened_at = hand.by, hand.at
    sheet.save(update_fields=("opened_by", "opened_at"))
    _record(hand, sheet, "look_up", found=len(earlier_of(sheet)))


def _record(hand: Hand, sheet: CallSheet, verb: str, **told: int) -> None:
    ledger.record(
        hand,
        kind=f"complaints.{verb}",
        subject=ledger.MARKET,
        about=about_sheet(sheet.pk),
        payload=dict(told),
    )
