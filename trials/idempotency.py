"""Does a request that comes twelve times at once, while web and worker are killed, have one effect and one answer?

Counted from outside: every answer as it came, and the webhook endpoints that there are afterwards.  Planted: a house that
looks the key up first.
"""

from __future__ import annotations

import json
import random
import socket
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

import click

from mamori.grammar.text import Text
from mamori.site.command.speak import LANG, say
from trials.house import Up, up
from trials.scratch import Cluster, engine_option, loaded, python, scratch
from trials.shopkeys import ShopKeys, made
from trials.verdict import told

TITLE = Text("同じ依頼を何度送っても一度だけ", "the same request many times, one effect")
PATIENCE = 180.0
"""Seconds in which a request must have got its answer, kills and all."""
BAD = 5
"""Every so manieth key carries a request that is refused."""
PLANTED_KEYS = 40

type Answer = tuple[int, bytes, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeated:
    """What twelve threads met."""

    engine: str
    threads: int
    keys: int
    killed: dict[str, int]
    requests: int
    broken: int
    effects: int
    wanted: int
    different: int
    unanswered: int
    statuses: dict[str, int]
    others_refused: int
    others: int
    renewed_after_a_day: int
    aged: int
    planted_effects: int
    planted_keys: int
    seconds: float


@dataclass(slots=True)
class Crowd:
    """Threads that send every key, and keep all that they were answered."""

    port: int
    keys: ShopKeys
    answers: dict[int, list[Answer]] = field(default_factory=dict)
    sent: int = 0
    broken: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def run(self, threads: int, keys: int) -> None:
        """Let all threads send all keys, in nearly the same order, so that they meet."""
        crew = [threading.Thread(target=self._walk, args=(number, keys)) for number in range(threads)]
        for thread in crew:
            thread.start()
        for thread in crew:
            thread.join()

    @property
    def answered(self) -> int:
        """Return how many answers came so far."""
        with self.lock:
            return sum(len(given) for given in self.answers.values())

    def send(self, line: HTTPConnection | None, key: str, body: bytes) -> Answer | None:
        """Send one request and return the answer; None when the connection broke or it is to come again."""
        headers = {
            "Authorization": f"Bearer {self.keys.token}",
            "Content-Type": "application/json",
            "Idempotency-Key": key,
        }
        with self.lock:
            self.sent += 1
        line = line or HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            line.request("POST", "/api/v1/webhooks", body, headers)
            answer = line.getresponse()
            found = answer.status, answer.read(), answer.headers.get("Location", "")
        except (OSError, HTTPException):
            line.close()
            with self.lock:
                self.broken += 1
            return None
        again = found[0] >= 500 or (found[0] == 409 and b"idempotency-key-busy" in found[1])
        return None if again else found

    def _walk(self, number: int, keys: int) -> None:
        dice = random.Random(number)  # noqa: S311
        line = HTTPConnection("127.0.0.1", self.port, timeout=30)
        for key in range(keys):
            until = time.monotonic() + PATIENCE
            while (found := self.send(line, f"key-{key}", body_of(key))) is None:
                if time.monotonic() > until:
                    return
                time.sleep(dice.uniform(0.01, 0.2))
            with self.lock:
                self.answers.setdefault(key, []).append(found)


def body_of(key: int, *, other: bool = False) -> bytes:
    """Return what is sent under a key; every fifth is an address that is refused."""
    url = "http://user@shop.example/" if key % BAD == BAD - 1 else f"https://shop.example/{key}"
    return json.dumps({"url": f"{url}{'-other' if other else ''}"}).encode()


def effects(port: int, keys: ShopKeys) -> Counter[str]:
    """Count the endpoints that there are, by their address."""
    line = HTTPConnection("127.0.0.1", port, timeout=30)
    line.request("GET", "/api/v1/webhooks", headers={"Authorization": f"Bearer {keys.token}"})
    found: dict[str, Any] = json.loads(line.getresponse().read())
    return Counter(item["url"] for item in found["items"])


def age(env: Mapping[str, str]) -> None:
    """Let a day and a second pass for every reply."""
    code = (
        "import django; django.setup()\n"
        "from datetime import timedelta\n"
        "from django.db.models import F\n"
        "from mamori.ground.web.models import Reply\n"
        "for row in Reply.objects.all():\n"
        "    row.at -= timedelta(hours=24, seconds=1); row.save(update_fields=['at'])\n"
    )
    subprocess.run(loaded("-c", code), env=dict(env), check=True)  # noqa: S603


@contextmanager
def careless(env: Mapping[str, str]) -> Iterator[int]:
    """Serve the house that looks the key up first, and yield its port."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = int(found.getsockname()[1])
    words = [
        "--interface",
        "wsgi",
        "--factory",
        "--port",
        str(port),
        "--workers",
        "2",
        "--blocking-threads",
        "6",
    ]
    line = python("-m", "granian", *words, "trials.careless:application")
    log = (Path(env["MAMORI_HOME"]) / "careless.log").open("w", encoding="utf-8")
    process = subprocess.Popen(line, env=dict(env), stdout=log, stderr=log)  # noqa: S603
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait(30)
        log.close()


def _wait_for(port: int) -> None:
    for _ in range(300):
        try:
            line = HTTPConnection("127.0.0.1", port, timeout=5)
            line.request("GET", "/health/live")
            line.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            return


def repeated(engine: str, *, threads: int, keys: int, kills: int, seed: int) -> Repeated:
    """Measure, kills and planted fault and all."""
    began = time.monotonic()
    killed: Counter[str] = Counter()
    with scratch(engine) as (plain, cluster):
        env = {**plain, "MAMORI_API_CALLS": "10000000"}
        shop = made(env)
        with up(env, "--threads", "6") as house:
            crowd = Crowd(house.port, shop)
            how = {"whole": threads * keys, "seed": seed, "kills": kills}
            killer = threading.Thread(target=_kill, args=(house, crowd, cluster, killed), kwargs=how)
            killer.start()
            crowd.run(threads, keys)
            killer.join()
            found = effects(house.port, shop)
            others = [_asked(crowd, key, other=True) for key in range(keys)]
            age(env)
            aged = [key for key in range(keys) if key % BAD != BAD - 1][:20]
            renewed = [_asked(crowd, key, other=True) for key in aged]
        planted = _planted(env, shop, threads)
    return _sum(
        crowd, found, engine=engine, threads=threads, keys=keys, killed=dict(killed), others=others, renewed=renewed,
        planted=planted, seconds=time.monotonic() - began,
    )  # fmt: skip


def _sum(
    crowd: Crowd, found: Counter[str], *, others: list[Answer], renewed: list[Answer], planted: int, keys: int,
    threads: int, **known: Any,
) -> Repeated:  # fmt: skip
    taken = [given[2] for given in others if given[0] == 422 and b"idempotency-key-taken" in given[1]]
    statuses = Counter(str(given[0]) for answers in crowd.answers.values() for given in answers)
    return Repeated(
        threads=threads,
        keys=keys,
        requests=crowd.sent,
        broken=crowd.broken,
        effects=sum(found.values()),
        wanted=sum(1 for key in range(keys) if key % BAD != BAD - 1),
        different=sum(1 for answers in crowd.answers.values() if len(set(answers)) != 1),
        unanswered=threads * keys - crowd.answered,
        statuses=dict(statuses),
        others_refused=len(taken),
        others=len(others),
        renewed_after_a_day=sum(1 for given in renewed if given[0] == 201),
        aged=len(renewed),
        planted_effects=planted,
        planted_keys=PLANTED_KEYS - PLANTED_KEYS // BAD,
        **known | {"seconds": round(known["seconds"], 1)},
    )


def _asked(crowd: Crowd, key: int, *, other: bool) -> Answer:
    """Send one request until it is answered."""
    until = time.monotonic() + PATIENCE
    while (found := crowd.send(None, f"key-{key}", body_of(key, other=other))) is None:
        if time.monotonic() > until:
            return 0, b"", ""
        time.sleep(0.1)
    return found


def _kill(
    house: Up,
    crowd: Crowd,
    cluster: Cluster | None,
    killed: Counter[str],
    *,
    whole: int,
    seed: int,
    kills: int,
) -> None:
    """Kill web, at every second time the worker too, and at the last PostgreSQL whole, when so much is done."""
    dice = random.Random(seed)  # noqa: S311
    until = time.monotonic() + PATIENCE
    for number in range(kills):
        while crowd.answered < whole * (number + dice.uniform(0.3, 0.8)) / (kills + 1):
            if time.monotonic() > until:
                return
            time.sleep(0.002)
        house.kill("web")
        killed["web"] += 1
        if number % 2:
            house.kill("worker")
            killed["worker"] += 1
        if cluster and number == kills - 1:
            cluster.kill()
            cluster.start()
            killed["database"] += 1


def _planted(env: Mapping[str, str], shop: ShopKeys, threads: int) -> int:
    """Return how many effects the careless house has for its keys."""
    with careless(env) as port:
        before = effects(port, shop)
        crowd = Crowd(port, shop)
        _forget(env)
        crowd.run(threads, PLANTED_KEYS)
        return sum((effects(port, shop) - before).values())


def _forget(env: Mapping[str, str]) -> None:
    code = "import django; django.setup()\nfrom mamori.ground.web.models import Reply\nReply.objects.all().delete()"
    subprocess.run(loaded("-c", code), env=dict(env), check=True)  # noqa: S603


@click.command("idempotency", help=TITLE.in_(LANG))
@click.option("--threads", type=click.IntRange(2, 64), default=12, show_default=True)
@click.option("--keys", type=click.IntRange(10, 10_000), default=200, show_default=True)
@click.option("--kills", type=click.IntRange(0, 20), default=3, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--json", "as_json", is_flag=True, help=say("JSON で出す", "print as JSON"))
def command(*, threads: int, keys: int, kills: int, seed: int, as_json: bool, engine: str) -> None:
    """Measure and tell."""
    found = repeated(engine, threads=threads, keys=keys, kills=kills, seed=seed)
    promises = {
        "effects = keys": found.effects == found.wanted,
        "every answer under one key is the same bytes": found.different == 0,
        "every request was answered": found.unanswered == 0,
        "another body under the same key: 422": found.others_refused == found.others,
        "web was killed so often": found.killed.get("web", 0) == kills,
        "24 h + 1 s later the key is new": found.renewed_after_a_day == found.aged,
        "planted look-up-first was seen": found.planted_effects > found.planted_keys,
    }
    told(TITLE, found, promises, as_json=as_json)


command.params.append(engine_option())
