"""Who sells in the drawn market: private people of many habits, and businesses among them that pass for private.

Written before the rules were, and without a look at their figures: what each habit does was set by what such an account is like,
and the spreads overlap on purpose.  Nobody here is drawn by whether it would be found.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

BEFORE, DAYS = 45, 60
"""Days of trade before the first look, so that what stands on the first day did not all begin on it, and days looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """How an account sells; `much` is the spread of what it offers, whose ends one account in ten lies beyond on each side.

    `stock` is on offer at the beginning, `rate` what is put on offer in a day, `burst` what comes within a few days of one day.
    `sells` is how likely a thing is sold in a day, `price` its middle yen and `wide` how widely that spreads.  `new` is the
    share of new goods, `alike` how likely a thing is one of a model that it offered before, `models` how often a model is told.
    """

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


EVERYDAY = (
    "レディースファッション", "メンズファッション", "ベビー・キッズ", "本・雑誌・漫画", "CD・DVD・ブルーレイ", "おもちゃ・ホビー",
    "コスメ・美容", "家電・スマホ・カメラ", "スポーツ・アウトドア", "インテリア・住まい", "キッチン・食器", "ハンドメイド",
    "チケット",
    "自動車・バイク部品", "健康食品・サプリ", "ゲーム・ソフト", "時計・ブランドバッグ", "楽器", "食品・酒", "日用品",
)  # fmt: skip
CLOTHES = EVERYDAY[:2]
HOUSEHOLD = tuple(EVERYDAY[index] for index in (0, 1, 3, 7, 8, 9, 10, 17, 19))
COLLECTED = tuple(EVERYDAY[index] for index in (3, 4, 5, 15, 16))

HONEST: Mapping[str, tuple[float, Habit]] = {
    "dormant": (25, Habit(stock=(0, 2), rate=(0, 0.01))),
    "casual": (32, Habit(stock=(0, 9), rate=(0.02, 0.3), categories=EVERYDAY)),
    "mover": (5, Habit(stock=(0, 3), rate=(0, 0.03), burst=(20, 110), sells=(0.05, 0.2),
        categories=HOUSEHOLD, few=9, models=0.4, price=3_000, wide=1.2, new=(0.02, 0.15))),
    "collector": (4, Habit(stock=(5, 90), rate=(0.1, 3), burst=(0, 160), categories=COLLECTED, few=1,
        price=2_200, wide=1.1, new=(0, 0.12), alike=(0, 0.04), models=0.4)),
    "wardrobe": (8, Habit(stock=(10, 110), rate=(0.3, 2.2), categories=CLOTHES, few=2, new=(0.03, 0.3),
        price=2_800, models=0.1)),
    "parent": (8, Habit(stock=(4, 45), rate=(0.1, 1.1), categories=("ベビー・キッズ", "おもちゃ・ホビー", "本・雑誌・漫画"),
        few=3, price=1_400, new=(0.02, 0.2))),
    "maker": (4, Habit(stock=(6, 50), rate=(0.1, 1.0), sells=(0.01, 0.04), categories=("ハンドメイド",),
        few=1, new=(0.95, 1), price=2_200, wide=0.6, alike=(0, 0.12), models=0.1)),
    "fan": (4, Habit(stock=(0, 3), rate=(0.01, 0.12), categories=("チケット", "おもちゃ・ホビー"), few=2,
        price=8_500, wide=0.6, new=(0.2, 0.7))),
    "student": (4, Habit(stock=(1, 22), rate=(0.02, 0.5), categories=("本・雑誌・漫画", "ゲーム・ソフト",
        "家電・スマホ・カメラ"), few=2, price=2_400, models=0.5, alike=(0, 0.05))),
    "gadgets": (4, Habit(stock=(0, 9), rate=(0.02, 0.25), sells=(0.05, 0.2), categories=("家電・スマホ・カメラ",
        "ゲーム・ソフト"), few=2, price=22_000, wide=1.1, new=(0.1, 0.5), models=0.7, alike=(0, 0.06))),
    "luxury": (1, Habit(stock=(2, 18), rate=(0.02, 0.3), sells=(0.03, 0.12), categories=("時計・ブランドバッグ",
        "レディースファッション"), few=2, price=45_000, wide=1.0, new=(0, 0.15), models=0.5)),
    "garage": (1, Habit(stock=(3, 35), rate=(0.05, 0.6), categories=("自動車・バイク部品", "スポーツ・アウトドア"), few=2,
        price=6_500, wide=1.2, models=0.5, alike=(0, 0.08))),
}  # fmt: skip
"""What private people do, each with how many of a hundred do so."""

PLANTED: Mapping[str, tuple[float, Habit]] = {
    "reseller": (25, Habit(stock=(25, 220), rate=(1.2, 9), sells=(0.02, 0.08), new=(0.7, 1),
        alike=(0.05, 0.4), models=0.5, categories=EVERYDAY, few=3, price=4_000)),
    "one-model": (18, Habit(stock=(8, 60), rate=(0.4, 4), sells=(0.03, 0.12), new=(0.6, 1), alike=(0.5,
        0.9), models=0.75, categories=("家電・スマホ・カメラ", "ゲーム・ソフト", "コスメ・美容", "健康食品・サプリ"), few=1,
        price=12_000)),
    "brand": (14, Habit(stock=(15, 110), rate=(0.5, 4), sells=(0.02, 0.08), new=(0, 0.4), alike=(0,
        0.15), models=0.6, categories=("時計・ブランドバッグ", "レディースファッション"), few=2, price=28_000)),
    "tout": (10, Habit(stock=(4, 50), rate=(0.5, 4), sells=(0.05, 0.2), new=(0.3, 1), alike=(0.1, 0.5),
        models=0.1, categories=("チケット",), few=1, price=14_000, wide=0.7)),
    "dropshipper": (11, Habit(stock=(60, 700), rate=(4, 25), sells=(0.005, 0.02), new=(0.9, 1),
        alike=(0, 0.15), models=0.3, categories=EVERYDAY, few=5, price=2_600)),
    "grower": (12, Habit(stock=(0, 6), rate=(1.0, 8), sells=(0.02, 0.1), new=(0.5, 1), alike=(0.05,
        0.5), models=0.5, categories=EVERYDAY, few=2, price=4_500, begins=(0, 45))),
    "split": (10, Habit(stock=(8, 60), rate=(0.4, 2.5), sells=(0.02, 0.08), new=(0.6, 1), alike=(0.05,
        0.4), models=0.5, categories=EVERYDAY, few=2, price=4_000)),
}  # fmt: skip
"""What businesses do that pass for private, each with how many of a hundred do so."""


@dataclass(slots=True)
class Thing:
    """What was put on offer on a day; it is gone on the day `gone`, sold or withdrawn, `DAYS` or later while it is not."""

    seller: int
    day: int
    category: str
    brand: str
    model: str
    is_new: bool | None
    price: int
    gone: int
    is_sold: bool
    is_reviewed: bool


@dataclass(frozen=True, slots=True)
class Account:
    """An account, and what it is in truth."""

    number: int
    kind: str
    is_business: bool


def drawn(*, accounts: int, planted: int, dice: random.Random) -> tuple[list[Account], list[Thing]]:
    """Draw the accounts and all that they put on offer."""
    kinds: list[tuple[str, Habit, bool]] = []
    for is_business, many, habits in ((False, accounts - planted, HONEST), (True, planted, PLANTED)):
        names = dice.choices(tuple(habits), [share for share, _ in habits.values()], k=many)
        kinds += [(name, habits[name][1], is_business) for name in names]
    dice.shuffle(kinds)
    people = [Account(number, name, is_business) for number, (name, _, is_business) in enumerate(kinds)]
    things = [thing for number, (_, habit, _) in enumerate(kinds) for thing in _things(number, habit, dice)]
    return people, things


def _spread(low: float, high: float, dice: random.Random) -> float:
    """Return a figure of which four in five lie between the two, and the others beyond, spread as incomes are."""
    if high <= 0:
        return 0.0
    floor = max(low, high / 30)
    middle, wide = (math.log(floor) + math.log(high)) / 2, (math.log(high) - math.log(floor)) / 2.56
    return math.exp(dice.gauss(middle, max(wide, 0.05)))


def _things(number: int, habit: Habit, dice: random.Random) -> Iterator[Thing]:
    make = _maker(number, habit, dice)
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


def _maker(number: int, habit: Habit, dice: random.Random) -> Callable[[int], Thing]:
    """Return what makes one thing after another for an account: its categories, habits and models are its own."""
    own = dice.sample(habit.categories or EVERYDAY, k=min(habit.few, len(habit.categories or EVERYDAY)))
    sells, alike = dice.uniform(*habit.sells), dice.uniform(*habit.alike)
    new, level = dice.uniform(*habit.new), math.exp(dice.gauss(0, 0.35))
    models: list[tuple[str, str, str, int]] = []

    def make(day: int) -> Thing:
        if models and dice.random() < alike:
            category, brand, model, price = dice.choice(models[-4:])
        else:
            category, is_told = dice.choice(own), dice.random() < habit.models
            brand = f"ブランド{dice.randrange(400)}" if dice.random() < 0.6 else ""
            model = f"{number}-{len(models)}" if is_told else ""
            price = max(300, int(habit.price * level * math.exp(dice.gauss(0, habit.wide))))
            models.append((category, brand, model, price))
        sold, kept = day + 1 + int(dice.expovariate(sells)), day + 20 + int(dice.expovariate(1 / 60))
        is_sold = sold <= kept
        return Thing(
            seller=number,
            day=day,
            category=category,
            brand=brand,
            model=model,
            is_new=(dice.random() < new) if dice.random() < 0.9 else None,
            price=price,
            gone=min(sold, kept),
            is_sold=is_sold,
            is_reviewed=is_sold and dice.random() < habit.reviewed,
        )

    return make


def _whole(many: float, dice: random.Random) -> int:
    return int(many) + (dice.random() < many - int(many))
