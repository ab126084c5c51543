"""Scenes of what everybody is told: two people publish the half-year, and a text is listed at JOMC beside the own page."""

from __future__ import annotations

from mamori.grammar.hand import Role
from mamori.grammar.text import Text
from mamori.japan.calendar import JAPAN
from mamori.rooms.disclosure import actions, tasks
from mamori.rooms.disclosure.queries import editions, jomc
from mamori.site.demo.cast import COUNSEL
from mamori.site.demo.course import Course
from mamori.site.demo.days import half, moment

LISTED_AT = "https://onlinemarketplace.jp/sample/"


def half_year(story: Course) -> None:
    """Play an edition: drafted by one, released by another."""
    story.teller.scene(Text("取組みと実績を公表する", "What is done is published"))
    story.now = moment("2027-02-01T09:00")
    story.jump(story.now)
    months = 0
    while tasks.count_months(story.now):
        months += 1
    counted = Text(
        f"数え終わる日を過ぎた{months}か月を数えた", f"{months} months are settled, and were counted"
    )
    story.teller.house(story.now, counted)
    said = Text("終わった半期の公表版を作る", "drafts the half-year that is over")
    number = actions.draft_edition(story.lead("2027-02-01T10:05", said), half=str(half()))
    said = Text("別の人として確かめ、公表する", "looks at it, as another person, and releases it")
    actions.release_edition(story.do("2027-02-01T15:00", COUNSEL, Role.COUNSEL, said), edition=number)
    for one in editions.published():
        said = Text(f"要約値 {one.digest[:16]}… を記録した", f"digest {one.digest[:16]}… was recorded")
        story.teller.house(story.now, said)
    story.jump(story.now)


def at_jomc(story: Course) -> None:
    """Play the page of JOMC: the text is sent by a person, listed at an address that is taken, and stands beside one's own."""
    story.teller.scene(Text("JOMCのページ", "The page of JOMC"))
    hand = story.lead(
        "2027-02-02T12:00",
        Text("文を読み、JOMCに送ったと記録する", "reads the text and records that it was sent"),
    )
    number = actions.send_jomc(hand, digest=jomc.text_now(hand.at).digest)
    on = hand.at.astimezone(JAPAN).date()
    said = Text("載ったページと日を記録する", "records the page on which it is listed, and the day")
    hand = story.lead("2027-02-02T12:10", said)
    actions.list_jomc(hand, entry=number, address=LISTED_AT, changed_on=on)
    story.jump(story.now)
