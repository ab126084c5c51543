"""On what an authority may rest when it asks for something, what follows from it, and how soon it is done.  Pure data.

What is asked is never obeyed blindly: nothing here obliges anybody but an order, and an order is no request.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from mamori.grammar.citation import Citation, Confidence
from mamori.grammar.declaration import Deadline, Ground
from mamori.grammar.line import Force
from mamori.grammar.text import Text
from mamori.law import grounds
from mamori.law.citations import (
    HEALTH_ACT,
    MISLEADING,
    OWN_RULE,
    PERMIT_SHOWN,
    commerce,
)
from mamori.law.pledge import PLEDGE, REMOVED_WITHIN, commitment

PLEDGE_REMOVAL = commitment(3, Confidence.OFFICIAL)
REQUEST_PLEDGE = Deadline(
    code="safety.request_pledge",
    title=Text(
        "製品安全誓約にもとづく要請への対応（翌営業日を1日目とする）",
        "what a request under the product safety pledge asks for (day 1 is the next business day)",
    ),
    duration=REMOVED_WITHIN,
    citation=PLEDGE_REMOVAL,
    force=Force.PRACTICE,
)
REQUEST_STATUTE = Deadline(
    code="safety.request_statute",
    title=Text(
        "法令などによる要請への対応（日数を定めた法はない。翌営業日を1日目とする）",
        "what a request under a statute, or another, asks for (no statute names days; day 1 is the next business day)",
    ),
    duration=REMOVED_WITHIN,
    citation=OWN_RULE,
)
REQUEST_DEADLINES = (REQUEST_PLEDGE, REQUEST_STATUTE)
REQUEST_OWN_DAY = "safety.request_own_day"
"""The clock until the day that the authority itself has named: it stands where that day is the earlier one."""
REQUEST_OWN_DAY_TITLE = Text(
    "要請した機関が示した日まで", "until the day that the requesting authority has named"
)


class RequestAbout(StrEnum):
    """What a request is about."""

    GOODS = "goods"
    DISPLAY = "display"
    OTHER = "other"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _ABOUTS[self]


_ABOUTS = {
    RequestAbout.GOODS: Text("商品そのもの", "the goods themselves"),
    RequestAbout.DISPLAY: Text("表示・広告", "a display or an advertisement"),
    RequestAbout.OTHER: Text("そのほか", "something else"),
}


class RequestBasis(StrEnum):
    """On what an authority rests what it asks."""

    DPF_ACT = "dpf-act"
    PRODUCT_SAFETY = "product-safety"
    PRODUCT_ACCIDENT = "product-accident"
    ELECTRICAL_SAFETY = "electrical-safety"
    LIQUEFIED_GAS = "liquefied-gas"
    GAS = "gas"
    MEDICINES = "medicines"
    PLEDGE = "pledge"
    POLICE = "police"
    COMMERCE = "commerce"
    MISLEADING = "misleading"
    HEALTH = "health"
    USED_GOODS = "used-goods"
    OTHER = "other"
    INFORMATION = "information"

    @property
    def rule(self) -> BasisRule:
        """Return what is declared of it."""
        return REQUEST_BASES[self]

    @property
    def text(self) -> Text:
        """Return it in words."""
        return self.rule.title

    @property
    def ground(self) -> Ground | None:
        """Return the ground on which a measure may rest; None: only on a clause of our own terms."""
        return self.rule.ground

    @property
    def is_statutory(self) -> bool:
        """Say whether a statute lets the authority request it of a marketplace."""
        return self.ground is not None

    @property
    def is_pledge(self) -> bool:
        """Say whether it is asked of those who signed the pledge, and counted in its figures."""
        return self is RequestBasis.PLEDGE

    @property
    def immunity(self) -> bool:
        """Say whether a statute takes away or limits liability to the seller, for what is within the request alone."""
        return self.rule.immunity

    @property
    def may_publish(self) -> bool:
        """Say whether the statute lets the authority publish that it has requested."""
        return self.rule.may_publish

    @property
    def deadline(self) -> Deadline | None:
        """Return within which time it is acted on; None: it asks for nothing."""
        if self is RequestBasis.INFORMATION:
            return None
        return REQUEST_PLEDGE if self.is_pledge else REQUEST_STATUTE


@dataclass(frozen=True, slots=True, kw_only=True)
class BasisRule:
    """What a basis means; `immunity` reaches what is done within the words of the request, and nothing beyond them."""

    title: Text
    text: Text
    citation: Citation
    about: RequestAbout = RequestAbout.GOODS
    ground: Ground | None = None
    may_publish: bool = False
    immunity: bool = False


def _of(ground: Ground, about: RequestAbout = RequestAbout.GOODS, *, may_publish: bool = True) -> BasisRule:
    """Return the rule of a statute under which a marketplace may be requested to act, and is then not liable for it."""
    return BasisRule(
        title=ground.title,
        text=ground.text,
        citation=ground.citation,
        about=about,
        ground=ground,
        may_publish=may_publish,
        immunity=True,
    )


def _told(title: Text, text: Text, citation: Citation) -> BasisRule:
    """Return the rule of what is told of a display or an advertisement, under a law of which no such request was read."""
    return BasisRule(
        title=title,
        text=Text(
            f"{text.ja}この法律が通販サイトに要請できると定めた条文は確かめていない。措置は自社の規約にもとづき、免責はない。",
            f"{text.en} No article was read by which this law lets anybody request something of a marketplace: what is done "
            "rests on our own terms, and nothing takes away liability for it.",
        ),
        citation=citation,
        about=RequestAbout.DISPLAY,
    )


REQUEST_BASES: Mapping[RequestBasis, BasisRule] = {
    RequestBasis.DPF_ACT: _of(grounds.STATUTORY_REQUEST, RequestAbout.DISPLAY),
    RequestBasis.PRODUCT_SAFETY: _of(grounds.PRODUCT_SAFETY_REQUEST),
    RequestBasis.PRODUCT_ACCIDENT: _of(grounds.PRODUCT_ACCIDENT_REQUEST),
    RequestBasis.ELECTRICAL_SAFETY: _of(grounds.ELECTRICAL_SAFETY_REQUEST),
    RequestBasis.LIQUEFIED_GAS: _of(grounds.LIQUEFIED_GAS_REQUEST),
    RequestBasis.GAS: _of(grounds.GAS_REQUEST),
    RequestBasis.MEDICINES: _of(grounds.MEDICINES_REQUEST, RequestAbout.DISPLAY, may_publish=False),
    RequestBasis.PLEDGE: BasisRule(
        title=Text("{pledge}の要請", "a request under the {pledge}").fill(pledge=PLEDGE),
        text=Text(
            "誓約した事業者が、規制当局から出品の削除を求められた。法の定めではなく、措置は自社の規約にもとづいて行い、免責はない。",
            "A regulator has asked one who signed the pledge to take listings down. It is no law: what is done rests on our own "
            "terms, and nothing takes away liability for it.",
        ),
        citation=PLEDGE_REMOVAL,
    ),
    RequestBasis.POLICE: BasisRule(
        title=Text("警察からの要請", "a request by the police"),
        text=Text(
            "警察から、出品を止めるよう求められた。購入者や出品者の情報の照会と令状は、ここではなく照会の窓口で受ける。",
            "The police have asked that something not be sold. An inquiry for data of buyers or sellers, or a warrant, belongs "
            "to the desk for inquiries and not here.",
        ),
        citation=OWN_RULE,
        about=RequestAbout.OTHER,
    ),
    RequestBasis.COMMERCE: _told(
        Text("特定商取引法についての知らせ", "what is told of the Act on Specified Commercial Transactions"),
        Text("出品者の表示や広告について知らされた。", "A seller's display or advertising."),
        commerce("11"),
    ),
    RequestBasis.MISLEADING: _told(
        Text("景品表示法についての知らせ", "what is told of the Act against Misleading Representations"),
        Text("実際より良く、得に見せる表示について知らされた。", "A misleading representation."),
        MISLEADING,
    ),
    RequestBasis.HEALTH: _told(
        Text("健康増進法についての知らせ", "what is told of the Health Promotion Act"),
        Text("食品の健康効果の表示について知らされた。", "What food is said to do for health."),
        Citation(HEALTH_ACT, "", Confidence.MEMORY),
    ),
    RequestBasis.USED_GOODS: _told(
        Text("古物営業法についての知らせ", "what is told of the Used Goods Business Act"),
        Text(
            "古物商の許可の表示などについて知らされた。警察が競りの中止を命じたとき（第21条の7）は、命令であって要請ではないので、法務担当に渡す。",
            "The display of a permit, or other things about used goods. Where the police order that an auction stop (article "
            "21-7), that is an order and no request: counsel takes it.",
        ),
        PERMIT_SHOWN,
    ),
    RequestBasis.OTHER: BasisRule(
        title=Text("そのほかの根拠", "another basis"),
        text=Text(
            "要請した機関の言葉で書きとめる。措置は自社の規約にもとづいて行い、免責はないものとして扱う。",
            "It is written down in the words of who asks. What is done rests on our own terms, and is treated as if nothing took "
            "away liability for it.",
        ),
        citation=OWN_RULE,
        about=RequestAbout.OTHER,
    ),
    RequestBasis.INFORMATION: BasisRule(
        title=Text("参考までの知らせ", "for your information"),
        text=Text(
            "何も求められていない。読んで記録し、するべきことがあれば自社の判断で行う。期限はない。",
            "Nothing is asked. It is read and recorded, and what has to be done is our own decision. There is no deadline.",
        ),
        citation=OWN_RULE,
        about=RequestAbout.OTHER,
    ),
}
"""Every basis with what is declared of it."""
