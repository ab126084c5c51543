"""Who is killed while we measure: one who asks, one who writes, workers; each its own process, run with `python -m`."""

from __future__ import annotations

import json
import os
import random
import sys
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from mamori.grammar.event import Event
from mamori.grammar.text import Text
from mamori.site.command import ready

LONG_AGO = timedelta(days=30)
HOLD = 0.015
"""Seconds between the last statement and the commit: where a kill hurts most."""


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(Event):
    """Somebody asked something."""

    kind = "bench.asked"
    text = Text("測定: 頼まれた", "measuring: asked")
    number: int


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class Heard(Event):
    """A handler heard of it."""

    kind = "bench.heard"
    text = Text("測定: 聞いた", "measuring: heard")
    number: int


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class Rung(Event):
    """The clock that was started with it rang."""

    kind = "bench.rung"
    text = Text("測定: 鳴った", "measuring: rang")
    number: int


KINDS = frozenset({Asked.kind, Heard.kind, Rung.kind})


def ask(first: int, *, early: bool) -> None:
    """Ask again and again, saying on stdout what is tried and what is committed; `early` is a planted fault."""
    from django.db import Error, connection, transaction

    from mamori.grammar.businesstime import Hours
    from mamori.ground.clocks import actions as clocks
    from mamori.ground.outbox import actions as outbox

    number = first
    print("up", flush=True)
    while True:
        now = datetime.now(UTC)
        print(f"try {number}", flush=True)
        try:
            with transaction.atomic():
                outbox.publish(Asked(subject=f"bench:{number % 7}", number=number), at=now)
                clocks.start(kind="bench", about=f"bench:{number}", at=now - LONG_AGO, duration=Hours(1))
                if early:
                    print(f"ack {number}", flush=True)
                time.sleep(HOLD)
            if not early:
                print(f"ack {number}", flush=True)
        except Error:
            connection.close()
            time.sleep(0.2)
        number += 1
        time.sleep(HOLD)


def wire() -> None:
    """Put our handler and our task into the tables, as `site/wiring.py` does: who asks must know them as well."""
    from mamori.ground.clocks.actions import Rang
    from mamori.ground.outbox import actions as outbox
    from mamori.ground.outbox import registry
    from mamori.site import wiring

    def heard(event: Asked, at: datetime) -> None:
        outbox.publish(Heard(subject=event.subject, number=event.number), at=at)

    def rung(rang: Rang) -> None:
        number = int(rang.about.rpartition(":")[2])
        outbox.publish(Rung(subject=rang.about, number=number), at=rang.at)

    registry.hear(Asked, heard)
    wiring.RINGS = {"bench": rung}


def work(*, careless: bool) -> None:
    """Work as `mamori work` does, with a handler and a task of ours; `careless` is a planted fault."""
    from mamori.ground.clocks import actions as clocks
    from mamori.ground.ledger import actions as ledger
    from mamori.ground.outbox import actions as outbox
    from mamori.site import wiring
    from mamori.site import work as worker

    stop = threading.Event()
    print("up", flush=True)
    if not careless:
        worker.run(stop, tell=lambda text: print(text.en, file=sys.stderr, flush=True))
    parts: dict[str, worker.Part] = {
        "effects": _careless,
        "clocks": lambda at: clocks.ring_due(at=at, tasks=wiring.RINGS),
        "ledger": lambda at: ledger.sequence(at=at),
        "deliver": lambda at: outbox.deliver(at=at),
    }
    worker.Loop(name="work", parts=parts, stop=stop, tell=lambda text: None).run()


def _careless(at: datetime) -> int:
    """Do effects as a simple queue would: the effect first, the tick behind it in a transaction of its own."""
    from django.db import transaction

    from mamori.ground.outbox import registry, working
    from mamori.ground.outbox.publishing import read

    effects = list(working.due(at).select_related("event")[:20])
    for effect in effects:
        with transaction.atomic():
            registry.hearer(effect.event.kind, effect.handler).handler(read(effect.event), at)
        time.sleep(4 * HOLD)
        with transaction.atomic():
            effect.done_at = at
            effect.save(update_fields=["done_at"])
    return len(effects)


def write(acks: str, count: int, *, normal: bool) -> None:
    """Write `count` events, each told in the file `acks` once committed; `normal` is a planted fault."""
    from django.db import connection, transaction

    from mamori.ground.outbox import actions as outbox

    if normal:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=NORMAL")
    file = os.open(acks, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for number in range(1, count + 1):
        with transaction.atomic():
            outbox.publish(Asked(subject=f"power:{number}", number=number), at=datetime.now(UTC))
        os.write(file, f"{number}\n".encode())


def web(seconds: float) -> None:
    """Act as a web process under load: four threads that read, write and rest; print what it took as JSON."""
    until, waits, locked = time.monotonic() + seconds, list[float](), list[str]()
    threads = [threading.Thread(target=_visitor, args=(n, until, waits, locked)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(json.dumps({"waits": [round(wait, 5) for wait in waits], "locked": len(locked)}), flush=True)


def _visitor(thread: int, until: float, waits: list[float], locked: list[str]) -> None:
    from django.db import OperationalError, connection, transaction

    from mamori.grammar.businesstime import Hours
    from mamori.ground.clocks import actions as clocks
    from mamori.ground.clocks import facts
    from mamori.ground.outbox import actions as outbox

    dice, number = random.Random(thread), 0  # noqa: S311
    while time.monotonic() < until:
        number, now = number + 1, datetime.now(UTC)
        about = f"web-{os.getpid()}-{thread}:{number}"
        began = time.perf_counter()
        try:
            with transaction.atomic():
                facts.next_due(about)
                outbox.publish(Asked(subject=about, number=number), at=now)
                clocks.start(kind="bench", about=about, at=now - LONG_AGO, duration=Hours(1))
        except OperationalError as error:
            locked.append(str(error))
        waits.append(time.perf_counter() - began)
        time.sleep(dice.uniform(0, 0.04))
    connection.close()


def endpoint(url: str) -> None:
    """Add the receiver as an endpoint of everything."""
    from mamori.grammar.hand import Hand, Role
    from mamori.ground.outbox import actions as outbox

    hand = Hand(by="bench", role=Role.MACHINE, at=datetime.now(UTC), via="bench")
    outbox.add_endpoint(hand, url=url, kinds=["bench.*"])


def _stock() -> None:
    """Plant a fault: SQLite as Django has it by itself, without gate and IMMEDIATE."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    database["ENGINE"] = "django.db.backends.sqlite3"
    database["OPTIONS"] = {**database["OPTIONS"], "timeout": 5, "transaction_mode": "DEFERRED"}


def main(role: str, *words: str) -> None:
    """Play the role that the command line names."""
    if "stock" in words:
        _stock()
    ready()
    wire()
    match role:
        case "ask":
            ask(int(words[0]), early="early" in words)
        case "write":
            write(words[0], int(words[1]), normal="normal" in words)
        case "web":
            web(float(words[0]))
        case "work":
            work(careless="careless" in words)
        case "endpoint":
            endpoint(words[0])


if __name__ == "__main__":
    main(*sys.argv[1:])
