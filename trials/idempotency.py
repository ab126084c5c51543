"""Does a request that comes twelve times at once, while web and worker are killed, have one effect and one answer?

Counted from outside: every answer as it came, and the webhook endpoints that there are afterwards.  Planted: a house that
looks the key up first.
"""

from __future__ import annotations

import json
import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from http.client import HTTPConnection, HTTPException
from typing import Any

from django.db.models import F

from mamori.grammar.text import Text
from mamori.ground.web.models import Reply
from trials.harness import Found, command_of, within
from trials.house import Up, up
from trials.planted import with_fault
from trials.scratch import Cluster, scratch
from trials.shopkeys import ShopKeys, made

PATIENCE = 180.0
"""Seconds in which a request must have got its answer, kills and all."""
BAD = 5
"""Every so manieth key carries a request that is refused."""
PLANTED_KEYS = 40

type Answer = tuple[int, bytes, str]


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


def age() -> None:
    """Let a day and a second pass for every reply."""
    Reply.objects.update(at=F("at") - timedelta(hours=24, seconds=1))


def forget() -> None:
    """Forget every reply."""
    Reply.objects.all().delete()


def measure(*, engine: str, threads: int = 12, keys: int = 200, kills: int = 3, seed: int = 1) -> Found:
    """Measure, kills and planted fault and all."""
    began, killed = time.monotonic(), Counter[str]()
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
            within(env, "trials.idempotency:age")
            good = [key for key in range(keys) if key % BAD != BAD - 1]
            renewed = [_asked(crowd, key, other=True) for key in good[:20]]
        within(env, "trials.idempotency:forget")
        with up(env | with_fault("looks-first"), "--threads", "6") as house:
            before, many = effects(house.port, shop), Crowd(house.port, shop)
            many.run(threads, PLANTED_KEYS)
            planted = sum((effects(house.port, shop) - before).values())
    different = sum(1 for answers in crowd.answers.values() if len(set(answers)) != 1)
    refused = sum(given[0] == 422 and b"idempotency-key-taken" in given[1] for given in others)
    return Found(
        {
            "effects = keys": sum(found.values()) == len(good),
            "every answer under one key is the same bytes": different == 0,
            "every request was answered": crowd.answered == threads * keys,
            "another body under the same key: 422": refused == keys,
            "web was killed so often": killed["web"] == kills,
            "24 h + 1 s later the key is new": all(given[0] == 201 for given in renewed) and bool(renewed),
            "planted look-up-first was seen": planted > PLANTED_KEYS - PLANTED_KEYS // BAD,
        },
        engine=engine,
        threads=threads,
        keys=keys,
        killed=dict(killed),
        requests=crowd.sent,
        broken=crowd.broken,
        effects=sum(found.values()),
        different=different,
        statuses=dict(Counter(str(given[0]) for answers in crowd.answers.values() for given in answers)),
        planted_effects=planted,
        seconds=round(time.monotonic() - began, 1),
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


command = command_of(
    Text("同じ依頼を何度送っても一度だけ", "the same request many times, one effect"), measure
)
