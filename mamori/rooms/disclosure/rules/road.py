"""Seven questions that tell a buyer whether the request helps, and which road is nearer: help, and never a gate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from mamori.grammar.text import Text
from mamori.law.article5 import ABOVE, SINCE


class RoadReply(StrEnum):
    """An answer to one of them."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _REPLIES[self]


_REPLIES = {
    RoadReply.YES: Text("はい", "Yes"),
    RoadReply.NO: Text("いいえ", "No"),
    RoadReply.UNSURE: Text("わからない", "I do not know"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadQuestion:
    """A question; `unless` is said where it is answered with no, `gentle`: that is advice and speaks against nothing."""

    code: str
    text: Text
    unless: Text
    gentle: bool = False


QUESTIONS = (
    RoadQuestion(
        code="here",
        text=Text(
            "この通販サイトで、{since}以後に買いましたか", "Did you buy it here, on {since} or after?"
        ).fill(since=SINCE),
        unless=Text(
            "この法律が使えるのは、この通販サイトでの{since}以後の契約です。",
            "The Act is for contracts made here on {since} or after.",
        ).fill(since=SINCE),
    ),
    RoadQuestion(
        code="consumer",
        text=Text(
            "仕事のためでなく、個人として買いましたか", "Did you buy it for yourself and not for a business?"
        ),
        unless=Text(
            "仕事のための買い物には、この法律は使えません。",
            "The Act is not for what was bought for a business.",
        ),
    ),
    RoadQuestion(
        code="shop",
        text=Text("相手は、お店や会社（事業者）ですか", "Is the other side a shop or a company?"),
        unless=Text(
            "個人どうしの取引には使えません。個人に見えて事業者のこともあるので、迷うときは請求してください。",
            "It is not for what one person sells to another. Some who look private are businesses: when in doubt, ask.",
        ),
    ),
    RoadQuestion(
        code="money",
        text=Text("お金を返してほしい、または払ってほしいですか", "Do you want money back, or to be paid?"),
        unless=Text(
            "交換・修理・謝罪を求めるときは使えません。まず出品者とのやり取りか、相談窓口をお使いください。",
            "It is not for an exchange, a repair or an apology. Please write to the seller, or to our centre.",
        ),
    ),
    RoadQuestion(
        code="amount",
        text=Text(
            "その額は、{above}を超えますか（{above}ちょうどは「いいえ」）",
            "Is it more than {above}? ({above} exactly: no)",
        ).fill(above=ABOVE),
        unless=Text(
            "{above}以下のときは使えません。仲介、消費生活センター（188）、カード会社への相談が近道です。",
            "It is not for {above} or less. Mediation, the consumer hotline 188 or your card company are nearer.",
        ).fill(above=ABOVE),
    ),
    RoadQuestion(
        code="claim",
        text=Text(
            "裁判・内容証明・ADR・弁護士への依頼のために、相手の名前や住所が要りますか",
            "Do you need the seller's name or address for a court, a formal letter, an ADR body or a lawyer?",
        ),
        unless=Text(
            "権利を行使するために確かめる必要があるときの制度です。連絡をとりたいだけなら、やり取りのページから書けます。",
            "It is for who has to confirm it in order to claim. To reach the seller, write in your conversation.",
        ),
    ),
    RoadQuestion(
        code="wrote",
        text=Text(
            "出品者に連絡するか、仲介を頼みましたか",
            "Have you written to the seller, or asked us to mediate?",
        ),
        unless=Text(
            "先に連絡や仲介をお使いになると、早く解決することが多くあります（していなくても請求できます）。",
            "Writing first, or mediation, is often quicker. You may ask without it.",
        ),
        gentle=True,
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadAdvice:
    """Whether the request helps, and what to know."""

    helps: bool
    is_sure: bool
    notes: tuple[Text, ...]


def advice(replies: Mapping[str, RoadReply]) -> RoadAdvice:
    """Return what the answers say."""
    notes = tuple(one.unless for one in QUESTIONS if replies.get(one.code) is RoadReply.NO)
    against = [one for one in QUESTIONS if replies.get(one.code) is RoadReply.NO and not one.gentle]
    unsure = [one for one in QUESTIONS if replies.get(one.code) is RoadReply.UNSURE]
    return RoadAdvice(helps=not against, is_sure=not unsure, notes=notes)
