"""Do web-like writers and a worker live together on SQLite: no "database is locked", nobody waits for long?"""

from __future__ import annotations

import json
import sqlite3
import statistics
import subprocess
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import click

from mamori.grammar.text import Text
from mamori.site.command.speak import LANG, say
from trials.scratch import python, scratch
from trials.verdict import told

TITLE = Text("書き手たちと作業係が SQLite で共に働く", "writers and a worker together on SQLite")
WEBS = 2
LONGEST_MS = 500.0
LOCKED = "locked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """One run: what the writers took, in milliseconds, and what the worker got done meanwhile."""

    transactions: int
    per_second: int
    p50_ms: float
    p99_ms: float
    longest_ms: float
    locked: int
    worker_locked: int
    worker_did: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The run with our backend, and the one with Django's own."""

    seconds: int
    writers: int
    gate: Load
    stock: Load


def measure(*, seconds: int) -> Written:
    """Run the load through the gate, then through the planted fault: Django's stock backend, DEFERRED."""
    gate, stock = load(seconds=seconds), load(seconds=max(5, seconds // 2), fault="stock")
    return Written(seconds=seconds, writers=WEBS * 4, gate=gate, stock=stock)


def load(*, seconds: int, fault: str = "") -> Load:
    """Run two web processes of four threads each beside a worker, for so many seconds."""
    words = [fault] if fault else []
    with scratch("sqlite") as (env, _):
        told_by_worker = Path(env["MAMORI_HOME"], "stderr")
        with told_by_worker.open("w", encoding="utf-8") as stderr:
            worker = subprocess.Popen(  # noqa: S603
                python("-m", "trials.roles", "work", *words),
                env=env,
                stdout=subprocess.DEVNULL,
                stderr=stderr,
            )
        try:
            time.sleep(2)  # the worker is at work before the visitors come
            webs = [
                subprocess.Popen(  # noqa: S603
                    python("-m", "trials.roles", "web", str(seconds), *words),
                    env=env,
                    stdout=subprocess.PIPE,
                    text=True,
                )
                for _ in range(WEBS)
            ]
            answers = [json.loads(web.communicate()[0].strip().splitlines()[-1]) for web in webs]
            worker_did = _done(Path(env["MAMORI_HOME"], "mamori.sqlite3"))
        finally:
            worker.kill()
            worker.wait()
        complaints = told_by_worker.read_text(encoding="utf-8")
    waits = [wait * 1000 for answer in answers for wait in answer["waits"]]
    cuts = statistics.quantiles(waits, n=100, method="inclusive")
    return Load(
        transactions=len(waits),
        per_second=round(len(waits) / seconds),
        p50_ms=round(cuts[49], 1),
        p99_ms=round(cuts[98], 1),
        longest_ms=round(max(waits), 1),
        locked=sum(answer["locked"] for answer in answers),
        worker_locked=complaints.count(LOCKED),
        worker_did=worker_did,
    )


def _done(database: Path) -> int:
    with closing(sqlite3.connect(database, timeout=20)) as opened:
        rung = opened.execute("SELECT count(*) FROM clocks_clock WHERE done_at IS NOT NULL").fetchone()[0]
        done = opened.execute("SELECT count(*) FROM outbox_effect WHERE done_at IS NOT NULL").fetchone()[0]
    return int(rung + done)


@click.command(name="writers", help=TITLE.in_(LANG))
@click.option("--seconds", type=click.IntRange(5), default=20, help=say("何秒間", "for how many seconds"))
@click.option("--json", "as_json", is_flag=True, help="JSON")
def command(seconds: int, as_json: bool) -> None:
    """Run it; exit with 1 when someone is locked out or waits too long, or the planted fault shows neither."""
    found = measure(seconds=seconds)
    gate, stock = found.gate, found.stock
    is_caught = stock.locked + stock.worker_locked > 0 or stock.longest_ms > LONGEST_MS
    promises = {
        say("「database is locked」は0", "no “database is locked”"): gate.locked == gate.worker_locked == 0,
        say("最長の待ちは0.5秒未満", "the longest wait is below 0.5 s"): gate.longest_ms < LONGEST_MS,
        say("作業係も進んだ", "the worker gets on as well"): gate.worker_did > 0,
        say("仕込んだ誤り(標準の設定)を見つけた", "planted fault caught: Django's stock backend"): is_caught,
    }
    told(TITLE, found, promises, as_json=as_json)
