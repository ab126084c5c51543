"""Lists of threads, page by page: a buyer's own, and a seller's inbox with what is due first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Case, Q, QuerySet, When

from mamori.grammar.actor import Actor
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.clocks import facts as clock_facts
from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.web.lists import COUNTED, Page, page_of
from mamori.rooms.contact import keeping
from mamori.rooms.contact.finding import buyer_of
from mamori.rooms.contact.models import IS_BUYERS_TURN, IS_SELLERS_TURN, Recovery, Thread
from mamori.rooms.contact.queries.due import owed_every_day
from mamori.rooms.contact.queries.goods import goods_names, heading, shops_of
from mamori.rooms.contact.queries.matter import RUNNING, matter_of, values_of, whole_threads
from mamori.rooms.contact.rules import standing as told
from mamori.rooms.contact.rules.standing import Standing
from mamori.rooms.contact.topics import TOPICS, Topic

PAGE = 20
FEW = 3
"""So many lines stand on the first page that a buyer opens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadRow:
    """One thread of a list."""

    number: str
    topic: Text
    goods: Text
    shop: Text | None
    standing: Standing
    due_at: datetime | None
    every_day: bool
    last_at: datetime
    closed_at: datetime | None
    is_trouble: bool


def of_buyer(buyer_ref: str, *, cursor: str = "") -> Page[ThreadRow]:
    """Return the buyer's threads: the open ones, then those that ended, the newest first in each."""
    mine = whole_threads().filter(buyer_ref=buyer_ref).order_by("-id")
    part, last = _newest_cursor(cursor)
    found: list[Thread] = []
    if part == "o":
        found += _before(mine.filter(IS_OPEN), last)[: PAGE + 1]
        last = None
    if len(found) <= PAGE:
        found += _before(mine.filter(~IS_OPEN), last)[: PAGE + 1 - len(found)]
    rows, more = found[:PAGE], len(found) > PAGE
    beyond = f"{'c' if rows[-1].closed_at else 'o'}{rows[-1].pk}" if more else ""
    return Page(items=_rows(rows, for_buyer=True), next=beyond)


def going_on(actor: Actor) -> tuple[ThreadRow, ...]:
    """Return a few of the buyer's open threads, its own turn first and then the newest, where each stands in full sentences."""
    mine = whole_threads().filter(IS_OPEN, buyer_ref=buyer_of(actor))
    threads = list(mine.order_by(Case(When(IS_BUYERS_TURN, then=0), default=1), "-id")[:FEW])
    if not threads:
        return ()
    running = clock_facts.open_of(map(keeping.about, threads), kinds=[one.code for one in RUNNING.values()])
    return tuple(
        replace(row, standing=row.standing.filled(**values_of(thread, clocks)))
        for row, thread in zip(_rows(threads, for_buyer=True), threads, strict=True)
        for clocks in [[clock for clock in running if clock.about == keeping.about(thread)]]
    )


def owed_by_seller(seller_ref: str, *, cursor: str = "") -> Page[ThreadRow]:
    """Return what the seller owes, due first: an answer, a reply to a proposal, or what was agreed."""
    return _sellers(seller_ref, IS_SELLERS_TURN, ("seller_due_at", "id"), cursor)


def waiting_for_buyer(seller_ref: str, *, cursor: str = "") -> Page[ThreadRow]:
    """Return the seller's open threads in which it is the buyer's turn, the newest first."""
    return _sellers(seller_ref, IS_BUYERS_TURN, ("-id",), cursor)


def ended_of_seller(seller_ref: str, *, cursor: str = "") -> Page[ThreadRow]:
    """Return the seller's threads that ended, the newest first."""
    return _sellers(seller_ref, ~IS_OPEN, ("-id",), cursor)


def count_owed(seller_ref: str) -> int:
    """Count what waits for the seller, to at most 1,000: that figure means “1,000 or more”."""
    owed = Thread.objects.filter(IS_SELLERS_TURN, seller_ref=seller_ref).order_by()
    return len(owed.values_list("pk")[:COUNTED])


def open_recoveries(seller_ref: str) -> tuple[Recovery, ...]:
    """Return the seller's open recoveries, the newest first."""
    wanted = Recovery.objects.select_related("remedy__trouble__thread").filter(IS_OPEN, seller_ref=seller_ref)
    return tuple(wanted.order_by("-id")[:PAGE])


def _sellers(seller_ref: str, which: Q, by: tuple[str, ...], cursor: str) -> Page[ThreadRow]:
    threads = whole_threads().filter(which, seller_ref=seller_ref)
    found = page_of(threads, by=by, cursor=cursor, size=PAGE)
    return found.with_items(_rows(found.items, for_buyer=False))


def _before(query: QuerySet[Thread], last: int | None) -> QuerySet[Thread]:
    return query if last is None else query.filter(id__lt=last)


def _newest_cursor(text: str) -> tuple[str, int | None]:
    """Read “o12” or “c12”; what is neither begins at the beginning."""
    part, digits = text[:1], text[1:]
    if part in ("o", "c") and digits.isascii() and digits.isdigit() and len(digits) < 19:
        return part, int(digits)
    return "o", None


def _rows(threads: Iterable[Thread], *, for_buyer: bool) -> tuple[ThreadRow, ...]:
    threads = list(threads)
    known = cases.cases_of(abouts=[keeping.about(thread) for thread in threads]) if threads else {}
    goods = goods_names(threads)
    shops = shops_of(threads) if for_buyer else {}
    daily = frozenset() if for_buyer else owed_every_day(threads)
    return tuple(
        ThreadRow(
            number=known[keeping.about(thread)].number,
            topic=heading(TOPICS[Topic(thread.topic)]),
            goods=goods[thread.pk],
            shop=shops.get(thread.seller_ref),
            standing=(told.for_buyer if for_buyer else told.for_seller)(matter_of(thread)),
            due_at=thread.answer_due_at if for_buyer else thread.seller_due_at,
            every_day=thread.pk in daily,
            last_at=thread.last_at,
            closed_at=thread.closed_at,
            is_trouble=keeping.trouble_of(thread) is not None,
        )
        for thread in threads
    )
