"""What staff see beside a matter: what was bought and how, what came before with the same people; never a word of anybody's."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.market import facts as market
from mamori.ground.market.facts import ListingFact, OrderFact
from mamori.rooms.contact import calling
from mamori.rooms.contact.lifecycle import TROUBLE, RemedyState, TroubleState
from mamori.rooms.contact.models import Thread, Trouble
from mamori.rooms.contact.topics import TOPICS, Topic
from mamori.rooms.display import facts as display

# What came before with the same buyer, seller and order: outcomes, refunds, promises; never a word of anybody's.


LOOKED_AT = 50
"""How many of the newest matters the figures are made of."""
SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """An earlier trouble.  Yen."""

    number: str
    topic: Text
    state: Text
    is_open: bool
    at: datetime
    refund: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """Earlier troubles with one buyer, seller or order: how many in which state, what was refunded, the newest.  Yen."""

    title: Text
    ref: str
    count: int
    is_cut: bool
    outcomes: tuple[tuple[Text, int], ...]
    refunded: int
    newest: tuple[Earlier, ...]
    promises: tuple[tuple[Text, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Row:
    """An earlier trouble as it lies in the tables: no more than is counted or shown."""

    thread: int
    order_ref: str
    topic: str
    trouble: int
    state: str
    opened_at: datetime
    closed_at: datetime | None
    remedy: str | None
    amount: int | None

    @property
    def about(self) -> str:
        """Return the name of the matter."""
        return f"contact.trouble:{self.trouble}"

    @property
    def refund(self) -> int:
        """Return what was refunded in the seller's place.  Yen."""
        return self.amount or 0 if self.remedy == RemedyState.DONE else 0


_COLUMNS = (
    "pk",
    "order_ref",
    "topic",
    *(
        f"trouble__{name}"
        for name in ("pk", "state", "opened_at", "closed_at", "remedy__state", "remedy__amount")
    ),
)


def history_of(trouble: Trouble) -> tuple[Past, ...]:
    """Return what came before, side by side: the buyer, the seller, the order."""
    thread = trouble.thread
    of_buyer = _rows(thread, buyer_ref=thread.buyer_ref)
    of_seller = _rows(thread, seller_ref=thread.seller_ref)
    of_order = [one for one in of_buyer if one.order_ref == thread.order_ref]
    sides = (of_buyer, of_seller, of_order)
    numbers = cases.numbers_of({one.about for rows in sides for one in rows[:SHOWN]})
    return (
        _past(Text("この購入者", "This buyer"), thread.buyer_ref, of_buyer, numbers),
        _past(
            Text("この出品者", "This seller"),
            thread.seller_ref,
            of_seller,
            numbers,
            promises=_promises(thread.seller_ref),
        ),
        _past(Text("この注文", "This order"), thread.order_ref, of_order, numbers),
    )


def newest(**whose: str) -> QuerySet[Thread, tuple[Any, ...]]:
    """Return somebody's troubles, the newest first."""
    return Thread.objects.filter(trouble__isnull=False, **whose).order_by("-id").values_list(*_COLUMNS)


def _rows(thread: Thread, **whose: str) -> list[_Row]:
    return [_Row(*row) for row in newest(**whose)[: LOOKED_AT + 1] if row[0] != thread.pk][:LOOKED_AT]


def _past(
    title: Text,
    ref: str,
    rows: list[_Row],
    numbers: dict[str, str],
    *,
    promises: tuple[tuple[Text, int], ...] = (),
) -> Past:
    counts = Counter(row.state for row in rows)
    return Past(
        title=title,
        ref=ref,
        count=len(rows),
        is_cut=len(rows) == LOOKED_AT,
        outcomes=tuple((TROUBLE.states[TroubleState(state)], count) for state, count in counts.most_common()),
        refunded=sum(row.refund for row in rows),
        newest=tuple(
            Earlier(
                number=numbers[row.about],
                topic=TOPICS[Topic(row.topic)],
                state=TROUBLE.states[TroubleState(row.state)],
                is_open=row.closed_at is None,
                at=row.opened_at,
                refund=row.refund,
            )
            for row in rows[:SHOWN]
        ),
        promises=promises,
    )


def _promises(seller_ref: str) -> tuple[tuple[Text, int], ...]:
    """Count the promises by telephone that were kept and broken, and the calls that reached nobody."""
    calls = [(call.kept, call.outcome) for call in calling.ended(seller_ref)]
    figures = (
        (Text("守られた約束", "promises kept"), sum(kept is True for kept, _ in calls)),
        (Text("守られなかった約束", "promises broken"), sum(kept is False for kept, _ in calls)),
        (
            Text("つながらなかった電話", "calls that reached nobody"),
            sum(outcome in ("voicemail", "no_answer") for _, outcome in calls),
        ),
    )
    return tuple(figure for figure in figures if figure[1])


MOST = 10
"""So many lines of an order stand on the case's page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goods:
    """One line: the name as it was when it was ordered, how many, and the listing as it is told of today."""

    name: str
    quantity: int
    listing: ListingFact


@dataclass(frozen=True, slots=True, kw_only=True)
class Bought:
    """An order, or the one listing that a question is about; `more` lines are left out, `screen_at` = its screen is kept.

    `display` is the version of what its seller showed by law when it was placed, 0 where none is kept.
    """

    order: OrderFact | None
    goods: tuple[Goods, ...]
    more: int = 0
    screen_at: datetime | None = None
    display: int = 0


def bought(order: OrderFact | None, listing_ref: str = "") -> Bought:
    """Return what staff see of what was bought or asked about: all listings in one look, and whether a screen is kept."""
    if order is None:
        found = market.listings([listing_ref] if listing_ref else [])
        asked = tuple(Goods(name=one.name, quantity=1, listing=one) for one in found.values())
        return Bought(order=None, goods=asked)
    items = order.items[:MOST]
    found = market.listings({item.listing for item in items})
    return Bought(
        order=order,
        goods=tuple(
            Goods(name=item.name, quantity=item.quantity, listing=found[item.listing])
            for item in items
            if item.listing in found
        ),
        more=len(order.items) - len(items),
        screen_at=market.screen_kept_at(order.ref),
        display=display.seen_version(order),
    )
