"""Scenes of what everybody is told: two people publish the half-year, and a text stands at JOMC beside the own page."""

from __future__ import annotations

from mamori.grammar.hand import Role
from mamori.grammar.text import Text
from mamori.rooms.disclosure import actions, tasks
from mamori.rooms.disclosure.queries import editions, jomc
from mamori.rooms.disclosure.rules.handbook import digest as digest_of
from mamori.rooms.disclosure.rules.jomc import JomcFound
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
    """Play the page of JOMC: somebody sent the text there, looks at the page, and records that it says the same."""
    story.teller.scene(Text("JOMCのページ", "The page of JOMC"))
    said = Text(
        "JOMCのページを開き、いまの文と同じだと記録する",
        "opens the page of JOMC, and records that it says the same",
    )
    hand = story.lead("2027-02-02T12:00", said)
    digest = digest_of((jomc.text_now(hand.at),))
    actions.look_at_jomc(hand, address=LISTED_AT, found=JomcFound.SAME, digest=digest)
    story.jump(story.now)
