"""The scenes at the centre: complaints, what a counsellor says, calls, and what is learned from them."""

from __future__ import annotations

from collections import Counter

from mamori.grammar.actor import Actor, Role
from mamori.grammar.measure import Severity
from mamori.grammar.text import Text
from mamori.ground.outbox import facts as outbox
from mamori.ground.outbox.models import Notice
from mamori.law.calls import CallRecording, HearsBy, ReportChannel
from mamori.law.clarifications import AskedWhat, AskedWhom
from mamori.law.complaints import (
    STOP_USING,
    ComplaintReason,
    DangerAnswer,
    GoneBecause,
    NothingBecause,
    ReportedWhat,
)
from mamori.law.counselling import ConsentGiven, ConsentLasts, ConsentTo
from mamori.law.display import DisplayItem
from mamori.law.insight import FigureAspect, FigureSource, MonthsCompared
from mamori.rooms.complaints import actions as complaints
from mamori.rooms.complaints.counselling import actions
from mamori.rooms.complaints.models import CallBack, Complaint, ComplaintReport, Counsellor
from mamori.rooms.complaints.queries import secret_of
from mamori.rooms.complaints.reports.actions import reporting, telling
from mamori.rooms.complaints.reports.queries import mine
from mamori.rooms.complaints.rules import ConsultationInput, ReportInput, SheetInput
from mamori.rooms.enforcement.clarifications import actions as clarifications
from mamori.rooms.enforcement.clarifications.actions import ToClarify
from mamori.rooms.enforcement.findings import actions as findings
from mamori.rooms.enforcement.measures.actions import standing
from mamori.rooms.enforcement.models import Clarification, Finding
from mamori.rooms.insight import actions as insight
from mamori.rooms.insight.facts import read_by_everybody
from mamori.rooms.insight.models import Improvement
from mamori.rooms.insight.rules import FigureOf
from mamori.site.demo.course import Course, moment, month
from mamori.site.demo.guests import LISTING, ORDERS, SELLERS
from mamori.site.demo.sellers import ASKS, decide

# A scene: somebody reports goods without a name, staff look and take it up, and whoever reported reads the outcome.


def anybody_reports(story: Course) -> None:
    """Play a report: made from the product page, looked at, taken up as a finding, and its outcome read on its own page."""
    story.teller.scene(Text("だれでもできる申し出", "Anybody reports"))
    said = Text(
        "商品ページのリンクから、名乗らずに「お店の電話番号がつながらない」と知らせる",
        "reports from the product page, without a name: the number that the shop shows is dead",
    )
    secret = secret_of("demo")
    told = ReportInput(
        what=ReportedWhat.LISTING,
        reason=ComplaintReason.DISPLAY,
        where=LISTING,
        words=said.ja,
        items=(DisplayItem.PHONE,),
    )
    actor = story.do("2026-12-18T13:00", "anonymous", Role.ANONYMOUS, said)
    reporting.report(actor, told=told, secret=secret, source="192.0.2.44")
    number = Complaint.objects.latest("pk").pk
    said = Text("申し出を見始め、表示の番号にかける", "looks at it and calls the number that is shown")
    complaints.begin_complaint(story.agent("2026-12-18T13:30", said), complaint=number)
    _asks_the_shop(story, number)
    said = Text(
        "自分の言葉で違反の疑いとして取り上げる（だれが知らせたかは書かない）",
        "takes it up as a finding in words of its own: nothing of who reported",
    )
    actor = story.agent("2026-12-18T16:00", said)
    complaints.uphold(
        actor,
        complaint=number,
        severity=Severity.MINOR,
        said="表示された電話番号に二度かけたが、現在使われていなかった。",
        reason="13時30分と13時50分にかけた。",
    )
    finding = Finding.objects.latest("pk").pk
    findings.ask_view(story.agent("2026-12-18T16:10", ASKS), finding=finding)
    said = Text("「直しました」と意見を述べる", "gives its view: it is put right")
    actor = story.do("2026-12-18T17:00", f"seller:{SELLERS['question']}", Role.SELLER, said)
    findings.state_view(actor, finding=finding, said=said.ja)
    decide(story, finding, "2026-12-18T17:30")
    standing.say_cured(story.do("2026-12-18T17:40", actor.by, Role.SELLER, said), finding=finding)
    said = Text("直ったことを確かめる", "sees that it is put right")
    standing.note_cured(story.agent("2026-12-18T17:50", said), finding=finding, reason="表示を確かめた")
    read = moment("2026-12-18T18:00")
    story.jump(read)
    story.now = read
    shown = mine(secret, at=read)
    story.teller.person(
        read, Text("知らせた人：専用のページを開く", "who reported: opens the page of the report")
    )
    for one in shown.heard:
        story.teller.house(read, one)


def _asks_the_shop(story: Course, number: int) -> None:
    said = Text(
        "決める前に、出品者に電話番号のことを尋ねる", "asks the shop about its number before deciding"
    )
    asked = ToClarify(
        whom=AskedWhom.SELLER,
        what=AskedWhat.DISPLAY,
        words="表示されている電話番号は、いま使われていますか。",
    )
    complaints.ask_around(story.agent("2026-12-18T13:55", said), complaint=number, asked=asked)
    said = Text(
        "先月変えたのに表示を直していなかったと答える",
        "answers: it was changed last month, the display was not",
    )
    seller = f"seller:{Complaint.objects.get(pk=number).seller_ref}"
    actor = story.do("2026-12-18T15:00", seller, Role.SELLER, said)
    clarification = Clarification.objects.latest("pk").pk
    clarifications.answer_clarification(actor, clarification=clarification, said=said.ja)
    story.jump(story.now)


def a_counsellor_asks(story: Course) -> None:
    """Play an invitation, a consultation with a buyer's consent, the papers and the answer."""
    story.teller.scene(Text("消費生活センターの相談員", "A counsellor of a consumer centre"))
    said = Text(
        "センターの代表番号に電話して確かめ、相談員を招く",
        "calls the centre's public number, and invites a counsellor",
    )
    number = actions.invite_counsellor(
        story.lead("2026-12-21T15:00", said),
        name="相談員",
        centre="見本市消費生活センター",
        mail="soudan@example.jp",
    )
    # The counsellor uses the link that was mailed.
    notice = Notice.objects.filter(about=f"complaints.counsellor:{number}").latest("pk")
    token = outbox.secret_of(notice.pk).rstrip("/").rpartition("/")[2]
    who = actions.enter_centre(token=token, at=moment("2026-12-21T15:10")).who
    assert Counsellor.objects.get(pk=number).came_at is not None
    said = Text("届いたリンクで入り、注文のことを相談する", "comes in by the link, and asks about an order")
    told = ConsultationInput(
        consumer="購入者",
        order=ORDERS["unsolved"],
        words="不具合について、お店との話し合いが進まないとのことです。経過を教えてください。",
        consent=ConsentTo.WORDS,
        given=ConsentGiven.WRITTEN,
        lasts=ConsentLasts.QUARTER,
    )
    asked = actions.consult(story.do("2026-12-21T15:20", who, Role.COUNSELLOR, said), told=told)
    said = Text("自分のページで「同意したとおり」と答える", "confirms the consent on a page of their own")
    actions.confirm_consent(story.buyer("2026-12-21T15:40", "unsolved", said), consultation=asked)
    said = Text("やり取りの記録を取り出す", "takes the record of the conversation")
    actions.take_bundle(
        story.do("2026-12-21T15:50", who, Role.COUNSELLOR, said), consultation=asked, what=ConsentTo.WORDS
    )
    said = Text("同意の範囲で回答する", "answers as far as the consent goes")
    actions.answer_counsellor(
        story.agent("2026-12-21T16:30", said),
        consultation=asked,
        said="お店の回答と、窓口が間に入った経過は、やり取りの記録のとおりです。次の期限までにお店の返事がなければ、返金を検討します。",
    )


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
    telling.note_reached(
        story.agent("2026-12-21T14:00", said), back=back, reason="ご本人に結論と理由を伝えた。"
    )


def _called(story: Course) -> int:
    """Take a call about smoke, and return the report's number."""
    said = Text(
        "「充電器から煙が出ました」という電話を受け、受付票を開く",
        "takes a call about smoke, and opens a sheet",
    )
    agent = story.agent("2026-12-18T18:10", said)
    sheet = reporting.open_sheet(agent, number=NUMBER)
    story.teller.house(moment("2026-12-18T18:10"), STOP_USING)
    told = ReportInput(
        what=ReportedWhat.OTHER,
        reason=ComplaintReason.DANGEROUS,
        where="充電器 A-12",
        words="充電していたら煙が出ました。",
    )
    said = Text("まとめを読み返し、受付番号を伝える", "reads the summary back and tells the number")
    number = reporting.take_report(
        story.agent("2026-12-18T18:15", said),
        sheet=sheet,
        told=told,
        said=SheetInput(
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


# Scenes of what reports are used for: what was seen is noted and changed; months later before and after are compared.


COUNTERFEITS = FigureOf(FigureSource.REPORTS, {FigureAspect.GROUND: ComplaintReason.COUNTERFEIT.value})
IN_DECEMBER = {ComplaintReason.COUNTERFEIT: 14, ComplaintReason.DISPLAY: 6}
IN_FEBRUARY = {ComplaintReason.COUNTERFEIT: 5, ComplaintReason.DISPLAY: 6}
PUBLISHED = insight.ImprovementWords(
    seen="「偽物だと思う」という申し出が、急に増えました。",
    seen_en="More people reported goods that seemed to be counterfeits.",
    changed="ブランド品を出品する前に、仕入れ先の書類を出していただくことにしました。",
    changed_en="Before they list goods of a brand, sellers now show papers of where they bought them.",
    came="書類のない出品は公開されなくなり、申し出が減りました。",
    came_en="What comes without papers is not listed any more, and fewer reports came.",
)


def seen_and_changed(story: Course) -> None:
    """Play the first half: many report the same, it is noted with the figure, given to a department, and something is changed."""
    story.teller.scene(Text("申し出を、サービスの改善に使う", "Reports improve the service"))
    _reported(story, "2026-12-21T10:00", IN_DECEMBER)
    said = Text(
        "傾向を見て、増えた偽物の申し出を改善として書き留める",
        "looks at the trends and notes the counterfeits",
    )
    told = insight.SeenSo(
        title="偽物の申し出",
        seen="「偽物だと思う」が急に増えた。仕入れ先を確かめずに出品できるため。",
        figure=COUNTERFEITS.code,
        month=str(month("2026-12")),
    )
    number = insight.note_improvement(story.agent("2026-12-21T11:00", said), told=told)
    said = Text("「商品企画」の担当にする", "gives it to the department of goods")
    actor = story.agent("2026-12-21T11:10", said)
    insight.give_improvement(actor, improvement=number, department="商品企画")
    said = Text(
        "変えたことと、比べる月の数を記録する", "records what was changed, and how many months are compared"
    )
    insight.change_improvement(
        story.agent("2027-01-12T10:00", said),
        improvement=number,
        changed="ブランド品の出品の前に、仕入れ先の書類を求めることにした。",
        on=moment("2027-01-12").date(),
        months=MonthsCompared.ONE,
    )
    story.jump(story.now)


def compared(story: Course) -> None:
    """Play the second half: the house counts both months, a lead publishes it, and everybody reads it."""
    story.teller.scene(Text("改善の前と後を比べる", "Before and after are compared"))
    _reported(story, "2027-02-15T10:00", IN_FEBRUARY)
    number = Improvement.objects.get().pk
    said = Text("比べる月が終わったので、前と後を比べる", "the month is over: compares before and after")
    insight.compare_improvement(
        story.agent("2027-03-02T10:00", said),
        improvement=number,
        came="書類のない出品がなくなり、申し出が減った。",
    )
    said = Text("だれでも読める文を書いて公開する", "writes what everybody reads, and publishes it")
    insight.publish_improvement(story.lead("2027-03-02T11:00", said), improvement=number, words=PUBLISHED)
    for one in read_by_everybody():
        told = Text(
            "公開のページ：前 {before} 件、後 {after} 件", "the public page: {before} before, {after} after"
        )
        story.teller.house(story.now, told.fill(before=one.before, after=one.after))
    story.jump(story.now)


def another(actor: Actor) -> None:
    """Note what is to be changed next, and give it to who pays."""
    seen = "返金がいつ届くかの問い合わせが続いている。案内の文がわかりにくい。"
    number = insight.note_improvement(actor, told=insight.SeenSo(title="返金の案内", seen=seen))
    insight.give_improvement(actor, improvement=number, department="経理")


def _reported(story: Course, when: str, counts: dict[ComplaintReason, int]) -> None:
    """Let so many people report the same goods for each reason, and let an agent find them gone."""
    many = sum(counts.values())
    said = Text(f"{many}人が、それぞれ名乗らずに知らせる", f"{many} people report, each without a name")
    actor = story.do(when, "anonymous", Role.ANONYMOUS, said)
    for nth, reason in enumerate(Counter(counts).elements()):
        words = f"{reason.text.ja}。（{nth + 1}人目）"
        told = ReportInput(what=ReportedWhat.LISTING, reason=reason, where=LISTING, words=words)
        reporting.report(
            actor, told=told, secret=secret_of(f"demo-{when}-{nth}"), source=f"198.51.100.{nth + 1}"
        )
    _gone(
        story.agent(
            f"{when[:11]}10:30", Text("確かめ、出品がすでに消えたとする", "looks, and finds the goods gone")
        )
    )


def _gone(actor: Actor) -> None:
    for one in Complaint.objects.filter(closed_at=None, listing_ref=LISTING).order_by("pk"):
        complaints.find_gone(
            actor, complaint=one.pk, because=GoneBecause.TAKEN_DOWN, reason="商品ページが消えていた。"
        )
