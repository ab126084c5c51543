"""What a measure keeps a seller from while it bites, why, and what the seller can do about it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from mamori.grammar.clearance import Doing, Hinders
from mamori.grammar.text import Text
from mamori.law.measures import (
    CATEGORY_CLOSED,
    CLOSED,
    LISTING_HIDDEN,
    LISTING_REMOVED,
    NEW_LISTINGS_STOPPED,
    PAYOUT_HELD,
    PROVISIONAL_HIDING,
    SUSPENDED,
)
from mamori.law.measures import measure as declared

KEEPS_FROM = {
    PROVISIONAL_HIDING.code: Doing.OFFER,
    LISTING_HIDDEN.code: Doing.OFFER,
    LISTING_REMOVED.code: Doing.OFFER,
    CATEGORY_CLOSED.code: Doing.CATEGORY,
    NEW_LISTINGS_STOPPED.code: Doing.LISTING,
    PAYOUT_HELD.code: Doing.PAYOUT,
    SUSPENDED.code: Doing.SELLING,
    CLOSED.code: Doing.SELLING,
}
"""What each measure keeps a seller from; the others keep it from nothing."""
WHY = {
    Doing.SELLING: Text(
        "「{measure}」の措置により、出品も販売もできません。",
        "A measure is in force (“{measure}”): nothing may be listed or sold.",
    ),
    Doing.LISTING: Text(
        "「{measure}」の措置により、新しい商品を出品できません。",
        "A measure is in force (“{measure}”): nothing new may be listed.",
    ),
    Doing.CATEGORY: Text(
        "「{measure}」の措置により、この分野の商品を出品できません。",
        "A measure is in force (“{measure}”): nothing may be listed in this category.",
    ),
    Doing.OFFER: Text(
        "「{measure}」の措置により、この商品を掲載できません。",
        "A measure is in force (“{measure}”): this listing may not be on offer.",
    ),
    Doing.PAYOUT: Text(
        "「{measure}」の措置により、売上金の支払いが止まっています。",
        "A measure is in force (“{measure}”): proceeds are not paid out.",
    ),
}
IN_PART = Text(
    "「{measure}」の措置により、売上金の一部の支払いが止まっています。",
    "A measure is in force (“{measure}”): a part of the proceeds is not paid out.",
)
APPEAL = Text(
    "理由と異議の申出については、「措置」のページをご覧ください。",
    "Please see the page “Measures” for why, and for how to appeal.",
)
OBJECTION = Text(
    "まだ何も決まっていません。「措置」のページで理由をご覧になり、ご意見や異議をそこからお寄せください。",
    "Nothing has been decided. Please see the page “Measures” for why, and give your view or object there.",
)
CURE = Text(
    "「措置」のページで理由をご覧になり、直したら、そこで知らせてください。異議もそこから申し出られます。",
    "Please see the page “Measures” for why, and say there once it is put right. You can appeal there, too.",
)


class Biting(Protocol):
    """What of a measure that bites it rests on."""

    kind: str
    seller_ref: str
    target_ref: str
    amount: int
    days: int
    starts_at: datetime | None
    ends_at: datetime | None


def of_biting(one: Biting) -> Iterator[Hinders]:
    """Yield what a measure that took effect keeps its seller from; until it ends, where it was given days."""
    what, kind = KEEPS_FROM.get(one.kind), declared(one.kind)
    if what is None:
        return
    in_part = what is Doing.PAYOUT and one.amount > 0
    yield Hinders(
        what,
        one.kind,
        (IN_PART if in_part else WHY[what]).fill(measure=kind.title),
        seller=one.seller_ref,
        todo=OBJECTION if kind is PROVISIONAL_HIDING else CURE if kind.ends_by_cure else APPEAL,
        category=one.target_ref if what is Doing.CATEGORY else "",
        listing=one.target_ref if what is Doing.OFFER else "",
        since=one.starts_at,
        until=one.ends_at if one.days else None,
        in_part=in_part,
    )
