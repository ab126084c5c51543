"""Is anything lost or done twice while workers, writers and the database are killed at random moments?

Counted outside: what was acknowledged by who asked, what arrived by a real HTTP receiver.  Each number must arrive as three
webhooks, from the asking itself, from a handler and from a clock, each under one id however often it comes.
"""

from __future__ import annotations

import json
import random
import subprocess
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import click

from mamori.grammar.text import Text
from mamori.site.command.speak import LANG, say
from trials.roles import KINDS
from trials.scratch import Cluster, engine_option, python, scratch
from trials.verdict import told

TITLE = Text("殺しても失わず、二度しない", "nothing lost, nothing twice, under kill -9")
CALM = 8.0
"""Seconds without anything new after which no more is expected."""
PATIENCE = 240.0
WORKERS = ("worker-1", "worker-2")


@dataclass(frozen=True, slots=True, kw_only=True)
class Killed:
    """What the kills did, and whether the two planted faults were seen."""

    engine: str
    seed: int
    kills: int
    killed: dict[str, int]
    tried: int
    acknowledged: int
    webhooks: int
    repeated: int
    lost: int
    doubled: int
    altered: int
    early_lost: int
    careless_doubled: int
    seconds: int


@dataclass(slots=True)
class Receiver:
    """The shop: remembers every webhook by kind, number and id, and hangs up on some after reading them."""

    dice: random.Random
    ids: dict[tuple[str, int], set[str]] = field(default_factory=lambda: defaultdict(set))
    bodies: dict[str, set[bytes]] = field(default_factory=lambda: defaultdict(set))
    count: int = 0
    last_new: float = field(default_factory=time.monotonic)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, message: str, body: bytes) -> bool:
        """Remember a webhook; say whether to answer (one new one in thirty gets none, so that it comes again)."""
        told = json.loads(body)
        with self.lock:
            self.count += 1
            is_new = message not in self.bodies
            self.ids[told["type"], told["data"]["number"]].add(message)
            self.bodies[message].add(body)
            if is_new:
                self.last_new = time.monotonic()
            return not (is_new and self.dice.random() < 1 / 30)

    @contextmanager
    def open(self) -> Iterator[str]:
        """Listen on the loopback and yield the address."""
        receiver = self

        class Door(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                body = self.rfile.read(length)
                if len(body) < length:  # the sender was killed in the middle of its sentence
                    self.close_connection = True
                    return
                if receiver.take(self.headers["webhook-id"], body):
                    self.send_response(204)
                    self.end_headers()
                self.close_connection = True

            def log_message(self, *_: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        server.server_close()


@dataclass(slots=True)
class Stage:
    """The processes, and what who asks has said."""

    env: dict[str, str]
    cluster: Cluster | None
    fault: str = ""
    running: dict[str, subprocess.Popen[str]] = field(default_factory=dict)
    tried: set[int] = field(default_factory=set)
    acknowledged: set[int] = field(default_factory=set)
    up: dict[str, threading.Event] = field(default_factory=dict)

    @property
    def _log(self) -> Path:
        return Path(self.env["MAMORI_HOME"]) / "stderr"

    def start(self, name: str) -> None:
        """Start who asks, or a worker."""
        role = ["ask", str(max(self.tried, default=0) + 1)] if name == "asker" else ["work"]
        process = subprocess.Popen(  # noqa: S603
            python("-m", "trials.roles", *role, *([self.fault] if self.fault else [])),
            env=self.env,
            stdout=subprocess.PIPE,
            stderr=self._log.open("a", encoding="utf-8"),
            text=True,
        )
        self.running[name], self.up[name] = process, threading.Event()
        threading.Thread(target=self._listen, args=(process, self.up[name]), daemon=True).start()

    def wait_until_up(self) -> None:
        """Wait until every process is at work: a kill while it still starts would try nothing."""
        for name, process in self.running.items():
            for _ in range(600):
                if self.up[name].wait(0.1) or process.poll() is not None:
                    break
            if not self.up[name].is_set():
                raise RuntimeError(f"{name} does not start: {self._log.read_text(encoding='utf-8')[-3000:]}")

    def kill(self, name: str) -> None:
        """Kill one, with -9; `database` means the whole cluster, or on SQLite all that have the file open."""
        if name != "database":
            self._end(name)
            self.start(name)
        elif self.cluster:
            self.cluster.kill()
            time.sleep(0.05)
            self.cluster.start()
        else:
            names = list(self.running)
            for one in names:
                self.running[one].kill()
            for one in names:
                self._end(one)
                self.start(one)

    def end(self) -> None:
        """End everything."""
        for name in list(self.running):
            self._end(name)

    def end_asking(self) -> None:
        """Let nobody ask any more."""
        self._end("asker")

    def _end(self, name: str) -> None:
        process = self.running.pop(name)
        process.kill()
        process.wait()
        time.sleep(0.02)  # the listener reads what the pipe still holds

    def _listen(self, process: subprocess.Popen[str], up: threading.Event) -> None:
        for line in process.stdout or ():
            word, _, number = line.strip().partition(" ")
            if word == "up":
                up.set()
            elif number.isdecimal() and line.endswith("\n"):
                (self.acknowledged if word == "ack" else self.tried).add(int(number))


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """What came of one run."""

    stage: Stage
    receiver: Receiver
    killed: Counter[str]

    @property
    def lost(self) -> int:
        """Count webhooks of acknowledged numbers that never came."""
        return sum(not self.receiver.ids.get((kind, n)) for n in self.stage.acknowledged for kind in KINDS)

    @property
    def doubled(self) -> int:
        """Count effects that came under more than one id."""
        return sum(len(ids) > 1 for ids in self.receiver.ids.values())

    @property
    def altered(self) -> int:
        """Count ids that came with different bytes."""
        return sum(len(bodies) > 1 for bodies in self.receiver.bodies.values())

    @property
    def is_complete(self) -> bool:
        """Say whether everything acknowledged has come."""
        return self.lost == 0


def play(
    *, engine: str, kills: int, cast: list[str], targets: list[str], dice: random.Random, fault: str = ""
) -> Count:
    """Kill `kills` times while everything runs, then wait until all has come or nothing more comes."""
    receiver, killed = Receiver(dice), Counter[str]()
    with scratch(engine) as (env, cluster), receiver.open() as url:
        subprocess.run(python("-m", "trials.roles", "endpoint", url), env=env, check=True)  # noqa: S603
        stage = Stage(env, cluster, fault)
        count = Count(stage=stage, receiver=receiver, killed=killed)
        try:
            for name in cast:
                stage.start(name)
            for number in range(kills):
                stage.wait_until_up()
                time.sleep(dice.uniform(0.05, 1.5))
                target = dice.choice(targets)
                stage.kill(target)
                killed[target] += 1
                click.echo(f"\r{fault or engine} {number + 1}/{kills} ", nl=False, err=True)
            click.echo(err=True)
            stage.end_asking()
            _wait(count)
        finally:
            stage.end()
    return count


def _wait(count: Count) -> None:
    """Wait for what is acknowledged; with a fault planted it may never come, so that calm is enough."""
    began = count.receiver.last_new = time.monotonic()
    while time.monotonic() - began < PATIENCE:
        calm = time.monotonic() - count.receiver.last_new
        if calm > CALM and (count.is_complete or count.stage.fault):
            return
        time.sleep(0.2)


def measure(*, engine: str, kills: int, seed: int) -> Killed:
    """Run the kills, then each planted fault with a sixth of them."""
    dice, began = random.Random(seed), time.monotonic()  # noqa: S311
    cast, few = ["asker", *WORKERS], max(12, kills // 6)
    run = play(engine=engine, kills=kills, cast=cast, targets=[*cast, "database"], dice=dice)
    early = play(engine=engine, kills=few, cast=cast, targets=["asker"], dice=dice, fault="early")
    one = [WORKERS[0]]
    careless = play(engine=engine, kills=few, cast=["asker", *one], targets=one, dice=dice, fault="careless")
    return Killed(
        engine=engine,
        seed=seed,
        kills=sum(run.killed.values()),
        killed=dict(run.killed),
        tried=len(run.stage.tried),
        acknowledged=len(run.stage.acknowledged),
        webhooks=run.receiver.count,
        repeated=run.receiver.count - len(run.receiver.bodies),
        lost=run.lost,
        doubled=run.doubled,
        altered=run.altered,
        early_lost=early.lost,
        careless_doubled=careless.doubled,
        seconds=round(time.monotonic() - began),
    )


@click.command(name="kills", help=TITLE.in_(LANG), params=[engine_option()])
@click.option(
    "--kills", "kills_", type=click.IntRange(1), default=100, help=say("殺す回数", "how many kills")
)
@click.option(
    "--seed", type=int, default=None, help=say("乱数の種", "seed; without one it is drawn and printed")
)
@click.option("--json", "as_json", is_flag=True, help="JSON")
def command(engine: str, kills_: int, seed: int | None, as_json: bool) -> None:
    """Run it; exit with 1 when something is lost or doubled, or a planted fault goes unseen."""
    seed = random.SystemRandom().randrange(10**9) if seed is None else seed
    click.echo(f"seed {seed}", err=True)
    found = measure(engine=engine, kills=kills_, seed=seed)
    promises = {
        say("指定の回数を殺した", "as many kills as asked for"): found.kills == kills_
        and found.acknowledged > kills_,
        say("失われたもの0", "0 lost"): found.lost == 0,
        say("二重の効果0", "0 doubled effects"): found.doubled == 0,
        say(
            "繰り返しの配達は同じIDと同じ中身", "repeated deliveries carry the same id and bytes"
        ): found.altered == 0 and found.repeated > 0,
        say(
            "仕込んだ誤り(確定前の受領)を見つけた", "planted fault caught: acknowledge before commit"
        ): found.early_lost > 0,
        say(
            "仕込んだ誤り(印が後)を見つけた", "planted fault caught: tick after effect"
        ): found.careless_doubled > 0,
    }
    told(TITLE, found, promises, as_json=as_json)
