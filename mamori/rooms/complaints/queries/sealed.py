"""What lies sealed in a report, opened; and how a report is known by the secret of its page."""

from __future__ import annotations

import msgspec

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.seal import facts as seals
from mamori.ground.seal.facts import Place
from mamori.law.calls import HearsBy
from mamori.rooms.complaints.models import ComplaintReport
from mamori.rooms.complaints.rules import ReportSaid

TABLE = "complaints_complaintreport"
REPORTER = "report:"
"""Before a report's `ref`: whose key it is, and whom its mail is for."""


class NoReportHere(Refusal, code="no-report-here", status=404):
    """Given when no report has this page, or its time is over."""

    text = Text(
        "このページは見つかりません。アドレスが全部そろっているかご確認ください。取り下げた申し出と、保存の期間を過ぎた申し出は消えています。",
        "There is no such page. Please see that its address is whole. Reports that were taken back, or are over, are erased.",
    )


def secret_of(form: str) -> str:
    """Return the secret of the page of what was sent by this form: the same form has the same page, and nobody can guess it."""
    return seals.page_secret(f"{TABLE}.digest", form)


def ref_of(secret: str) -> str:
    """Return the name of the report's key, by which its files are sealed before it is in any table."""
    return seals.digest_of(secret)[:24]


def subject_of(ref: str) -> str:
    """Return whose key it is."""
    return f"{REPORTER}{ref}"


def about_report(ref: str) -> str:
    """Return the name under which the files of a report are known."""
    return f"complaints.report:{ref}"


def place_of(ref: str) -> Place:
    """Return where the words of a report lie."""
    return Place(TABLE, ref, "said")


def said_of(row: ComplaintReport, opener: seals.Opener | None = None) -> ReportSaid:
    """Return what a report says, empty once its key was destroyed; of many, an `opener` has fetched the keys in one look."""
    subject, place = subject_of(row.ref), place_of(row.ref)
    plain = seals.opened(subject=subject, place=place, sealed=row.said, opener=opener)
    return msgspec.json.decode(plain, type=ReportSaid) if plain is not None else ReportSaid()


def report_by(secret: str) -> ComplaintReport:
    """Return the report that has this page."""
    row = ComplaintReport.objects.select_related("complaint").filter(digest=seals.digest_of(secret)).first()
    if row is None:
        raise NoReportHere
    return row


def mail_of(ref: str) -> tuple[str, str]:
    """Return where a report's mail goes, and in which language it is written; "" where nothing may be sent there."""
    row = ComplaintReport.objects.filter(ref=ref).first()
    if row is None or (row.confirmed_at is None and row.code is None):
        return "", ""
    return said_of(row).mail, row.language


def address_of(ref: str) -> tuple[str, str]:
    """Return by which name and to which postal address a report's letters go; "" where it is not told by letter."""
    row = ComplaintReport.objects.filter(ref=ref, hears=HearsBy.POST.value).first()
    said = said_of(row) if row else ReportSaid()
    return said.name, said.post
