"""What an account's figures say: signs for a business, signs for a private person, and how many points that makes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from mamori.grammar.text import Text
from mamori.law.hidden import (
    BUSINESS_SIGNS,
    COLLECTION,
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
