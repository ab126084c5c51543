"""How fast are due clocks found among a million open ones, by which plan, and how many ring in a second?"""

from __future__ import annotations

import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import click

from mamori.grammar.text import Text
from mamori.site.command import ready
from mamori.site.command.speak import LANG, say
from trials.scratch import engine_option, python, scratch
from trials.verdict import told

TITLE = Text("百万の期限から期日のものを見つけて鳴らす", "find and ring the due among a million open clocks")
START = datetime(2026, 4, 1, tzinfo=UTC)
LOOKS = 300
FOUND_MS = 10.0
"""Milliseconds within which the due are found, at p99."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """What finding and ringing took."""

    engine: str
    seed: int
    open_clocks: int
    looks: int
    first_due_p50_ms: float
    first_due_p99_ms: float
    fifty_due_p50_ms: float
    fifty_due_p99_ms: float
    plan: str
    uses_index: bool
    rung: int
    rung_per_second: int
    batches: int
    batch_p50_ms: float
    batch_longest_ms: float
    planted_plan_caught: bool


def measure(*, engine: str, clocks: int, rings: int, seed: int) -> Rung:
    """Fill a scratch database, look for due clocks at random moments, then ring `rings` of them.

    In a process of its own: one that had read its settings before would fill the operator's database.
    """
    with scratch(engine) as (env, _):
        words = (engine, str(clocks), str(rings), str(seed))
        told = subprocess.run(  # noqa: S603
            python("-m", "trials.ringing", *words), env=env, check=True, stdout=subprocess.PIPE
        )
        return Rung(**json.loads(told.stdout))


def _measured(*, engine: str, clocks: int, rings: int, seed: int) -> Rung:
    from django.db import connection

    from mamori.ground.clocks.models import Clock
    from mamori.ground.clocks.ringing import due

    dice = random.Random(seed)  # noqa: S311
    _fill(clocks, dice)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    end = START + timedelta(seconds=clocks)
    first, fifty = [], []
    for _ in range(LOOKS):
        at = START + (end - START) * dice.random()
        first.append(_timed(lambda at=at: due(at).first()))
        fifty.append(_timed(lambda at=at: list(due(at)[:50])))
    plan = due(end)[:50].explain()
    scan = Clock.objects.filter(outcome="", due_at__lte=end).order_by("due_at")[:50].explain()
    batches, rung = _ring(end, rings)
    return Rung(
        engine=engine,
        seed=seed,
        open_clocks=clocks,
        looks=LOOKS,
        first_due_p50_ms=_ms(first, 50),
        first_due_p99_ms=_ms(first, 99),
        fifty_due_p50_ms=_ms(fifty, 50),
        fifty_due_p99_ms=_ms(fifty, 99),
        plan=" / ".join(line.strip() for line in plan.splitlines()),
        uses_index=_is_indexed(plan),
        rung=rung,
        rung_per_second=round(rung / sum(batches)),
        batches=len(batches),
        batch_p50_ms=_ms(batches, 50),
        batch_longest_ms=round(max(batches) * 1000, 2),
        planted_plan_caught=not _is_indexed(scan),
    )


def _fill(clocks: int, dice: random.Random) -> None:
    """Write open clocks, due at random moments a second apart on average, in chunks."""
    from mamori.ground.clocks.models import Clock

    for first in range(0, clocks, 5000):
        Clock.objects.bulk_create(_clocks(first, min(first + 5000, clocks), clocks, dice), batch_size=500)


def _clocks(first: int, last: int, clocks: int, dice: random.Random) -> Iterator[Any]:
    from mamori.ground.clocks.models import Clock

    for number in range(first, last):
        due_at = START + timedelta(seconds=dice.random() * clocks)
        yield Clock(
            kind="bench",
            about=f"bench:{number}",
            started_at=START,
            duration="48h",
            due_at=due_at,
            next_try_at=due_at,
            calendar="bench",
        )


def _ring(at: datetime, rings: int) -> tuple[list[float], int]:
    """Ring in batches as the worker does, each ring with an effect of its own (an event is published)."""
    from mamori.ground.clocks import actions
    from mamori.ground.clocks.actions import Rang
    from mamori.ground.clocks.events import DeadlineMoved
    from mamori.ground.outbox import actions as outbox

    def effect(rang: Rang) -> None:
        due = rang.due_at
        news = DeadlineMoved(
            subject=rang.about, clock=rang.kind, about=rang.about, old_due_at=due, new_due_at=due
        )
        outbox.publish(news, at=rang.at)

    batches, rung = [], 0
    while rung < rings:
        began = time.perf_counter()
        taken = actions.ring_due(at=at, tasks={"bench": effect})
        batches.append(time.perf_counter() - began)
        if not taken:
            break
        rung += taken
    return batches, rung


def _timed(look: Any) -> float:
    began = time.perf_counter()
    look()
    return time.perf_counter() - began


def _ms(seconds: list[float], percent: int) -> float:
    cut = statistics.quantiles(seconds, n=100, method="inclusive") if len(seconds) > 1 else seconds * 99
    return round(cut[percent - 1] * 1000, 2)


def _is_indexed(plan: str) -> bool:
    return "clocks_clock_due" in plan and not any(w in plan for w in ("Seq Scan", "Sort", "TEMP B-TREE"))


@click.command(name="ringing", help=TITLE.in_(LANG), params=[engine_option()])
@click.option(
    "--clocks", type=click.IntRange(1000), default=1_000_000, help=say("期限の数", "how many clocks")
)
@click.option("--rings", type=click.IntRange(1), default=5_000, help=say("鳴らす数", "how many to ring"))
@click.option("--seed", type=int, default=20_260_401, show_default=True, help=say("乱数の種", "seed"))
@click.option("--json", "as_json", is_flag=True, help="JSON")
def command(engine: str, clocks: int, rings: int, seed: int, as_json: bool) -> None:
    """Run it; exit with 1 when finding is slow, or its plan scans or sorts."""
    found = measure(engine=engine, clocks=clocks, rings=rings, seed=seed)
    promises = {
        say(
            "期日のものを10ミリ秒以内に見つけた(p99)", "the due are found within 10 ms (p99)"
        ): found.first_due_p99_ms < FOUND_MS,
        say("探し方は索引だけ", "the plan uses the index, no scan, no sort"): found.uses_index,
        say("求めた数を鳴らした", "as many rung as asked for"): found.rung >= rings,
        say(
            "仕込んだ誤り(索引外の問い)を見つけた", "planted fault caught: a query beside the index"
        ): found.planted_plan_caught,
    }
    told(TITLE, found, promises, as_json=as_json)


if __name__ == "__main__":
    ready()
    of, clocks_, rings_, seed_ = sys.argv[1:]
    figures = _measured(engine=of, clocks=int(clocks_), rings=int(rings_), seed=int(seed_))
    print(json.dumps(asdict(figures)))
