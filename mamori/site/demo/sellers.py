"""The scenes about sellers: what they show, what is done when it is wrong, and who asks for their details."""

from __future__ import annotations

from mamori.grammar.actor import Actor, Role
from mamori.grammar.measure import Reach, Severity
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.clocks import facts as clocks
from mamori.ground.market import facts as market
from mamori.law.article5 import Element, SellerItem
from mamori.law.breaches import DISPLAY_MISSING
from mamori.law.deadlines import DISPLAY_MENDING
from mamori.law.display import DisplayItem, Trait
from mamori.rooms.disclosure import queries
from mamori.rooms.disclosure.actions import asking, deciding as actions
from mamori.rooms.disclosure.rules.asked import BoughtAs, ClaimKind, NeedFor
from mamori.rooms.disclosure.rules.deciding import Weighed
from mamori.rooms.disclosure.rules.elements import EvidenceKind
from mamori.rooms.display import facts
from mamori.rooms.display.actions import displays
from mamori.rooms.display.proofs import actions as proofs
from mamori.rooms.display.proofs.queries import proof_shown
from mamori.rooms.display.proofs.rules import CallHours, ProofCall, ProofChannel, proof_name
from mamori.rooms.display.requests import actions as requests
from mamori.rooms.display.requests.queries import of_buyer
from mamori.rooms.display.rules.told import ShownDisplay, ShownItem
from mamori.rooms.enforcement.appeals import actions as appeals
from mamori.rooms.enforcement.findings import actions as findings
from mamori.rooms.enforcement.findings.matter import Subject
from mamori.rooms.enforcement.lifecycle import AppealState
from mamori.rooms.enforcement.measures.actions import deciding, standing
from mamori.rooms.enforcement.measures.actions.deciding import Wish
from mamori.rooms.enforcement.models import Finding
from mamori.rooms.enforcement.policy.records import judge
from mamori.rooms.enforcement.policy.rules.judging import said_answer
from mamori.rooms.enforcement.rules.bounds import Source
from mamori.site.demo.course import Course, moment
from mamori.site.demo.guests import CLAIMED, COUNSEL, SELLERS, WRONG_LISTING

# A scene of what a seller has to show: written, looked at, put right in time, and kept as the buyer saw it.


SHOWN = {
    DisplayItem.NAME: "株式会社こもれび電器",
    DisplayItem.PHONE: "000-0000-0000",
    DisplayItem.PRICE: "各商品のページに税込で表示します。",
    DisplayItem.SHIPPING: "全国一律 800円",
    DisplayItem.PAYMENT_METHOD: "クレジットカード",
    DisplayItem.PAYMENT_TIME: "ご注文時にお支払いいただきます。",
    DisplayItem.DELIVERY: "ご注文から3営業日以内に発送します。",
    DisplayItem.RETURNS: "商品到着後8日以内にご連絡のうえ、お客様の送料負担で返品できます。",
}
ADDRESS = ShownItem(item=DisplayItem.ADDRESS, on_request=True)
PHONE = "03-0581-5438"


def shown(story: Course) -> None:
    """Play a display with a telephone that is none: told to its seller, put right, both versions kept."""
    story.teller.scene(Text("特定商取引法に基づく表示", "What the law asks a seller to show"))
    said = Text(
        "表示を書く（電話番号は 000-0000-0000、住所は請求されたら知らせる）",
        "writes its display, with 000-0000-0000 for a telephone and its address on request",
    )
    _write(story, "2026-12-04T16:00", said, SHOWN)
    _found(story)
    said = Text("電話番号を直す", "puts the telephone right")
    _write(story, "2026-12-07T10:00", said, SHOWN | {DisplayItem.PHONE: PHONE})
    _found(story)
    found = facts.shown(SELLERS["solved"])
    if found is not None:
        kept = Text(
            f"表示は第{found.version}版。前の版も、注文した人が見たとおりに残る",
            f"version {found.version} is shown; the one before is kept as buyers saw it",
        )
        story.teller.house(story.now, kept)
    _prove(story)
    _give(story)
    story.jump(story.now)


def _prove(story: Course) -> None:
    """Let the seller be called at the number that it shows, and read the code out that its page shows."""
    proof = proof_name(ProofChannel.PHONE, SELLERS["solved"])
    actor = story.seller(
        "2026-12-07T11:00",
        "solved",
        Text("電話での確認を頼む（平日12時から15時）", "asks to be called, weekdays from 12:00 to 15:00"),
    )
    proofs.offer_call(actor, proof=proof, hours=CallHours.NOON)
    page = proof_shown(ProofChannel.PHONE, SELLERS["solved"], at=actor.at)
    agent = story.agent(
        "2026-12-07T12:30",
        Text(
            "表示の番号にかけ、出品者が読み上げた確認コードを入れる",
            "calls the number shown and enters the code that is read out",
        ),
    )
    proofs.record_proof_call(agent, proof=proof, outcome=ProofCall.CODE, code=page.call_code if page else "")
    for one in facts.proven(SELLERS["solved"]):
        said = one.channel.text
        story.teller.house(
            story.now,
            Text(
                f"連絡先確認 {one.at:%Y-%m-%d}（{said.ja}）が表示に出る",
                f"“contact proved {one.at:%Y-%m-%d}” ({said.en}) stands in the display",
            ),
        )


def _give(story: Course) -> None:
    """Let a buyer ask for the address that the display leaves out, and have it at once, as it is registered."""
    said = Text("省略された住所を請求する", "asks for the address that is left out")
    actor = story.buyer("2026-12-07T13:00", "solved", said)
    requests.ask_items(actor, seller_ref=SELLERS["solved"], items=(DisplayItem.ADDRESS,))
    [asked, *_] = of_buyer(actor.whose.removeprefix("buyer:"))
    for title, words in asked.rows:
        given = Text(
            f"登録から、その購入者だけに知らせる。{title.ja}：{words}",
            f"given from the registration, to that buyer alone. {title.en}: {words}",
        )
        story.teller.house(story.now, given)


def _write(story: Course, when: str, said: Text, words: dict[DisplayItem, str]) -> None:
    actor = story.seller(when, "solved", said)
    items = (*(ShownItem(item=item, said=value) for item, value in words.items()), ADDRESS)
    traits = (Trait.SENDS, Trait.PREPAID, Trait.ALL_CHARGES_SHOWN)
    displays.write_display(actor, seller_ref=SELLERS["solved"], told=ShownDisplay(traits=traits, items=items))


def _found(story: Course) -> None:
    """Tell what the house found, and by when it is to be put right."""
    wrong = facts.display(SELLERS["solved"]).items_text
    if wrong is None:
        story.teller.house(story.now, Text("表示はそろっている", "the display is complete"))
        return
    running = clocks.open_clocks(f"display.display:{SELLERS['solved']}")
    due = next(clock.due_at for clock in running if clock.kind == DISPLAY_MENDING.code)
    story.note(Text(f"表示に直すところ：{wrong.ja}", f"to be put right in the display: {wrong.en}"), due)


# Two scenes of the other duty: a breach put right and its measure lifted, and a decision that another person reverses.


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
    due = findings.ask_view(story.agent("2026-11-30T11:05", ASKS), finding=finding)
    story.note(_case(finding), due)
    said = Text("「準備中でした」と意見を述べる", "gives its view: they were being written")
    findings.state_view(
        story.seller("2026-12-01T10:00", "unsolved", said),
        finding=finding,
        said=PREPARING,
    )
    decide(story, finding, "2026-12-01T15:00")
    story.told_by_market("2026-12-01T17:00")
    _asked_for_clearance(story)
    told = Text("返品の条件を表示し、直したと知らせる", "shows the terms of return, and says so")
    standing.say_cured(story.seller("2026-12-02T10:00", "unsolved", told), finding=finding)
    told = Text(
        "直ったことを確かめる（措置は解除される）", "sees that it is put right: the measure is lifted"
    )
    standing.note_cured(story.agent("2026-12-02T11:00", told), finding=finding, reason="表示を確かめた")
    story.jump(story.now)
    story.told_by_market("2026-12-02T13:00")
    _asked_for_clearance(story)


def found(actor: Actor, seller: str, listing: str) -> int:
    """Find that a listing lacks its terms of return."""
    return findings.find(
        actor,
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
    due = findings.ask_view(story.agent("2026-12-02T14:00", ASKS), finding=finding)
    story.note(_case(finding), due)
    said = Text("「入院していました」と意見を述べる", "gives its view: was in hospital")
    findings.state_view(
        story.seller("2026-12-03T10:00", "silent", said),
        finding=finding,
        said=IN_HOSPITAL,
    )
    measure = decide(story, finding, "2026-12-03T14:00")
    said = Text("「入院の証明書があります」と異議を申し出る", "appeals: has a certificate of the hospital")
    appeal = appeals.appeal(
        story.seller("2026-12-04T10:00", "silent", said), measure=measure, said="入院の証明書があります。"
    )
    said = Text(
        "はじめの決定に関わらない者として見直し、点数を取り消す", "reviews it, and takes the points away"
    )
    actor = story.do("2026-12-04T15:00", COUNSEL, Role.COUNSEL, said)
    appeals.take_appeal(actor, appeal=appeal)
    appeals.decide_appeal(
        actor, appeal=appeal, outcome=AppealState.GRANTED, said="入院の証明書を確かめました。"
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
    actor = story.lead(when, told)
    wish = Wish(
        measure=answer.measure,
        days=answer.days,
        reason="基準のとおり",
        beside=answer.beside,
        beside_days=answer.beside_days,
    )
    measure = deciding.decide(actor, finding=finding, wish=wish)
    story.jump(story.now)
    return measure


# A scene of a buyer who claims its money and asks who the seller is: weighed on evidence, the seller heard, decided by two.


WHY = Text(
    "品物が届かず返金もないため、少額訴訟を起こします。",
    "Nothing came and nothing was returned: I am going to the small claims court.",
)


def asked(story: Course) -> None:
    """Play a request that is weighed, on which the seller is heard, and that two people decide."""
    order = market.order(CLAIMED)
    assert order is not None
    story.teller.scene(Text("出品者の情報の開示請求", "Who the seller is"))
    said = Text(
        f"{order.amount:,}円の返金を求め、出品者の名前と住所の開示を請求する",
        f"claims {order.amount:,} yen back and asks for the seller's name and address",
    )
    actor = story.do("2026-12-08T10:00", f"buyer:{order.buyer_ref}", Role.BUYER, said)
    number = asks(actor, order.ref, order.amount)
    story.requests.append(number)
    actions.begin_request(
        story.agent("2026-12-08T15:00", Text("要件を確かめ始める", "begins to look at it")), request=number
    )
    _weigh(story, number)
    actor = story.do(
        "2026-12-09T10:30", COUNSEL, Role.COUNSEL, Text("出品者の意見を聴く", "hears the seller")
    )
    actions.ask_view(actor, request=number)
    told = queries.request_of(actor, number).told
    story.teller.house(
        story.now, Text(f"出品者に知らせたのはこれだけ：{told.ja}", f"all it is told: {told.en}")
    )
    said = Text("「発送の準備中です」と意見を述べる", "states its view: “we are about to send it”")
    actor = story.do("2026-12-11T09:00", f"seller:{order.seller_ref}", Role.SELLER, said)
    actions.state_view(actor, request=number, agrees=False, said=said.ja)
    _decide(story, number)
    actor = story.do(
        "2026-12-15T20:00",
        f"buyer:{order.buyer_ref}",
        Role.BUYER,
        Text("開示された内容を開く（記録される）", "opens what was disclosed (recorded)"),
    )
    for item, value in actions.receive(actor, request=number).items():
        shown = value.replace("\n", " ")
        story.teller.house(story.now, Text(f"{item.text.ja}：{shown}", f"{item.text.en}: {shown}"))
    story.jump(story.now)


def asks(actor: Actor, order: str, price: int) -> int:
    """Let a buyer whose goods did not come ask for the seller's name and address, to sue."""
    return asking.ask_information(
        actor,
        order=order,
        bought_as=BoughtAs.CONSUMER,
        claim=ClaimKind.NOT_DELIVERED,
        price=price,
        other=0,
        other_what="",
        need=NeedFor.SUIT,
        why=WHY.ja,
        items=(SellerItem.NAME, SellerItem.ADDRESS),
        pledge=True,
    )


def weigh_business(actor: Actor, number: int) -> None:
    """Let counsel weigh on what is known of it that the seller was a business then."""
    actions.weigh(
        actor,
        request=number,
        element=Element.COUNTERPARTY,
        verdict=Weighed.MET,
        evidence=EvidenceKind.STANDING,
        reason="屋号で登録し、同じ新品を続けて売っている。",
    )


def _weigh(story: Course, number: int) -> None:
    """Let counsel weigh what no rule decides, on evidence that is named."""
    said = Text(
        "契約の時に事業者だったかを、登録と出品で判断する",
        "weighs by registration and listings whether it was a business then",
    )
    actor = story.do("2026-12-09T10:00", COUNSEL, Role.COUNSEL, said)
    weigh_business(actor, number)


def _decide(story: Course, number: int) -> None:
    """Let counsel weigh the view and propose, and a lead agree."""
    said = Text("意見を読み、目的に問題がないと判断する", "reads the view and weighs the purpose")
    actions.weigh(
        story.do("2026-12-14T09:30", COUNSEL, Role.COUNSEL, said),
        request=number,
        element=Element.PURPOSE,
        verdict=Weighed.MET,
        evidence=EvidenceKind.VIEW,
        reason="発送の意見は、権利の有無を変えない。",
    )
    actor = story.do(
        "2026-12-14T10:00", COUNSEL, Role.COUNSEL, Text("開示を提案する", "proposes to disclose")
    )
    actions.propose_disclosure(
        actor,
        request=number,
        reason="要件を満たす。発送の意見は権利の有無を変えない。",
    )
    actor = story.lead("2026-12-15T10:00", Text("別の人として同意する", "agrees, as another person"))
    actions.agree_request(actor, request=number)
