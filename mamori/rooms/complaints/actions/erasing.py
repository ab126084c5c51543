"""Reports whose time is over, or that are taken back: the key is destroyed, its source forgotten; the matter stays, of nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db.models import Q

from mamori.grammar.hand import Hand, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.ledger import actions as ledger
from mamori.ground.matters.performance import Performance, perform
from mamori.ground.seal import facts as seals
from mamori.law.calls import HearsBy
from mamori.rooms.complaints.actions.adding import taken_report
from mamori.rooms.complaints.actions.callingback import end_calls
from mamori.rooms.complaints.actions.matter import COMPLAINTS, nobody, sealed
from mamori.rooms.complaints.inputs import WhyErased
from mamori.rooms.complaints.models import IS_ASKED_AGAIN, CallSheet, Complaint, ComplaintReport
from mamori.rooms.complaints.queries.complaints import about_complaint
from mamori.rooms.complaints.queries.sealed import report_by, said_of, subject_of
from mamori.rooms.complaints.rules import ReportSaid, kept_of

OVER, TAKEN_BACK = "retention.complaints.reports", "complaints.take_back"


class ReportKept(Refusal, code="report-kept", status=409):
    """Given when a report would be taken back that is held: which hold that is, and for what, is told to nobody here."""

    text = Text(
        "この申し出は、争いごとや法令のため保存しておく必要があり、いまは消せません。必要がなくなり、期間が過ぎると消えます。",
        "This report has to be kept for now, on account of a dispute or the law. It is erased when that is over.",
    )


def erase_reports(hand: Hand, *, over: datetime, limit: int) -> int:
    """Erase so many reports whose complaint was decided before `over`; what is held, or looked at again, stays."""
    ended = Q(complaint__closed_at__lt=over, complaint__decided_at__lt=over, said__isnull=False)
    waits = Complaint.objects.filter(IS_ASKED_AGAIN)
    rows = ComplaintReport.objects.select_related("complaint").filter(ended).exclude(complaint__in=waits)

    def wipe(row: ComplaintReport) -> None:
        _wipe(hand, row)

    return ledger.shred_each(hand, rows.order_by("pk"), limit=limit, reason=OVER, whose=_whose, wipe=wipe)


def take_back(hand: Hand, *, secret: str) -> None:
    """Erase a report at the wish of whoever made it: it stays as one that there was, and nobody is told of it any more.

    What is held is parted with and goes when it may: whether something is, is told to nobody here.
    """
    with perform(nobody(hand), COMPLAINTS, report_by(secret).complaint_id) as act:
        row = report_by(secret)
        if not _take_back(act, row):
            _part_with(act.hand, row)
        act.record("take_back", report=row.pk)


def take_back_for(hand: Hand, *, report: int, reason: WhyErased) -> None:
    """Do the same for whoever reported by telephone or on paper and asks for it."""
    with perform(hand, COMPLAINTS, taken_report(hand, report).complaint_id) as act:
        row = taken_report(hand, report)
        if not _take_back(act, row):
            raise ReportKept
        act.record("take_back", report=row.pk, reason=reason)


def _take_back(act: Performance[Complaint], row: ComplaintReport) -> bool:
    """Erase it, but for what is known of a danger, which is sealed anew until its time is over; say whether it may be."""
    subject, *named = _whose(row)
    if seals.held((subject, *named)):
        return False
    kept = kept_of(said_of(row), dangerous=act.matter.is_dangerous)
    ledger.shred(act.hand, subject=subject, reason=TAKEN_BACK)
    _wipe(act.hand, row, kept)
    _mark(act.hand, row)
    CallSheet.objects.filter(report=row, erased_at__isnull=True).update(
        number=None, caller=b"", erased_at=act.hand.at
    )
    return True


def _part_with(hand: Hand, row: ComplaintReport) -> None:
    """Close the page of one that is held, and let nobody be told of it; its words go with their time, once the hold is over."""
    end_calls(replace(hand, by="machine:erasing", role=Role.MACHINE), report=row.pk)
    row.digest, row.code = None, None
    row.save(update_fields=("digest", "code"))
    _mark(hand, row)


def _mark(hand: Hand, row: ComplaintReport) -> None:
    row.taken_back_at, row.confirmed_at, row.hears = hand.at, None, HearsBy.NONE.value
    row.save(update_fields=("taken_back_at", "confirmed_at", "hears"))


def _wipe(hand: Hand, row: ComplaintReport, kept: ReportSaid | None = None) -> None:
    end_calls(replace(hand, by="machine:erasing", role=Role.MACHINE), report=row.pk)
    row.said = None if kept is None else sealed(row, kept)
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
