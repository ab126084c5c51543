"""A scene: somebody reports goods without a name, staff look and take it up, and whoever reported reads the outcome."""

from __future__ import annotations

from mamori.grammar.hand import Role
from mamori.grammar.measure import Severity
from mamori.grammar.text import Text
from mamori.law.clarifications import AskedWhat, AskedWhom
from mamori.law.complaints import ComplaintReason, ReportedWhat
from mamori.law.display import DisplayItem
from mamori.rooms.complaints import actions as complaints
from mamori.rooms.complaints.models import Complaint
from mamori.rooms.complaints.queries.mine import mine
from mamori.rooms.complaints.queries.sealed import secret_of
from mamori.rooms.complaints.rules import ReportTold
from mamori.rooms.enforcement import actions as enforcement
from mamori.rooms.enforcement.actions import ToClarify
from mamori.rooms.enforcement.models import Clarification, Finding
from mamori.site.demo.cast import LISTING, SELLERS
from mamori.site.demo.course import Course
from mamori.site.demo.days import moment
from mamori.site.demo.enforcing import ASKS, decide


def anybody_reports(story: Course) -> None:
    """Play a report: made from the product page, looked at, taken up as a finding, and its outcome read on its own page."""
    story.teller.scene(Text("だれでもできる申し出", "Anybody reports"))
    said = Text(
        "商品ページのリンクから、名乗らずに「お店の電話番号がつながらない」と知らせる",
        "reports from the product page, without a name: the number that the shop shows is dead",
    )
    secret = secret_of("demo")
    told = ReportTold(
        what=ReportedWhat.LISTING,
        reason=ComplaintReason.DISPLAY,
        where=LISTING,
        words=said.ja,
        items=(DisplayItem.PHONE,),
    )
    hand = story.do("2026-12-18T13:00", "anonymous", Role.ANONYMOUS, said)
    complaints.report(hand, told=told, secret=secret, source="192.0.2.44")
    number = Complaint.objects.latest("pk").pk
    said = Text("申し出を見始め、表示の番号にかける", "looks at it and calls the number that is shown")
    complaints.begin_complaint(story.agent("2026-12-18T13:30", said), complaint=number)
    _asks_the_shop(story, number)
    said = Text(
        "自分の言葉で違反の疑いとして取り上げる（だれが知らせたかは書かない）",
        "takes it up as a finding in words of its own: nothing of who reported",
    )
    hand = story.agent("2026-12-18T16:00", said)
    complaints.uphold(
        hand,
        complaint=number,
        severity=Severity.MINOR,
        said="表示された電話番号に二度かけたが、現在使われていなかった。",
        reason="13時30分と13時50分にかけた。",
    )
    finding = Finding.objects.latest("pk").pk
    enforcement.ask_view(story.agent("2026-12-18T16:10", ASKS), finding=finding)
    said = Text("「直しました」と意見を述べる", "gives its view: it is put right")
    hand = story.do("2026-12-18T17:00", f"seller:{SELLERS['question']}", Role.SELLER, said)
    enforcement.state_view(hand, finding=finding, said=said.ja)
    decide(story, finding, "2026-12-18T17:30")
    enforcement.say_cured(story.do("2026-12-18T17:40", hand.by, Role.SELLER, said), finding=finding)
    said = Text("直ったことを確かめる", "sees that it is put right")
    enforcement.note_cured(story.agent("2026-12-18T17:50", said), finding=finding, reason="表示を確かめた")
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
    hand = story.do("2026-12-18T15:00", seller, Role.SELLER, said)
    clarification = Clarification.objects.latest("pk").pk
    enforcement.answer_clarification(hand, clarification=clarification, said=said.ja)
    story.jump(story.now)
