"""A scene: an article of the help begins from a text on minors, another person publishes it, and a reader says that it helped."""

from __future__ import annotations

from mamori.grammar.hand import Hand, Role
from mamori.grammar.helppage import HelpFor
from mamori.grammar.text import Text
from mamori.law.help import HelpfulWord
from mamori.law.lessons import MINORS
from mamori.rooms.outreach import actions as outreach
from mamori.rooms.outreach.queries import help as helped
from mamori.site.demo.course import Course


def help_written(story: Course) -> None:
    """Play an article: begun by an agent, published by another, and said to help."""
    story.teller.scene(Text("ヘルプ", "The help"))
    words = outreach.AnnouncementWords(
        topic=HelpFor.BUYERS,
        title=MINORS.title.ja,
        title_en=MINORS.title.en,
        body=MINORS.body.ja,
        body_en=MINORS.body.en,
    )
    said = Text(
        "消費者教育の文から、記事を書き始める", "begins an article from a text for consumers' education"
    )
    hand = story.agent("2026-12-17T10:45", said)
    number = outreach.write_announcement(hand, announcement=0, words=words)
    outreach.propose_announcement(hand, announcement=number)
    said = Text("書いた人とは別の責任者が読み、公開する", "who did not write it reads it and publishes it")
    outreach.publish_announcement(story.lead("2026-12-17T10:50", said), announcement=number)
    reader = Hand(by="anonymous", role=Role.ANONYMOUS, at=story.now, via="demo")
    outreach.say_helpful(
        reader, of=outreach.HelpVersion(f"{helped.ARTICLES}{number}", "1"), said=HelpfulWord.YES
    )
