"""Who else may ask for what is held of people, each on its own ground: what may be given on it, and what never.

A request to take something down is none of these.  What is only remembered is a hint for counsel and decides nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from mamori.grammar.businesstime import BusinessDays
from mamori.grammar.citation import Citation, Confidence
from mamori.grammar.declaration import Deadline
from mamori.grammar.hand import Role
from mamori.grammar.text import Text
from mamori.law.citations import (
    COMMERCE_ACT,
    CRIMINAL_PROCEDURE,
    CRIMINAL_URL,
    OWN_RULE,
    PERSONAL_DATA_ACT,
    PRESERVING,
    RECORD_ORDERED,
)
from mamori.law.grounds import PRESERVATION, RECORD_ORDER

PLATFORM_ACT = Text(
    "情報流通プラットフォーム対処法（平成13年法律第137号）",
    "Act on information distribution platforms (Act No. 137 of 2001)",
)
LAWYERS_ACT = Text("弁護士法（昭和24年法律第205号）", "Attorney Act (Act No. 205 of 1949)")
CIVIL_PROCEDURE = Text("民事訴訟法（平成8年法律第109号）", "Code of Civil Procedure (Act No. 109 of 1996)")
TAX_ACT = Text(
    "国税通則法（昭和37年法律第66号）", "Act on General Rules for National Taxes (Act No. 66 of 1962)"
)


class Binding(StrEnum):
    """How far who is asked has to answer."""

    VOLUNTARY = "voluntary"
    COMPULSORY = "compulsory"
    RIGHT = "right"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _BINDINGS[self]


_BINDINGS = {
    Binding.VOLUNTARY: Text(
        "任意（応じるかは、ほかの人の権利と照らして決める）",
        "voluntary: weighed against the rights of others",
    ),
    Binding.COMPULSORY: Text("強制（書かれた範囲に応じる）", "compulsory, as far as it says"),
    Binding.RIGHT: Text("権利（要件に当たれば応じる）", "a right, where its requirements are met"),
}


class Kept(StrEnum):
    """Kinds of what is held of people."""

    REGISTERED = "registered"
    ORDERS = "orders"
    LOGS = "logs"
    MESSAGES = "messages"
    BANK = "bank"
    DOCUMENTS = "documents"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _KEPT[self]


_KEPT = {
    Kept.REGISTERED: Text("登録された名前・住所・連絡先", "registered names, addresses and contacts"),
    Kept.ORDERS: Text("注文の記録", "the record of orders"),
    Kept.LOGS: Text("通信履歴（だれがだれに、いつ）", "communication logs: who to whom, when"),
    Kept.MESSAGES: Text("やり取りの文面と添付", "words and files of conversations"),
    Kept.BANK: Text("銀行口座", "bank accounts"),
    Kept.DOCUMENTS: Text("本人確認書類", "identity documents"),
}


class InquiryKind(StrEnum):
    """On what somebody asks."""

    HOLDER = "holder"
    BAR = "bar"
    POLICE = "police"
    PRESERVE = "preserve"
    WARRANT = "warrant"
    RECORD_ORDER = "record_order"
    COURT = "court"
    COURT_ORDER = "court_order"
    TAX = "tax"
    COMMERCE = "commerce"
    DATA_SUBJECT = "data_subject"

    @property
    def text(self) -> Text:
        """Return what it is called."""
        return INQUIRIES[self].title


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryRule:
    """A kind of inquiry: its basis, how far it binds, who decides, what may be given on it and what never.

    `holds` names the legal hold that it asks for.  `is_secret`: whom it is about may not be told that it came.  `hears`: whom it
    is about is heard first.  `refusal` is what is answered where more is asked than may be given.
    """

    title: Text
    citation: Citation
    binding: Binding
    deciders: Collection[Role]
    may: frozenset[Kept]
    never: frozenset[Kept]
    refusal: Text
    holds: str = ""
    is_secret: bool = False
    hears: bool = False

    def __post_init__(self) -> None:
        if self.may & self.never:
            raise ValueError(f"{self.title.en}: the same may be given and never")

    @property
    def lets(self) -> tuple[Kept, ...]:
        """Return what may be given, in order."""
        return tuple(one for one in Kept if one in self.may)

    @property
    def forbids(self) -> tuple[Kept, ...]:
        """Return what may never be given, in order."""
        return tuple(one for one in Kept if one in self.never)


COUNSEL = frozenset({Role.COUNSEL})
HEADS = frozenset({Role.LEAD, Role.COUNSEL})
PRIVATE = frozenset({Kept.MESSAGES, Kept.LOGS})
"""Secrecy of communications: on no inquiry without a judge's warrant."""
REST = frozenset({Kept.BANK, Kept.DOCUMENTS})


def _memory(act: Text, article: str) -> Citation:
    return Citation(act, article, Confidence.MEMORY)


def _statute(act: Text, article: str, url: str = "") -> Citation:
    return Citation(act, article, Confidence.STATUTE, url)


NO_WARRANT = Text(
    "通信の秘密に当たるもの（やり取りの文面、だれがだれにいつ連絡したか）は、裁判官の令状によらなければお渡しできません。"
    "必要なときは令状をお取りください。消えないようにする求めは別にお受けします。",
    "What is secret of communications (words, and who wrote to whom and when) can be given upon a judge's warrant only. "
    "Please obtain one where you need it; we take requests to preserve logs apart from this.",
)
NOT_ON_THIS = Text(
    "お求めのうち、この根拠でお渡しできないものがあります。お渡しできる範囲でお答えします。",
    "Some of what you ask for cannot be given on this ground. We answer as far as it reaches.",
)
INQUIRIES: Mapping[InquiryKind, InquiryRule] = {
    InquiryKind.HOLDER: InquiryRule(
        title=Text("権利者からの発信者情報の開示請求", "a rights holder asks who published something"),
        citation=_statute(PLATFORM_ACT, "5-8"),
        binding=Binding.RIGHT,
        deciders=COUNSEL,
        may=frozenset({Kept.REGISTERED}),
        never=PRIVATE | REST | {Kept.ORDERS},
        refusal=NOT_ON_THIS,
        hears=True,
    ),
    InquiryKind.BAR: InquiryRule(
        title=Text("弁護士会照会", "an inquiry of a bar association"),
        citation=_memory(LAWYERS_ACT, "23-2"),
        binding=Binding.VOLUNTARY,
        deciders=COUNSEL,
        may=frozenset({Kept.REGISTERED, Kept.ORDERS}),
        never=PRIVATE | {Kept.DOCUMENTS},
        refusal=NO_WARRANT,
    ),
    InquiryKind.POLICE: InquiryRule(
        title=Text("捜査関係事項照会", "an inquiry of the police in an investigation"),
        citation=_statute(CRIMINAL_PROCEDURE, "197(2)", CRIMINAL_URL),
        binding=Binding.VOLUNTARY,
        deciders=HEADS,
        may=frozenset({Kept.REGISTERED, Kept.ORDERS, Kept.BANK, Kept.DOCUMENTS}),
        never=PRIVATE,
        refusal=NO_WARRANT,
    ),
    InquiryKind.PRESERVE: InquiryRule(
        title=Text("通信履歴の保全の求め", "a request to preserve communication logs"),
        citation=PRESERVING,
        binding=Binding.VOLUNTARY,
        deciders=HEADS,
        may=frozenset(),
        never=frozenset(Kept),
        refusal=Text(
            "保全の求めは、消さないための求めです。中身をお渡しすることはできません。",
            "A request to preserve is one not to erase. Nothing can be handed out on it.",
        ),
        holds=PRESERVATION.code,
    ),
    InquiryKind.WARRANT: InquiryRule(
        title=Text("捜索差押許可状などの令状", "a warrant of search and seizure"),
        citation=_statute(CRIMINAL_PROCEDURE, "218(1)", CRIMINAL_URL),
        binding=Binding.COMPULSORY,
        deciders=HEADS,
        may=frozenset(Kept),
        never=frozenset(),
        refusal=Text(
            "令状に書かれていないものは、お渡しできません。",
            "What the warrant does not name cannot be given.",
        ),
    ),
    InquiryKind.RECORD_ORDER: InquiryRule(
        title=Text("電磁的記録提供命令", "an order to provide electronic records"),
        citation=RECORD_ORDERED,
        binding=Binding.COMPULSORY,
        deciders=HEADS,
        may=frozenset(Kept),
        never=frozenset(),
        refusal=Text(
            "命令に書かれていないものは、お渡しできません。", "What the order does not name cannot be given."
        ),
        holds=RECORD_ORDER.code,
        is_secret=True,
    ),
    InquiryKind.COURT: InquiryRule(
        title=Text("裁判所の調査嘱託", "a court asks for an examination"),
        citation=_memory(CIVIL_PROCEDURE, "186"),
        binding=Binding.VOLUNTARY,
        deciders=COUNSEL,
        may=frozenset({Kept.REGISTERED, Kept.ORDERS}),
        never=PRIVATE | {Kept.DOCUMENTS},
        refusal=NO_WARRANT,
    ),
    InquiryKind.COURT_ORDER: InquiryRule(
        title=Text("裁判所の文書提出命令", "a court orders documents to be produced"),
        citation=_memory(CIVIL_PROCEDURE, "223"),
        binding=Binding.COMPULSORY,
        deciders=COUNSEL,
        may=frozenset({Kept.REGISTERED, Kept.ORDERS, Kept.BANK, Kept.DOCUMENTS}),
        never=PRIVATE,
        refusal=NO_WARRANT,
    ),
    InquiryKind.TAX: InquiryRule(
        title=Text("税務署の質問検査・照会", "an inquiry of the tax office"),
        citation=_memory(TAX_ACT, "74-2"),
        binding=Binding.COMPULSORY,
        deciders=HEADS,
        may=frozenset({Kept.REGISTERED, Kept.ORDERS, Kept.BANK}),
        never=PRIVATE | {Kept.DOCUMENTS},
        refusal=NO_WARRANT,
    ),
    InquiryKind.COMMERCE: InquiryRule(
        title=Text("特定商取引法による報告の求め・立入検査", "a report or inspection under commercial law"),
        citation=_memory(COMMERCE_ACT, "66"),
        binding=Binding.COMPULSORY,
        deciders=HEADS,
        may=frozenset({Kept.REGISTERED, Kept.ORDERS}),
        never=PRIVATE | REST,
        refusal=NO_WARRANT,
    ),
    InquiryKind.DATA_SUBJECT: InquiryRule(
        title=Text(
            "本人からの開示・訂正・利用停止の求め",
            "a person asks for its own data, or to correct or stop them",
        ),
        citation=_statute(PERSONAL_DATA_ACT, "33-35"),
        binding=Binding.RIGHT,
        deciders=HEADS,
        may=frozenset(Kept),
        never=frozenset(),
        refusal=Text(
            "ほかの人の権利を害するもの、仕事に著しい支障のあるものは、お示しできません。理由をお知らせします。",
            "What would harm others' rights, or our work gravely, is not shown. We tell you why.",
        ),
    ),
}


def beyond(kind: InquiryKind, asked: Collection[Kept]) -> tuple[Kept, ...]:
    """Return what is asked for that may never be given on this ground."""
    return tuple(one for one in Kept if one in asked and one in INQUIRIES[kind].never)


def within(kind: InquiryKind, asked: Collection[Kept]) -> tuple[Kept, ...]:
    """Return what is asked for that may be given on it, where whoever decides finds that it should."""
    return tuple(one for one in Kept if one in asked and one in INQUIRIES[kind].may)


INQUIRY_ANSWER = Deadline(
    code="disclosure.inquiry",
    title=Text("照会に返事をするまで", "the answer to an inquiry"),
    duration=BusinessDays(5),
    citation=OWN_RULE,
)
