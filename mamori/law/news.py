"""What an operator writes for everybody: its topics, and the words in it that promise something and so need a ground.

A statement that makes goods or services look markedly better than they are is forbidden by the Act against Unjustifiable
Premiums and Misleading Representations.  Which words ask for a ground here is the house's own, wider rule: it asks a person.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from mamori.grammar.helppage import HelpFor
from mamori.grammar.text import Text


class NewsTopic(StrEnum):
    """What an announcement is about."""

    FAKE_REVIEWS = "fake-reviews"
    PRODUCT_SAFETY = "product-safety"
    COUNTERFEITS = "counterfeits"
    FRAUD = "fraud"
    TRADE = "trade"
    SEMINAR = "seminar"
    SERVICE = "service"

    @property
    def text(self) -> Text:
        """Return it for people."""
        return _TOPICS[self]


_TOPICS = {
    NewsTopic.FAKE_REVIEWS: Text("不正なレビュー", "fake reviews"),
    NewsTopic.PRODUCT_SAFETY: Text("製品の安全", "product safety"),
    NewsTopic.COUNTERFEITS: Text("偽物・権利の侵害", "counterfeits and rights"),
    NewsTopic.FRAUD: Text("詐欺・なりすまし", "fraud and impersonation"),
    NewsTopic.TRADE: Text("行政・業界との協力", "work with authorities and the trade"),
    NewsTopic.SEMINAR: Text("セミナー・消費者教育", "seminars and consumer education"),
    NewsTopic.SERVICE: Text("相談窓口とサービス", "the centre and the service"),
}


type Topic = NewsTopic | HelpFor
"""What an announcement is about; an article of the help has for whom it is in its place."""


def topic_of(code: str) -> Topic:
    """Return the topic of that code."""
    return HelpFor(code) if code in set(HelpFor) else NewsTopic(code)


class ClaimSign(NamedTuple):
    """A pattern of words that promise something, and what they do, as a person is told."""

    pattern: str
    text: Text


CLAIM_SIGNS = (
    ClaimSign(r"[0-9０-９][0-9０-９,，.．]*\s*(?:[%％]|パーセント|percent)", Text("割合", "a share")),
    ClaimSign(
        r"[0-9０-９][0-9０-９,，.．]*\s*[万億兆]?\s*(?:件|点|個|人|名|社|店|倍|円|時間以内|分以内|日以内)",
        Text("数", "a number"),
    ),
    ClaimSign(
        r"(?<!article )(?<!paragraph )\b[0-9][0-9,.]*\s+(?:(?:thousand|million|billion)\s+)?(?-i:[a-z]{3,}s|people)\b",
        Text("数", "a number"),
    ),
    ClaimSign(
        r"日本一|世界一|業界初|日本初|世界初|国内初|最大級|最高水準|業界最|No\.?\s*1\b|ナンバー\s*(?:ワン|１|1)|第[1１一]位",
        Text("ほかより優れているという言葉", "words that say to be better than others"),
    ),
    ClaimSign(
        r"\b(?:first in (?:Japan|the world)|(?:Japan|the world|the industry)'s (?:first|best|largest|safest)|number one)\b",
        Text("ほかより優れているという言葉", "words that say to be better than others"),
    ),
    ClaimSign(
        r"必ず|絶対|完全に|すべての?(?:偽物|不正|詐欺)|一切(?:ない|ありません)",
        Text("例外がないという言葉", "words that leave no exception"),
    ),
    ClaimSign(
        r"\b(?:always|never|guaranteed?|completely|all (?:fakes|frauds?))\b",
        Text("例外がないという言葉", "words that leave no exception"),
    ),
)
