"""What an accident with goods is, who told of it, who hears of it, and what a report of it asks.  Pure data."""

from __future__ import annotations

from enum import Enum, StrEnum

from mamori.grammar.businesstime import BusinessDays, CalendarDays
from mamori.grammar.declaration import Deadline
from mamori.grammar.text import Text
from mamori.law.citations import MAKER_REPORTS, MAKER_REPORTS_WITHIN, MAKER_TOLD, OWN_RULE, SERIOUS_ACCIDENT


class AccidentSource(StrEnum):
    """From whom an accident came to be known."""

    TROUBLE = "trouble"
    QUESTION = "question"
    ANSWER = "answer"
    REPORT = "report"
    TELEPHONE = "telephone"
    MAKER = "maker"
    AUTHORITY = "authority"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _SOURCES[self]


_SOURCES = {
    AccidentSource.TROUBLE: Text("注文の困りごと", "a trouble with an order"),
    AccidentSource.QUESTION: Text("購入前の質問", "a question before a purchase"),
    AccidentSource.ANSWER: Text("危険の知らせへの答え", "an answer to a warning"),
    AccidentSource.REPORT: Text("申し出", "a report"),
    AccidentSource.TELEPHONE: Text("電話", "the telephone"),
    AccidentSource.MAKER: Text("メーカー・輸入業者", "the maker or importer"),
    AccidentSource.AUTHORITY: Text("行政機関", "an authority"),
}

LONG_TREATMENT = 30
"""Days of treatment from which on an injury or illness makes an accident a serious one."""


class Hurt(StrEnum):
    """How badly somebody was hurt, from what is not known yet to the gravest."""

    UNKNOWN = "unknown"
    NONE = "none"
    MINOR = "minor"
    GRAVE = "grave"
    DEATH = "death"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _HURTS[self]


_HURTS = {
    Hurt.UNKNOWN: Text("まだわからない", "not known yet"),
    Hurt.NONE: Text("けが人・病人はいない", "nobody was hurt or fell ill"),
    Hurt.MINOR: Text(
        "けが・体調不良（治療{days}日未満）", "hurt or ill, less than {days} days of treatment"
    ).fill(days=LONG_TREATMENT),
    Hurt.GRAVE: Text(
        "治療{days}日以上のけが・病気、後遺障害、一酸化炭素中毒",
        "{days} days of treatment or more, a lasting disability, or carbon monoxide poisoning",
    ).fill(days=LONG_TREATMENT),
    Hurt.DEATH: Text("亡くなった人がいる", "somebody died"),
}
HURTS = tuple(Hurt)
"""From what is known least to the gravest."""
SERIOUS = frozenset({Hurt.GRAVE, Hurt.DEATH})
SERIOUS_SOURCE = SERIOUS_ACCIDENT
"""Where the law says which accidents are serious ones."""
SERIOUS_WORDS = Text(
    "重大製品事故（死亡、治療{days}日以上のけが・病気や後遺障害、一酸化炭素中毒、火災）にあたる可能性があります。",
    "This may be a serious product accident: a death, {days} days of treatment or more or a lasting disability, carbon monoxide "
    "poisoning, or a fire.",
).fill(days=LONG_TREATMENT)


def is_serious(hurt: Hurt, *, fire: bool) -> bool:
    """Say whether the law may call it a serious accident; whether it does is for who reports it to judge."""
    return fire or hurt in SERIOUS


MAKER_TERM = CalendarDays(9)
"""Until when a maker or importer reports: ten days, of which the day of knowing is the first."""
MAKER_DAYS = MAKER_TERM.count + 1


MAKER_SOURCES = (MAKER_REPORTS, MAKER_REPORTS_WITHIN)
MAKER_MUST_REPORT = Text(
    "メーカーか輸入業者は、重大製品事故を知った日を1日目として{days}日以内に、消費者庁長官へ報告する義務があります。通販サイトの義務ではありません。",
    "The maker or importer has to report a serious product accident to the Commissioner of the Consumer Affairs Agency within "
    "{days} days, the day of knowing being the first. It does not bind the marketplace.",
).fill(days=MAKER_DAYS)
"""What binds the maker, as information: it is no clock of ours."""
WE_TELL_SOURCES = (MAKER_TOLD,)
WE_TELL_THE_MAKER = Text(
    "通販サイトは、重大製品事故を知ったとき、製造・輸入・小売の事業者に知らせるよう努めます（2025年12月25日から）。",
    "A marketplace that learns of a serious product accident endeavours to notify who makes, imports or retails the product "
    "(since 25 December 2025).",
)


class ToldWhom(StrEnum):
    """Who hears of an accident from us."""

    NITE = "nite"
    CAA = "caa"
    MAKER = "maker"
    REPRESENTATIVE = "representative"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _TOLD[self]


_TOLD = {
    ToldWhom.NITE: Text(
        "製品評価技術基盤機構（NITE）", "National Institute of Technology and Evaluation (NITE)"
    ),
    ToldWhom.CAA: Text("消費者庁", "Consumer Affairs Agency"),
    ToldWhom.MAKER: Text("メーカー・輸入業者", "the maker or importer"),
    ToldWhom.REPRESENTATIVE: Text(
        "国内管理人（海外の事業者の日本での窓口）", "the domestic administrator of a maker abroad"
    ),
}


class ToldHow(StrEnum):
    """By what somebody was told."""

    MAIL = "mail"
    LETTER = "letter"
    FORM = "form"
    TELEPHONE = "telephone"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _HOWS[self]


_HOWS = {
    ToldHow.MAIL: Text("メール", "mail"),
    ToldHow.LETTER: Text("手紙・FAX", "letter or fax"),
    ToldHow.FORM: Text("相手のサイトのフォーム", "a form on their own site"),
    ToldHow.TELEPHONE: Text("電話", "telephone"),
}


class AccidentField(Enum):
    """What the house writes into a report of an accident: our own list, after no official form."""

    HAPPENED_ON = Text("事故の日", "day of the accident")
    KNOWN_ON = Text("通販サイトが知った日", "day on which the marketplace knew")
    WHERE = Text("場所（都道府県）", "place (prefecture)")
    WHAT = Text("事故の内容", "what happened")
    HURT = Text("けが・病気の程度", "how badly somebody was hurt")
    FIRE = Text("火災の有無", "whether there was a fire")
    GOODS = Text("製品の名前", "name of the product")
    BRAND = Text("ブランド", "brand")
    MODEL = Text("型式", "model")
    LOT = Text("製造番号・ロット", "serial or lot number")
    MAKER = Text("メーカー・輸入業者・国内管理人", "maker, importer or domestic administrator")
    BOUGHT_ON = Text("購入の日", "day of the purchase")
    SOLD = Text("この通販サイトで売れた数", "how many were sold on this marketplace")
    KEPT = Text("製品が手もとにあるか", "whether the product is still there")
    DONE = Text("通販サイトがしたこと", "what the marketplace has done")
    CONTACT = Text("連絡先（通販サイトの担当）", "whom to ask at the marketplace")


ACCIDENT_NEXT = Deadline(
    code="safety.accident_next",
    title=Text(
        "終わっていない事故の次の確認（終わるまで、繰り返し）",
        "the next look at an accident that is not closed, again and again until it is",
    ),
    duration=BusinessDays(3),
    citation=OWN_RULE,
)
ACCIDENT_DEADLINES = (ACCIDENT_NEXT,)
