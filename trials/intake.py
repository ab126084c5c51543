"""A complaint comes in: `POST /api/v1/threads` beside our own code of before, and beside django-helpdesk's API and form.

Three houses on one engine, each served by granian with as many workers and threads: eight callers with kept connections
press on one after the other, in rounds, so that whatever else the machine does meets all alike.  The peer writes its mail
into files as it answers.  Ours records, seals, starts clocks and queues notices, mails and a webhook in the same
transaction; its worker stands still meanwhile, and what it needs to write those mails is told beside.  Planted: a house
that says yes and writes nothing.
"""

from __future__ import annotations

import json
import os
import re
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from mamori.grammar.text import Text
from mamori.site.command.speak import LANG, say
from trials.intake_houses import (
    BUYERS,
    Ask,
    House,
    before,
    database,
    forms,
    opened,
    ours,
    peer,
    prepared,
    threads,
    tickets,
)
from trials.load import Presser, percentile
from trials.pages import ROOT, free_port, rival
from trials.scratch import Cluster, engine_option, python, scratch
from trials.verdict import told

TITLE = Text(
    "困りごとの受付を、前の自分と近い仲間と比べる",
    "taking complaints in, beside what we were and our nearest peer",
)
CALLERS = 8
MOST = 200
"""Requests prepared for each second: nobody answers more on two cores; who does runs out, and that is a failure."""
WARM = 2.0
PATIENCE = 180.0
"""Seconds that our worker has at the end."""
LANES = ("ours", "before", "api", "form")
OWN = frozenset({"ours", "before"})
ROWS = {
    "ours": "contact_trouble",
    "before": "contact_trouble",
    "api": "helpdesk_ticket WHERE submitter_email LIKE 'a%@example.jp'",
    "form": "helpdesk_ticket WHERE submitter_email LIKE 'f%@example.jp'",
}
TIMES = {"before": 2.5, "api": 1.2, "form": 0.9}


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One way in: answers a second (median of the rounds), waits, processor time for one answer, and what came of it.

    `rows` are the complaints that stand in the database, of `answered` that were said to; `mails` those queued or written.
    """

    per_second: float
    rounds: list[float]
    p50_ms: float
    p99_ms: float
    server_ms: float
    database_ms: float
    answered: int
    rows: int
    mails: int
    failed: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What was measured; `ratio` is the median over the rounds of our rate by that of another in the same round."""

    engine: str
    rounds: int
    seconds_each: float
    sides: dict[str, Side]
    ratio: dict[str, float]
    statements: dict[str, int]
    worker_ms: float
    worker_mails: int
    planted_answered: int
    planted_rows: int
    load: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Conditions:
    """How it was measured."""

    engine: str
    seconds: float
    most: int
    load: tuple[float, float]


STATEMENTS = """
from django.test import Client
said = []
def listen(execute, sql, *rest):
    said.append(sql)
    return execute(sql, *rest)
for path, headers, body in json.loads(sys.argv[1]):
    kind, said = headers.pop("Content-Type"), []
    with connection.execute_wrapper(listen):
        answer = Client(SERVER_NAME="localhost").post(path, body, kind, headers=headers)
    assert answer.status_code == 201, answer.content
print(len(said))
"""
"""Counts the statements of one request of ours in its own process, the second one: the first also fills what is kept."""


@dataclass(slots=True, kw_only=True)
class Lane:
    """One way into a house, and what was measured there."""

    house: House
    asks: Iterator[Ask]
    good: int
    database: int
    waits: list[float] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)
    used: list[float] = field(default_factory=lambda: [0.0, 0.0])
    answered: int = 0
    failed: Counter[str] = field(default_factory=Counter)

    def press(self, seconds: float, most: int, *, counts: bool = True) -> None:
        """Let the callers press for so long; a warm-up counts for nothing but its effects."""
        asks = [raw(next(self.asks)) for _ in range(int(most * seconds))]
        before = [processor(self.house.leader), processor(self.database)]
        word = {"port": self.house.port, "good": self.good, "seconds": seconds, "asks": asks}
        done = subprocess.run(  # noqa: S603  # ourselves
            python("-m", "trials.intake"),
            input=json.dumps(word),
            cwd=ROOT,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        found = json.loads(done.stdout)
        self.answered += len(found["waits"])
        self.failed.update(found["failed"])
        if counts:
            after = [processor(self.house.leader), processor(self.database)]
            self.used = [used + b - a for used, a, b in zip(self.used, before, after, strict=True)]
            self.waits += found["waits"]
            self.rates.append(len(found["waits"]) / found["elapsed"])

    def side(self, rows: int, mails: int) -> Side:
        """Return what was measured."""
        server, database = (round(used * 1000 / max(1, len(self.waits)), 1) for used in self.used)
        return Side(
            per_second=round(statistics.median(self.rates), 1),
            rounds=[round(rate, 1) for rate in self.rates],
            p50_ms=percentile(self.waits, 50),
            p99_ms=percentile(self.waits, 99),
            server_ms=server,
            database_ms=database,
            answered=self.answered,
            rows=rows,
            mails=mails,
            failed=dict(self.failed.most_common(8)),
        )


def raw(ask: Ask) -> str:
    """Return a request as it goes over the line."""
    path, headers, body = ask
    lines = [f"POST {path} HTTP/1.1", "Host: localhost", f"Content-Length: {len(body.encode())}"]
    return "\r\n".join([*lines, *(f"{name}: {value}" for name, value in headers.items()), "", body])


def pressed(*, port: int, good: int, seconds: float, asks: list[str]) -> dict[str, Any]:
    """Send the requests, each once, by eight callers until the time is over; return how long each took."""
    left, waits, failed = [ask.encode() for ask in reversed(asks)], list[float](), Counter[str]()
    began = time.monotonic()

    def call() -> None:
        presser = Presser(port, "", {})
        while time.monotonic() < began + seconds:
            try:
                presser.asked = left.pop()
            except IndexError:
                failed["ran out"] += 1
                break
            reply = presser.ask(0)
            if reply.status == good:
                waits.append(reply.seconds)
            else:
                failed[str(reply.status or reply.why)] += 1
        presser.leave()

    callers = [threading.Thread(target=call) for _ in range(CALLERS)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    return {"waits": waits, "failed": failed, "elapsed": time.monotonic() - began}


def processor(leader: int) -> float:
    """Return the processor's seconds that a program, its children and its group have used so far."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat") if leader else ():
        try:
            words = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        if str(leader) in (stat.parent.name, words[1], words[2]):
            ticks += int(words[11]) + int(words[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def measure(
    *, engine: str, seconds: float, rounds: int, lanes: tuple[str, ...] = LANES, most: int = MOST
) -> Taken:
    """Prepare the houses, press on each way in in turns, count what came of it, and press once on the forgetful house."""
    orders = int(most * (seconds * rounds + WARM + 1)) + BUYERS
    with scratch(engine) as (env, cluster), ExitStack() as stack:
        run = _lanes(stack, env, cluster, lanes, orders)
        began = os.getloadavg()[0]
        _pressed(list(run.values()), seconds, rounds, most)
        load = (round(began, 1), round(os.getloadavg()[0], 1))
        return _taken(stack, run, Conditions(engine, seconds, most, load))


def _lanes(
    stack: ExitStack, env: dict[str, str], cluster: Cluster | None, lanes: tuple[str, ...], orders: int
) -> dict[str, Lane]:
    home = Path(env["MAMORI_HOME"])
    master = int((cluster.folder / "data" / "postmaster.pid").read_text().split()[0]) if cluster else 0
    houses = {"ours": ours(env)}
    if "before" in lanes:
        houses["before"] = before(houses["ours"], database(cluster, home, "before"))
    asks: dict[str, Iterator[Ask]] = {}
    for name, house in houses.items():
        opened(stack, house)
        asks[name] = threads(prepared(house, orders))
    if {"api", "form"} & set(lanes):
        other, session = peer(home.with_name("mail"), database(cluster, home, "rival"))
        other.port = free_port()
        url, mail = other.env["RIVAL_DATABASE_URL"], other.env["RIVAL_MAIL"]
        other.leader = stack.enter_context(rival(url, other.port, RIVAL_MAIL=mail))
        houses |= {"api": other, "form": other}
        asks |= {"api": tickets(session), "form": forms()}
    good = {"form": 302}
    return {n: Lane(house=houses[n], asks=asks[n], good=good.get(n, 201), database=master) for n in lanes}


def _pressed(lanes: list[Lane], seconds: float, rounds: int, most: int) -> None:
    """Press on each in turns; who begins changes with each round."""
    for lane in lanes:
        lane.press(WARM, most, counts=False)
    for number in range(rounds):
        turn = number % len(lanes)
        for lane in lanes[turn:] + lanes[:turn]:
            lane.press(seconds, most)


def _mails(name: str, house: House) -> int:
    """Return how many mails a way in caused: queued by ours, written into files by the peer's."""
    if name in OWN:
        return house.count("post_mail")
    to = re.compile(rf"^To: {name[0]}\d+@", re.MULTILINE)
    files = Path(house.env["RIVAL_MAIL"]).iterdir()
    return sum(len(to.findall(path.read_text(encoding="utf-8", errors="replace"))) for path in files)


def _worker(lane: Lane) -> tuple[float, int]:
    """Let our worker do what was left to it; return its processor's milliseconds for a trouble, and the mails it wrote."""
    queued, folder = lane.house.count("post_mail"), Path(lane.house.env["MAMORI_HOME"]) / "mail"
    words, env, nowhere = python("-m", "mamori.site", "work"), lane.house.env, subprocess.DEVNULL
    worker = subprocess.Popen(words, env=env, cwd=ROOT, stdout=nowhere, stderr=nowhere)  # noqa: S603
    try:
        until = time.monotonic() + PATIENCE
        while (written := len(list(folder.glob("*")))) < queued and time.monotonic() < until:
            time.sleep(0.5)
        return round(processor(worker.pid) * 1000 / max(1, lane.answered), 1), written
    finally:
        worker.terminate()
        worker.wait(60)


def _taken(stack: ExitStack, run: dict[str, Lane], under: Conditions) -> Taken:
    own = run["ours"]
    sides = {
        name: lane.side(lane.house.count(ROWS[name]), _mails(name, lane.house)) for name, lane in run.items()
    }
    pairs = {name: zip(own.rates, lane.rates, strict=True) for name, lane in run.items() if lane is not own}
    counted = {
        name: lane.house.ask(STATEMENTS, json.dumps([next(lane.asks), next(lane.asks)]))
        for name, lane in run.items()
        if name in OWN
    }
    worker_ms, worker_mails = _worker(own)
    known = own.house.count(ROWS["ours"])
    forgetful = Lane(house=own.house, asks=own.asks, good=201, database=0)
    opened(stack, own.house, DJANGO_SETTINGS_MODULE="trials.forgetful")
    forgetful.press(0.5, under.most)
    return Taken(
        engine=under.engine,
        rounds=len(own.rates),
        seconds_each=under.seconds,
        load=under.load,
        sides=sides,
        ratio={name: round(statistics.median(a / b for a, b in pair), 2) for name, pair in pairs.items()},
        statements=counted,
        worker_ms=worker_ms,
        worker_mails=worker_mails,
        planted_answered=forgetful.answered,
        planted_rows=own.house.count(ROWS["ours"]) - known,
    )


def promises(found: Taken) -> dict[str, bool]:
    """Return what is promised of the figures, and that what is planted is seen."""
    ours, sides = found.sides["ours"], found.sides
    kept = {
        say(f"{name} の{times}倍以上", f"at least {times} times {name}"): found.ratio[name] >= times
        for name, times in TIMES.items()
        if name in found.ratio
    }
    if before := sides.get("before"):
        kept[say("p99 は前より悪くない", "p99 no worse than before")] = ours.p99_ms <= before.p99_ms
    return kept | {
        say("失敗なし", "nothing failed"): not any(side.failed for side in sides.values()),
        say("答えの数だけ書かれている", "what was answered was written, no more and no less"): all(
            side.rows == side.answered > 0 for side in sides.values()
        ),
        say("どれにもメールがある", "each caused its mail"): all(
            side.mails >= side.answered for side in sides.values()
        ),
        say("仕込んだ誤り：書かずに受けたと言う家", "planted: a house that writes nothing is noticed"): (
            found.planted_rows < found.planted_answered
        ),
    }


@click.command(name="intake", help=TITLE.in_(LANG), params=[engine_option()])
@click.option(
    "--seconds", type=float, default=8.0, show_default=True, help=say("一回の秒数", "seconds of a turn")
)
@click.option(
    "--rounds", type=click.IntRange(1), default=6, show_default=True, help=say("交代の回数", "turns each")
)
@click.option("--json", "as_json", is_flag=True, help="JSON")
def command(*, engine: str, seconds: float, rounds: int, as_json: bool) -> None:
    """Compare; end with 1 when a promise is broken."""
    found = measure(engine=engine, seconds=seconds, rounds=rounds)
    told(TITLE, found, promises(found), as_json=as_json)


def main() -> None:
    """Press as standard input says: a process of its own beside the one that measures."""
    print(json.dumps(pressed(**json.load(sys.stdin))))


if __name__ == "__main__":
    main()
