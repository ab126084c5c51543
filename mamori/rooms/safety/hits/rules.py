"""Pure rules of the listings that a request may mean: what is acted on how, what the seller reads, and what the sender does."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Protocol

from mamori.grammar.text import Text
from mamori.law import breaches
from mamori.law.measures import CLOSED, LISTING_HIDDEN, LISTING_REMOVED, PROVISIONAL_HIDING, SUSPENDED
from mamori.law.requests import RequestAbout, RequestBasis
from mamori.rooms.safety.lifecycle import AuthorityState

SURE = frozenset({"url", "number", "gtin", "brand_model"})
"""The reasons by which a candidate is ticked before anybody has looked; everything else is a near miss."""
TAKES_AWAY = frozenset(
    one.code for one in (PROVISIONAL_HIDING, LISTING_HIDDEN, LISTING_REMOVED, SUSPENDED, CLOSED)
)
"""The measures by which a listing is seen no more."""


class HitWay(StrEnum):
    """On what is acted: the request itself, or our own decision."""

    WITHIN = "within"
    OWN = "own"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _WAYS[self]


_WAYS = {
    HitWay.WITHIN: Text("要請の範囲内で", "within the request"),
    HitWay.OWN: Text("自社の判断で（規約）", "our own decision, by our terms"),
}


class HitOutcome(StrEnum):
    """What came of acting on a listing; the last three leave it to a person, and it is not acted upon yet."""

    HIDDEN = "hidden"
    HIDDEN_TOO = "hidden_too"
    FOUND = "found"
    GONE = "gone"
    MOVED = "moved"
    REFUSED = "refused"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _OUTCOMES[self]

    @property
    def is_end(self) -> bool:
        """Say whether nothing more is to be done about it."""
        return self not in (HitOutcome.MOVED, HitOutcome.REFUSED)


_OUTCOMES = {
    HitOutcome.HIDDEN: Text("非表示を指示した", "ordered to be hidden"),
    HitOutcome.HIDDEN_TOO: Text(
        "別の件ですでに隠れている。この要請でも非表示を指示した",
        "hidden for another matter already, and ordered for this one, too",
    ),
    HitOutcome.FOUND: Text("違反の疑いとして調べている", "being looked into as a suspected breach"),
    HitOutcome.GONE: Text("出品はすでに終わっている", "the listing is gone already"),
    HitOutcome.MOVED: Text(
        "出品者が変わったか、出品が見つからない。もう一度確かめる",
        "it is another seller's now, or not known; it has to be judged anew",
    ),
    HitOutcome.REFUSED: Text("記録できなかった。理由を確かめる", "it could not be taken in; see why"),
}
_BREACHES = {
    RequestBasis.DPF_ACT: breaches.DISPLAY_FALSE,
    RequestBasis.MEDICINES: breaches.EFFECTS,
    RequestBasis.COMMERCE: breaches.DISPLAY_MISSING,
    RequestBasis.MISLEADING: breaches.DISPLAY_FALSE,
    RequestBasis.HEALTH: breaches.DISPLAY_FALSE,
    RequestBasis.USED_GOODS: breaches.PERMIT_NOT_SHOWN,
}


def hides(basis: RequestBasis, *, is_danger: bool) -> bool:
    """Say whether people may come to harm, so that a listing is hidden at once: goods, or what a person finds dangerous."""
    return is_danger or basis.rule.about is RequestAbout.GOODS


def breach_of(basis: RequestBasis, *, is_danger: bool) -> str:
    """Return the breach that fits."""
    if hides(basis, is_danger=is_danger):
        return breaches.DANGEROUS_GOODS.code
    return _BREACHES.get(basis, breaches.UNLAWFUL_GOODS).code


class ActedNow(Protocol):
    """What is read of a request before it is acted upon."""

    state: str
    verified_at: datetime | None


def may_be_within(one: ActedNow) -> bool:
    """Say whether something may be done within the request: who sent it is verified, and a person has confirmed what it means."""
    return one.verified_at is not None and one.state in (AuthorityState.CONFIRMED, AuthorityState.ACTED)


_DANGER = Text(
    "この商品は、けがや火災などのおそれがあるとみられる。", "These goods may hurt people or cause a fire."
)
_DISPLAY = Text(
    "この商品の表示・広告などに、法令に反するおそれがある。",
    "The display, the advertising or the sale of these goods may break the law.",
)
_WITHIN = Text(
    "行政機関から、この商品について要請があった（根拠：{basis}、要請番号：{number}）。",
    "An authority has requested something of these goods (basis: {basis}; number of the request: {number}).",
)
_OWN = Text(
    "行政機関からの要請（要請番号：{number}）をきっかけに、運営者が自らの判断で調べた。",
    "Upon an authority's request (number {number}) the operator has looked, and decides by itself.",
)


def told(
    basis: RequestBasis, way: HitWay, number: str, *, is_verified: bool, is_danger: bool
) -> tuple[Text, ...]:
    """Return the sentences that the seller reads: of an authority only where it is verified that it was one."""
    what = _DANGER if hides(basis, is_danger=is_danger) else _DISPLAY
    if not is_verified:
        return (what,)
    return what, (_WITHIN if way is HitWay.WITHIN else _OWN).fill(basis=basis.title, number=number)


# What the sender reads of a listing or a line.


class HitNow(Protocol):
    """What is read of a hit, for the sender."""

    meant_at: datetime | None
    outcome: str
    done_at: datetime | None
    undone_at: datetime | None
    acted_at: datetime | None


ORDERED = Text("非表示を指示した（実施の確認待ち）", "ordered, not yet confirmed")
DONE = Text("非表示・削除済み", "hidden or removed")
SHOWN_AGAIN = Text("一度隠したが、また表示している", "it was hidden, and is shown again")
NOT_MEANT = Text("要請の対象ではないと判断した", "found not to be what the request means")
NOT_YET = Text("まだ対応していない", "not acted upon yet")


def said_of(hit: HitNow) -> tuple[Text, datetime | None]:
    """Say what was done about a listing, and when."""
    if hit.undone_at is not None:
        return SHOWN_AGAIN, hit.undone_at
    if hit.done_at is not None:
        return DONE, hit.done_at
    if hit.meant_at is None:
        return NOT_MEANT, None
    if hit.acted_at is None:
        return (HitOutcome(hit.outcome).text if hit.outcome else NOT_YET), None
    outcome = HitOutcome(hit.outcome)
    return (ORDERED if outcome in (HitOutcome.HIDDEN, HitOutcome.HIDDEN_TOO) else outcome.text), hit.acted_at


QUESTION = Text(
    "「{words}」だけでは、どの商品か決められません。商品ページのアドレス、商品番号、JANコード、型番のどれかをお知らせください。",
    "“{words}” alone does not tell which goods are meant. Please send the address of the page, a number, a GTIN or a model.",
)
"""What a vague line is answered with."""


def in_time(done_at: datetime | None, until: datetime) -> bool:
    """Say whether it was done by then."""
    return done_at is not None and done_at <= until
