"""Are businesses that pass for private found, and private people left in peace?  A drawn market, 50 looks a day, 60 days.

Whoever looks sees the signs and not the truth: an account on the list is asked, and one in ten is let be by mistake.  Planted:
a house that draws its looks by lot.
"""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import batched
from pathlib import Path
from typing import Any

import msgspec
from django.db import connection

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
from trials.harness import Found, actor, measured, within
from trials.scratch import scratch

BEFORE, DAYS = 45, 60
"""Days of trade before the first look, so that what stands on the first day did not all begin on it, and days looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """How an account sells; `share` of a hundred do so, and of a spread one account in ten lies beyond each of the ends.

    `stock` is on offer at the beginning, `rate` what is put on offer in a day, `burst` what comes within a few days of one day.
    `sells` is how likely a thing is sold in a day, `price` its middle yen and `wide` how widely that spreads.  `new` is the
    share of new goods, `alike` how likely a thing is one of a model that it offered before, `models` how often a model is told.
    """

    share: float
    stock: tuple[float, float] = (0, 0)
    rate: tuple[float, float] = (0, 0)
    burst: tuple[float, float] = (0, 0)
    sells: tuple[float, float] = (0.01, 0.05)
    price: float = 2_500
    wide: float = 0.9
    new: tuple[float, float] = (0.0, 0.2)
    alike: tuple[float, float] = (0.0, 0.03)
    models: float = 0.3
    categories: tuple[str, ...] = ()
    few: int = 3
    reviewed: float = 0.7
    begins: tuple[int, int] = (0, 0)


class Table(msgspec.Struct):
    """The table of habits."""

    everyday: tuple[str, ...]
    honest: dict[str, Habit]
    planted: dict[str, Habit]


TABLE = msgspec.toml.decode(Path(__file__).with_name("habits.toml").read_bytes(), type=Table)


@dataclass(slots=True)
class Thing:
    """What was put on offer on a day; it is gone on the day `gone`, sold or withdrawn, `DAYS` or later while it is not."""

    seller: str
    day: int
    category: str
    brand: str
    model: str
    condition: str
    price: int
    gone: int
    is_sold: bool
    is_reviewed: bool


@dataclass(frozen=True, slots=True)
class Account:
    """An account, by what the marketplace calls it, and what it is in truth."""

    ref: str
    habit: Habit
    is_business: bool


def drawn(*, accounts: int, planted: int, dice: random.Random) -> tuple[list[Account], list[Thing]]:
    """Draw the accounts and all that they put on offer."""
    kinds: list[tuple[Habit, bool]] = []
    for is_business, many in ((False, accounts - planted), (True, planted)):
        habits = TABLE.planted if is_business else TABLE.honest
        chosen = dice.choices(tuple(habits.values()), [habit.share for habit in habits.values()], k=many)
        kinds += [(habit, is_business) for habit in chosen]
    dice.shuffle(kinds)
    people = [Account(f"S-{number}", habit, so) for number, (habit, so) in enumerate(kinds)]
    return people, [thing for one in people for thing in _things(one.ref, one.habit, dice)]


def _spread(low: float, high: float, dice: random.Random) -> float:
    """Return a figure of which four in five lie between the two, and the others beyond, spread as incomes are."""
    if high <= 0:
        return 0.0
    floor = max(low, high / 30)
    middle, wide = (math.log(floor) + math.log(high)) / 2, (math.log(high) - math.log(floor)) / 2.56
    return math.exp(dice.gauss(middle, max(wide, 0.05)))


def _things(ref: str, habit: Habit, dice: random.Random) -> Iterator[Thing]:
    make = _maker(ref, habit, dice)
    for _ in range(_whole(_spread(*habit.stock, dice), dice)):
        yield make(-BEFORE + min(BEFORE - 1, int(dice.expovariate(1 / 12))))
    begins = dice.randint(*habit.begins) if habit.begins[1] else -BEFORE
    rate = _spread(*habit.rate, dice)
    for day in range(begins, DAYS):
        growing = min(1.0, (day - begins + 1) / 21) if habit.begins[1] else 1.0
        for _ in range(_whole(rate * growing * dice.choice((0, 0.5, 1, 1.5, 2)), dice)):
            yield make(day)
    if habit.burst[1]:
        first = dice.randint(-BEFORE, DAYS + 90)  # most who move do so at another time
        for _ in range(_whole(_spread(*habit.burst, dice), dice)):
            if (day := first + int(dice.expovariate(1 / 4))) < DAYS:
                yield make(day)


def _maker(ref: str, habit: Habit, dice: random.Random) -> Callable[[int], Thing]:
    """Return what makes one thing after another for an account: its categories, habits and models are its own."""
    all_kinds = habit.categories or TABLE.everyday
    own = dice.sample(all_kinds, k=min(habit.few, len(all_kinds)))
    sells, alike = dice.uniform(*habit.sells), dice.uniform(*habit.alike)
    new, level = dice.uniform(*habit.new), math.exp(dice.gauss(0, 0.35))
    models: list[tuple[str, str, str, int]] = []

    def make(day: int) -> Thing:
        if models and dice.random() < alike:
            category, brand, model, price = dice.choice(models[-4:])
        else:
            category, is_told = dice.choice(own), dice.random() < habit.models
            brand = f"ブランド{dice.randrange(400)}" if dice.random() < 0.6 else ""
            model = f"{ref}-{len(models)}" if is_told else ""
            price = max(300, int(habit.price * level * math.exp(dice.gauss(0, habit.wide))))
            models.append((category, brand, model, price))
        sold, kept = day + 1 + int(dice.expovariate(sells)), day + 20 + int(dice.expovariate(1 / 60))
        condition = ("new" if dice.random() < new else "used") if dice.random() < 0.9 else ""
        is_sold, gone = sold <= kept, min(sold, kept)
        is_reviewed = is_sold and dice.random() < habit.reviewed
        return Thing(ref, day, category, brand, model, condition, price, gone, is_sold, is_reviewed)

    return make


def _whole(many: float, dice: random.Random) -> int:
    return int(many) + (dice.random() < many - int(many))


BATCH = 2_000
LOOKS, MISTAKES = 50, 0.1
BUSINESSES, FOUND, ASKED = 0.025, 80.0, 5.0
FIRST = datetime(2026, 9, 1, tzinfo=JAPAN)
BUYER = "B-1"


def play(*, accounts: int, seed: int, looks: int = LOOKS) -> dict[str, Any]:
    """Draw a market, let it trade and be looked at, and return what was found."""
    dice = random.Random(seed)  # noqa: S311  # replayable
    people, things = drawn(accounts=accounts, planted=round(accounts * BUSINESSES), dice=dice)
    _open(people)
    listed, gone = defaultdict[int, dict[int, Thing]](dict), defaultdict[int, dict[int, Thing]](dict)
    for number, thing in enumerate(things):
        listed[thing.day][number] = gone[thing.gone][number] = thing
    asked, looked, reviewer = set[str](), 0, random.Random(seed + 1)  # noqa: S311
    for day in range(-BEFORE, DAYS):
        _trade(at(day, 12), listed[day], gone[day])
        if day >= 0:
            _count(day)
            looked += _look(day, asked, reviewer, looks)
    drawn_by_lot = reviewer.sample(people, k=min(len(people), looks * DAYS))
    by_lot = {one.ref for one in drawn_by_lot if reviewer.random() >= MISTAKES}
    return _figures(people, asked, by_lot) | {"listings": len(things), "looks": looked}


def at(day: int, hour: int) -> datetime:
    """Return an hour of a day of the market."""
    return FIRST + timedelta(days=day, hours=hour)


def _open(people: list[Account]) -> None:
    """Write the accounts, each told to be private, and one buyer for all."""
    since = at(-400, 0)
    word = Status(private=True, since=since, said_at=since)
    for part in batched(people, BATCH):
        contacts = {one.ref: parties.Contact(name=f"個人 {one.ref}", statuses=(word,)) for one in part}
        sealed = parties.seal_all("seller", contacts)
        Seller.objects.bulk_create(
            [Seller(ref=name, sealed=sealed[name], has_contact=False) for name in contacts]
        )
    buyer = parties.seal_all("buyer", {BUYER: parties.Contact(name="買手")})
    Buyer.objects.create(ref=BUYER, sealed=buyer[BUYER], has_contact=False)


def _trade(noon: datetime, listed: Mapping[int, Thing], gone: Mapping[int, Thing]) -> None:
    """Tell what was put on offer, sold, withdrawn and reviewed on a day."""
    _write(Listing, (_listing(number, thing, noon) for number, thing in listed.items()))
    for part in batched(gone, 500):
        Listing.objects.filter(pk__in=[f"L-{number}" for number in part]).update(state="gone")
    sold = [(number, thing) for number, thing in gone.items() if thing.is_sold]
    _write(Order, (_order(number, thing, noon) for number, thing in sold))
    told: dict[str, Any] = {"stars": 5, "posted_at": noon}
    refs = ((f"R-{number}", f"L-{number}", one.seller) for number, one in sold if one.is_reviewed)
    _write(Review, (Review(ref=ref, listing_id=what, seller_id=who, **told) for ref, what, who in refs))


def _write(model: Any, rows: Iterable[Any]) -> None:
    for part in batched(rows, BATCH):
        model.objects.bulk_create(part)


def _listing(number: int, thing: Thing, noon: datetime) -> Any:
    names = ("category", "brand", "model", "condition", "price")
    told = {name: getattr(thing, name) for name in names}
    return Listing(ref=f"L-{number}", seller_id=thing.seller, name="品", listed_at=noon, **told)


def _order(number: int, thing: Thing, noon: datetime) -> Any:
    item = {"listing": f"L-{number}", "name": "品", "quantity": 1, "price": thing.price}
    who = {"buyer_id": BUYER, "seller_id": thing.seller}
    return Order(ref=f"O-{number}", items=[item], amount=thing.price, ordered_at=noon, **who)


def _count(day: int) -> None:
    """Let the house do its pass: switched on on the first day, by its own clock on every other."""
    evening = at(day, 20)
    if day == 0:
        with connection.cursor() as cursor:  # as a database that runs for long does by itself
            cursor.execute("ANALYZE")
        terms.set(actor(evening, "lead:1"), setting=HIDDEN_ON, value=True)
    while clocks.fire_due(at=evening, tasks=RINGS) or outbox.work(at=evening):
        pass


def _look(day: int, asked: set[str], reviewer: random.Random, looks: int) -> int:
    """Look at the first of the list: who is on it is asked, or by a mistake let be; return how many looks it took."""
    agent = actor(at(day, 21), "agent:1")
    rows = HIDDEN.rows(agent).filter(state="flagged").order_by(*HIDDEN.order)[:looks]
    refs = list(rows.values_list("pk", flat=True))
    for seller_ref in refs:
        if reviewer.random() < MISTAKES:
            actions.let_be(agent, seller_ref=seller_ref, reason="そのままにする。")
        else:
            actions.ask_standing(agent, seller_ref=seller_ref, words="事情をお聞かせください。")
            asked.add(seller_ref)
    return len(refs)


def _figures(people: list[Account], asked: set[str], by_lot: set[str]) -> dict[str, Any]:
    planted = [one for one in people if one.is_business]
    honest = [one for one in people if not one.is_business]

    def share(some: list[Account], among: Container[str]) -> float:
        return round(100 * sum(one.ref in among for one in some) / len(some), 2) if some else 0.0

    return {
        "planted": len(planted),
        "found": share(planted, asked),
        "asked": share(honest, asked),
        "found_by_lot": share(planted, by_lot),
        "asked_by_lot": share(honest, by_lot),
    }


@measured("個人を装う事業者を見つける", "businesses that pass for private accounts are found")
def measure(*, engine: str, accounts: int = 20_000, seed: int = 20261129) -> Found:
    """Draw a market into a house of its own and let it be looked at for 60 days."""
    with scratch(engine) as (env, _):
        found = within(env, "trials.hidden:play", accounts=accounts, seed=seed)
    few, many = found["found_by_lot"] < FOUND, found["asked_by_lot"] > ASKED
    return Found(
        {
            "80 % or more of the businesses are found in 60 days": found["found"] >= FOUND,
            "5 % or less of private people are asked": found["asked"] <= ASKED,
            "planted: looks drawn by lot find few and ask many": few and many,
        },
        **found,
    )
