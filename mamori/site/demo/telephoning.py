"""A scene: a call about a danger is read back, and the caller is called back."""

from __future__ import annotations

from mamori.grammar.text import Text
from mamori.law.calls import CallRecording, HearsBy, ReportChannel
from mamori.law.complaints import STOP_USING, ComplaintReason, DangerAnswer, NothingBecause, ReportedWhat
from mamori.rooms.complaints import actions as complaints
from mamori.rooms.complaints.models import CallBack, ComplaintReport
from mamori.rooms.complaints.queries.sealed import secret_of
from mamori.rooms.complaints.rules import ReportTold, SheetTold
from mamori.site.demo.course import Course
from mamori.site.demo.days import moment

NUMBER = "03-3507-2345"


def anybody_calls(story: Course) -> None:
    """Play a call of somebody without order or account."""
    story.teller.scene(Text("電話での申し出", "A report by telephone"))
    number = _called(story)
    said = Text("折り返しの電話で、結果と理由を伝える", "calls back and tells the outcome and why")
    complaints.find_nothing(
        story.agent("2026-12-21T10:00", Text("調べて結論を出す", "looks into it and decides")),
        complaint=ComplaintReport.objects.get(pk=number).complaint_id,
        because=NothingBecause.NOT_ENOUGH,
        reason="型番の製品は、この通販サイトで売られていなかった。",
    )
    called = moment("2026-12-21T14:00")
    story.jump(called)
    back = CallBack.objects.get(report=number).pk
    complaints.note_reached(
        story.agent("2026-12-21T14:00", said), back=back, reason="ご本人に結論と理由を伝えた。"
    )


def _called(story: Course) -> int:
    """Take a call about smoke, and return the report's number."""
    said = Text(
        "「充電器から煙が出ました」という電話を受け、受付票を開く",
        "takes a call about smoke, and opens a sheet",
    )
    agent = story.agent("2026-12-18T18:10", said)
    sheet = complaints.open_sheet(agent, number=NUMBER)
    story.teller.house(moment("2026-12-18T18:10"), STOP_USING)
    told = ReportTold(
        what=ReportedWhat.OTHER,
        reason=ComplaintReason.DANGEROUS,
        where="充電器 A-12",
        words="充電していたら煙が出ました。",
    )
    said = Text("まとめを読み返し、受付番号を伝える", "reads the summary back and tells the number")
    number = complaints.take_report(
        story.agent("2026-12-18T18:15", said),
        sheet=sheet,
        told=told,
        said=SheetTold(
            channel=ReportChannel.TELEPHONE,
            hears=HearsBy.CALL,
            recording=CallRecording.REFUSED,
            phone=NUMBER,
            when="平日の午後",
            danger=(DangerAnswer.FIRE, DangerAnswer.KEPT),
            lot="A-12",
        ),
        secret=secret_of("demo-call"),
        confirmed=True,
    )
    said = Text("すぐに見始める", "begins to look at it at once")
    matter = ComplaintReport.objects.get(pk=number).complaint_id
    complaints.begin_complaint(story.agent("2026-12-18T18:17", said), complaint=matter)
    return number
