"""What is done about announcements, as data: written, grounded, proposed, sent back, published, corrected, withdrawn."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from mamori.grammar.hand import STAFF, Hand
from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision
from mamori.law.news import Topic
from mamori.rooms.outreach import actions
from mamori.rooms.outreach.actions.announcement import Ungrounded
from mamori.rooms.outreach.decisions.campaigns import LEADS
from mamori.rooms.outreach.queries.announcements import AnnouncementShown
from mamori.rooms.outreach.rules.claims import GroundedClaim

WRITTEN = Text("書き留めました。まだ公開していません。", "It is written down. Nobody reads it yet.")


def _write(
    hand: Hand, *, announcement: int = 0, topic: Topic, version: int | None = None, **words: Any
) -> None:
    said = actions.AnnouncementWords(topic=topic, **words)
    actions.write_announcement(hand, announcement=announcement, words=said, version=version)


def _ground(hand: Hand, *, announcement: int, version: int | None = None, **claim: Any) -> None:
    actions.ground_claim(hand, announcement=announcement, claim=GroundedClaim(**claim), version=version)


def _why_not_proposed(page: AnnouncementShown) -> Text | None:
    if not page.ungrounded:
        return None
    each = [Text("「{said}」", "“{said}”").fill(said=one.said) for one in page.ungrounded]
    return Ungrounded.text.fill(words=Text.listed(each))


WRITE: Decision[None] = Decision(
    slug="write",
    title=Text("ニュースを書く", "Write an announcement"),
    lead=Text(
        "書いただけでは公開されません。別の責任者か法務担当が確かめて公開します。",
        "What is written is not published: another lead or counsel looks at it and publishes it.",
    ),
    button=Text("書き留める", "Keep it"),
    done={"write_announcement": WRITTEN},
    verb=_write,
    key="",
    roles=tuple(STAFF),
    is_there=lambda page: True,
)
WRITE_ARTICLE = replace(WRITE, title=Text("ヘルプの記事を書く", "Write an article of the help"))
REWRITE: Decision[AnnouncementShown] = Decision(
    slug="rewrite",
    title=Text("書き直す", "Rewrite it"),
    lead=None,
    button=Text("書き留める", "Keep it"),
    done={"write_announcement": WRITTEN},
    verb=_write,
    key="announcement",
    roles=tuple(STAFF),
    is_there=lambda page: page.is_writing,
)
GROUND: Decision[AnnouncementShown] = Decision(
    slug="ground",
    title=Text("言葉の根拠を書く", "Give words their ground"),
    lead=Text(
        "数・割合・「業界初」「必ず」などの言葉には、何を数えたか、いつの時点か、何が裏付けるかを書きます。だれでも読めます。",
        "A number, a share, or words such as “first” or “always” are said with what was counted, as of when, and what proves "
        "it. Everybody reads that.",
    ),
    button=Text("根拠を書き留める", "Keep the ground"),
    done={"ground_claim": Text("根拠を書き留めました。", "The ground is kept.")},
    verb=_ground,
    key="announcement",
    roles=tuple(STAFF),
    is_there=lambda page: page.is_writing,
)
PROPOSE: Decision[AnnouncementShown] = Decision(
    slug="propose",
    title=Text("公開を提案する", "Propose to publish it"),
    lead=Text(
        "書いた人とは別の責任者か法務担当が読み、公開するか、書き直しに戻します。",
        "A lead or counsel who did not write it reads it, and publishes it or sends it back.",
    ),
    button=Text("提案する", "Propose it"),
    done={"propose_announcement": Text("提案しました。", "It is proposed.")},
    verb=actions.propose_announcement,
    key="announcement",
    roles=tuple(STAFF),
    is_there=lambda page: page.may("propose"),
    closed=_why_not_proposed,
)
SEND_BACK: Decision[AnnouncementShown] = Decision(
    slug="back",
    title=Text("書き直しに戻す", "Send it back"),
    lead=None,
    button=Text("戻す", "Send it back"),
    done={"send_back_announcement": Text("戻しました。", "It was sent back.")},
    verb=actions.send_back_announcement,
    key="announcement",
    roles=tuple(STAFF),
    is_there=lambda page: page.may("send_back"),
)
PUBLISH: Decision[AnnouncementShown] = Decision(
    slug="publish",
    title=Text("公開する", "Publish it"),
    lead=Text(
        "だれでも読めるようになります。公開した言葉は書き換えられず、訂正は新しい版として並びます。言葉のどれにも根拠があり、"
        "根拠のとおりかを確かめてください。",
        "Everybody will read it. What is published is never rewritten: a correction stands beside it as a new version. Please "
        "see that each promise has its ground and is no more than that.",
    ),
    button=Text("確かめて公開する", "I have looked at it: publish"),
    done={"publish_announcement": Text("公開しました。", "It is published.")},
    verb=actions.publish_announcement,
    key="announcement",
    roles=LEADS,
    is_there=lambda page: page.may("publish"),
    step_up=True,
)
CORRECT: Decision[AnnouncementShown] = Decision(
    slug="correct",
    title=Text("訂正する", "Correct it"),
    lead=Text(
        "いまの言葉から、訂正した版を書き始めます。公開するまで、いまの版がそのまま読まれます。",
        "A corrected version is begun from these words. Until it is published this one is read.",
    ),
    button=Text("訂正を書き始める", "Begin a correction"),
    done={"correct_announcement": WRITTEN},
    verb=actions.correct_announcement,
    key="announcement",
    roles=tuple(STAFF),
    is_there=lambda page: page.is_public,
)
WITHDRAW: Decision[AnnouncementShown] = Decision(
    slug="withdraw",
    title=Text("取り下げる", "Withdraw it"),
    lead=Text(
        "すぐに本文を読めなくします。題と、取り下げた日と理由は残ります。",
        "The text goes from the public at once. Its title stays, with the day and the reason.",
    ),
    button=Text("取り下げる", "Withdraw it"),
    done={"withdraw_announcement": Text("取り下げました。", "It is withdrawn.")},
    verb=actions.withdraw_announcement,
    key="announcement",
    roles=LEADS,
    is_there=lambda page: page.may("withdraw"),
    tone="grave",
)
DROP: Decision[AnnouncementShown] = Decision(
    slug="drop",
    title=Text("公開せずにやめる", "Give it up"),
    lead=None,
    button=Text("やめる", "Give it up"),
    done={"drop_announcement": Text("やめました。", "It was given up.")},
    verb=actions.drop_announcement,
    key="announcement",
    roles=tuple(STAFF),
    is_there=lambda page: page.may("drop"),
)
OF_ANNOUNCEMENT = (REWRITE, GROUND, PROPOSE, PUBLISH, SEND_BACK, CORRECT, WITHDRAW, DROP)
