"""The declared table of what is kept of people: each column, how it lies there, where it is told, and how shredding reaches it.

Each part declares its own tables in its module `personal`; a test holds that no text, binary or JSON column is left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mamori.grammar.text import Text


class How(StrEnum):
    """How a value lies in its column."""

    SEALED = "sealed"
    HOUSE = "house"
    BLIND = "blind"
    TOKENS = "tokens"
    DIGEST = "digest"
    REFERENCE = "reference"
    STAFF = "staff"
    CODE = "code"

    @property
    def text(self) -> Text:
        """Return what it means, for people."""
        return HOW_TEXTS[self]


HOW_TEXTS = {
    How.SEALED: Text("本人の鍵で封緘", "sealed with the person's key"),
    How.HOUSE: Text("家の鍵で封緘", "sealed with the house's own key"),
    How.BLIND: Text("鍵付きの索引（完全一致だけ）", "blind index: whole values, by a key"),
    How.TOKENS: Text("鍵付きの検索語", "search tokens, by a key"),
    How.DIGEST: Text("要約値（元に戻せない）", "a digest that leads nowhere back"),
    How.REFERENCE: Text(
        "参照（通販サイトの番号・ものの番号。名前ではない）",
        "a reference: the marketplace's number or a thing's",
    ),
    How.STAFF: Text("担当者の平文", "plain data of the operator's own staff"),
    How.CODE: Text(
        "決まった語・家の文・数値（個人データではない）", "declared words, the house's own text, figures"
    ),
}


class Reach(StrEnum):
    """What destroying the person's key does to a value."""

    KEY = "key"
    ERASED = "erased"
    TIME = "time"
    STAYS = "stays"

    @property
    def text(self) -> Text:
        """Return what it means, for people."""
        return REACH_TEXTS[self]


REACH_TEXTS = {
    Reach.KEY: Text("二度と読めない", "can never be read again"),
    Reach.ERASED: Text("同じ取引の中で消える", "is erased in the same transaction"),
    Reach.TIME: Text("期限が来れば消える", "goes when its time is over"),
    Reach.STAYS: Text("残る（名前のない参照・決まった語）", "stays: it names nobody"),
}
DEFAULTS = {How.SEALED: Reach.KEY, How.TOKENS: Reach.ERASED, How.BLIND: Reach.ERASED}


class CopyTo(StrEnum):
    """Where a copy of a value goes."""

    WEBHOOK = "webhook"
    REPLY = "reply"
    MAIL = "mail"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: how it lies there, what it is, whose key seals it, where it is told and what shredding does to it.

    `at` names the places it may be sealed to ("table row column", filled from its row's columns) where that is not its own row
    by the primary key; `{nth}` is one that only its order tells.  `along` says whether an operator that leaves takes it along,
    where that is not as its kind has it; `but` names the secrets in a sealed value that stay behind.
    """

    how: How
    what: Text
    whose: str = ""
    told: tuple[CopyTo, ...] = ()
    searched: bool = False
    reach: Reach = Reach.STAYS
    along: bool | None = None
    at: tuple[str, ...] = ()
    but: tuple[str, ...] = ()

    @property
    def goes_along(self) -> bool:
        """Say whether an operator that leaves takes it along: digests, indexes and what the house's key seals only if told."""
        return self.along if self.along is not None else self.how in ALONG and self.reach is not Reach.TIME


ALONG = frozenset({How.SEALED, How.REFERENCE, How.STAFF, How.CODE})


_TABLES: dict[str, dict[str, Column]] = {}


def table(name: str, /, **columns: Column) -> None:
    """Declare the columns of a table."""
    if name in _TABLES:
        raise ValueError(f"{name} is declared twice")
    _TABLES[name] = columns


def tables() -> dict[str, dict[str, Column]]:
    """Return every declared table, by name."""
    return dict(sorted(_TABLES.items()))


def sealed(
    ja: str,
    en: str,
    *,
    whose: str,
    searched: bool = False,
    along: bool | None = None,
    at: tuple[str, ...] = (),
    but: tuple[str, ...] = (),
) -> Column:
    """Declare what is sealed with a person's key."""
    what, how = Text(ja, en), How.SEALED
    return Column(
        how=how, what=what, whose=whose, searched=searched, reach=Reach.KEY, along=along, at=at, but=but
    )


def house(
    ja: str,
    en: str,
    *,
    told: tuple[CopyTo, ...] = (),
    reach: Reach = Reach.STAYS,
    along: bool | None = None,
) -> Column:
    """Declare what is sealed with the house's own key."""
    return Column(how=How.HOUSE, what=Text(ja, en), whose="market", told=told, reach=reach, along=along)


def tokens(ja: str, en: str) -> Column:
    """Declare search tokens."""
    return Column(how=How.TOKENS, what=Text(ja, en), searched=True, reach=Reach.ERASED)


def blind(ja: str, en: str) -> Column:
    """Declare a blind index of a whole value."""
    return Column(how=How.BLIND, what=Text(ja, en), reach=Reach.ERASED)


def digest(ja: str, en: str, *, reach: Reach = Reach.STAYS, along: bool | None = None) -> Column:
    """Declare a digest."""
    return Column(how=How.DIGEST, what=Text(ja, en), reach=reach, along=along)


def reference(
    ja: str, en: str, *, told: tuple[CopyTo, ...] = (), searched: bool = False, reach: Reach = Reach.STAYS
) -> Column:
    """Declare a reference."""
    return Column(how=How.REFERENCE, what=Text(ja, en), told=told, searched=searched, reach=reach)


def staff(ja: str, en: str, *, reach: Reach = Reach.STAYS) -> Column:
    """Declare plain data of the operator's staff."""
    return Column(how=How.STAFF, what=Text(ja, en), reach=reach)


def code(ja: str, en: str, *, told: tuple[CopyTo, ...] = (), along: bool | None = None) -> Column:
    """Declare words of ours that are nobody's."""
    return Column(how=How.CODE, what=Text(ja, en), told=told, along=along)


KIND = code("種類", "kind")
ABOUT = reference("案件", "the matter", told=(CopyTo.WEBHOOK,))
SUBJECT = reference("だれの鍵か", "whose key it is")
BY_STAFF = reference("行った担当者の番号", "number of the member of staff who did it")
BUYER = reference("購入者の参照", "the buyer's reference", told=(CopyTo.WEBHOOK, CopyTo.REPLY), searched=True)
SELLER = reference(
    "出品者の参照", "the seller's reference", told=(CopyTo.WEBHOOK, CopyTo.REPLY), searched=True
)
ORDER = reference("注文の参照", "the order's reference", told=(CopyTo.WEBHOOK, CopyTo.REPLY), searched=True)
ERROR = code("不具合の種類（送った中身や宛先は含めない）", "kind of the fault, without content or address")
