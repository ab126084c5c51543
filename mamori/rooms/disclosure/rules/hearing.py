"""How the seller is heard: what it is told, how that ended, and when it may be found that it cannot be reached."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mamori.grammar.text import Text
from mamori.law.article5 import SellerItem
from mamori.rooms.disclosure.rules.facts import ClaimKind

DAYS_IN_VAIN = 2
"""On so many days nobody has to have answered by a way before that has failed."""
FAILED_WAYS = 2
"""So many different ways have to have been tried in vain before it is found that a seller cannot be reached."""


class HearingEnd(StrEnum):
    """How the hearing ended."""

    NOT_YET = ""
    ANSWERED = "answered"
    SILENT = "silent"
    UNREACHABLE = "unreachable"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _HEARD[self]


_HEARD = {
    HearingEnd.NOT_YET: Text("まだ聴いていない", "not heard yet"),
    HearingEnd.ANSWERED: Text("意見があった", "it stated its view"),
    HearingEnd.SILENT: Text("期限までに返事がなかった", "it did not answer in time"),
    HearingEnd.UNREACHABLE: Text("連絡がとれなかった", "it could not be reached"),
}


class ReachWay(StrEnum):
    """By which way somebody tried to reach the seller."""

    MAIL = "mail"
    PHONE = "phone"
    LETTER = "letter"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _WAYS[self]


_WAYS = {
    ReachWay.MAIL: Text("電子メール", "mail"),
    ReachWay.PHONE: Text("電話", "telephone"),
    ReachWay.LETTER: Text("郵便", "letter"),
}


class ReachResult(StrEnum):
    """What came of it."""

    REACHED = "reached"
    RETURNED = "returned"
    NOBODY = "nobody"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _TRIED[self]


_TRIED = {
    ReachResult.REACHED: Text("届いた・話せた", "it was reached"),
    ReachResult.RETURNED: Text(
        "戻ってきた（宛先なし・番号が使われていない）", "it came back: no such address or number"
    ),
    ReachResult.NOBODY: Text("出なかった・返事がない", "nobody answered"),
}
TOLD = Text(
    "注文 {order} の購入者から、法律（取引デジタルプラットフォーム消費者保護法）にもとづき、お店の情報の開示請求がありました。"
    "請求の内容：{claim}（{sum}円）。開示を求められた項目：{items}。請求した人の名前と連絡先は、お知らせしません。",
    "The buyer of order {order} asks us for your information under the Act on Digital Platforms for Shopping. "
    "Claim: {claim} ({sum} yen). Items asked for: {items}. The name and contact of who asks are not told to you.",
)
"""All that a seller is told of a request; who asks reads it beforehand."""


def told(orders: Sequence[str], claim: ClaimKind, total: int, items: Iterable[SellerItem]) -> Text:
    """Return what the seller is told."""
    some = [item.text for item in items]
    return TOLD.fill(
        order=", ".join(orders),
        claim=claim.text,
        sum=f"{total:,}",
        items=Text.listed(some) if some else Text("なし", "none"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachTry:
    """A try to reach the seller: by which way, what came of it, on which day, and who tried."""

    way: ReachWay
    result: ReachResult
    on: date
    by: str


def is_unreachable(tries: Iterable[ReachTry], *, by: str = "") -> bool:
    """Say whether the tries establish that a seller cannot be reached, so that `by` may find it.

    Two ways have to have failed and none to have reached it.  A way failed where something came back, or where nobody answered
    on two days.  Whoever finds it is not the only one who tried.
    """
    tried = list(tries)
    failed = {one.way for one in tried if one.result is ReachResult.RETURNED}
    for way in ReachWay:
        days = {one.on for one in tried if one.way is way and one.result is ReachResult.NOBODY}
        if len(days) >= DAYS_IN_VAIN:
            failed.add(way)
    is_reached = any(one.result is ReachResult.REACHED for one in tried)
    return len(failed) >= FAILED_WAYS and not is_reached and any(one.by != by for one in tried)
