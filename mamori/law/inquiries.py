"""Who else may ask for what is held of people, each on its own ground: what may be given on it, and what never.

A request to take something down is none of these.  What is only remembered is a hint for counsel and decides nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from mamori.grammar.actor import HEADS, Role
from mamori.grammar.businesstime import BusinessDays
from mamori.grammar.citation import Citation, Confidence
from mamori.grammar.declaration import Deadline
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
from mamori.law.grounds import PRESERVATION, RECORD_ORDER, SUIT


class HeldKind(StrEnum):
    """Kinds of what is held of people."""

    REGISTERED = "registered"
    ORDERS = "orders"
    PAYOUTS = "payouts"
    BANK = "bank"
    DOCUMENTS = "documents"
    CENTRE = "centre"
    NOTES = "notes"
    SIGN_INS = "sign_ins"
    LOGS = "logs"
    MESSAGES = "messages"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _KEPT[self]


_KEPT = {
    HeldKind.REGISTERED: Text("登録された名前・住所・連絡先", "registered names, addresses and contacts"),
    HeldKind.ORDERS: Text("注文の記録", "the record of orders"),
    HeldKind.PAYOUTS: Text("売上と送金の記録", "sales and payouts"),
    HeldKind.BANK: Text("銀行口座", "bank accounts"),
    HeldKind.DOCUMENTS: Text("本人確認書類", "identity documents"),
    HeldKind.CENTRE: Text(
        "相談窓口への相談とその答え", "what was said to the customer centre, and its answers"
    ),
    HeldKind.NOTES: Text("担当者のメモ", "notes of staff"),
    HeldKind.SIGN_INS: Text("ログインの日時とIPアドレス", "moments and IP addresses of sign-ins"),
    HeldKind.LOGS: Text("通信履歴（だれがだれに、いつ）", "communication logs: who to whom, when"),
    HeldKind.MESSAGES: Text("やり取りの文面と添付", "words and files of conversations"),
}
SECRET = frozenset({HeldKind.MESSAGES, HeldKind.LOGS, HeldKind.SIGN_INS})
"""Secrecy of communications: given upon a judge's warrant, or where a statute names it."""


def listed(some: Collection[HeldKind]) -> Text:
    """Return several kinds in words, in order."""
    return Text.listed(one.text for one in HeldKind if one in some) if some else Text("なし", "nothing")


PLATFORM_ACT = Text(
    "情報流通プラットフォーム対処法（平成13年法律第137号）",
    "Act on information distribution platforms (Act No. 137 of 2001)",
)
LAWYERS_ACT = Text("弁護士法（昭和24年法律第205号）", "Attorney Act (Act No. 205 of 1949)")
CIVIL_PROCEDURE = Text("民事訴訟法（平成8年法律第109号）", "Code of Civil Procedure (Act No. 109 of 1996)")
TAX_ACT = Text(
    "国税通則法（昭和37年法律第66号）", "Act on General Rules for National Taxes (Act No. 66 of 1962)"
)


class InquiryForce(StrEnum):
    """How far who is asked has to answer."""

    VOLUNTARY = "voluntary"
    COMPULSORY = "compulsory"
    RIGHT = "right"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _BINDINGS[self]


_BINDINGS = {
    InquiryForce.VOLUNTARY: Text(
        "任意（応じるかは、ほかの人の権利と照らして決める）",
        "voluntary: weighed against the rights of others",
    ),
    InquiryForce.COMPULSORY: Text("強制（書かれた範囲に応じる）", "compulsory, as far as it says"),
    InquiryForce.RIGHT: Text("権利（要件に当たれば応じる）", "a right, where its requirements are met"),
}


class InquiryKind(StrEnum):
    """On what somebody asks."""

    HOLDER = "holder"
    HOLDER_ORDER = "holder_order"
    BAR = "bar"
    POLICE = "police"
    PRESERVE = "preserve"
    WARRANT = "warrant"
    RECORD_ORDER = "record_order"
    COURT = "court"
    COURT_ORDER = "court_order"
    TAX = "tax"
    TAX_ASKS = "tax_asks"
    COMMERCE = "commerce"
    OWN_DATA = "own_data"
    CORRECTION = "correction"
    STOPPING = "stopping"

    @property
    def text(self) -> Text:
        """Return what it is called."""
        return INQUIRIES[self].title


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryRule:
    """A kind of inquiry: its basis, how far it binds, who decides, what may be given on it; all else is never given.

    `rest` answers about what may be given and is not.  `first` is what is seen to before anything is given.  `note` is what
    whoever decides has to know.  `holds` names the legal hold that it asks for.  `silence` is where it may ask that nobody is
    told, for at most so many days (0: for as long as it says).  `by_investigators`: they can obtain a warrant.  `is_own`: a
    person asks about itself, and is told why.  `is_deed`: something is done with the data and nothing handed out.
    """

    title: Text
    citation: Citation
    binding: InquiryForce
    deciders: Collection[Role]
    may: frozenset[HeldKind]
    rest: Text
    first: Text | None = None
    note: Text | None = None
    holds: str = ""
    silence: Citation | None = None
    silence_days: int = 0
    by_investigators: bool = False
    is_own: bool = False
    is_deed: bool = False

    @property
    def is_compulsory(self) -> bool:
        """Say whether it has to be answered as far as it says."""
        return self.binding is InquiryForce.COMPULSORY

    @property
    def never(self) -> frozenset[HeldKind]:
        """Return what may never be given on it."""
        return frozenset(HeldKind) - self.may


COUNSEL = frozenset({Role.COUNSEL})
PLAIN = frozenset({HeldKind.REGISTERED, HeldKind.ORDERS})
SALES = PLAIN | {HeldKind.PAYOUTS, HeldKind.BANK}
ALL = frozenset(HeldKind)


def _memory(act: Text, article: str) -> Citation:
    return Citation(act, article, Confidence.MEMORY)


def _statute(act: Text, article: str, url: str = "") -> Citation:
    return Citation(act, article, Confidence.STATUTE, url)


SILENCE_ASKED = _statute(CRIMINAL_PROCEDURE, "197(5)", CRIMINAL_URL)
NOT_FOLLOWED = Text(
    "{items}については、この照会には応じかねます。",
    "As to {items}, we do not comply with this inquiry.",
)
NOT_NAMED = Text(
    "{items}は、書面に書かれた範囲にないか、保有していないため、お渡しするものがありません。",
    "As to {items} there is nothing to give: it lies outside what the paper names, or is not held.",
)
NOT_SHOWN = Text(
    "{items}については、求めに応じません。ほかの人の権利を害するもの、仕事に著しい支障のあるもの、要件に当たらないものは、応じられないためです。",
    "As to {items} we do not do as you ask: it would harm others, gravely hinder our work, or is not what the law grants.",
)
IDENTITY = Text(
    "本人（代理人なら権限も）であることを書類で確かめる",
    "see by documents that it is that person, or may act for it",
)

INQUIRIES: Mapping[InquiryKind, InquiryRule] = {
    InquiryKind.HOLDER: InquiryRule(
        title=Text("権利者からの発信者情報の開示請求", "a rights holder asks who published something"),
        citation=_statute(PLATFORM_ACT, "5, 6"),
        binding=InquiryForce.RIGHT,
        deciders=COUNSEL,
        may=frozenset({HeldKind.REGISTERED, HeldKind.SIGN_INS}),
        rest=NOT_FOLLOWED,
        first=Text(
            "発信者の意見を聴く。連絡がとれないときは、そのことを記録する",
            "hear who published it, or note that it cannot be reached",
        ),
        note=Text(
            "ログインの記録（特定発信者情報）は、補充的な要件を満たすときだけです。",
            "Sign-ins (specified sender information) only where the further requirements are met.",
        ),
    ),
    InquiryKind.HOLDER_ORDER: InquiryRule(
        title=Text(
            "発信者情報の開示命令・提供命令・消去禁止命令", "a court's order on who published something"
        ),
        citation=_statute(PLATFORM_ACT, "8, 15, 16"),
        binding=InquiryForce.COMPULSORY,
        deciders=COUNSEL,
        may=frozenset({HeldKind.REGISTERED, HeldKind.SIGN_INS}),
        rest=NOT_NAMED,
        note=Text(
            "開示に反対した発信者には、開示命令を受けたことを遅滞なく知らせます。異議の訴えの期間を法務担当が確かめます。",
            "Who objected is told without delay that disclosure was ordered. Counsel looks at the time to contest it.",
        ),
        holds=SUIT.code,
    ),
    InquiryKind.BAR: InquiryRule(
        title=Text("弁護士会照会", "an inquiry of a bar association"),
        citation=_memory(LAWYERS_ACT, "23-2"),
        binding=InquiryForce.VOLUNTARY,
        deciders=COUNSEL,
        may=SALES,
        rest=NOT_FOLLOWED,
    ),
    InquiryKind.POLICE: InquiryRule(
        title=Text("捜査関係事項照会", "an inquiry of the police in an investigation"),
        citation=_statute(CRIMINAL_PROCEDURE, "197(2)", CRIMINAL_URL),
        binding=InquiryForce.VOLUNTARY,
        deciders=HEADS,
        may=SALES | {HeldKind.DOCUMENTS, HeldKind.CENTRE},
        rest=NOT_FOLLOWED,
        silence=SILENCE_ASKED,
        by_investigators=True,
    ),
    InquiryKind.PRESERVE: InquiryRule(
        title=Text("通信履歴の保全の求め", "a request to preserve communication logs"),
        citation=PRESERVING,
        binding=InquiryForce.VOLUNTARY,
        deciders=HEADS,
        may=frozenset(),
        rest=Text(
            "保全の求めは、消さないための求めです。中身をお渡しすることはできません。",
            "A request to preserve is one not to erase. Nothing can be handed out on it.",
        ),
        holds=PRESERVATION.code,
        silence=SILENCE_ASKED,
        by_investigators=True,
    ),
    InquiryKind.WARRANT: InquiryRule(
        title=Text("捜索差押許可状などの令状", "a warrant of search and seizure"),
        citation=_statute(CRIMINAL_PROCEDURE, "218(1)", CRIMINAL_URL),
        binding=InquiryForce.COMPULSORY,
        deciders=HEADS,
        may=ALL,
        rest=NOT_NAMED,
        by_investigators=True,
    ),
    InquiryKind.RECORD_ORDER: InquiryRule(
        title=Text("電磁的記録提供命令", "an order to provide electronic records"),
        citation=RECORD_ORDERED,
        binding=InquiryForce.COMPULSORY,
        deciders=HEADS,
        may=ALL,
        rest=NOT_NAMED,
        holds=RECORD_ORDER.code,
        silence=_statute(CRIMINAL_PROCEDURE, "218(3)", CRIMINAL_URL),
        silence_days=366,
        by_investigators=True,
    ),
    InquiryKind.COURT: InquiryRule(
        title=Text("裁判所の調査嘱託", "a court asks for an examination"),
        citation=_memory(CIVIL_PROCEDURE, "186"),
        binding=InquiryForce.VOLUNTARY,
        deciders=COUNSEL,
        may=SALES,
        rest=NOT_FOLLOWED,
    ),
    InquiryKind.COURT_ORDER: InquiryRule(
        title=Text("裁判所の文書提出命令", "a court orders documents to be produced"),
        citation=_memory(CIVIL_PROCEDURE, "223"),
        binding=InquiryForce.COMPULSORY,
        deciders=COUNSEL,
        may=SALES | {HeldKind.DOCUMENTS, HeldKind.CENTRE, HeldKind.NOTES},
        rest=NOT_NAMED,
        note=Text(
            "争うときは、期間内の即時抗告によります（民訴法223条7項。条文は法務担当が確かめます）。通信の秘密は、"
            "提出を拒む理由として抗告で述べます。",
            "It is contested by an immediate appeal in time (article 223(7), for counsel to check), where secrecy of "
            "communications is to be argued.",
        ),
    ),
    InquiryKind.TAX: InquiryRule(
        title=Text("税務署の質問検査", "an examination by the tax office"),
        citation=_memory(TAX_ACT, "74-2"),
        binding=InquiryForce.COMPULSORY,
        deciders=HEADS,
        may=SALES,
        rest=NOT_NAMED,
    ),
    InquiryKind.TAX_ASKS: InquiryRule(
        title=Text("税務署の協力要請", "the tax office asks for help"),
        citation=_memory(TAX_ACT, "74-12"),
        binding=InquiryForce.VOLUNTARY,
        deciders=HEADS,
        may=SALES,
        rest=NOT_FOLLOWED,
    ),
    InquiryKind.COMMERCE: InquiryRule(
        title=Text("特定商取引法による報告の求め・立入検査", "a report or inspection under commercial law"),
        citation=_memory(COMMERCE_ACT, "66"),
        binding=InquiryForce.COMPULSORY,
        deciders=HEADS,
        may=PLAIN | {HeldKind.PAYOUTS, HeldKind.CENTRE},
        rest=NOT_NAMED,
    ),
    InquiryKind.OWN_DATA: InquiryRule(
        title=Text("本人からの自分のデータの開示の求め", "a person asks for its own data"),
        citation=_statute(PERSONAL_DATA_ACT, "33"),
        binding=InquiryForce.RIGHT,
        deciders=HEADS,
        may=ALL,
        rest=NOT_SHOWN,
        first=IDENTITY,
        note=Text(
            "本人のデータだけです。やり取りや注文からは、相手方とほかの人の情報を除きます。",
            "The person's own data only: what is the other side's or others' is removed from orders and conversations.",
        ),
        is_own=True,
    ),
    InquiryKind.CORRECTION: InquiryRule(
        title=Text("本人からの訂正の求め", "a person asks that its data be corrected"),
        citation=_statute(PERSONAL_DATA_ACT, "34"),
        binding=InquiryForce.RIGHT,
        deciders=HEADS,
        may=ALL,
        rest=NOT_SHOWN,
        first=IDENTITY,
        note=Text(
            "事実でないことだけを直します。直すのは通販サイトの登録です。",
            "Only what is not true is corrected, in the marketplace's own register.",
        ),
        is_own=True,
        is_deed=True,
    ),
    InquiryKind.STOPPING: InquiryRule(
        title=Text("本人からの利用停止・消去の求め", "a person asks that the use of its data be stopped"),
        citation=_statute(PERSONAL_DATA_ACT, "35"),
        binding=InquiryForce.RIGHT,
        deciders=HEADS,
        may=ALL,
        rest=NOT_SHOWN,
        first=IDENTITY,
        note=Text("消去は「消去」のページで申請します。", "An erasure is proposed on the page of erasures."),
        is_own=True,
        is_deed=True,
    ),
}


def beyond(kind: InquiryKind, asked: Collection[HeldKind]) -> tuple[HeldKind, ...]:
    """Return what is asked for that may never be given on this ground."""
    return tuple(one for one in HeldKind if one in asked and one not in INQUIRIES[kind].may)


def within(kind: InquiryKind, asked: Collection[HeldKind]) -> tuple[HeldKind, ...]:
    """Return what is asked for that may be given on it, where whoever decides finds that it should."""
    return tuple(one for one in HeldKind if one in asked and one in INQUIRIES[kind].may)


INQUIRY_ANSWER = Deadline(
    code="disclosure.inquiry",
    title=Text("照会に返事をするまで", "the answer to an inquiry"),
    duration=BusinessDays(5),
    citation=OWN_RULE,
)
