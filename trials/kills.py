"""Is anything lost or done twice while workers, writers and the database are killed at random moments?

Counted outside: what was acknowledged by who asked, what arrived by a real HTTP receiver and a mail server that keep it.  Each
number must arrive as three webhooks, from the asking itself, from a handler and from a clock, and as a mail, each under one id
however often it comes.
"""

from __future__ import annotations

import json
import random
import re
import socketserver
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, override

from trials.harness import Found, Victim, measured, role_of, within
from trials.scratch import Cluster, scratch

ASKED, HEARD, RUNG = KINDS = ("bench.asked", "bench.heard", "bench.rung")
WORKERS, MAIL = ("worker-1", "worker-2"), "mail"
SLOW, SLOWER = 0.03, 0.4
"""Seconds that the mail server takes to greet, and to answer for a mail, so that kills fall between; with a fault planted."""


@dataclass(slots=True)
class Receiver:
    """The shop and its buyers: everything that came, by kind and number, under which ids and with which bytes."""

    dice: random.Random
    slow: float
    ids: dict[tuple[str, int], set[str]] = field(default_factory=lambda: defaultdict(set))
    bodies: dict[str, set[bytes]] = field(default_factory=lambda: defaultdict(set))
    count: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)
    greeted: threading.Event = field(default_factory=threading.Event)
    mailed: threading.Event = field(default_factory=threading.Event)

    def take(self, kind: str, number: int, name: str, body: bytes) -> bool:
        """Remember one; say whether to answer (one new one in thirty gets none, so that it comes again)."""
        with self.lock:
            self.count += 1
            is_new = name not in self.bodies
            self.ids[kind, number].add(name)
            self.bodies[name].add(body)
            return not (is_new and self.dice.random() < 1 / 30)

    @contextmanager
    def open(self) -> Iterator[tuple[str, str]]:
        """Listen on the loopback and yield the addresses of the webhooks and of the mail server."""
        receiver = self

        class Door(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(length := int(self.headers["Content-Length"]))
                told = (
                    json.loads(body) if len(body) == length else {}
                )  # else the sender was killed in its sentence
                if told and receiver.take(
                    told["type"], told["data"]["number"], self.headers["webhook-id"], body
                ):
                    self.send_response(204)
                    self.end_headers()
                self.close_connection = True

            def log_message(self, *_: object) -> None:
                pass

        class Letterbox(socketserver.StreamRequestHandler):
            @override
            def handle(self) -> None:
                _converse(self, receiver)

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True

        with ThreadingHTTPServer(("127.0.0.1", 0), Door) as web, Server(("127.0.0.1", 0), Letterbox) as mail:
            for server in (web, mail):
                threading.Thread(target=server.serve_forever, daemon=True).start()
            yield f"http://127.0.0.1:{web.server_port}/", f"smtp://127.0.0.1:{mail.server_address[1]}"
            web.shutdown()
            mail.shutdown()


def _converse(door: socketserver.StreamRequestHandler, receiver: Receiver) -> None:
    """Speak SMTP with one client until it leaves or dies."""
    number = 0
    receiver.greeted.set()
    time.sleep(receiver.slow)
    try:
        door.wfile.write(b"220 sink\r\n")
        while line := door.rfile.readline():
            word, answer = line[:4].upper(), b"250 ok"
            if found := re.search(rb"<buyer-(\d+)@", line):
                number = int(found[1])
            elif word == b"DATA":
                door.wfile.write(b"354 go on\r\n")
                lines = []
                while (part := door.rfile.readline()) != b".\r\n":
                    if not part.endswith(b"\n"):
                        return  # the sender was killed in the middle of its sentence
                    lines.append(part)
                content = b"".join(lines)
                name = re.search(rb"^Message-ID: (\S+)", content, re.MULTILINE | re.IGNORECASE)
                receiver.take(MAIL, number, name[1].decode() if name else "", content)
                receiver.mailed.set()
                time.sleep(receiver.slow)
            elif word == b"QUIT":
                return
            door.wfile.write(answer + b"\r\n")
    except OSError:  # a client that was killed
        return


@dataclass(slots=True)
class Run:
    """One run: the processes, what who asks has said, and what came."""

    env: dict[str, str]
    cluster: Cluster | None
    receiver: Receiver
    fault: str = ""
    running: dict[str, Victim] = field(default_factory=dict)
    tried: set[int] = field(default_factory=set)
    acknowledged: set[int] = field(default_factory=set)
    killed: Counter[str] = field(default_factory=Counter)
    said: threading.Event = field(default_factory=threading.Event)

    def words(self, name: str) -> list[str]:
        """Return the command line of who asks, or of a worker."""
        first = {"first": max(self.tried, default=0) + 1} if name == "asker" else {}
        return role_of(f"trials.roles:{'ask' if first else 'work'}", fault=self.fault, **first)

    def hear(self, line: str) -> None:
        """Note what who asks tried, or was told to be done."""
        word, _, number = line.partition(" ")
        if word == ("ack" if self.fault == "early" else "did"):
            self.said.set()
        if number.isdecimal():
            (self.acknowledged if word == "ack" else self.tried).add(int(number))

    def ready(self) -> None:
        """Wait until all are at work."""
        for victim in self.running.values():
            victim.wait()

    def kill(self, name: str) -> None:
        """Kill one; `database` means the whole cluster, or on SQLite all that have the file open."""
        if name != "database":
            self.running[name].kill()
        elif self.cluster:
            self.cluster.kill()
            time.sleep(0.05)
            self.cluster.start()
        else:
            for victim in self.running.values():
                victim.process.kill()
            for victim in self.running.values():
                victim.kill()

    def strike(self, name: str, moment: threading.Event) -> None:
        """Kill one at the worst moment for a planted fault: when it has just said so, or a mail has just come."""
        moment.clear()
        moment.wait(30)
        self.running[name].kill()

    @property
    def lost(self) -> int:
        """Count webhooks of acknowledged numbers that never came."""
        return sum(not self.receiver.ids.get((kind, n)) for n in self.acknowledged for kind in KINDS)

    @property
    def mails_lost(self) -> int:
        """Count mails that never came, of numbers that were committed: their webhook came."""
        asked = {n for kind, n in self.receiver.ids if kind != MAIL}
        return sum((MAIL, n) not in self.receiver.ids for n in asked)

    def doubled(self, *kinds: str) -> int:
        """Count what came under more than one id."""
        return sum(len(ids) > 1 for (kind, _), ids in self.receiver.ids.items() if kind in kinds)

    @property
    def altered(self) -> int:
        """Count ids that came with different bytes."""
        return sum(len(bodies) > 1 for bodies in self.receiver.bodies.values())


def play(*, engine: str, kills: int, dice: random.Random, fault: str = "") -> Run:
    """Kill `kills` times while everything runs, end all, and let one process do what is left.

    Without a fault whoever is drawn dies at any moment; with one, a single worker and who asks, by turns, at the worst.
    """
    receiver = Receiver(dice, SLOWER if fault else SLOW)
    with scratch(engine) as (plain, cluster), receiver.open() as (url, mail):
        env = plain | {"MAMORI_MAIL": mail, "MAMORI_MAIL_FROM": "Centre <centre@market.example>"}
        within(env, "trials.roles:endpoint", url=url)
        run = Run(env, cluster, receiver, fault)
        cast = ("asker", WORKERS[0]) if fault else ("asker", *WORKERS)
        strikes: dict[str, Callable[[], None]] = {n: partial(run.kill, n) for n in (*cast, "database")}
        if fault:
            whose, at_mail = (
                ("asker", receiver.greeted) if fault == "early" else (WORKERS[0], receiver.mailed)
            )
            strikes = {"at its word": partial(run.strike, whose, run.said)}
            strikes |= {"at a mail": partial(run.strike, WORKERS[0], at_mail)}
        try:
            run.running |= {name: Victim(partial(run.words, name), env, run.hear) for name in cast}
            for number in range(kills):
                run.ready()
                time.sleep(dice.uniform(0.05, 1.5))
                name = list(strikes)[number % 2] if fault else dice.choice(list(strikes))
                strikes[name]()
                run.killed[name] += 1
            run.ready()
        finally:
            for victim in run.running.values():
                victim.end()
        receiver.slow = 0
        within(env, "trials.roles:drain", fault=fault)
    return run


def _caught(is_seen: Callable[[Run], int], **words: Any) -> Run:
    """Play a planted fault, at most three times: on a machine with much to do, a kill may come after its worst moment."""
    for _ in range(3):
        run = play(**words)
        if is_seen(run):
            break
    return run


@measured("殺しても失わず、二度しない", "nothing lost, nothing twice, under kill -9")
def measure(*, engine: str, kills: int = 100, planted: int = 6, seed: int = 0) -> Found:
    """Run the kills, then twice `planted` of them with two faults each."""
    dice = random.Random(seed)  # noqa: S311
    run = play(engine=engine, kills=kills, dice=dice)
    few: dict[str, Any] = {"engine": engine, "kills": planted, "dice": dice}
    early = _caught(lambda r: r.lost and r.mails_lost, fault="early", **few)
    late = _caught(lambda r: r.doubled(*KINDS) and r.doubled(MAIL), fault="careless", **few)
    repeated = run.receiver.count - len(run.receiver.bodies)
    return Found(
        {
            "as many kills as asked for": run.killed.total() == kills < len(run.acknowledged),
            "0 lost, webhooks and mails": run.lost == run.mails_lost == 0,
            "0 doubled effects": run.doubled(*KINDS) == 0,
            "0 mails under two ids": run.doubled(MAIL) == 0,
            "deliveries were repeated": repeated > 0,
            "repeated deliveries carry the same id and bytes": run.altered == 0,
            "planted fault caught: acknowledge before commit": early.lost > 0,
            "planted fault caught: a mail ticked before it is sent": early.mails_lost > 0,
            "planted fault caught: an effect ticked after it is done": late.doubled(*KINDS) > 0,
            "planted fault caught: another Message-ID at each try": late.doubled(MAIL) > 0,
        },
        killed=dict(run.killed),
        acknowledged=len(run.acknowledged),
        deliveries=run.receiver.count,
        repeated=repeated,
        lost=(run.lost, run.mails_lost),
        doubled=(run.doubled(*KINDS), run.doubled(MAIL)),
        altered=run.altered,
        planted_early=(early.lost, early.mails_lost),
        planted_careless=(late.doubled(*KINDS), late.doubled(MAIL)),
    )
