"""What is known of a request: what its writer says, what the records of the marketplace say, what somebody saw."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mamori.grammar.text import Text


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
