"""Signs that a private account may be a business: what is counted, from how many on, by whose word, and what speaks against it.

No number makes anybody a business.  The test of the law is whether somebody means to earn and does so again and again, and the
authority says that no figure can decide it for all (guideline of 2022).  The figures of the notice of 2006 were written for
another Act and for auctions.  Here each only asks a person to look; what a sign weighs is our own rule.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from mamori.grammar.businesstime import CalendarDays, EveryHours
from mamori.grammar.citation import Citation, Confidence
from mamori.grammar.declaration import CountedIn, Deadline, Setting
from mamori.grammar.text import Text
from mamori.law.citations import OWN_RULE

NOTICE_OF_2006 = Citation(
    Text(
        "インターネット・オークションにおける「販売業者」に係るガイドライン（2006年1月31日。特定商取引法の通達の一部で、取引DPF法の基準ではない）",
        "Guideline on who is a seller in internet auctions (31 January 2006; on another Act, no rule of this one)",
    ),
    "",
    Confidence.OFFICIAL,
    "https://www.kansai.meti.go.jp/4syokei/soudan/jirei/jirei2_2.html",
)
GUIDELINE_OF_2022 = Citation(
    Text(
        "「販売業者等」に係るガイドライン（消費者庁、2022年4月20日。数の基準はなく、数は運営者の定め）",
        "Guideline on who is a seller (Consumer Affairs Agency, 20 April 2022; names no number: the numbers are the operator's)",
    ),
    "",
    Confidence.OFFICIAL,
)


class GoodsGroup(StrEnum):
    """Kinds of goods of which the sources speak apart."""

    APPLIANCES = "appliances"
    PARTS = "parts"
    DISCS = "discs"
    BRANDS = "brands"
    HEALTH_FOOD = "health_food"
    TICKETS = "tickets"
    PERMIT = "permit"
    HANDMADE = "handmade"


GROUP_WORDS: Mapping[GoodsGroup, tuple[str, ...]] = {
    GoodsGroup.APPLIANCES: ("家電", "電化製品", "スマホ", "カメラ", "パソコン", "appliance", "electronics"),
    GoodsGroup.PARTS: ("自動車", "バイク", "カー用品", "二輪", "automotive", "car part"),
    GoodsGroup.DISCS: ("cd", "dvd", "ブルーレイ", "ソフト", "blu-ray", "software"),
    GoodsGroup.BRANDS: ("ブランド", "ラグジュアリー", "brand", "luxury"),
    GoodsGroup.HEALTH_FOOD: ("健康食品", "サプリ", "supplement", "health food"),
    GoodsGroup.TICKETS: ("チケット", "入場券", "ticket"),
    GoodsGroup.PERMIT: (
        "酒", "医薬品", "医療機器", "コンタクトレンズ", "ペット・生体",
        "alcohol", "liquor", "medicine", "contact lens", "live animal",
    ),
    GoodsGroup.HANDMADE: ("ハンドメイド", "手作り", "handmade", "handcraft"),
}  # fmt: skip
"""By which words in the name of an operator's category its kind is known: our own rule, as every marketplace names its own."""


def groups_of(category: str) -> frozenset[GoodsGroup]:
    """Return the kinds that a category belongs to, by its name."""
    name = unicodedata.normalize("NFKC", category).casefold()
    return frozenset(group for group, words in GROUP_WORDS.items() if any(word in name for word in words))


class Counted(StrEnum):
    """What a sign counts."""

    LISTED_MONTH = "listed_month"
    ON_OFFER = "on_offer"
    SOLD_MONTH = "sold_month"
    SOLD_YEAR = "sold_year"
    ALIKE = "alike"
    NEW = "new"
    MOSTLY_NEW = "mostly_new"
    REVIEWS_MONTH = "reviews_month"


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessSign:
    """A sign: what it counts, of which goods where not of all, from how many on, and how many points it then has.

    With `near` it has half of them from half the number on: a business that stays beneath a number is not invited to.
    `said` is what it says of an account, with {n} counted and {threshold}.
    """

    code: str
    counted: Counted
    threshold: int
    points: int
    said: Text
    citation: Citation
    group: GoodsGroup | None = None
    near: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateSign:
    """What speaks for a private person and takes points away; `said` is what it says of an account."""

    code: str
    points: int
    said: Text
    citation: Citation


def _group(code: GoodsGroup, counted: Counted, threshold: int, ja: str, en: str) -> BusinessSign:
    same_ja, same_en = ("同じ型の", "of one model among ") if counted is Counted.ALIKE else ("", "")
    return BusinessSign(
        code=f"{code}_{counted}",
        counted=counted,
        threshold=threshold,
        points=4,
        group=code,
        near=counted is Counted.ON_OFFER,
        said=Text(
            f"{same_ja}{ja}が{{n}}点、同時に出品されています（目安：{{threshold}}点以上）。",
            f"{{n}} {same_en}{en} are on offer at one time (guide: {{threshold}} or more).",
        ),
        citation=NOTICE_OF_2006,
    )


MONTH_DAYS = 30
"""Over so many days what was listed, sold and reviewed is counted."""
BUSINESS_SIGNS = (
    BusinessSign(
        code="listed_month",
        counted=Counted.LISTED_MONTH,
        threshold=200,
        points=4,
        near=True,
        said=Text(
            f"この{MONTH_DAYS}日に新しく{{n}}点が出品されました（目安：{{threshold}}点以上）。",
            f"{{n}} were newly put on offer within {MONTH_DAYS} days (guide: {{threshold}} or more).",
        ),
        citation=NOTICE_OF_2006,
    ),
    BusinessSign(
        code="on_offer",
        counted=Counted.ON_OFFER,
        threshold=100,
        points=4,
        near=True,
        said=Text(
            "同時に{n}点が出品されています（目安：{threshold}点以上）。",
            "{n} are on offer at one time (guide: {threshold} or more).",
        ),
        citation=NOTICE_OF_2006,
    ),
    BusinessSign(
        code="sold_month",
        counted=Counted.SOLD_MONTH,
        threshold=1_000_000,
        points=4,
        near=True,
        said=Text(
            f"この{MONTH_DAYS}日に{{n}}円が売れました（目安：{{threshold}}円以上）。",
            f"{{n}} yen were sold within {MONTH_DAYS} days (guide: {{threshold}} or more).",
        ),
        citation=NOTICE_OF_2006,
    ),
    BusinessSign(
        code="sold_year",
        counted=Counted.SOLD_YEAR,
        threshold=10_000_000,
        points=4,
        near=True,
        said=Text(
            "この1年に{n}円が売れました（目安：{threshold}円以上）。",
            "{n} yen were sold within a year (guide: {threshold} or more).",
        ),
        citation=NOTICE_OF_2006,
    ),
    _group(GoodsGroup.APPLIANCES, Counted.ALIKE, 5, "家電製品", "appliances"),
    _group(GoodsGroup.PARTS, Counted.ALIKE, 3, "自動車・二輪車の部品", "parts of cars and motorcycles"),
    _group(GoodsGroup.DISCS, Counted.ALIKE, 3, "CD・DVD・ソフト", "CDs, DVDs and software"),
    _group(GoodsGroup.BRANDS, Counted.ON_OFFER, 20, "ブランド品", "goods of luxury brands"),
    _group(GoodsGroup.HEALTH_FOOD, Counted.ON_OFFER, 20, "健康食品", "health foods"),
    _group(GoodsGroup.TICKETS, Counted.ON_OFFER, 20, "チケット", "tickets"),
    BusinessSign(
        code="alike",
        counted=Counted.ALIKE,
        threshold=3,
        points=3,
        said=Text(
            "同じメーカー・型番のものが{n}点、同時に出品されています（運営者の目安：{threshold}点以上）。",
            "{n} of one maker and model are on offer at one time (the operator's guide: {threshold} or more).",
        ),
        citation=GUIDELINE_OF_2022,
    ),
    BusinessSign(
        code="new",
        counted=Counted.NEW,
        threshold=20,
        points=4,
        near=True,
        said=Text(
            "新品・未使用のものが{n}点、同時に出品されています（運営者の目安：{threshold}点以上）。",
            "{n} new or unused goods are on offer at one time (the operator's guide: {threshold} or more).",
        ),
        citation=GUIDELINE_OF_2022,
    ),
    BusinessSign(
        code="mostly_new",
        counted=Counted.MOSTLY_NEW,
        threshold=8,
        points=4,
        said=Text(
            "出品のほとんどが新品・未使用で、{n}点あります（運営者の目安：{threshold}点以上）。",
            "Most of what is on offer is new or unused: {n} (the operator's guide: {threshold} or more).",
        ),
        citation=GUIDELINE_OF_2022,
    ),
    BusinessSign(
        code="permit",
        counted=Counted.ON_OFFER,
        threshold=5,
        points=3,
        group=GoodsGroup.PERMIT,
        said=Text(
            "販売に許可や免許が要ることの多い種類のものが{n}点、出品されています（運営者の目安：{threshold}点以上）。",
            "{n} goods of kinds that mostly presuppose a permit are on offer (the operator's guide: {threshold} or more).",
        ),
        citation=GUIDELINE_OF_2022,
    ),
    BusinessSign(
        code="reviews_month",
        counted=Counted.REVIEWS_MONTH,
        threshold=20,
        points=2,
        near=True,
        said=Text(
            f"この{MONTH_DAYS}日に評価・レビューが{{n}}件つきました（運営者の目安：{{threshold}}件以上）。",
            f"{{n}} reviews came within {MONTH_DAYS} days (the operator's guide: {{threshold}} or more).",
        ),
        citation=GUIDELINE_OF_2022,
    ),
)
"""Every sign, the figures of the notice first."""

COLLECTION = PrivateSign(
    code="collection",
    points=4,
    said=Text(
        "ほとんどが一つの種類の中古品で、同じ型のものは多くありません。趣味で集めたものの処分かもしれません。",
        "Nearly all is used goods of one kind, and hardly any two are of one model: a collection may be given up.",
    ),
    citation=NOTICE_OF_2006,
)
HOUSEHOLD = PrivateSign(
    code="household",
    points=4,
    said=Text(
        "ほとんどがいろいろな種類の中古品で、同じ型のものは多くありません。家や部屋の片付けかもしれません。",
        "Nearly all is used goods of many kinds, and hardly any two are of one model: a home may be cleared.",
    ),
    citation=OWN_RULE,
)
HANDMADE = PrivateSign(
    code="handmade",
    points=7,
    said=Text(
        "ほとんどが手作りの品です。新品でも、仕入れて売っているとは限りません。",
        "Nearly all is made by hand: new as it is, it need not have been bought to be sold.",
    ),
    citation=OWN_RULE,
)
PRIVATE_SIGNS = (COLLECTION, HOUSEHOLD, HANDMADE)
NEW_SHARE = 0.6
"""From this share on, of what is told to be new or used, most is new."""
USED_SHARE = 0.8
"""Of so much of what is on offer, and told to be new or used, it must be used to speak for a private person."""
MOST_USED_ALIKE = 2
FEW = 10
"""Of fewer used goods nothing is said for a private person: there is too little to see."""
LOOK_AT = 4
"""From so many points on a person looks: what one figure of the notice weighs."""

HIDDEN_ON = Setting(
    code="display.hidden",
    title=Text(
        "個人の出品者のうち、事業者かもしれないものを担当者の一覧に載せる",
        "private accounts that may be businesses are listed for staff to look at",
    ),
    default=True,
    citation=OWN_RULE,
)

DISPLAY_HIDDEN_PASS = Deadline(
    code="display.hidden_pass",
    title=Text("個人の出品者を見直すまで", "until private accounts are counted through again"),
    duration=EveryHours(24),
    citation=OWN_RULE,
)
DISPLAY_HIDDEN_QUESTION = Deadline(
    code="display.hidden_question",
    title=Text(
        "事業者かもしれない個人の出品者が答えるまで", "the answer of a private account that may be a business"
    ),
    duration=CalendarDays(14),
    citation=OWN_RULE,
)
DISPLAY_HIDDEN_AGAIN = Deadline(
    code="display.hidden_again",
    title=Text("どちらともいえないとした出品者を見直すまで", "the next look where it was unclear"),
    duration=CalendarDays(90),
    citation=OWN_RULE,
)
HIDDEN_DEADLINES = (DISPLAY_HIDDEN_PASS, DISPLAY_HIDDEN_QUESTION, DISPLAY_HIDDEN_AGAIN)
HIDDEN_REST = Setting(
    code="display.hidden_rest",
    title=Text(
        "個人と見た出品者を、また一覧に載せるまでの日数",
        "days until an account that was found private is listed again",
    ),
    default=180,
    citation=OWN_RULE,
    least=30,
    most=730,
    unit=CountedIn.DAYS,
)
HIDDEN_SETTINGS = (HIDDEN_ON, HIDDEN_REST)
