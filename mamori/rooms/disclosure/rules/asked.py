"""What is known of a request: what its writer says and asks, what records say, what somebody saw; and which road is nearer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

import msgspec

from mamori.grammar.text import Text
from mamori.law.article5 import ABOVE, SINCE

# What is known of a request: what its writer says, what the records of the marketplace say, what somebody saw.


class Asking(StrEnum):
    """In which capacity somebody asks."""

    SELF = "self"
    PARENT = "parent"
    GUARDIAN = "guardian"
    LAWYER = "lawyer"
    SCRIVENER = "scrivener"
    MESSENGER = "messenger"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _ASKING[self]


_ASKING = {
    Asking.SELF: Text("買った本人", "I bought it myself"),
    Asking.PARENT: Text("未成年の子が買った（親権者）", "My child, a minor, bought it (parent)"),
    Asking.GUARDIAN: Text("成年後見人など", "Guardian of an adult"),
    Asking.LAWYER: Text("弁護士", "Lawyer"),
    Asking.SCRIVENER: Text("認定司法書士", "Certified judicial scrivener"),
    Asking.MESSENGER: Text("そのほかの人（家族・友人など）", "Somebody else (family, friend)"),
}


class BoughtAs(StrEnum):
    """As what somebody bought, by its own word."""

    CONSUMER = "consumer"
    BUSINESS = "business"
    CORRECTED = "corrected"
    UNSAID = "unsaid"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _BOUGHT_AS[self]


_BOUGHT_AS = {
    BoughtAs.CONSUMER: Text("個人として、自分や家族のため", "For myself or my family"),
    BoughtAs.BUSINESS: Text("仕事・事業のため", "For a business"),
    BoughtAs.CORRECTED: Text(
        "個人として買った（「仕事・事業のため」は押し間違い）", "For myself: “for a business” was a mistake"
    ),
    BoughtAs.UNSAID: Text("書かれていない", "not said"),
}


class ClaimKind(StrEnum):
    """What is demanded of the seller."""

    NOT_DELIVERED = "not_delivered"
    RETURNED = "returned"
    DEFECT = "defect"
    CANCELLED = "cancelled"
    NOT_REFUNDED = "not_refunded"
    OVERCHARGED = "overcharged"
    DAMAGES = "damages"
    EXCHANGE = "exchange"
    APOLOGY = "apology"
    UNSAID = "unsaid"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _CLAIMS[self]


_CLAIMS = {
    ClaimKind.NOT_DELIVERED: Text(
        "届かない商品・受けられないサービスの代金を返してほしい",
        "My money back: it never came, or was never done",
    ),
    ClaimKind.RETURNED: Text("返品した商品の代金を返してほしい", "My money back: I sent it back"),
    ClaimKind.DEFECT: Text(
        "壊れている・違うので、代金を返すか減らしてほしい", "Money back: it is faulty or wrong"
    ),
    ClaimKind.CANCELLED: Text("取り消した・解約したので、代金を返してほしい", "Money back: I cancelled"),
    ClaimKind.NOT_REFUNDED: Text(
        "返金したと言われたが受け取っていないので、返してほしい",
        "My money back: I am told that it was, and it was not",
    ),
    ClaimKind.OVERCHARGED: Text("余分に払った分を返してほしい", "What I paid too much"),
    ClaimKind.DAMAGES: Text("けがや損害を賠償してほしい", "Compensation for an injury or a loss"),
    ClaimKind.EXCHANGE: Text("交換・修理してほしい（お金ではない）", "Exchange or repair (no money)"),
    ClaimKind.APOLOGY: Text(
        "謝ってほしい・そのほか（お金ではない）", "An apology, or something else (no money)"
    ),
    ClaimKind.UNSAID: Text("書かれていない", "not said"),
}


class NeedFor(StrEnum):
    """For what the seller's information has to be confirmed."""

    SUIT = "suit"
    LETTER = "letter"
    ADR = "adr"
    LAWYER = "lawyer"
    TALK = "talk"
    POLICE = "police"
    OTHER = "other"
    UNSAID = "unsaid"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _NEEDS[self]


_NEEDS = {
    NeedFor.SUIT: Text("裁判・支払督促・少額訴訟を起こす", "To go to court"),
    NeedFor.LETTER: Text("内容証明などの書面で請求する", "To demand it by a registered letter"),
    NeedFor.ADR: Text("裁判によらない解決（ADR）を申し立てる", "To ask a body for a settlement out of court"),
    NeedFor.LAWYER: Text("弁護士・司法書士に頼む", "To have a lawyer see to it"),
    NeedFor.TALK: Text("電話や訪問で直接話す", "To talk with the seller by telephone or in person"),
    NeedFor.POLICE: Text("警察に届け出る", "To report it to the police"),
    NeedFor.OTHER: Text("そのほか", "Something else"),
    NeedFor.UNSAID: Text("書かれていない", "not said"),
}


class Owner(StrEnum):
    """Whose an order is, by the marketplace's records."""

    PRINCIPAL = "principal"
    ANOTHER = "another"
    UNKNOWN = "unknown"


class Identity(StrEnum):
    """By what the person who asks was identified."""

    ACCOUNT = "account"
    DOCUMENT = "document"
    NONE = "none"
    DIFFERS = "differs"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _IDENTITIES[self]


_IDENTITIES = {
    Identity.ACCOUNT: Text("注文したアカウントでのログイン", "Signed in with the account of the order"),
    Identity.DOCUMENT: Text(
        "本人確認書類、または弁護士などの身分", "An identity document, or a lawyer's standing"
    ),
    Identity.NONE: Text("まだ確かめていない", "Not yet"),
    Identity.DIFFERS: Text("注文の記録と名前が違う", "The name differs from the order's"),
}


class Signal(StrEnum):
    """What leads a request to counsel, and decides nothing."""

    PROTECTED = "protected"
    STALKING = "stalking"
    COMPETITOR = "competitor"
    REPEATED = "repeated"
    THREAT = "threat"
    PUBLISHING = "publishing"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _SIGNALS[self]


_SIGNALS = {
    Signal.PROTECTED: Text("出品者が保護を求めている", "the seller is protected"),
    Signal.STALKING: Text("つきまとい・個人的な関心がうかがえる", "it may be stalking"),
    Signal.COMPETITOR: Text("競争相手かもしれない", "it may be a competitor"),
    Signal.REPEATED: Text("同じ人からの請求が重なっている", "this person asks again and again"),
    Signal.THREAT: Text("脅すような言葉がある", "there are threatening words"),
    Signal.PUBLISHING: Text("公表・拡散するという言葉がある", "it is said that it will be published"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderKnown:
    """An order as the marketplace's records have it.

      `was_business` is what its seller was when it was placed, by the marketplace's word or a person's conclusion; None where
      nobody can say.   `on_site` is False where the contract
      was made elsewhere, though they met here.  `paid` and `refunded` are yen;
    `charged_back`: its card was.
    """

    ref: str
    seller: str
    owner: Owner
    placed_on: date
    paid: int
    refunded: int = 0
    was_business: bool | None = True
    by_operator: bool = False
    on_site: bool = True
    for_company: bool = False
    charged_back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SumLine:
    """A line of how the sum is reckoned; `from_order`: it is part of what was paid for the order."""

    what: str
    yen: int
    from_order: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestKnown:
    """All that is known of a request.

    `asked` are the items as they were asked for, among them such as are none of the Act's; `held` what the operator has.  `known`
    are items that the requester can read already in the display that the seller shows.  `authority` is whether it was seen that
    who asks for another may (a mandate, a register); for one who asks for itself it says nothing.  `signed`: a letter bears a
    name and signature, or it came by the page.  `searched`: an order that is not found was asked for once more, in vain.
    `assigned`: the claim is another's by its own words.  `doubted` are held items of which it is open whether they are the
    seller's; `left_out` those that are not to be given.
    """

    asking: Asking = Asking.SELF
    identity: Identity = Identity.ACCOUNT
    authority: bool = False
    is_minor: bool = False
    signed: bool = True
    bought_as: BoughtAs = BoughtAs.CONSUMER
    orders: tuple[OrderKnown, ...] = ()
    searched: bool = False
    claim: ClaimKind = ClaimKind.UNSAID
    assigned: bool = False
    lines: tuple[SumLine, ...] = ()
    need: NeedFor = NeedFor.UNSAID
    why: str = ""
    pledged: bool = False
    asked: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    signals: tuple[Signal, ...] = ()
    wrote_seller: bool = False
    objected: bool = False
    doubted: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


class CameBy(StrEnum):
    """By which way a request came; the Act lets it come by a letter, a mail or a form."""

    PAGE = "page"
    LETTER = "letter"
    MAIL = "mail"
    CAA_FORM = "caa_form"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _CHANNELS[self]


_CHANNELS = {
    CameBy.PAGE: Text("この通販サイトのページ", "by this marketplace's page"),
    CameBy.LETTER: Text("書面（郵送）", "by letter"),
    CameBy.MAIL: Text("電子メール", "by mail"),
    CameBy.CAA_FORM: Text("消費者庁の開示請求書式", "on the Consumer Affairs Agency's form"),
}


class RequestSaid(msgspec.Struct, frozen=True, kw_only=True):
    """Words of who asks: why it has to be confirmed, what the rest of the sum is, and for a letter a name and where to reply."""

    why: str = ""
    other: str = ""
    name: str = ""
    address: str = ""
    more: str = ""


_SIGNS: Final = {
    Signal.PUBLISHING: "晒 さらし さらす 拡散 公開して 公表して ネットに書 ネットに載 SNSに 口コミに書 expose",
    Signal.THREAT: "殺す 殺して ただでは済 覚悟しろ ぶっ 後悔させ 痛い目 家に火 思い知らせ 仕返し revenge",
    Signal.STALKING: "会いたい 好きだ 好きになっ 元妻 元夫 元彼 元カノ どこに住んで 引っ越し先 待ち伏せ 顔が見たい",
    Signal.COMPETITOR: "同業 競合 ライバル 仕入れ先を知 competitor rival",
}
"""Beginnings of words at which a person should look; Japanese is matched anywhere, English without regard to case."""


def signs_in(words: str) -> Iterator[Signal]:
    """Yield what in these words leads to counsel; a word proves nothing, and its absence neither."""
    plain = words.casefold()
    for signal, signs in _SIGNS.items():
        if any(sign.casefold() in plain for sign in signs.split()):
            yield signal


# Seven questions that tell a buyer whether the request helps, and which road is nearer: help, and never a gate.


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
