"""How fast is what a buyer saw found again: any past order's display among a million versions, by the time of the order?

Sellers change their displays again and again, and many go back to what they showed before: three in four versions say
something new.  Each is sealed with its seller's key, as the room does it.  Looked up is the whole fact, opened and with the
address of its receipt.  Planted: the same look-up by digest alone, for which no index stands.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import batched
from typing import Any

import click

from mamori.grammar.text import Text
from mamori.site.command.speak import LANG, say
from trials.scratch import engine_option, loaded, scratch
from trials.verdict import told

TITLE = Text("注文したときの表示を見つける速さ", "how fast the display of a past order is found")
MOST_MS = 100.0
BATCH = 2_000
LOOKS = 400
FIRST = datetime(2024, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was measured; bytes are what the database grew by, with its indexes."""

    engine: str
    versions: int
    contents: int
    load: float
    p50_ms: float
    p99_ms: float
    wrong: int
    bytes_a_version: int
    planted_ms: float


def measure(*, engine: str, versions: int, seed: int) -> Found:
    """Fill a house and look displays up in it."""
    with scratch(engine) as (plain, _):
        asked = json.dumps({"versions": versions, "seed": seed})
        words = loaded("-m", "trials.seen", asked)
        done = subprocess.run(words, env=plain, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603
        found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return Found(engine=engine, versions=versions, load=round(os.getloadavg()[0], 1), **found)


def fill_and_look(*, versions: int, seed: int) -> dict[str, Any]:
    """Write the versions of as many sellers as have fifty each, and look displays of drawn moments up."""
    from mamori.rooms.display.models import Content

    dice = random.Random(seed)  # noqa: S311  # replayable
    sellers = max(1, versions // 50)
    for part in batched(range(sellers), BATCH):
        _open(part)
    before = _size()
    for part in batched(range(sellers), max(1, BATCH // 50)):
        _write(part, versions // sellers, dice)
    _settled()
    grown = _size() - before
    took, wrong = _looked_up(sellers, versions // sellers, dice)
    began = time.perf_counter()
    Content.objects.filter(digest="0" * 64).exists()
    planted = 1000 * (time.perf_counter() - began)
    return {
        "contents": Content.objects.count(),
        "p50_ms": round(took[len(took) // 2], 2),
        "p99_ms": round(took[int(len(took) * 0.99)], 2),
        "wrong": wrong,
        "bytes_a_version": grown // versions,
        "planted_ms": round(planted, 2),
    }


def _looked_up(sellers: int, each: int, dice: random.Random) -> tuple[list[float], int]:
    """Look drawn displays up; return how many milliseconds each took, the shortest first, and how many were wrong."""
    from mamori.ground.market.facts import OrderFact
    from mamori.rooms.display import facts

    took: list[float] = []
    wrong = 0
    for _ in range(LOOKS):
        number, step = dice.randrange(sellers), dice.randrange(each)
        at = FIRST + timedelta(days=step, hours=12)
        order = OrderFact(
            ref="O", buyer_ref="B", seller_ref=f"S-{number}", items=(), amount=1, refunded_elsewhere=0,
            refunded_instructed=0, charged_back=False, ordered_at=at,
        )  # fmt: skip
        began = time.perf_counter()
        seen = facts.seen(order)
        took.append(1000 * (time.perf_counter() - began))
        wrong += seen is None or seen.version != step + 1 or seen.told is None
    return sorted(took), wrong


def _open(sellers: tuple[int, ...]) -> None:
    """Write sellers whom the marketplace told of, none of whom is a private person."""
    from mamori.ground.market import persons
    from mamori.ground.market.models import Seller

    contacts = {f"S-{number}": persons.Contact(name=f"店 {number}") for number in sellers}
    sealed = persons.seal_all("seller", contacts)
    Seller.objects.bulk_create(
        [Seller(ref=ref, sealed=sealed[ref], has_contact=False) for ref in contacts], batch_size=BATCH
    )


def _write(sellers: tuple[int, ...], each: int, dice: random.Random) -> None:
    from mamori.ground.seal import actions as sealing
    from mamori.rooms.display.actions.versions import packed
    from mamori.rooms.display.models import Content, DisplayVersion
    from mamori.rooms.display.queries.versions import place_of

    contents: dict[tuple[str, str], Content] = {}
    plain: list[sealing.Plain] = []
    rows: list[tuple[str, int, str]] = []
    for number in sellers:
        ref, shown = f"S-{number}", [packed(_display(number, 0))]
        for step in range(each):
            if step and dice.random() < 0.75:
                shown.append(packed(_display(number, step)))
            one = shown[-1] if dice.random() < 0.75 or len(shown) < 2 else dice.choice(shown[:-1])
            rows.append((ref, step, one.digest))
            if (ref, one.digest) not in contents:
                contents[ref, one.digest] = Content(seller_ref=ref, digest=one.digest)
                place = place_of(ref, one.digest)
                plain.append(sealing.Plain(subject=f"seller:{ref}", place=place, plain=one.plain))
    for content, sealed in zip(contents.values(), sealing.seal_many(plain), strict=True):
        content.sealed = sealed
    Content.objects.bulk_create(contents.values(), batch_size=BATCH)
    DisplayVersion.objects.bulk_create(
        [
            DisplayVersion(
                seller_ref=ref, number=step + 1, content=contents[ref, digest], by="seller", act=0,
                told_at=FIRST + timedelta(days=step),
            )
            for ref, step, digest in rows
        ],
        batch_size=BATCH,
    )  # fmt: skip


def _display(number: int, step: int) -> Any:
    """Return a display of usual length: nine items and a text of some three hundred letters."""
    from mamori.law.display import DisplayItem
    from mamori.rooms.display.rules.told import DisplayTold, ItemTold

    items = tuple(
        ItemTold(item=item, said=f"{item.value}：店 {number} の表示、{step} 回目の版")
        for item in tuple(DisplayItem)[:9]
    )
    return DisplayTold(items=items, text=f"店{number}のご案内（{step}）。" * 20)


def _settled() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _size() -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
            return int(cursor.fetchone()[0])
        cursor.execute("PRAGMA page_count")
        pages = int(cursor.fetchone()[0])
        cursor.execute("PRAGMA page_size")
        return pages * int(cursor.fetchone()[0])


def promises(found: Found) -> dict[str, bool]:
    """Return what is promised of the figures, and that what is planted is seen."""
    return {
        say("99%が100ミリ秒以内", "99 of 100 within 100 ms"): found.p99_ms < MOST_MS,
        say("見つけた版はすべて正しい", "every version found is the right one"): found.wrong == 0,
        say(
            "索引のない探し方は遅い（仕込み）", "planted: a look without an index is slower"
        ): found.planted_ms > found.p50_ms,
    }


@click.command(name="seen", help=TITLE.in_(LANG), params=[engine_option()])
@click.option("--versions", type=click.IntRange(50), default=1_000_000, show_default=True)
@click.option("--seed", default=20261128, show_default=True, help=say("乱数の種", "seed"))
@click.option("--json", "as_json", is_flag=True, help="JSON")
def command(*, engine: str, versions: int, seed: int, as_json: bool) -> None:
    """Measure; exit with 1 when a promise is broken."""
    found = measure(engine=engine, versions=versions, seed=seed)
    told(TITLE, found, promises(found), as_json=as_json)


if __name__ == "__main__":
    from mamori.site.command import ready

    ready()
    print(json.dumps(fill_and_look(**json.loads(sys.argv[1]))))
