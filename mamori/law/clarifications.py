"""Who is asked before something is decided, about what, until when, and what follows where nobody answers.  Pure data.

No statute names these times or what follows from silence: they are the operator's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from mamori.grammar.businesstime import BusinessDays
from mamori.grammar.declaration import Deadline
from mamori.grammar.text import Text
from mamori.law.citations import OWN_RULE


class AskedWhom(StrEnum):
    """Who is asked: the seller, or somebody outside who may know."""

    SELLER = "seller"
    MAKER = "maker"
    IMPORTER = "importer"
    REPRESENTATIVE = "representative"
    HOLDER = "holder"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _WHOMS[self]


_WHOMS = {
    AskedWhom.SELLER: Text("出品者", "the seller"),
    AskedWhom.MAKER: Text("メーカー", "the maker"),
    AskedWhom.IMPORTER: Text("輸入業者", "the importer"),
    AskedWhom.REPRESENTATIVE: Text(
        "国内管理人（海外の事業者の日本での窓口）", "the domestic administrator of a maker abroad"
    ),
    AskedWhom.HOLDER: Text("権利者", "the holder of the right"),
}


class AskedWhat(StrEnum):
    """What they are asked about."""

    UNSAFE = "unsafe"
    DISPLAY = "display"
    RIGHTS = "rights"
    OTHER = "other"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _WHATS[self]


_WHATS = {
    AskedWhat.UNSAFE: Text("商品の安全", "the safety of goods"),
    AskedWhat.DISPLAY: Text("表示の内容", "what is displayed"),
    AskedWhat.RIGHTS: Text("本物かどうか・権利", "whether goods are genuine; rights"),
    AskedWhat.OTHER: Text("そのほかの事実", "other facts"),
}


class AnsweredBy(StrEnum):
    """By which way an answer came."""

    PAGE = "page"
    MAIL = "mail"
    TELEPHONE = "telephone"
    LETTER = "letter"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _WAYS[self]


_WAYS = {
    AnsweredBy.PAGE: Text("回答のページ", "the page for it"),
    AnsweredBy.MAIL: Text("メール", "mail"),
    AnsweredBy.TELEPHONE: Text("電話", "telephone"),
    AnsweredBy.LETTER: Text("手紙・FAX", "letter or fax"),
}


class EnteredFrom(StrEnum):
    """From where staff enter an answer that did not come by the page."""

    MAIL = AnsweredBy.MAIL.value
    TELEPHONE = AnsweredBy.TELEPHONE.value
    LETTER = AnsweredBy.LETTER.value

    @property
    def text(self) -> Text:
        """Return it in words."""
        return AnsweredBy(self.value).text


_NOT_SHOWN = {
    AskedWhat.UNSAFE: Text(
        "安全であることが示されなかったものとして、わかっていることで決めます。",
        "It is taken as not shown to be safe, and decided on what is known.",
    ),
    AskedWhat.DISPLAY: Text(
        "表示が正しいことが示されなかったものとして、わかっていることで決めます。",
        "The display is taken as not shown to be right, and it is decided on what is known.",
    ),
    AskedWhat.RIGHTS: Text(
        "本物であることが示されなかったものとして、わかっていることで決めます。",
        "The goods are taken as not shown to be genuine, and it is decided on what is known.",
    ),
}
_NOTHING_FOLLOWS = Text(
    "返答がないことからは何も決めつけず、わかっていることで決めます。",
    "Nothing follows from silence: it is decided on what is known.",
)


def silence(what: AskedWhat, whom: AskedWhom) -> Text:
    """Return what is taken to be so where nobody answers in time; a holder's silence never counts against a seller."""
    return _NOTHING_FOLLOWS if whom is AskedWhom.HOLDER else _NOT_SHOWN.get(what, _NOTHING_FOLLOWS)


def _deadline(code: str, title: Text) -> Deadline:
    return Deadline(
        code=f"enforcement.clarification_{code}", title=title, duration=BusinessDays(5), citation=OWN_RULE
    )


CLARIFICATION_UNSAFE = _deadline(
    "unsafe", Text("商品の安全についての事実確認に返答があるまで", "the answer about the safety of goods")
)
CLARIFICATION_DISPLAY = _deadline(
    "display", Text("表示についての事実確認に返答があるまで", "the answer about what is displayed")
)
CLARIFICATION_OTHER = _deadline(
    "other", Text("そのほかの事実確認に返答があるまで", "the answer about anything else")
)
CLARIFICATION_REMINDER = Deadline(
    code="enforcement.clarification_reminder",
    title=Text("事実確認に返答がなく、催促するまで", "until whoever does not answer is reminded"),
    duration=BusinessDays(3),
    citation=OWN_RULE,
)
CLARIFICATION_CLOCKS: Mapping[AskedWhat, Deadline] = {
    AskedWhat.UNSAFE: CLARIFICATION_UNSAFE,
    AskedWhat.DISPLAY: CLARIFICATION_DISPLAY,
    AskedWhat.RIGHTS: CLARIFICATION_OTHER,
    AskedWhat.OTHER: CLARIFICATION_OTHER,
}
CLARIFICATION_DEADLINES = (
    CLARIFICATION_UNSAFE,
    CLARIFICATION_DISPLAY,
    CLARIFICATION_OTHER,
    CLARIFICATION_REMINDER,
)
