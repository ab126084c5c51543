"""Does anybody notice that the house is renewed?  Requests at a fixed rate against a real `mamori up`, every answer noted.

Meanwhile the pages are renewed again and again (SIGHUP), and a column is added to a table that every request reads or
writes.  Planted: a restart that kills, and a change of the table that holds its lock.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

from django.db import OperationalError, connection, models, transaction

from mamori.ground.cases.models import Case
from mamori.ground.market.models import Buyer
from mamori.ground.people import actions as people
from mamori.ground.people.facts import Scope
from mamori.site.command.setup import LOCK_TRIES, LOCK_WAIT
from trials.harness import Found, actor, measured, within
from trials.house import Ask, Crowd, Reply, Up, reasons, up
from trials.scratch import scratch

WRITES = 5
"""Every so manieth request writes."""
HELD = 14.0
"""Seconds for which the planted change of a table holds its lock: longer than a visitor waits."""
VISITORS = 24
KEYS = 8


def asks(tokens: list[str], run: str) -> Callable[[int], Ask]:
    """Return what the visitors ask: a page, a list of cases, and, every fifth time, a buyer told by the marketplace."""

    def ask(number: int) -> Ask:
        key = {"Authorization": f"Bearer {tokens[number // 2 % len(tokens)]}"}
        if number % WRITES == 0:
            told: dict[str, Any] = {"method": "PUT", "body": json.dumps({"name": f"bench {number}"}).encode()}
            headers, good = {**key, "Content-Type": "application/json"}, frozenset({200, 201})
            return Ask(path=f"/api/v1/buyers/{run}-{number}", headers=headers, good=good, **told)
        return Ask(path="/") if number % 2 else Ask(path="/api/v1/cases", headers=key)

    return ask


def visited(
    house: Up, tokens: list[str], run: str, rate: float, meanwhile: Callable[[], None]
) -> list[Reply]:
    """Let visitors in, do something meanwhile, let them out; return their replies."""
    crowd = Crowd(house.port, asks(tokens, run), visitors=VISITORS, rate=rate)
    crowd.start()
    time.sleep(2)
    meanwhile()
    time.sleep(2)
    return crowd.end()


def lost(replies: list[Reply], env: dict[str, str]) -> tuple[int, int]:
    """Return how many writes were answered well, and how many of these are not there."""
    written = {one.path.rpartition("/")[2] for one in replies if one.is_good and "/buyers/" in one.path}
    return len(written), len(written - set(within(env, "trials.rolling:buyers")))


def failed(replies: list[Reply]) -> int:
    """Count the requests that failed."""
    return sum(not reply.is_good for reply in replies)


@measured("動かしたまま入れ替え、要求を一つも落とさない", "renew the house, and fail no request")
def measure(*, engine: str, rate: int = 50, renewals: int = 5) -> Found:
    """Renew under load; then plant both faults."""
    with scratch(engine) as (env, _):
        tokens = within(env, "trials.rolling:keys")
        columns: list[bool] = []

        def renewed() -> None:
            for _ in range(renewals):
                columns.append(within(env, "trials.rolling:add_column"))
                house.renew()

        with up(env) as house:
            replies = visited(house, tokens, "rolled", rate, renewed)
            killed = visited(house, tokens, "killed", rate, lambda: _kill(house))
            house.wait_for("all programs run")
            held = visited(house, tokens, "held", rate, lambda: within(env, "trials.rolling:hold_lock"))
        written, gone = lost(replies, env)
    return Found(
        {
            "no request failed": failed(replies) == 0,
            "every write that was answered is there": gone == 0 < written,
            "columns were added meanwhile": columns == [True] * renewals,
            "planted: a restart that kills is noticed": failed(killed) > 0,
            "planted: a change that holds its lock is noticed": failed(held) > 0,
        },
        requests=len(replies),
        why=reasons(replies),
        written=(written, gone),
        planted=(failed(killed), failed(held)),
    )


def _kill(house: Up) -> None:
    """Renew as one must not: kill the pages and let the supervisor start them again."""
    ready = len(house.told("started"))
    house.kill("web")
    house.wait_for("started", ready + 1)
    time.sleep(8)


def keys() -> list[str]:
    """Return keys that may tell of the market and list cases: several, as each may call only so often."""
    scopes = frozenset({Scope.MARKET_WRITE, Scope.CASES_READ})
    return [people.add_key(actor(), name=f"bench-{number}", scopes=scopes).secret for number in range(KEYS)]


def buyers() -> list[str]:
    """Return the reference of every buyer."""
    return list(Buyer.objects.values_list("ref", flat=True))


def add_column() -> bool:
    """Add an empty column to the buyers and the cases, as the first half of a migration does, waiting for no lock for long."""
    name = f"bench_{time.time_ns()}"
    for model in (Buyer, Case):
        field: models.Field[str | None, str | None] = models.CharField(max_length=8, null=True)
        field.set_attributes_from_name(name)
        for _ in range(LOCK_TRIES):
            try:
                with connection.schema_editor() as editor:
                    if connection.vendor == "postgresql":
                        editor.execute(f"SET LOCAL lock_timeout = '{LOCK_WAIT}'")
                    editor.add_field(model, field)
            except OperationalError:
                time.sleep(0.5)
            else:
                break
        else:
            return False
    return True


def hold_lock() -> None:
    """Hold what a careless change of a table would hold while it rewrites every row."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("LOCK TABLE market_buyer, cases_case IN ACCESS EXCLUSIVE MODE")
        time.sleep(HELD)
