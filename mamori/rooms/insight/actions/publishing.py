"""A lead or counsel lets everybody read an improvement, in words that were written for that, and may withdraw it."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from mamori.grammar.hand import HEADS, Hand
from mamori.grammar.statechart import StepNotYours
from mamori.grammar.text import Text
from mamori.ground.matters.performance import perform
from mamori.law.gate import tells_few
from mamori.rooms.insight.actions.matter import (
    IMPROVEMENTS,
    BothLanguages,
    NothingToRead,
    NotPublic,
    WordsTellFew,
)
from mamori.rooms.insight.inputs import WhyWithdrawn
from mamori.rooms.insight.lifecycle import TO_BE_READ

PUBLISHING = Text("改善を公開する、公開をやめる", "publish or withdraw an improvement")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImprovementWords:
    """What everybody reads of an improvement, in both languages; what came of it may be left out of both."""

    seen: str
    seen_en: str
    changed: str
    changed_en: str
    came: str = ""
    came_en: str = ""


def publish_improvement(
    hand: Hand, *, improvement: int, words: ImprovementWords, version: int | None = None
) -> None:
    """Let everybody read it, or read it in other words: what was seen, what was changed, and what is counted before and after."""
    with perform(hand, IMPROVEMENTS, improvement, version=version) as act:
        _must_lead(hand)
        row = act.matter
        if row.state not in TO_BE_READ:
            raise NothingToRead
        if bool(words.came) is not bool(words.came_en):
            raise BothLanguages
        if any(map(tells_few, asdict(words).values())):
            raise WordsTellFew
        row.told, row.published_at = asdict(words), row.published_at or hand.at
        act.save("told", "published_at")
        act.record("publish", words=row.told)


def withdraw_improvement(
    hand: Hand, *, improvement: int, reason: WhyWithdrawn, version: int | None = None
) -> None:
    """Take it from the public; what was read stays in the record."""
    with perform(hand, IMPROVEMENTS, improvement, version=version) as act:
        _must_lead(hand)
        if act.matter.published_at is None:
            raise NotPublic
        act.matter.published_at = None
        act.save("published_at")
        act.record("withdraw", reason=reason)


def _must_lead(hand: Hand) -> None:
    if hand.role not in HEADS:
        raise StepNotYours(step=PUBLISHING, roles=Text.listed(one.text for one in sorted(HEADS)))
