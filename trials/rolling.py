"""Does anybody notice that the house is renewed?  Requests at a fixed rate against a real `mamori up`, every answer noted.

Meanwhile the pages are renewed again and again (SIGHUP), and a column is added to a table that every request reads or
writes.  Planted: a restart that kills, and a change of the table that holds its lock.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import click

from mamori.grammar.text import Text
from mamori.site.command.speak import LANG, say
from trials.house import Up, up
from trials.load import Ask, Crowd, Reply, percentile, reasons
from trials.scratch import engine_option, loaded, scratch
from trials.verdict import told

TITLE = Text("動かしたまま入れ替え、要求を一つも落とさない", "renew the house, and fail no request")
WRITES = 5
"""Every so manieth request writes."""
HELD = 14.0
"""Seconds for which the planted change of a table holds its lock: longer than a visitor waits."""
VISITORS = 24
KEYS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Rolled:
    """What the visitors met."""

    engine: str
    rate: int
    seconds: float
    renewals: int
    columns_added: int
    requests: int
    failed: int
    why: dict[str, int]
    written: int
    lost: int
    p50_ms: float
    p99_ms: float
    longest_ms: float
    planted_kill_failed: int
    planted_lock_failed: int


def asks(tokens: list[str], run: str) -> Callable[[int], Ask]:
    """Return what the visitors ask: a page, a list of cases, and, every fifth time, a buyer told by the marketplace."""

    def ask(number: int) -> Ask:
        key = {"Authorization": f"Bearer {tokens[number // 2 % len(tokens)]}"}
        if number % WRITES == 0:
            return Ask(
                path=f"/api/v1/buyers/{run}-{number}",
                method="PUT",
                body=json.dumps({"name": f"bench {number}"}).encode(),
                headers={**key, "Content-Type": "application/json"},
                good=frozenset({200, 201}),
            )
        return Ask(path="/") if number % 2 else Ask(path="/api/v1/cases", headers=key)

    return ask


def visited(
    house: Up, tokens: list[str], run: str, rate: float, meanwhile: Callable[[], None]
) -> tuple[list[Reply], float]:
    """Let visitors in, do something meanwhile, let them out; return their replies and the seconds."""
    crowd = Crowd("127.0.0.1", house.port, asks(tokens, run), visitors=VISITORS, rate=rate)
    began = time.monotonic()
    crowd.start()
    time.sleep(2)
    meanwhile()
    time.sleep(2)
    return crowd.end(), time.monotonic() - began


def measure(*, engine: str, rate: int, renewals: int) -> Rolled:
    """Renew under load; then plant both faults."""
    with scratch(engine) as (env, _):
        tokens = asked(env, "keys").split()
        with up(env) as house:
            columns = 0

            def renewed() -> None:
                nonlocal columns
                for _ in range(renewals):
                    columns += asked(env, "column") == "added"
                    house.renew()

            replies, seconds = visited(house, tokens, "rolled", rate, renewed)
            killed, _ = visited(house, tokens, "killed", rate, lambda: _kill(house))
            house.wait_for("all programs run")
            held, _ = visited(house, tokens, "held", rate, lambda: _hold(env))
        written = {reply.path for reply in replies if reply.is_good and "/buyers/" in reply.path}
        stored = set(asked(env, "buyers").split())
    waits = [reply.seconds for reply in replies]
    return Rolled(
        engine=engine,
        rate=rate,
        seconds=round(seconds, 1),
        renewals=renewals,
        columns_added=columns,
        requests=len(replies),
        failed=sum(not reply.is_good for reply in replies),
        why=reasons(replies),
        written=len(written),
        lost=len({path.rpartition("/")[2] for path in written} - stored),
        p50_ms=percentile(waits, 50),
        p99_ms=percentile(waits, 99),
        longest_ms=round(max(waits) * 1000, 1),
        planted_kill_failed=sum(not reply.is_good for reply in killed),
        planted_lock_failed=sum(not reply.is_good for reply in held),
    )


def _kill(house: Up) -> None:
    """Renew as one must not: kill the pages and let the supervisor start them again."""
    ready = len(house.told("started"))
    house.kill("web")
    house.wait_for("started", ready + 1)
    time.sleep(8)


def _hold(env: dict[str, str]) -> None:
    subprocess.run(loaded("-m", __name__, "hold"), env=env, check=True)  # noqa: S603


def asked(env: dict[str, str], what: str) -> str:
    """Let a process of the house do one of the roles below, and return what it prints."""
    words = loaded("-m", "trials.rolling", what)
    done = subprocess.run(words, env=env, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603
    return done.stdout.strip()


def make_keys() -> None:
    """Print keys that may tell of the market and list cases: several, as each may call only so often."""
    from mamori.grammar.hand import Hand, Role
    from mamori.ground.people import actions as people
    from mamori.ground.people.facts import Scope

    hand = Hand(by="machine:bench", role=Role.MACHINE, at=datetime.now(UTC), via="bench")
    scopes = frozenset({Scope.MARKET_WRITE, Scope.CASES_READ})
    for number in range(KEYS):
        print(people.add_key(hand, name=f"bench-{number}", scopes=scopes).secret)


def print_buyers() -> None:
    """Print the reference of every buyer."""
    from mamori.ground.market.models import Buyer

    print("\n".join(Buyer.objects.values_list("ref", flat=True)))


def add_column() -> None:
    """Add an empty column to the buyers and the cases, as the first half of a migration does, waiting for no lock for long."""
    from django.db import OperationalError, connection, models

    from mamori.ground.cases.models import Case
    from mamori.ground.market.models import Buyer
    from mamori.site.command.setup import LOCK_TRIES, LOCK_WAIT

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
            raise SystemExit(1)
    print("added")


def hold_lock() -> None:
    """Hold what a careless change of a table would hold while it rewrites every row."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("LOCK TABLE market_buyer, cases_case IN ACCESS EXCLUSIVE MODE")
        time.sleep(HELD)


@click.command(name="rolling", help=TITLE.in_(LANG), params=[engine_option()])
@click.option(
    "--rate",
    type=click.IntRange(1, 1000),
    default=50,
    show_default=True,
    help=say("毎秒の要求", "requests a second"),
)
@click.option(
    "--renewals",
    type=click.IntRange(1),
    default=5,
    show_default=True,
    help=say("入れ替えの回数", "how many renewals"),
)
@click.option("--json", "as_json", is_flag=True, help="JSON")
def command(engine: str, rate: int, renewals: int, as_json: bool) -> None:
    """Measure; end with 1 when a request failed, an answered write is gone, or a planted fault is missed."""
    found = measure(engine=engine, rate=rate, renewals=renewals)
    promises = {
        say("失敗した要求は0", "no request failed"): found.failed == 0,
        say("応えた書き込みは残っている", "every write that was answered is there"): found.lost
        == 0
        < found.written,
        say("列を足した", "columns were added meanwhile"): found.columns_added == renewals,
        say(
            "仕込んだ誤り：殺す入れ替え", "planted: a restart that kills is noticed"
        ): found.planted_kill_failed > 0,
        say("仕込んだ誤り：鍵を持ち続ける変更", "planted: a change that holds its lock is noticed"): (
            found.planted_lock_failed > 0
        ),
    }
    told(TITLE, found, promises, as_json=as_json)


ROLES = {"keys": make_keys, "buyers": print_buyers, "column": add_column, "hold": hold_lock}

if __name__ == "__main__":
    from mamori.site.command import ready

    ready()
    ROLES[sys.argv[1]]()
