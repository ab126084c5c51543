"""What anybody may report, why, what it may become, how soon it is looked at, and what who reported hears.  Pure data.

No statute names these times: they are the operator's own.  What is told of an outcome is its kind and the reason, never what
is done about a seller, nor anything of its person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from mamori.grammar.businesstime import BusinessDays, EveryHours
from mamori.grammar.declaration import CountedIn, Deadline, Setting
from mamori.grammar.measure import Breach, Reach, Severity
from mamori.grammar.text import Text
from mamori.law import breaches
from mamori.law.calls import COMPLAINT_CALL, COMPLAINT_CALL_TRIES
from mamori.law.citations import OWN_RULE
from mamori.law.clarifications import AskedWhat
from mamori.law.counselling import COUNSELLOR_ANSWER


class ReportedWhat(StrEnum):
    """What somebody reports."""

    LISTING = "listing"
    SHOP = "shop"
    REVIEW = "review"
    MESSAGE = "message"
    ADVERTISEMENT = "advertisement"
    PLATFORM = "platform"
    OTHER = "other"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _WHATS[self]


_WHATS = {
    ReportedWhat.LISTING: Text("商品・サービスのページ", "a page of goods or services"),
    ReportedWhat.SHOP: Text("お店", "a shop"),
    ReportedWhat.REVIEW: Text("レビュー", "a review"),
    ReportedWhat.MESSAGE: Text("届いたメッセージ", "a message that somebody got"),
    ReportedWhat.ADVERTISEMENT: Text("広告", "an advertisement"),
    ReportedWhat.PLATFORM: Text("通販サイトそのもの", "the marketplace itself"),
    ReportedWhat.OTHER: Text("そのほか", "something else"),
}


class ComplaintReason(StrEnum):
    """Why somebody reports it."""

    DANGEROUS = "dangerous"
    COUNTERFEIT = "counterfeit"
    PROHIBITED = "prohibited"
    DISPLAY = "display"
    UNREACHABLE = "unreachable"
    PRICE = "price"
    FAKE_REVIEW = "fake-review"
    SCAM = "scam"
    OFF_PLATFORM = "off-platform"
    OTHER = "other"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return COMPLAINT_REASONS[self].text


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintRule:
    """What a reason means: the breach that it may become and how grave that usually is; None where it becomes none."""

    text: Text
    breach: Breach | None = None
    severity: Severity = Severity.MINOR
    harm: Reach = Reach.NONE


COMPLAINT_REASONS: Mapping[ComplaintReason, ComplaintRule] = {
    ComplaintReason.DANGEROUS: ComplaintRule(
        text=Text(
            "危ない（けが・発火・体調が悪くなるなど）", "it is dangerous: injury, fire, somebody fell ill"
        ),
        breach=breaches.DANGEROUS_GOODS,
        severity=Severity.GRAVE,
        harm=Reach.DANGER,
    ),
    ComplaintReason.COUNTERFEIT: ComplaintRule(
        text=Text("偽物だと思う", "it seems to be a counterfeit"),
        breach=breaches.COUNTERFEIT,
        severity=Severity.SERIOUS,
        harm=Reach.MONEY,
    ),
    ComplaintReason.PROHIBITED: ComplaintRule(
        text=Text("売ってはいけない物だと思う", "it seems to be something that may not be sold"),
        breach=breaches.UNLAWFUL_GOODS,
        severity=Severity.SERIOUS,
    ),
    ComplaintReason.DISPLAY: ComplaintRule(
        text=Text(
            "お店の表示がない・うそがある（名前・住所・電話・返品の決まりなど）",
            "what the shop has to show is missing or untrue: name, address, telephone, returns",
        ),
        breach=breaches.DISPLAY_MISSING,
    ),
    ComplaintReason.UNREACHABLE: ComplaintRule(
        text=Text("お店と連絡がとれない", "the shop cannot be reached"), breach=breaches.UNREACHABLE
    ),
    ComplaintReason.PRICE: ComplaintRule(text=Text("値段がおかしい", "something is wrong with the price")),
    ComplaintReason.FAKE_REVIEW: ComplaintRule(
        text=Text("うその、または頼まれて書いたレビューだと思う", "the review seems untrue, or paid for"),
        breach=breaches.FAKE_REVIEW,
        severity=Severity.SERIOUS,
        harm=Reach.MONEY,
    ),
    ComplaintReason.SCAM: ComplaintRule(
        text=Text("詐欺・なりすましだと思う", "it seems to be a scam, or somebody pretending to be another"),
        breach=breaches.FRAUD,
        severity=Severity.GRAVE,
        harm=Reach.MONEY,
    ),
    ComplaintReason.OFF_PLATFORM: ComplaintRule(
        text=Text(
            "この通販サイトの外での支払いや取引に誘われた",
            "somebody asked to be paid outside this marketplace",
        ),
        breach=breaches.OFF_PLATFORM,
        severity=Severity.SERIOUS,
        harm=Reach.MONEY,
    ),
    ComplaintReason.OTHER: ComplaintRule(text=Text("そのほか", "something else")),
}
ASKED_FOR: Mapping[ComplaintReason, AskedWhat] = {
    ComplaintReason.DANGEROUS: AskedWhat.UNSAFE,
    ComplaintReason.COUNTERFEIT: AskedWhat.RIGHTS,
    ComplaintReason.DISPLAY: AskedWhat.DISPLAY,
}
"""What somebody who may know is asked about as a rule, by the reason of a report; of any other reason about other facts."""
HELD_BECAUSE = Text(
    "危険だとの申し出があり、確かめるあいだに人に危険が及ぶおそれがあるためです。",
    "We were told that it is dangerous, and people may come to harm while that is looked into.",
)
"""Why a listing is provisionally hidden, as the seller reads it."""
INTERIM_ANSWER = Text(
    "危険の申し出を、まだ確かめています。商品の使用を止め、保管を続けてください。結論が出しだい、お知らせします。",
    "We are still looking into the danger that you reported. Please go on not to use the product, and keep it. You are told as "
    "soon as it is decided.",
)
"""What who reported a danger hears where nothing is decided when its days are over."""
STOP_USING = Text(
    "使用を中止し、製品は捨てずに保管してください",
    "Please stop using it, and keep the product: do not throw it away",
)
"""What whoever reports a danger is told at once."""


class DangerAnswer(StrEnum):
    """What somebody who reports a danger says of it."""

    INJURY = "injury"
    FIRE = "fire"
    KEPT = "kept"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _DANGERS[self]


_DANGERS = {
    DangerAnswer.INJURY: Text("けがをした・体調が悪くなった人がいる", "somebody was hurt or fell ill"),
    DangerAnswer.FIRE: Text("火・煙・破裂・強い発熱があった", "there was fire, smoke, a burst or great heat"),
    DangerAnswer.KEPT: Text("製品は手もとにある", "the product is still here"),
}


class ComplaintOutcome(StrEnum):
    """What a report comes to."""

    UPHELD = "upheld"
    NOT_UPHELD = "not_upheld"
    OUTSIDE = "outside"
    GONE = "gone"

    @property
    def text(self) -> Text:
        """Return what who reported hears of it."""
        return _OUTCOMES[self]


_OUTCOMES = {
    ComplaintOutcome.UPHELD: Text(
        "申し出の内容を確かめ、取り上げることにしました。", "We looked at what you reported and take it up."
    ),
    ComplaintOutcome.NOT_UPHELD: Text(
        "申し出の内容を確かめましたが、取り上げないことにしました。",
        "We looked at what you reported and do not take it up.",
    ),
    ComplaintOutcome.OUTSIDE: Text(
        "申し出の内容は、この窓口では扱えないものでした。",
        "What you reported is not for this centre to decide.",
    ),
    ComplaintOutcome.GONE: Text(
        "確かめたときには、申し出の対象はもうありませんでした。",
        "When we looked, what you reported was not there any more.",
    ),
}
FOUND_SO = Text(
    "申し出のとおりの点が確かめられたためです。この先は相手のある手続きなので、相手にどう対応するかはお伝えできません。",
    "It was found as you said. What follows concerns somebody else, so that we cannot tell what is done about it.",
)


class NothingBecause(StrEnum):
    """Why a report is not taken up."""

    IN_ORDER = "in-order"
    NOT_ENOUGH = "not-enough"
    ALLOWED = "allowed"

    @property
    def text(self) -> Text:
        """Return it as who reported reads it."""
        return _NOTHINGS[self]


_NOTHINGS = {
    NothingBecause.IN_ORDER: Text(
        "確かめた範囲では、問題は見つかりませんでした。", "As far as we could look, nothing was wrong."
    ),
    NothingBecause.NOT_ENOUGH: Text(
        "いまある手がかりだけでは確かめられませんでした。新しい手がかりがあれば、もう一度お知らせください。",
        "With what there is it could not be found out. Please report it again if you learn more.",
    ),
    NothingBecause.ALLOWED: Text(
        "法律にも、この通販サイトの決まりにも反しないことでした。",
        "It is against neither the law nor the rules of this marketplace.",
    ),
}


class OutsideBecause(StrEnum):
    """Why a report is not for the centre to decide, and where it belongs."""

    ORDER = "order"
    RIGHTS = "rights"
    AUTHORITY = "authority"
    ELSEWHERE = "elsewhere"

    @property
    def text(self) -> Text:
        """Return it as who reported reads it."""
        return _OUTSIDES[self]


_OUTSIDES = {
    OutsideBecause.ORDER: Text(
        "一つの注文の困りごとなので、「困りごと」のページからお知らせください。回答の期限が動き出します。",
        "It is a trouble with one order: please report it on the page “Report”, where time for an answer begins to run.",
    ),
    OutsideBecause.RIGHTS: Text(
        "商標や著作権などの争いは、権利を持つ方から申し出ていただく必要があります。",
        "A dispute about a trade mark or the like has to be raised by who holds the right.",
    ),
    OutsideBecause.AUTHORITY: Text(
        "警察や行政の窓口が扱うことです。消費者ホットライン（電話188）でも案内を受けられます。",
        "This is for the police or an authority. The consumer hotline (telephone 188) can tell you which.",
    ),
    OutsideBecause.ELSEWHERE: Text(
        "この通販サイトの外であったことのため、確かめることも対応することもできません。",
        "It happened outside this marketplace, where we can neither look nor act.",
    ),
}


class GoneBecause(StrEnum):
    """Why there is nothing left of what was reported."""

    TAKEN_DOWN = "taken-down"
    PUT_RIGHT = "put-right"

    @property
    def text(self) -> Text:
        """Return it as who reported reads it."""
        return _GONES[self]


_GONES = {
    GoneBecause.TAKEN_DOWN: Text(
        "そのページは、すでに見られなくなっています。また現れたときは、もう一度お知らせください。",
        "The page cannot be seen any more. Please report it again if it comes back.",
    ),
    GoneBecause.PUT_RIGHT: Text(
        "申し出の点は、すでに直っています。", "What you reported has been put right already."
    ),
}
BECAUSE: Mapping[str, Text] = {
    one.value: one.text for kind in (NothingBecause, OutsideBecause, GoneBecause) for one in kind
}
"""Every reason that who reported reads, by its code."""
COMPLAINT_DANGER = Deadline(
    code="complaints.danger",
    title=Text(
        "危険の申し出を、商品の非表示・結論・責任者の「危険なし」のどれかで終えるまで（毎日、繰り返し）",
        "until a danger ends: the goods hidden, it decided, or ruled out by a lead; every day of the week, again and again",
    ),
    duration=EveryHours(4),
    citation=OWN_RULE,
)
COMPLAINT_DECISION = Deadline(
    code="complaints.decision",
    title=Text("申し出を決めるまで、見直しも同じ", "the decision on a report, and on another look at it"),
    duration=BusinessDays(5),
    citation=OWN_RULE,
)
COMPLAINT_DEADLINES = (COMPLAINT_DANGER, COMPLAINT_DECISION, COMPLAINT_CALL, COUNSELLOR_ANSWER)
COMPLAINT_WISH_DAYS = Setting(
    code="complaints.wish_days",
    title=Text(
        "申し出の結論のあと、見直しを求められる日数",
        "days after a decision in which another look at a report can be asked",
    ),
    default=30,
    citation=OWN_RULE,
    least=7,
    most=180,
    unit=CountedIn.DAYS,
)
COMPLAINT_SETTINGS = (COMPLAINT_WISH_DAYS, COMPLAINT_CALL_TRIES)
