"""What a seller does at the marketplace, what hinders it, and who answers for that.  Pure data, which a room's rules yield."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from datetime import datetime
from enum import StrEnum

from mamori.grammar.text import Text


class Doing(StrEnum):
    """What may be hindered."""

    SELLING = "selling"
    LISTING = "listing"
    CATEGORY = "category"
    OFFER = "offer"
    PAYOUT = "payout"


class PayoutClearance(StrEnum):
    """Whether a seller's proceeds may be paid: all, only a part, nothing, or nobody was told."""

    CLEAR = "clear"
    PART = "part"
    HELD = "held"
    NOT_TOLD = "not_told"


@dataclass(frozen=True, slots=True)
class Hinders:
    """Something that a seller may not do meanwhile, why, and what it can do about it, in words to it.

    `code` says why in a word for software, and tells apart what one matter yields.  A category or a listing narrows it; with
    `in_part` only a part of it may not be done, such as of a payout.  `since` is a moment that the row keeps, also one to
    come, from which on it hinders; None where no row keeps it: then since it was first settled.
    """

    what: Doing
    code: str
    text: Text
    _: KW_ONLY
    seller: str
    todo: Text
    category: str = ""
    listing: str = ""
    since: datetime | None = None
    until: datetime | None = None
    in_part: bool = False


@dataclass(frozen=True, slots=True)
class Vouches:
    """A room answers for whether a seller may do something: where nothing hinders it, it may; where nobody does, nobody knows."""

    what: Doing
    _: KW_ONLY
    seller: str
