"""How fast does the gate answer among a million sellers, and does any of its questions walk through a whole table?

Sellers are drawn and written in bulk (`paying.filling`): one in a hundred has a reason against its money, one payout lies
behind each.  Then new payouts of sellers drawn evenly are asked for one by one, each in a transaction of its own that is on
the disk before the next.  Planted: the gate without the index by which it finds what waits of a seller.
"""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import click

from mamori.grammar.figures import rank
from mamori.grammar.text import Text
from mamori.site.command.speak import LANG, say
from trials.scratch import engine_option, python, scratch
from trials.verdict import told

if TYPE_CHECKING:
    from trials.paying.shops import Shop

TITLE = Text("百万人の出品者の中の関門", "the gate among a million sellers")
LIMIT_MS = 50.0
BIG = 0.01
"""A table with more rows than this share of the sellers is not to be walked through."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Milliseconds of an answer, all and by what stands against the seller; what was answered wrongly; plans that walk."""

    engine: str
    sellers: int
    filled_seconds: int
    calls: int
    p50_ms: float
    p95_ms: float
    p99_ms: float
    most_ms: float
    processor_ms: float
    p99_ms_of: dict[str, float]
    calls_of: dict[str, int]
    statements_of: dict[str, int]
    wrong: int
    walks: tuple[str, ...]
    planted_walks: int


def measure(*, engine: str, sellers: int, calls: int, seed: int) -> Asked:
    """Fill a scratch house and ask in a process of its own."""
    asked = {"engine": engine, "sellers": sellers, "calls": calls, "seed": seed}
    with scratch(engine) as (env, _):
        words = python("-m", "trials.gate", json.dumps(asked))
        done = subprocess.run(words, env=env, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603
    found = json.loads(done.stdout.splitlines()[-1])
    return Asked(**found | {"walks": tuple(found["walks"])})


def work(*, engine: str, sellers: int, calls: int, seed: int) -> Asked:
    """Fill the house that the environment names, and ask."""
    from trials.paying import filling
    from trials.paying.shops import Why, drawn

    now, dice, began = datetime.now(UTC), random.Random(seed), time.monotonic()  # noqa: S311  # replayable
    filling.open_house(now)
    picked = set(dice.sample(range(sellers), calls))
    few: dict[Why, list[Shop]] = {why: [] for why in Why}
    asked: list[Shop] = []

    def watched() -> Iterator[Shop]:
        for shop in drawn(sellers, random.Random(seed)):  # noqa: S311  # replayable
            if shop.number in picked:
                asked.append(shop)
            elif len(few[shop.why]) < 3:
                few[shop.why].append(shop)
            yield shop

    filling.fill(watched(), now, history=True)
    filled = int(time.monotonic() - began)
    dice.shuffle(asked)
    _warm(now)
    used = time.process_time()
    taken, wrong = _ask(asked, dice, now)
    used = time.process_time() - used
    by_why = _by_why(asked, taken)
    statements = {why.value: _statements(shops[0], now) for why, shops in few.items() if shops}
    walks = tuple(_walks(statements, sellers))
    _drop_index()
    return Asked(
        engine=engine,
        sellers=sellers,
        filled_seconds=filled,
        calls=len(taken),
        p50_ms=_at(taken, 50),
        p95_ms=_at(taken, 95),
        p99_ms=_at(taken, 99),
        most_ms=_at(taken, 100),
        processor_ms=round(used * 1000 / len(taken), 2),
        p99_ms_of={why: _at(times, 99) for why, times in by_why.items()},
        calls_of={why: len(times) for why, times in by_why.items()},
        statements_of={why: len(said) for why, said in statements.items()},
        wrong=wrong,
        walks=walks,
        planted_walks=sum(1 for _ in _walks(statements, sellers)),
    )


def _ask(shops: list[Shop], dice: random.Random, now: datetime) -> tuple[list[float], int]:
    """Ask for a payout of each; return the milliseconds that each took, and how many answers the model knows otherwise."""
    from mamori.rooms.payouts import actions
    from trials.paying.filling import machine

    taken, wrong = [], 0
    for number, shop in enumerate(shops):
        asked = actions.Asked(f"P-{number}", shop.ref, dice.randint(500, 200_000))
        hand = machine(now + timedelta(milliseconds=number))
        began = time.perf_counter()
        answer = actions.authorize(hand, asked=asked)
        taken.append((time.perf_counter() - began) * 1000)
        wrong += answer.released != shop.goes(asked.amount)
    return taken, wrong


def _warm(now: datetime) -> None:
    """Let everything be read that a process reads once, such as the calendar, by asking of a seller that is not there."""
    from mamori.ground.clocks import facts as clocks
    from mamori.ground.terms import facts as terms
    from mamori.law.deadlines import PAYOUT_LOOK

    clocks.after(now, terms.duration(PAYOUT_LOOK, at=now))


def _by_why(shops: list[Shop], taken: list[float]) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {}
    for shop, ms in zip(shops, taken, strict=True):
        found.setdefault(shop.why.value, []).append(ms)
    return found


def _at(times: list[float], percent: int) -> float:
    return round(sorted(times)[rank(percent, len(times)) - 1], 2)


def _statements(shop: Shop, now: datetime) -> list[tuple[str, Any]]:
    """Return every statement of one answer, which is then undone."""
    from django.db import connection, transaction

    from mamori.rooms.payouts import actions
    from trials.paying.filling import machine

    said: list[tuple[str, Any]] = []

    def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        said.append((sql, params))
        return execute(sql, params, many, context)

    with transaction.atomic():
        with connection.execute_wrapper(listen):
            actions.authorize(machine(now), asked=actions.Asked("plan", shop.ref, 100))
        transaction.set_rollback(True)
    return [one for one in said if one[0].lstrip("(").startswith(("SELECT", "UPDATE", "DELETE"))]


def _walks(statements: dict[str, list[tuple[str, Any]]], sellers: int) -> Iterator[str]:
    """Name the tables through which a statement walks row by row, and the statement."""
    big = _big_tables(BIG * sellers)
    seen = set()
    for said in statements.values():
        for sql, params in said:
            for table in big & set(_walked(sql, params)):
                if (table, sql) not in seen:
                    seen.add((table, sql))
                    yield f"{table}: {sql[:300]}"


def _walked(sql: str, params: Any) -> Iterator[str]:
    from django.db import connection

    is_postgres = connection.vendor == "postgresql"
    called = {alias: table for table, alias in re.findall(r'"(\w+)" ([A-Z]\d+)', sql)}
    with connection.cursor() as cursor:
        cursor.execute(("EXPLAIN " if is_postgres else "EXPLAIN QUERY PLAN ") + sql, params)
        lines = [str(row[0] if is_postgres else row[3]) for row in cursor.fetchall()]
    for line in lines:
        words = line.split()
        if is_postgres and "Seq Scan on" in line:
            yield words[words.index("on") + 1].strip('"')
        elif not is_postgres and words[0] == "SCAN":
            yield called.get(words[1], words[1])


def _big_tables(rows: float) -> set[str]:
    from django.apps import apps
    from django.db import connection

    found: Counter[str] = Counter()
    with connection.cursor() as cursor:
        for model in apps.get_models():
            cursor.execute(
                f'SELECT COUNT(*) FROM (SELECT 1 FROM "{model._meta.db_table}" LIMIT {int(rows) + 1}) t'  # noqa: S608
            )
            found[model._meta.db_table] = cursor.fetchone()[0]
    return {table for table, count in found.items() if count > rows}


def _drop_index() -> None:
    """Plant: drop what finds a seller's payouts, and those that wait."""
    from django.db import connection

    from mamori.rooms.payouts.models import Payout

    table = Payout._meta.db_table
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, table)
        for name, one in found.items():
            if one["index"] and not one["unique"] and {"payee_id", "waiting_since"} & set(one["columns"]):
                cursor.execute(f'DROP INDEX "{name}"')
    connection.close()  # or SQLite tells the plans of before


def promises(found: Asked) -> dict[str, bool]:
    """Return what is promised of the figures, and that what is planted is seen."""
    return {
        say("99%の答えが50ms未満", "99 % of the answers within 50 ms"): found.p99_ms < LIMIT_MS,
        say("答えはすべて正しい", "every answer is right"): found.wrong == 0,
        say("大きな表を端から読む問いはない", "no question walks through a large table"): not found.walks,
        say("索引のない関門が分かる（仕込み）", "planted: a gate without its index is caught"): (
            found.planted_walks > 0
        ),
    }


@click.command(name="gate", help=TITLE.in_(LANG), params=[engine_option()])
@click.option("--sellers", type=click.IntRange(1_000), default=1_000_000, show_default=True)
@click.option("--calls", type=click.IntRange(100), default=3_000, show_default=True)
@click.option("--seed", default=20261126, show_default=True, help=say("乱数の種", "seed"))
@click.option("--json", "as_json", is_flag=True, help="JSON")
def command(engine: str, sellers: int, calls: int, seed: int, as_json: bool) -> None:
    """Measure; exit with 1 when a promise is broken."""
    found = measure(engine=engine, sellers=sellers, calls=calls, seed=seed)
    told(TITLE, found, promises(found), as_json=as_json)


if __name__ == "__main__":
    from mamori.site.command import ready

    ready()
    print(json.dumps(asdict(work(**json.loads(sys.argv[1])))))
