"""What a seller may do now, why not and until when: one answer, read in one look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from mamori.grammar.clearance import Doing, PayoutClearance
from mamori.grammar.text import Text
from mamori.ground.market.finding import is_sound

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
SQL = (
    f"SELECT {', '.join(f'said.{name}' for name in COLUMNS)} FROM market_seller "  # noqa: S608  # no value is in it
    "LEFT JOIN market_impediment said ON said.seller_id = market_seller.ref AND said.listing IN ('', %s) "
    "WHERE market_seller.ref = %s ORDER BY said.id"
)
"""Written by hand, for it is asked before every listing and every payout: to put it together took longer than to answer it."""
_ORDER = tuple(Doing)
"""In which order what hinders is said: what is about all first."""


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
    def payout(self) -> PayoutClearance:
        """Say whether its money may be paid."""
        found = [one for one in self.hindrances if one.what is Doing.PAYOUT]
        if any(not one.in_part for one in found):
            return PayoutClearance.HELD
        if not self.is_vouched:
            return PayoutClearance.NOT_TOLD
        return PayoutClearance.PART if found else PayoutClearance.CLEAR

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
    with connection.cursor() as cursor:
        cursor.execute(SQL, [listing, seller_ref])
        rows = [dict(zip(COLUMNS, row, strict=True)) for row in cursor.fetchall()]
    if not rows:
        return None
    found = [row for row in rows if row["about"] is not None and _counts(row, at)]
    found.sort(key=lambda row: _ORDER.index(row["what"]))
    return ClearanceFact(
        seller_ref=seller_ref,
        hindrances=tuple(_fact(row) for row in found if not row["vouches"]),
        is_vouched=any(row["vouches"] and row["what"] == Doing.PAYOUT for row in found),
    )


def _moment(value: datetime | None) -> datetime | None:
    """Return a moment as it was written: SQLite gives it without its offset, which is none."""
    return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


def _counts(row: dict[str, Any], at: datetime) -> bool:
    row["since"], row["until"] = _moment(row["since"]), _moment(row["until"])
    return bool(row["since"] <= at and (row["until"] is None or at < row["until"]))


def _fact(row: dict[str, Any]) -> HindranceFact:
    return HindranceFact(
        what=Doing(row["what"]),
        code=row["code"],
        category=row["category"],
        listing=row["listing"],
        in_part=bool(row["in_part"]),
        text=Text(row["ja"], row["en"]),
        todo=Text(row["todo_ja"], row["todo_en"]),
        room=row["about"].partition(".")[0],
        since=row["since"],
        until=row["until"],
    )
