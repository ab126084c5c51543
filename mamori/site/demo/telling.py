"""Three scenes: sellers are told of the law, everybody of what is done; the police ask, and get what their ground lets."""

from __future__ import annotations

from mamori.grammar.hand import Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.law.inquiries import InquiryKind
from mamori.law.kept import HeldKind
from mamori.law.news import NewsTopic
from mamori.law.outreach import Audience, CampaignCode
from mamori.rooms.disclosure import actions as disclosure
from mamori.rooms.disclosure.queries import inquiries
from mamori.rooms.disclosure.rules.inquiries import InquiryPaper
from mamori.rooms.outreach import actions as outreach
from mamori.rooms.outreach.queries import campaigns
from mamori.rooms.outreach.queries.announcements import news
from mamori.rooms.outreach.rules.claims import GroundedClaim
from mamori.site.demo.cast import COUNSEL, SELLERS
from mamori.site.demo.course import Course
from mamori.site.demo.days import moment


def sellers_told(story: Course) -> int:
    """Play a campaign: counted before it goes out, told once to each business, and one seller's word on it.

    Return how many were told.
    """
    story.teller.scene(Text("出品者への一斉案内", "Sellers are told"))
    story.now = moment("2026-12-16T09:00")
    called = story.call_businesses(story.now, SELLERS.values())
    what = Text(
        f"通販サイト：{called}者を事業者と伝える", f"the marketplace calls {called} sellers businesses"
    )
    story.teller.person(story.now, what)
    said = Text("「情報の開示請求」の案内を下書きする", "drafts what sellers are told of such requests")
    hand = story.lead("2026-12-16T10:00", said)
    number = outreach.draft_campaign(hand, campaign=0, code=CampaignCode.ARTICLE5, audience=Audience.ALL)
    story.jump(story.now)
    hand = story.lead("2026-12-16T11:00", Text("届く人と文面を確かめて始める", "looks at it and starts"))
    outreach.start_campaign(hand, campaign=number, reason="施行後の周知のため。")
    story.jump(story.now)
    told = campaigns.figures(number).told
    story.teller.house(story.now, Text(f"事業者{told}者に知らせた", f"{told} businesses were told"))
    for one in campaigns.told_to(SELLERS["solved"]):
        said = Text("読んで、表示を確かめたと知らせる", "says that it read it and checked its display")
        outreach.acknowledge(story.seller("2026-12-17T10:00", "solved", said), told=one.number)
    story.jump(story.now)
    return told


def everybody_told(story: Course, told: int) -> None:
    """Play an announcement: written by an agent, its number grounded, published by a lead, and read."""
    story.teller.scene(Text("お知らせ", "Everybody is told"))
    words = outreach.AnnouncementWords(
        topic=NewsTopic.TRADE,
        title="出品者に、表示の見直しをお願いしました",
        title_en="We asked sellers to look through what they display",
        body=f"登録の情報が開示されうることを事業者の出品者{told}社に知らせ、法律による表示の見直しをお願いしました。",
        body_en="Sellers that are businesses were asked to look through what the law has them display.",
    )
    hand = story.agent("2026-12-17T10:10", Text("お知らせを書く", "writes an announcement"))
    number = outreach.write_announcement(hand, announcement=0, words=words)
    try:
        outreach.propose_announcement(hand, announcement=number)
    except Refusal as refusal:
        story.teller.house(story.now, refusal.sentence)
    counted = GroundedClaim(
        said=f"{told}社", means="案内を届けた事業者の数", on=story.now.date(), evidence="一斉案内の記録"
    )
    hand = story.agent(
        "2026-12-17T10:20", Text("数の根拠を書き、公開を提案する", "grounds its number and proposes it")
    )
    outreach.ground_claim(hand, announcement=number, claim=counted)
    outreach.propose_announcement(hand, announcement=number)
    said = Text("書いた人とは別の責任者が読み、公開する", "who did not write it reads it and publishes it")
    outreach.publish_announcement(story.lead("2026-12-17T10:40", said), announcement=number)
    [shown] = news(limit=1)
    story.teller.house(story.now, Text(f"「{shown.title.ja}」を公開した", f"“{shown.title.en}” is published"))


def police_ask(story: Course) -> None:
    """Play an inquiry of the police that asks for words too: the words are not proposed, the rest two people decide."""
    story.teller.scene(Text("警察からの照会", "The police ask"))
    said = Text(
        "捜査関係事項照会を記録する：登録の情報と、やり取りの文面",
        "enters an inquiry of the police: what is registered, and words",
    )
    hand = story.lead("2026-12-17T11:00", said)
    paper = InquiryPaper(
        kind=InquiryKind.POLICE,
        by="見本警察署",
        paper="第12号",
        scope="登録の情報と、やり取りの文面",
        asked=(HeldKind.REGISTERED, HeldKind.MESSAGES),
        parties=(f"seller:{SELLERS['silent']}",),
    )
    number = disclosure.enter_inquiry(hand, told=paper)
    try:
        disclosure.offer_inquiry(hand, inquiry=number, items=paper.asked, reason="照会のとおり。")
    except Refusal as refusal:
        story.teller.house(story.now, refusal.sentence)
    disclosure.offer_inquiry(hand, inquiry=number, items=[HeldKind.REGISTERED], reason="照会の範囲。")
    said = Text("別の人として同意する", "agrees, as another person")
    disclosure.agree_inquiry(story.do("2026-12-17T15:00", COUNSEL, Role.COUNSEL, said), inquiry=number)
    for sentence in inquiries.inquiry_of(hand, number).answer:
        story.teller.house(story.now, sentence)
    story.jump(story.now)
    said = Text("渡したと記録する", "notes that it was handed over")
    disclosure.hand_over_inquiry(
        story.lead("2026-12-18T10:00", said), inquiry=number, reason="書留で送った。"
    )
