"""Sixty days of a drawn market: trade is told, all private accounts are counted through, fifty of the list are looked at."""

from __future__ import annotations

import random
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import batched
from typing import Any

from django.db import connection

from mamori.grammar.actor import Actor, Role
from mamori.ground.clocks import actions as clocks
from mamori.ground.market import parties
from mamori.ground.market.models import Buyer, Listing, Order, Review, Seller
from mamori.ground.market.parties import Status
from mamori.ground.outbox import actions as outbox
from mamori.ground.terms import actions as terms
from mamori.japan.calendar import JAPAN
from mamori.law.hidden import HIDDEN_ON
from mamori.rooms.display.hidden import actions
from mamori.rooms.display.lists import HIDDEN
from mamori.site.wiring import RINGS
from trials.hidden.people import BEFORE, DAYS, Account, Thing, drawn

BATCH = 2_000
LOOKS, MISTAKES = 50, 0.1
PLANTED = 0.025
FIRST = datetime(2026, 9, 1, tzinfo=JAPAN)
BUYER = "B-1"


@dataclass(slots=True)
class Looked:
    """Whom the reviewer asked on which day, how many looks it took, and how many seconds each pass."""

    asked: dict[str, int] = field(default_factory=dict)
    looks: int = 0
    passes: list[float] = field(default_factory=list)


def play(*, accounts: int, seed: int, looks: int = LOOKS) -> dict[str, Any]:
    """Draw a market, let it trade and be looked at, and return what was found."""
    dice = random.Random(seed)  # noqa: S311  # replayable
    people, things = drawn(accounts=accounts, planted=round(accounts * PLANTED), dice=dice)
    _open(people)
    by_day = _by_day(things)
    for day in range(-BEFORE, 0):
        _trade(day, by_day, things)
    looked, reviewer = Looked(), random.Random(seed + 1)  # noqa: S311
    for day in range(DAYS):
        _trade(day, by_day, things)
        _settled(day)
        began = time.perf_counter()
        _count(day)
        looked.passes.append(time.perf_counter() - began)
        _look(day, looked, reviewer, looks)
    return _figures(people, things, looked, by_lot=_by_lot(people, looks, reviewer))


def at(day: int, hour: int) -> datetime:
    """Return an hour of a day of the market."""
    return FIRST + timedelta(days=day, hours=hour)


@dataclass(slots=True)
class _Day:
    listed: list[int] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)


def _by_day(things: list[Thing]) -> Mapping[int, _Day]:
    found: dict[int, _Day] = defaultdict(_Day)
    for number, thing in enumerate(things):
        found[thing.day].listed.append(number)
        if thing.gone < DAYS:
            found[thing.gone].gone.append(number)
    return found


def _open(people: list[Account]) -> None:
    """Write the accounts, each told to be private, and one buyer for all."""
    since = at(-400, 0)
    word = Status(private=True, since=since, said_at=since)
    for part in batched(people, BATCH):
        contacts = {ref(one): parties.Contact(name=f"個人 {one.number}", statuses=(word,)) for one in part}
        sealed = parties.seal_all("seller", contacts)
        Seller.objects.bulk_create(
            [Seller(ref=name, sealed=sealed[name], has_contact=False) for name in contacts]
        )
    buyer = parties.seal_all("buyer", {BUYER: parties.Contact(name="買手")})
    Buyer.objects.create(ref=BUYER, sealed=buyer[BUYER], has_contact=False)


def ref(one: Account) -> str:
    """Return by what the marketplace knows an account."""
    return f"S-{one.number}"


def _trade(day: int, by_day: Mapping[int, _Day], things: list[Thing]) -> None:
    """Tell what was put on offer, sold, withdrawn and reviewed on a day."""
    of, noon = by_day.get(day, _Day()), at(day, 12)
    _write(Listing, (_listing(number, things[number], noon) for number in of.listed))
    for part in batched(of.gone, 500):
        Listing.objects.filter(pk__in=[f"L-{number}" for number in part]).update(state="gone")
    sold = [number for number in of.gone if things[number].is_sold]
    _write(Order, (_order(number, things[number], noon) for number in sold))
    reviewed = [number for number in sold if things[number].is_reviewed]
    _write(
        Review,
        (
            Review(
                ref=f"R-{number}",
                listing_id=f"L-{number}",
                seller_id=f"S-{things[number].seller}",
                stars=5,
                posted_at=noon,
            )
            for number in reviewed
        ),
    )


def _write(model: Any, rows: Iterable[Any]) -> None:
    for part in batched(rows, BATCH):
        model.objects.bulk_create(part)


def _listing(number: int, thing: Thing, noon: datetime) -> Any:
    return Listing(
        ref=f"L-{number}",
        seller_id=f"S-{thing.seller}",
        name="品",
        price=thing.price,
        category=thing.category,
        brand=thing.brand,
        model=thing.model,
        condition={True: "new", False: "used", None: ""}[thing.is_new],
        listed_at=noon,
    )


def _order(number: int, thing: Thing, noon: datetime) -> Any:
    item = {"listing": f"L-{number}", "name": "品", "quantity": 1, "price": thing.price}
    return Order(
        ref=f"O-{number}",
        buyer_id=BUYER,
        seller_id=f"S-{thing.seller}",
        items=[item],
        amount=thing.price,
        ordered_at=noon,
    )


def _settled(day: int) -> None:
    """Let the database know its tables, as it does by itself in a house that runs for long."""
    if day == 0:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _count(day: int) -> None:
    """Let the house do its pass: switched on on the first day, by its own clock on every other."""
    evening = at(day, 20)
    if day == 0:
        lead = Actor(by="lead:1", role=Role.LEAD, at=evening, via="trial")
        terms.set(lead, setting=HIDDEN_ON, value=True)
    while clocks.ring_due(at=evening, tasks=RINGS) or outbox.work(at=evening):
        pass


def _look(day: int, looked: Looked, reviewer: random.Random, looks: int) -> None:
    """Look at the first of the list: who is on it is asked, or by a mistake let be."""
    agent = Actor(by="agent:1", role=Role.AGENT, at=at(day, 21), via="trial")
    rows = HIDDEN.rows(agent).filter(state="flagged").order_by(*HIDDEN.order)[:looks]
    for seller_ref in list(rows.values_list("pk", flat=True)):
        looked.looks += 1
        if reviewer.random() < MISTAKES:
            actions.let_be(agent, seller_ref=seller_ref, reason="そのままにする。")
        else:
            actions.ask_standing(agent, seller_ref=seller_ref, words="事情をお聞かせください。")
            looked.asked[seller_ref] = day


def _by_lot(people: list[Account], looks: int, reviewer: random.Random) -> set[str]:
    """Return who would be asked by a house that draws its looks by lot."""
    drawn_by_lot = reviewer.sample(people, k=min(len(people), looks * DAYS))
    return {ref(one) for one in drawn_by_lot if reviewer.random() >= MISTAKES}


def _figures(
    people: list[Account], things: list[Thing], looked: Looked, *, by_lot: set[str]
) -> dict[str, Any]:
    planted = [one for one in people if one.is_business]
    honest = [one for one in people if not one.is_business]

    def share(some: list[Account], among: Callable[[str], bool]) -> float:
        return round(100 * sum(among(ref(one)) for one in some) / len(some), 2) if some else 0.0

    def by_kind(some: list[Account]) -> dict[str, float]:
        kinds = sorted({one.kind for one in some})
        return {
            kind: share([one for one in some if one.kind == kind], looked.asked.__contains__)
            for kind in kinds
        }

    days = [looked.asked[ref(one)] for one in planted if ref(one) in looked.asked]
    return {
        "planted": len(planted),
        "listings": len(things),
        "found": share(planted, looked.asked.__contains__),
        "asked": share(honest, looked.asked.__contains__),
        "found_by_kind": by_kind(planted),
        "asked_by_kind": by_kind(honest),
        "median_day_found": statistics.median(days) if days else DAYS,
        "looks": looked.looks,
        "first_pass": round(looked.passes[0], 2),
        "median_pass": round(statistics.median(looked.passes), 2),
        "found_by_lot": share(planted, by_lot.__contains__),
        "asked_by_lot": share(honest, by_lot.__contains__),
    }
