"""What a seller may do now, why not and until when: one answer, read in one look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import FilteredRelation, Q

from mamori.grammar.clearance import Doing, Payout
from mamori.grammar.text import Text
from mamori.ground.market.finding import is_sound
from mamori.ground.market.models import Seller

COLUMNS = (
    "about",
    "what",
    "code",
    "category",
    "listing",
    "in_part",
    "vouches",
    "ja",
    "en",
    "todo_ja",
    "todo_en",
    "since",
    "until",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HindranceFact:
    """One thing that a seller may not do, why by a word and in words, and what it can do; `room` says so."""

    what: Doing
    code: str
    category: str
    listing: str
    in_part: bool
    text: Text
    todo: Text
    room: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearanceFact:
    """What a seller may do at a moment; `is_vouched` = somebody answers for whether its money goes."""

    seller_ref: str
    hindrances: tuple[HindranceFact, ...]
    is_vouched: bool

    def _is_hindered(self, *doings: Doing) -> bool:
        return any(one.what in doings for one in self.hindrances)

    @property
    def may_sell(self) -> bool:
        """Say whether what it has on offer may stay there and be sold."""
        return not self._is_hindered(Doing.SELLING)

    @property
    def may_list(self) -> bool:
        """Say whether it may offer anything new at all."""
        return not self._is_hindered(Doing.SELLING, Doing.LISTING)

    @property
    def closed_categories(self) -> tuple[str, ...]:
        """Return the categories in which it may not offer anything."""
        return tuple(one.category for one in self.hindrances if one.what is Doing.CATEGORY)

    @property
    def payout(self) -> Payout:
        """Say whether its money may be paid."""
        found = [one for one in self.hindrances if one.what is Doing.PAYOUT]
        if any(not one.in_part for one in found):
            return Payout.HELD
        if not self.is_vouched:
            return Payout.NOT_TOLD
        return Payout.PART if found else Payout.CLEAR

    def may_list_in(self, category: str) -> bool:
        """Say whether it may offer something new in a category; one that nobody closed to it is open."""
        return self.may_list and category not in self.closed_categories

    def may_offer(self, listing: str) -> bool:
        """Say whether a listing that was asked for may be on offer."""
        closed = any(one.what is Doing.OFFER and one.listing == listing for one in self.hindrances)
        return self.may_sell and not closed


def clearance(seller_ref: str, *, at: datetime, listing: str = "") -> ClearanceFact | None:
    """Return what a seller may do, with what is said of one listing; None when nobody told of the seller.

    What ended by then hinders no more, also before the clock that ends it has fired; what is to come does not yet.
    """
    if not is_sound(seller_ref) or not is_sound(listing):
        return None
    said = FilteredRelation("hindrances", condition=Q(hindrances__listing__in=("", listing)))
    rows = list(
        Seller.objects.filter(pk=seller_ref)
        .annotate(said=said)
        .order_by("said__id")
        .values(*(f"said__{name}" for name in COLUMNS))
    )
    if not rows:
        return None
    found = [row for row in rows if row["said__about"] is not None and _counts(row, at)]
    return ClearanceFact(
        seller_ref=seller_ref,
        hindrances=tuple(_fact(row) for row in found if not row["said__vouches"]),
        is_vouched=any(row["said__vouches"] and row["said__what"] == Doing.PAYOUT for row in found),
    )


def _counts(row: dict[str, Any], at: datetime) -> bool:
    until = row["said__until"]
    return bool(row["said__since"] <= at and (until is None or at < until))


def _fact(row: dict[str, Any]) -> HindranceFact:
    said = {name: row[f"said__{name}"] for name in COLUMNS}
    return HindranceFact(
        what=Doing(said["what"]),
        code=said["code"],
        category=said["category"],
        listing=said["listing"],
        in_part=said["in_part"],
        text=Text(said["ja"], said["en"]),
        todo=Text(said["todo_ja"], said["todo_en"]),
        room=said["about"].partition(".")[0],
        since=said["since"],
        until=said["until"],
    )
