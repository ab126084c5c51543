"""Signs that a private account is a business, what a person concludes of them, and whom the house lists for one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from mamori.grammar.text import Text
from mamori.ground.matters.standing import Runs, Stands
from mamori.law.hidden import (
    BUSINESS_SIGNS,
    COLLECTION,
    DISPLAY_HIDDEN_AGAIN,
    DISPLAY_HIDDEN_PASS,
    DISPLAY_HIDDEN_QUESTION,
    FEW,
    HANDMADE,
    HOUSEHOLD,
    LOOK_AT,
    MOST_USED_ALIKE,
    NEW_SHARE,
    PRIVATE_SIGNS,
    USED_SHARE,
    BusinessSign,
    Counted,
    GoodsGroup,
    PrivateSign,
    groups_of,
)
from mamori.rooms.display.lifecycle import DoubtState

# What an account's figures say: signs for a business, signs for a private person, and how many points that makes.


class CategoryFigures(Protocol):
    """What of one category it rests on."""

    @property
    def category(self) -> str: ...
    @property
    def on_offer(self) -> int: ...
    @property
    def new(self) -> int: ...
    @property
    def used(self) -> int: ...
    @property
    def alike(self) -> int: ...


class Figures(Protocol):
    """What of an account's activity it rests on."""

    @property
    def on_offer(self) -> int: ...
    @property
    def listed_month(self) -> int: ...
    @property
    def sold_month(self) -> int: ...
    @property
    def sold_year(self) -> int: ...
    @property
    def reviews_month(self) -> int: ...
    @property
    def categories(self) -> Sequence[CategoryFigures]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SignFound:
    """A sign that an account shows, the figure behind it, and its points, below nothing where it speaks for a private person."""

    code: str
    n: int
    points: int

    @property
    def said(self) -> Text:
        """Say it in a sentence, with the figures."""
        sign = _SIGNS[self.code]
        if isinstance(sign, PrivateSign):
            return sign.said
        return sign.said.fill(n=f"{self.n:,}", threshold=f"{sign.threshold:,}")

    @property
    def source(self) -> Text:
        """Say where the sign comes from."""
        return _SIGNS[self.code].citation.instrument

    @property
    def is_for_business(self) -> bool:
        """Say whether it speaks for a business."""
        return self.points > 0

    @property
    def kept(self) -> dict[str, Any]:
        """Return it as a row keeps it."""
        return {"code": self.code, "n": self.n, "points": self.points}


_SIGNS: dict[str, BusinessSign | PrivateSign] = {one.code: one for one in (*BUSINESS_SIGNS, *PRIVATE_SIGNS)}


def found_again(kept: Iterable[dict[str, Any]]) -> tuple[SignFound, ...]:
    """Return the signs that a row keeps; one that is declared no more is left out."""
    return tuple(SignFound(**one) for one in kept if one["code"] in _SIGNS)


def signs_of(account: Figures) -> tuple[SignFound, ...]:
    """Return the signs that an account shows; what speaks for a private person only where something speaks for a business."""
    business = tuple(_business(account))
    return (*business, *_private(account)) if business else ()


def score_of(signs: Iterable[SignFound]) -> int:
    """Return the points of the signs together, never below nothing."""
    return max(0, sum(one.points for one in signs))


def asks_for_look(score: int) -> bool:
    """Say whether a person should look."""
    return score >= LOOK_AT


def _business(account: Figures) -> Iterator[SignFound]:
    for sign in BUSINESS_SIGNS:
        n = _count(sign, account)
        points = sign.points if n >= sign.threshold else 0
        if not points and sign.near and 2 * n >= sign.threshold:
            points = sign.points // 2
        if points:
            yield SignFound(code=sign.code, n=n, points=points)


def _count(sign: BusinessSign, account: Figures) -> int:
    of = [one for one in account.categories if sign.group is None or sign.group in groups_of(one.category)]
    match sign.counted:
        case Counted.ALIKE:
            return max((one.alike for one in of), default=0)
        case Counted.NEW:
            return sum(one.new for one in of)
        case Counted.MOSTLY_NEW:
            new, told = sum(one.new for one in of), sum(one.new + one.used for one in of)
            return new if new >= NEW_SHARE * told else 0
        case Counted.ON_OFFER if sign.group is not None:
            return sum(one.on_offer for one in of)
    return int(getattr(account, sign.counted))


def _private(account: Figures) -> Iterator[SignFound]:
    some = account.categories
    on_offer = sum(one.on_offer for one in some)
    made = sum(one.on_offer for one in some if GoodsGroup.HANDMADE in groups_of(one.category))
    if made and made >= USED_SHARE * on_offer:
        yield _for(HANDMADE, made)
        return
    if on_offer < FEW:
        return
    used, told = sum(one.used for one in some), sum(one.used + one.new for one in some)
    alike = max(one.alike for one in some)
    if used < FEW or used < USED_SHARE * told or alike > MOST_USED_ALIKE:
        return
    most = max(one.on_offer for one in some)
    yield _for(COLLECTION if most >= USED_SHARE * on_offer else HOUSEHOLD, used)


def _for(sign: PrivateSign, n: int) -> SignFound:
    return SignFound(code=sign.code, n=n, points=-sign.points)


GROWN = 1.5
"""What was let be is listed before its time once its points are so many times what they were."""


class DoubtListing(StrEnum):
    """What is done about an account."""

    NOTHING = "nothing"
    LIST = "list"
    REFRESH = "refresh"


def listing_of(state: DoubtState | None, score: int, *, before: int, has_rested: bool) -> DoubtListing:
    """Say what is done; `before` are the points when a person looked last, `has_rested` says that its time of rest is over.

    While somebody is asked, or waits for a conclusion, the figures stay those on which that rests; what was concluded a
    business is not looked for any more.
    """
    if state is DoubtState.FLAGGED:
        return DoubtListing.REFRESH
    if not asks_for_look(score):
        return DoubtListing.NOTHING
    if state in (None, DoubtState.MOOT):
        return DoubtListing.LIST
    if state in (DoubtState.LET_BE, DoubtState.PRIVATE) and has_rested:
        return DoubtListing.LIST
    grown = score >= GROWN * max(before, LOOK_AT)
    if grown and state in (DoubtState.LET_BE, DoubtState.PRIVATE, DoubtState.UNCLEAR):
        return DoubtListing.LIST
    return DoubtListing.NOTHING


# What should stand about a doubt, what a seller may answer, what may be concluded, and whether somebody was a business when.


class DoubtNow(Protocol):
    """What of a doubt it rests on."""

    state: str
    asked_at: datetime | None
    concluded_at: datetime | None


def of_doubt(one: DoubtNow) -> Iterator[Stands]:
    """Yield what should stand: clocks alone, for nothing is kept from anybody before or after a person concluded."""
    if one.state == DoubtState.ASKED and one.asked_at is not None:
        yield Runs(DISPLAY_HIDDEN_QUESTION, since=one.asked_at)
    if one.state == DoubtState.UNCLEAR and one.concluded_at is not None:
        yield Runs(DISPLAY_HIDDEN_AGAIN, since=one.concluded_at)


def of_pass(*, since: datetime, is_on: bool) -> Iterator[Stands]:
    """Yield the clock that lets all private accounts be counted through, while the operator wants that."""
    if is_on:
        yield Runs(DISPLAY_HIDDEN_PASS, since=since, again=True)


class EntryKind(StrEnum):
    """What was said or decided of a doubt."""

    LET_BE = "let_be"
    QUESTION = "question"
    ANSWER = "answer"
    CONCLUSION = "conclusion"

    @property
    def text(self) -> Text:
        """Return it for people."""
        return _KINDS[self]


_KINDS = {
    EntryKind.LET_BE: Text("見て、そのままにした", "looked at and let be"),
    EntryKind.QUESTION: Text("出品者への問い", "the question to the seller"),
    EntryKind.ANSWER: Text("出品者の答え", "the seller's answer"),
    EntryKind.CONCLUSION: Text("判断", "the conclusion"),
}


class StandingAnswer(StrEnum):
    """What a seller says that it is."""

    BUSINESS = "business"
    BELONGINGS = "belongings"
    COLLECTION = "collection"
    HANDMADE = "handmade"
    OTHER = "other"

    @property
    def text(self) -> Text:
        """Return it as the seller is asked."""
        return _ANSWERS[self]


_ANSWERS = {
    StandingAnswer.BUSINESS: Text(
        "もうけるために、くり返し売っている（事業として販売している）",
        "I sell again and again to earn (as a business)",
    ),
    StandingAnswer.BELONGINGS: Text(
        "自分や家族が使っていたもの・使わないものを売っている（引っ越し・片付けなど）",
        "I sell what I or my family used or do not need (moving, clearing)",
    ),
    StandingAnswer.COLLECTION: Text(
        "趣味で集めたものを手放している", "I give up what I collected as a hobby"
    ),
    StandingAnswer.HANDMADE: Text("趣味で作ったものを売っている", "I sell what I made as a hobby"),
    StandingAnswer.OTHER: Text("ほかの事情がある", "It is something else"),
}


class StandingOutcome(StrEnum):
    """What is concluded of an account."""

    BUSINESS = "business"
    PRIVATE = "private"
    UNCLEAR = "unclear"

    @property
    def text(self) -> Text:
        """Return it for people."""
        return _OUTCOMES[self]


_OUTCOMES = {
    StandingOutcome.BUSINESS: Text("事業者にあたる", "a business"),
    StandingOutcome.PRIVATE: Text("個人であり、事業者にはあたらない", "a private person, no business"),
    StandingOutcome.UNCLEAR: Text("どちらともいえない", "unclear"),
}
IS_BUSINESS = {StandingOutcome.BUSINESS: True, StandingOutcome.PRIVATE: False, StandingOutcome.UNCLEAR: None}


class ToldStatus(Protocol):
    """A word of the marketplace: whether the seller is no business, from when that holds, and when it was said."""

    @property
    def private(self) -> bool | None: ...
    @property
    def since(self) -> datetime: ...
    @property
    def said_at(self) -> datetime: ...


class Concluded(Protocol):
    """A conclusion: what it was, from when that holds, and when a person concluded it."""

    @property
    def outcome(self) -> StandingOutcome: ...
    @property
    def since(self) -> datetime: ...
    @property
    def at(self) -> datetime: ...


def conclusion_of(
    told: Iterable[ToldStatus], conclusions: Iterable[Concluded], at: datetime | None
) -> Concluded | None:
    """Return the conclusion that says who an account was at a moment, or where none is named is now: the last that reaches it.

    None where there is none, and where the marketplace has said since that the account is a business: from then on its own
    words count.  That an account is said again to be private takes no conclusion back; only a person does.
    """
    found = None
    for one in conclusions:
        if at is None or one.since <= at:
            found = one
    if found is not None and any(
        one.private is False and (at is None or one.since <= at) and one.said_at > found.at for one in told
    ):
        return None
    return found


def was_business(told: Iterable[ToldStatus], conclusions: Iterable[Concluded], at: datetime) -> bool | None:
    """Say whether an account was a business at a moment, such as that of a transaction; None = nobody can say."""
    told = tuple(told)
    private = None
    for word in told:
        if word.since <= at:
            private = word.private
    if private is False:
        return True
    found = conclusion_of(told, conclusions, at)
    if found is not None:
        return IS_BUSINESS[found.outcome]
    return None if private is None else False
