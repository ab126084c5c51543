"""The permission table of reports, written by hand."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.actor import Actor, Role
from mamori.law.complaints import ComplaintReason, ReportedWhat
from mamori.law.display import DisplayItem
from mamori.rooms.complaints.models import Complaint, ComplaintReport
from mamori.rooms.complaints.reports.actions import reporting as complaints
from mamori.rooms.complaints.rules import ReportInput
from tests.permissions.calls import CALLS, places_of_calls, telephoned
from tests.permissions.lines import EVERYBODY, INSIDE, STAFF, Line

SECRET, OF_AN_AD = "known-to-whoever-made-it", "known-to-whoever-saw-it"
OF_COMPLAINT, OF_PAGE = {"number": "<complaint>"}, {"secret": SECRET}
COMPLAINTS = (
    *CALLS,
    Line("/element.js", EVERYBODY, opens=True),
    Line("/complaints/", EVERYBODY, opens=True),
    Line("/complaints/mine/<str:secret>/", EVERYBODY, values=OF_PAGE, opens=True),
    Line(
        "/complaints/mine/<str:secret>/<slug:slug>/", EVERYBODY, values=OF_PAGE | {"slug": "add"}, opens=True
    ),
    Line("/desk/complaints/", INSIDE, opens=True),
    Line("/desk/complaints/all/", INSIDE, opens=True),
    Line("/desk/complaints/<int:number>/", INSIDE, values=OF_COMPLAINT, opens=True),
    Line(
        "/desk/complaints/reports/<int:report>/<int:file>/<int:page>/",
        STAFF,
        values={"report": "<complaint_report>", "file": "1", "page": "1"},
    ),
    *(
        Line(
            "/desk/complaints/<int:number>/<slug:slug>/",
            STAFF,
            values={"number": number, "slug": slug},
            opens=True,
        )
        for number, slug in (("<complaint>", "begin"), ("<advertisement>", "name"))
    ),
)


def complained(at: datetime) -> None:
    """Let somebody have reported a product of S-1, and an advertisement of nobody knows whom."""
    told = ReportInput(
        what=ReportedWhat.LISTING, reason=ComplaintReason.DANGEROUS, where="L-1", words="熱くなりました。"
    )
    actor = Actor(by="anonymous", role=Role.ANONYMOUS, at=at, via="test")
    complaints.report(actor, told=told, secret=SECRET, source="192.0.2.1")
    telephoned(at)
    told = ReportInput(
        what=ReportedWhat.ADVERTISEMENT,
        reason=ComplaintReason.DISPLAY,
        where="https://photos.example.com/ads/771",
        words="会社の住所も電話番号もない広告です。",
        items=(DisplayItem.ADDRESS, DisplayItem.PHONE),
    )
    complaints.report(actor, told=told, secret=OF_AN_AD, source="192.0.2.1")


def numbers() -> dict[str, str]:
    """Return the numbers of what was reported, by the names of their places."""
    return {
        "complaint": str(Complaint.objects.values_list("pk", flat=True).first() or 1),
        "advertisement": str(
            Complaint.objects.filter(what=ReportedWhat.ADVERTISEMENT).values_list("pk", flat=True).first()
            or 1
        ),
        "complaint_report": str(ComplaintReport.objects.values_list("pk", flat=True).first() or 1),
        **places_of_calls(),
    }
