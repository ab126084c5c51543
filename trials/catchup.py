"""Is an instruction paid twice when a shop catches up as documented, while its worker and the house are killed?

The worker is `catch_up` of examples/client, killed with -9 wherever it is; the payment provider writes every payment down,
pays once under a key, is slow, and declines some.  Meanwhile instructions are given, called back, and given anew for what was
declined.
Planted: a worker that keeps no books and pays whatever has no answer, as the list was read before there was `recalled`.
"""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mamori.grammar.refusal import Refusal
from mamori.ground.market import actions as market
from trials.harness import Found, Victim, actor, killing, measured, role_of
from trials.house import ShopKeys, Up, made, up
from trials.scratch import python, scratch

CLIENT = Path(__file__).parents[1] / "examples/client"
AMOUNT = 3_000
ORDER = {"buyer": "B-1", "seller": "S-1", "amount": AMOUNT, "ordered_at": "2026-11-02T10:00:00+09:00"}
HOUSE_TOO = 15
"""At every so manieth kill it is the house: one that dies more often at once is ended by its own supervisor."""
PLANTED = 8
"""How many kills the planted fault is given."""
TRIES = 5
"""In how many houses at most it is looked for."""

WORKER = """
import json, random, sqlite3, sys, time, uuid
folder, url, token, careless, client = sys.argv[1:]
sys.path.insert(0, client)
import shop
bank = sqlite3.connect(folder + "/bank", isolation_level=None, timeout=60)
bank.execute("CREATE TABLE IF NOT EXISTS paid (key TEXT PRIMARY KEY, instruction TEXT, place TEXT, amount INT)")
class Till:
    def knows(self, order):
        return random.random() > 0.1  # now and then the order has not come yet
    def paid(self, ref):
        return bank.execute("SELECT count(*) FROM paid WHERE key = ?", (ref,)).fetchone()[0] > 0
    def pay(self, key, one):
        time.sleep(random.uniform(0, 0.1))
        if one["instruction"][-1] in "012":
            return False
        bank.execute("INSERT OR IGNORE INTO paid VALUES (?, ?, ?, ?)",
                     (key, one["instruction"], one["order_ref"], one["amount"]))
        time.sleep(random.uniform(0, 0.1))
        return True
mamori, till, books = shop.Mamori(url, token, "", ""), Till(), shop.Books(folder + "/books")
def carelessly():
    for state in ("issued", "recalled"):
        for one in mamori.instructions(state=state):
            paid = till.pay(str(uuid.uuid4()), one)
            mamori.confirm(one["instruction"], "confirmed" if paid else "refused")
print("up", flush=True)
while True:
    try:
        carelessly() if careless == "careless" else shop.catch_up(mamori, books, till)
    except (shop.Refused, OSError):
        pass
    time.sleep(0.05)
"""


def desk() -> None:
    """Give instructions and call them back, as the lines of stdin ask; print the id of each, or why not."""
    for line in sys.stdin:
        verb, what, place = line.split()
        try:
            if verb == "recall":
                market.recall(actor(), instruction=what)
            else:
                what = market.instruct(actor(), kind="refund", order_ref=place, amount=AMOUNT, about=what)
            print(what, flush=True)
        except Refusal as refusal:
            print(f"no:{refusal.code}", flush=True)


@dataclass(slots=True)
class Stage:
    """The house, the desk and the shop's worker."""

    folder: Path
    house: Up
    keys: ShopKeys
    desk: subprocess.Popen[str]
    dice: random.Random
    fault: str = ""
    given: list[str] = field(default_factory=list)
    recalled: set[str] = field(default_factory=set)
    killed: Counter[str] = field(default_factory=Counter)

    def say(self, verb: str, what: str, place: str = "-") -> str:
        """Let the desk give an instruction, or call one back; return its id."""
        assert self.desk.stdin is not None
        assert self.desk.stdout is not None
        self.desk.stdin.write(f"{verb} {what} {place}\n")
        self.desk.stdin.flush()
        return self.desk.stdout.readline().strip()

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """Call the house as the shop does, until it answers."""
        sys.path.insert(0, str(CLIENT))
        import shop  # type: ignore[import-not-found]

        for _ in range(600):
            try:
                return shop.Mamori(f"http://127.0.0.1:{self.house.port}", self.keys.token, "", "").call(
                    method, path, body
                )
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("the house does not answer:\n" + "\n".join(self.house.lines[-20:]))

    def listed(self, state: str) -> list[str]:
        """Return which instructions stand so."""
        return [
            one["instruction"] for one in self.call("GET", f"/instructions?state={state}&limit=100")["items"]
        ]

    def stir(self, number: int) -> None:
        """Give three instructions, call some back, and give anew what was declined."""
        for one in range(3):
            place = f"O-{number}-{one}"
            self.call("PUT", f"/orders/{place}", ORDER)
            self.given.append(self.say("instruct", f"test:{place}", place))
            if self.dice.random() < 0.4:
                self.recalled.add(self.say("recall", self.given[-1]))
        for ref in self.listed("refused")[:2]:
            found = self.call("GET", f"/instructions/{ref}")
            again = self.say("instruct", f"test:{found['order_ref']}", found["order_ref"])
            self.given += [again] if not again.startswith("no:") and again not in self.given else []

    def run(self, kills: int) -> None:
        """Kill the worker, and now and then what serves the house, wherever they are; then let all be answered."""
        at = (str(self.folder), f"http://127.0.0.1:{self.house.port}", self.keys.token)
        worker = Victim(lambda: python("-c", WORKER, *at, self.fault or "-", str(CLIENT)))
        worker.wait()

        def renewed() -> None:
            worker.kill()
            worker.wait()

        def named(number: int) -> list[str]:
            self.stir(number)
            return ["web" if number % HOUSE_TOO == HOUSE_TOO - 1 else "worker"]

        targets = {"worker": renewed, "web": lambda: self.house.kill("web")}
        self.killed = killing(kills, targets=targets, dice=self.dice, rest=(0, 0.4), first=named)
        until = time.monotonic() + 60 + kills
        while (self.listed("issued") or self.listed("recalled")) and time.monotonic() < until:
            time.sleep(0.2)
        worker.end()

    def payments(self) -> list[tuple[str, str, int]]:
        """Return every payment that the provider made: for which instruction and order, and how much."""
        with sqlite3.connect(self.folder / "bank") as bank:
            return bank.execute("SELECT instruction, place, amount FROM paid").fetchall()


@contextmanager
def stage(engine: str, dice: random.Random, fault: str = "") -> Iterator[Stage]:
    """Set a house up with one seller and one buyer, and let it run."""
    with scratch(engine) as (env, _), up(env | {"MAMORI_API_CALLS": "1000000"}) as house:
        desk = subprocess.Popen(  # noqa: S603
            role_of("trials.catchup:desk"), env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        folder = Path(env["MAMORI_HOME"])
        found = Stage(folder=folder, house=house, keys=made(env), desk=desk, dice=dice, fault=fault)
        try:
            found.call("PUT", "/sellers/S-1", {"name": "山の店"})
            found.call("PUT", "/buyers/B-1", {"name": "買手"})
            yield found
        finally:
            desk.kill()
            desk.wait()


def twice(payments: list[tuple[str, str, int]]) -> int:
    """Count the instructions and the orders that were paid more than once."""
    counted = (Counter(ref for ref, _, _ in payments), Counter(place for _, place, _ in payments))
    return sum(many > 1 for counts in counted for many in counts.values())


@measured("追いつく店は二度払わない", "a shop that catches up pays nothing twice")
def measure(*, engine: str, kills: int = 60, seed: int = 0) -> Found:
    """Catch up under the kills, then with the planted fault under a few."""
    dice = random.Random(seed)  # noqa: S311
    with stage(engine, dice) as one:
        one.run(kills)
        payments = one.payments()
        paid = {ref for ref, _, _ in payments}
        states = {ref: one.call("GET", f"/instructions/{ref}")["state"] for ref in one.given}
    planted = 0
    for _ in range(TRIES):  # where a kill falls is chance: one just before the answer is what shows the fault
        with stage(engine, dice, "careless") as other:
            other.run(min(kills, PLANTED))
            planted = twice(other.payments())
        if planted:
            break
    otherwise = sum((state == "confirmed") != (ref in paid) for ref, state in states.items())
    unanswered = sum(state in ("issued", "recalled") for state in states.values())
    declined, recalled = sum(state == "refused" for state in states.values()), len(one.recalled & set(states))
    return Found(
        {
            "as many kills as asked for": one.killed.total() == kills,
            "some paid, some declined, some recalled": min(len(paid), declined, recalled) > 0,
            "0 instructions paid twice": twice(payments) == 0,
            "each answered as it was paid": otherwise == 0,
            "0 without an answer": unanswered == 0,
            "planted fault caught": planted > 0,
        },
        kills=dict(one.killed),
        given=len(states),
        recalled=recalled,
        declined=declined,
        paid=len(paid),
        paid_twice=twice(payments),
        answered_otherwise=otherwise,
        unanswered=unanswered,
        planted_paid_twice=planted,
    )
