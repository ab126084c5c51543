"""Does a request that comes twelve times at once, while web and worker are killed, have one effect and one answer?

Counted from outside: every answer as it came, and the webhook endpoints that there are afterwards.  Planted: a house that
looks the key up first.
"""

from __future__ import annotations

import json
import random
import threading
import time
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any

from django.db.models import F

from mamori.ground.web.models import Reply
from trials.harness import Found, measured, within
from trials.house import Ask, ShopKeys, Up, Visitor, made, up
from trials.planted import with_fault
from trials.scratch import Cluster, scratch

PATIENCE = 180.0
"""Seconds in which a request must have got its answer, kills and all."""
BAD, PLANTED_KEYS = 5, 40
"""Every so manieth key carries a request that is refused; with how many keys the planted fault is looked for."""

type Answer = tuple[int, bytes, str]


@dataclass(slots=True)
class Crowd:
    """Threads that send every key, and keep all that they were answered."""

    port: int
    keys: ShopKeys
    prefix: str = "key"
    answers: dict[int, list[Answer]] = field(default_factory=lambda: defaultdict(list))
    sent: int = 0
    broken: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def run(self, threads: int, keys: int) -> None:
        """Let all threads send all keys, in nearly the same order, so that they meet."""
        with ThreadPoolExecutor(threads) as crew:
            list(crew.map(partial(self._walk, keys), range(threads)))

    @property
    def answered(self) -> int:
        """Return how many answers came so far."""
        with self.lock:
            return sum(len(given) for given in self.answers.values())

    def send(self, visitor: Visitor, key: int, *, other: bool = False) -> Answer | None:
        """Send one request and return the answer; None when the connection broke or it is to come again."""
        headers = self.keys.headers | {"Idempotency-Key": f"{self.prefix}-{key}"}
        body = body_of(key, other=other)
        reply = visitor.ask(key, Ask(path="/api/v1/webhooks", method="POST", body=body, headers=headers))
        with self.lock:
            self.sent += 1
            self.broken += reply.status == 0
        again = reply.status >= 500 or (reply.status == 409 and b"idempotency-key-busy" in reply.body)
        told = (reply.status, reply.body, reply.headers.get("Location", ""))
        return None if again or not reply.status else told

    def asked(self, visitor: Visitor, key: int, *, other: bool = False) -> Answer:
        """Send a request under a key until it is answered."""
        until = time.monotonic() + PATIENCE
        while (found := self.send(visitor, key, other=other)) is None and time.monotonic() < until:
            time.sleep(random.uniform(0.01, 0.2))  # noqa: S311
        return found or (0, b"", "")

    def effects(self) -> Counter[str]:
        """Count the endpoints that there are, by their address."""
        ask = Ask(path="/api/v1/webhooks", headers=self.keys.headers)
        found: dict[str, Any] = json.loads(Visitor(self.port, patience=30).ask(0, ask).body)
        return Counter(item["url"] for item in found["items"])

    def _walk(self, keys: int, _: int) -> None:
        visitor = Visitor(self.port, patience=30)
        for key in range(keys):
            found = self.asked(visitor, key)
            with self.lock:
                self.answers[key].append(found)


def body_of(key: int, *, other: bool = False) -> bytes:
    """Return what is sent under a key; every fifth is an address that is refused."""
    url = "http://user@shop.example/" if key % BAD == BAD - 1 else f"https://shop.example/{key}"
    return json.dumps({"url": f"{url}{'-other' if other else ''}"}).encode()


def age() -> None:
    """Let a day and a second pass for every reply."""
    Reply.objects.update(at=F("at") - timedelta(hours=24, seconds=1))


@measured("同じ依頼を何度送っても一度だけ", "the same request many times, one effect")
def measure(*, engine: str, threads: int = 12, keys: int = 200, kills: int = 3, seed: int = 1) -> Found:
    """Measure, kills and planted fault and all."""
    with scratch(engine) as (plain, cluster):
        env = {**plain, "MAMORI_API_CALLS": "10000000"}
        shop = made(env)
        with up(env, "--threads", "6") as house:
            crowd = Crowd(house.port, shop)
            with ThreadPoolExecutor(1) as killer:
                how = {"whole": threads * keys, "seed": seed, "kills": kills}
                kill = killer.submit(_kill, house, crowd, cluster, **how)
                crowd.run(threads, keys)
            found, killed = crowd.effects(), kill.result()
            visitor = Visitor(house.port, patience=30)
            others = [crowd.asked(visitor, key, other=True) for key in range(keys)]
            within(env, "trials.idempotency:age")
            good = [key for key in range(keys) if key % BAD != BAD - 1]
            renewed = [crowd.asked(visitor, key, other=True) for key in good[:20]]
        with up(env | with_fault("looks-first"), "--threads", "6") as house:
            many = Crowd(house.port, shop, "planted")
            before = many.effects()
            many.run(threads, PLANTED_KEYS)
            planted = sum((many.effects() - before).values())
    different = sum(1 for answers in crowd.answers.values() if len(set(answers)) != 1)
    unanswered = sum(not status for answers in crowd.answers.values() for status, _, _ in answers)
    refused = sum(given[0] == 422 and b"idempotency-key-taken" in given[1] for given in others)
    return Found(
        {
            "effects = keys": sum(found.values()) == len(good),
            "every answer under one key is the same bytes": different == 0,
            "every request was answered": crowd.answered == threads * keys and not unanswered,
            "another body under the same key: 422": refused == keys,
            "web was killed so often": killed["web"] == kills,
            "24 h + 1 s later the key is new": all(given[0] == 201 for given in renewed) and bool(renewed),
            "planted look-up-first was seen": planted > PLANTED_KEYS - PLANTED_KEYS // BAD,
        },
        killed=dict(killed),
        requests=crowd.sent,
        broken=crowd.broken,
        effects=sum(found.values()),
        different=different,
        planted_effects=planted,
    )


def _kill(
    house: Up, crowd: Crowd, cluster: Cluster | None, *, whole: int, seed: int, kills: int
) -> Counter[str]:
    """Kill web, at every second time the worker too, and at the last PostgreSQL whole, when so much is done."""
    dice, killed = random.Random(seed), Counter[str]()  # noqa: S311
    until = time.monotonic() + PATIENCE
    for number in range(kills):
        while crowd.answered < whole * (number + dice.uniform(0.3, 0.8)) / (kills + 1):
            if time.monotonic() > until:
                return killed
            time.sleep(0.002)
        names = ["web", "worker"] if number % 2 else ["web"]
        for name in names:
            house.kill(name)
        if cluster and number == kills - 1:
            names.append("database")
            cluster.kill()
            cluster.start()
        killed.update(names)
    return killed
