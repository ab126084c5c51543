"""A scene of a buyer who claims its money and asks who the seller is: weighed on evidence, the seller heard, decided by two."""

from __future__ import annotations

from mamori.grammar.hand import Hand, Role
from mamori.grammar.text import Text
from mamori.ground.market import facts as market
from mamori.law.article5 import Element, SellerItem
from mamori.rooms.disclosure import actions
from mamori.rooms.disclosure.queries import requests
from mamori.rooms.disclosure.rules.elements import EvidenceKind
from mamori.rooms.disclosure.rules.facts import BoughtAs, ClaimKind, NeedFor
from mamori.rooms.disclosure.rules.weighing import Weighed
from mamori.site.demo.cast import CLAIMED, COUNSEL
from mamori.site.demo.course import Course

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
    hand = story.do("2026-12-08T10:00", f"buyer:{order.buyer_ref}", Role.BUYER, said)
    number = asks(hand, order.ref, order.amount)
    story.requests.append(number)
    actions.begin_request(
        story.agent("2026-12-08T15:00", Text("要件を確かめ始める", "begins to look at it")), request=number
    )
    _weigh(story, number)
    hand = story.do("2026-12-09T10:30", COUNSEL, Role.COUNSEL, Text("出品者の意見を聴く", "hears the seller"))
    actions.ask_view(hand, request=number)
    told = requests.request_of(hand, number).told
    story.teller.house(
        story.now, Text(f"出品者に知らせたのはこれだけ：{told.ja}", f"all it is told: {told.en}")
    )
    said = Text("「発送の準備中です」と意見を述べる", "states its view: “we are about to send it”")
    hand = story.do("2026-12-11T09:00", f"seller:{order.seller_ref}", Role.SELLER, said)
    actions.state_view(hand, request=number, agrees=False, said=said.ja)
    _decide(story, number)
    hand = story.do(
        "2026-12-15T20:00",
        f"buyer:{order.buyer_ref}",
        Role.BUYER,
        Text("開示された内容を開く（記録される）", "opens what was disclosed (recorded)"),
    )
    for item, value in actions.receive(hand, request=number).items():
        shown = value.replace("\n", " ")
        story.teller.house(story.now, Text(f"{item.text.ja}：{shown}", f"{item.text.en}: {shown}"))
    story.jump(story.now)


def asks(hand: Hand, order: str, price: int) -> int:
    """Let a buyer whose goods did not come ask for the seller's name and address, to sue."""
    return actions.ask_information(
        hand,
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


def weigh_business(hand: Hand, number: int) -> None:
    """Let counsel weigh on what is known of it that the seller was a business then."""
    actions.weigh(
        hand,
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
    hand = story.do("2026-12-09T10:00", COUNSEL, Role.COUNSEL, said)
    weigh_business(hand, number)


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
    hand = story.do("2026-12-14T10:00", COUNSEL, Role.COUNSEL, Text("開示を提案する", "proposes to disclose"))
    actions.propose_disclosure(
        hand,
        request=number,
        reason="要件を満たす。発送の意見は権利の有無を変えない。",
    )
    hand = story.lead("2026-12-15T10:00", Text("別の人として同意する", "agrees, as another person"))
    actions.agree_request(hand, request=number)
