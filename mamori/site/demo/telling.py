"""Two scenes: sellers are told of the law, everybody of what is done."""

from __future__ import annotations

from mamori.grammar.text import Text
from mamori.law.news import NewsTopic
from mamori.law.outreach import Audience, CampaignCode
from mamori.rooms.outreach import actions as outreach
from mamori.rooms.outreach.queries import campaigns
from mamori.rooms.outreach.queries.announcements import news
from mamori.rooms.outreach.rules.claims import GroundedClaim
from mamori.site.demo.cast import SELLERS
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
    story.teller.scene(Text("ニュース", "Everybody is told"))
    words = outreach.AnnouncementWords(
        topic=NewsTopic.TRADE,
        title="出品者に、表示の見直しをお願いしました",
        title_en="We asked sellers to look through what they display",
        body=f"登録の情報が開示されうることを事業者の出品者{told}社に知らせ、法律による表示の見直しをお願いしました。",
        body_en="Sellers that are businesses were asked to look through what the law has them display.",
    )
    hand = story.agent("2026-12-17T10:10", Text("ニュースを書く", "writes an announcement"))
    number = outreach.write_announcement(hand, announcement=0, words=words)
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
