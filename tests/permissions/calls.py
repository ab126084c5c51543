"""The permission table of reports by telephone and on paper, and of care for staff, written by hand."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.actor import Actor, Role
from mamori.law.calls import HearsBy, ReportChannel
from mamori.law.care import ConductKind
from mamori.law.complaints import ComplaintReason, NothingBecause, ReportedWhat
from mamori.rooms.complaints import actions as complaints
from mamori.rooms.complaints.models import CallBack, CallSheet, CareRecord, Complaint, ComplaintReport
from mamori.rooms.complaints.reports.actions import reporting, telling
from mamori.rooms.complaints.rules import ReportInput, SheetInput
from tests.permissions.lines import MACHINE, STAFF, Line

OF_SHEET, OF_TAKEN = {"sheet": "<call_sheet>"}, {"report": "<call_report>"}
OF_BACK, OF_CARE = {"number": "<call_back>"}, {"number": "<care_record>"}
CALLS = (
    Line("POST /api/v1/calls", MACHINE, body={"call": "c-9", "number": "03-3507-2345"}, scope="calls:write"),
    Line("/desk/complaints/calls/", STAFF, opens=True),
    Line("/desk/complaints/calls/<int:sheet>/", STAFF, values=OF_SHEET, opens=True),
    Line("/desk/complaints/taken/<int:report>/", STAFF, values=OF_TAKEN, opens=True),
    Line(
        "/desk/complaints/taken/<int:report>/<slug:slug>/",
        STAFF,
        values=OF_TAKEN | {"slug": "scan"},
        opens=True,
    ),
    Line("/desk/complaints/backs/<int:number>/", STAFF, values=OF_BACK, opens=True),
    Line(
        "/desk/complaints/backs/<int:number>/<slug:slug>/",
        STAFF,
        values=OF_BACK | {"slug": "missed"},
        opens=True,
    ),
    Line("/desk/complaints/care/", STAFF, opens=True),
    Line("/desk/complaints/care/<int:number>/", STAFF, values=OF_CARE),
)


def telephoned(at: datetime) -> None:
    """Let somebody have telephoned who is to be called back, another call wait, and an agent have borne abuse."""
    agent = Actor(by="staff:9", role=Role.AGENT, at=at, via="test")
    reporting.ring_in(
        Actor(by="machine:shop", role=Role.MACHINE, at=at, via="test"), call="c-1", number="", at=at
    )
    told = ReportInput(
        what=ReportedWhat.OTHER, reason=ComplaintReason.OTHER, where="", words="電話で話しました。"
    )
    said = SheetInput(channel=ReportChannel.TELEPHONE, hears=HearsBy.CALL, phone="03-3507-2345")
    sheet = reporting.open_sheet(agent)
    reporting.take_report(
        agent, sheet=sheet, told=told, said=said, secret="told-on-the-phone", confirmed=True
    )
    number = Complaint.objects.latest("pk").pk
    complaints.find_nothing(agent, complaint=number, because=NothingBecause.IN_ORDER, reason="調べました。")
    telling.line_up_calls(Actor(by="machine:x", role=Role.MACHINE, at=at, via="test"), complaint=number)
    complaints.flag_conduct(
        agent, about=f"complaints.complaint:{number}", conduct=ConductKind.INSULT, said="どなられました。"
    )


def places_of_calls() -> dict[str, str]:
    """Return the numbers of what was telephoned, by the names of their places."""
    taken = ComplaintReport.objects.filter(channel="telephone").values_list("pk", flat=True).first()
    sheets = CallSheet.objects.filter(opened_at__isnull=False).values_list("pk", flat=True)
    return {
        "call_sheet": str(sheets.first() or 1),
        "call_report": str(taken or 1),
        "call_back": str(CallBack.objects.values_list("pk", flat=True).first() or 1),
        "care_record": str(CareRecord.objects.values_list("pk", flat=True).first() or 1),
    }
