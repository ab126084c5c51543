"""Two scenes of the other duty: a breach put right and its measure lifted, and a decision that another person reverses."""

from __future__ import annotations

from mamori.grammar.hand import Hand, Role
from mamori.grammar.measure import Reach, Severity
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.market import facts as market
from mamori.law.breaches import DISPLAY_MISSING
from mamori.rooms.enforcement import actions as enforcement
from mamori.rooms.enforcement.actions import Wish
from mamori.rooms.enforcement.judgement import judge
from mamori.rooms.enforcement.lifecycle import AppealState
from mamori.rooms.enforcement.models import Finding
from mamori.rooms.enforcement.rules.reasons import Source
from mamori.rooms.enforcement.rules.telling import said_answer
from mamori.rooms.enforcement.subject import Subject
from mamori.site.demo.cast import COUNSEL, SELLERS, WRONG_LISTING
from mamori.site.demo.course import Course
from mamori.site.demo.days import moment

ASKS = Text("出品者に意見を求める", "asks the seller for its view")
PREPARING, IN_HOSPITAL = (
    "返品の条件を準備中でした。すぐに表示します。",
    "入院していて、お知らせを見られませんでした。",
)
FACT = Text(
    "商品のページに、返品の条件が表示されていない。", "The listing does not show the terms of return."
)


def put_right(story: Course) -> None:
    """Play a listing that does not say what it must: hidden after a hearing, shown again once it is put right."""
    story.teller.scene(
        Text("違反への措置（意見を聴き、直れば解除する）", "A breach: heard, measured, lifted once put right")
    )
    told = Text("商品の表示の不備を記録する", "records that a listing lacks what it must show")
    finding = found(story.agent("2026-11-30T11:00", told), SELLERS["unsolved"], WRONG_LISTING)
    story.findings.append(finding)
    due = enforcement.ask_view(story.agent("2026-11-30T11:05", ASKS), finding=finding)
    story.note(_case(finding), due)
    said = Text("「準備中でした」と意見を述べる", "gives its view: they were being written")
    enforcement.state_view(
        story.seller("2026-12-01T10:00", "unsolved", said),
        finding=finding,
        said=PREPARING,
    )
    decide(story, finding, "2026-12-01T15:00")
    story.told_by_market("2026-12-01T17:00")
    _asked_for_clearance(story)
    told = Text("返品の条件を表示し、直したと知らせる", "shows the terms of return, and says so")
    enforcement.say_cured(story.seller("2026-12-02T10:00", "unsolved", told), finding=finding)
    told = Text(
        "直ったことを確かめる（措置は解除される）", "sees that it is put right: the measure is lifted"
    )
    enforcement.note_cured(story.agent("2026-12-02T11:00", told), finding=finding, reason="表示を確かめた")
    story.jump(story.now)
    story.told_by_market("2026-12-02T13:00")
    _asked_for_clearance(story)


def found(hand: Hand, seller: str, listing: str) -> int:
    """Find that a listing lacks its terms of return."""
    return enforcement.find(
        hand,
        breach=DISPLAY_MISSING.code,
        severity=Severity.SERIOUS,
        harm=Reach.NONE,
        subject=Subject(seller=seller, listing=listing),
        facts=(FACT,),
        origin=f"demo:{listing}",
        source=Source.STAFF,
    )


def appealed(story: Course) -> None:
    """Play what the missed answer leads to: points, an appeal with a reason, a reviewer who takes no part in the first."""
    story.teller.scene(
        Text("異議（決めた人とは別の人が見直す）", "An appeal, reviewed by somebody else than who decided")
    )
    finding = Finding.objects.get(seller_ref=SELLERS["silent"]).pk
    story.findings.append(finding)
    due = enforcement.ask_view(story.agent("2026-12-02T14:00", ASKS), finding=finding)
    story.note(_case(finding), due)
    said = Text("「入院していました」と意見を述べる", "gives its view: was in hospital")
    enforcement.state_view(
        story.seller("2026-12-03T10:00", "silent", said),
        finding=finding,
        said=IN_HOSPITAL,
    )
    measure = decide(story, finding, "2026-12-03T14:00")
    said = Text("「入院の証明書があります」と異議を申し出る", "appeals: has a certificate of the hospital")
    appeal = enforcement.appeal(
        story.seller("2026-12-04T10:00", "silent", said), measure=measure, said="入院の証明書があります。"
    )
    said = Text(
        "はじめの決定に関わらない者として見直し、点数を取り消す", "reviews it, and takes the points away"
    )
    hand = story.do("2026-12-04T15:00", COUNSEL, Role.COUNSEL, said)
    enforcement.take_appeal(hand, appeal=appeal)
    enforcement.decide_appeal(
        hand, appeal=appeal, outcome=AppealState.GRANTED, said="入院の証明書を確かめました。"
    )
    story.jump(story.now)


def _asked_for_clearance(story: Course) -> None:
    """Let the marketplace ask whether the listing may be on offer, and tell what the house answers."""
    found = market.clearance(SELLERS["unsolved"], at=story.now, listing=WRONG_LISTING)
    if found is None or found.may_offer(WRONG_LISTING):
        told = Text("出品の可否：この商品は掲載できる", "clearance: this listing may be on offer")
    else:
        why = next(one.text for one in found.hindrances if one.listing == WRONG_LISTING)
        told = Text(f"出品の可否：掲載できない。{why.ja}", f"clearance: it may not be on offer. {why.en}")
    story.teller.house(story.now, told)


def _case(finding: int) -> Text:
    number = cases.case_of(f"enforcement.finding:{finding}").number
    return Text(f"受付番号 {number}", f"case {number}")


def decide(story: Course, finding: int, when: str) -> int:
    """Decide what the policy answers, and return the measure."""
    answer = judge(Finding.objects.get(pk=finding), moment(when)).answer
    said = said_answer(answer)
    told = Text(
        f"基準の答え（行 {answer.row}：{said.ja}）のとおりに決める",
        f"decides as the policy answers (row {answer.row}: {said.en})",
    )
    hand = story.lead(when, told)
    wish = Wish(
        measure=answer.measure,
        days=answer.days,
        reason="基準のとおり",
        beside=answer.beside,
        beside_days=answer.beside_days,
    )
    measure = enforcement.decide(hand, finding=finding, wish=wish)
    story.jump(story.now)
    return measure
