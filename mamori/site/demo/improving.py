"""Scenes of what reports are used for: what was seen is noted and changed; months later before and after are compared."""

from __future__ import annotations

from collections import Counter

from mamori.grammar.hand import Hand, Role
from mamori.grammar.text import Text
from mamori.law.complaints import ComplaintReason, GoneBecause, ReportedWhat
from mamori.law.insight import FigureAspect, FigureSource, MonthsCompared
from mamori.rooms.complaints import actions as complaints
from mamori.rooms.complaints.models import Complaint
from mamori.rooms.complaints.queries.sealed import secret_of
from mamori.rooms.complaints.rules import ReportTold
from mamori.rooms.insight import actions as insight
from mamori.rooms.insight.models import Improvement
from mamori.rooms.insight.queries.improvements import read_by_everybody
from mamori.rooms.insight.rules.figures import FigureOf
from mamori.site.demo.cast import LISTING
from mamori.site.demo.course import Course
from mamori.site.demo.days import moment, month

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
    hand = story.agent("2026-12-21T11:10", said)
    insight.give_improvement(hand, improvement=number, department="商品企画")
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


def another(hand: Hand) -> None:
    """Note what is to be changed next, and give it to who pays."""
    seen = "返金がいつ届くかの問い合わせが続いている。案内の文がわかりにくい。"
    number = insight.note_improvement(hand, told=insight.SeenSo(title="返金の案内", seen=seen))
    insight.give_improvement(hand, improvement=number, department="経理")


def _reported(story: Course, when: str, counts: dict[ComplaintReason, int]) -> None:
    """Let so many people report the same goods for each reason, and let an agent find them gone."""
    many = sum(counts.values())
    said = Text(f"{many}人が、それぞれ名乗らずに知らせる", f"{many} people report, each without a name")
    hand = story.do(when, "anonymous", Role.ANONYMOUS, said)
    for nth, reason in enumerate(Counter(counts).elements()):
        words = f"{reason.text.ja}。（{nth + 1}人目）"
        told = ReportTold(what=ReportedWhat.LISTING, reason=reason, where=LISTING, words=words)
        complaints.report(
            hand, told=told, secret=secret_of(f"demo-{when}-{nth}"), source=f"198.51.100.{nth + 1}"
        )
    _gone(
        story.agent(
            f"{when[:11]}10:30", Text("確かめ、出品がすでに消えたとする", "looks, and finds the goods gone")
        )
    )


def _gone(hand: Hand) -> None:
    for one in Complaint.objects.filter(closed_at=None, listing_ref=LISTING).order_by("pk"):
        complaints.find_gone(
            hand, complaint=one.pk, because=GoneBecause.TAKEN_DOWN, reason="商品ページが消えていた。"
        )
