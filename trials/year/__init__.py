"""What does urging, mediating and refunding do in a year, are its deadlines right across the holidays, is nothing lost?"""

from __future__ import annotations

import json
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from typing import Any

import click

from mamori.grammar.text import Text
from mamori.site.command.speak import LANG, say
from trials.scratch import loaded, scratch
from trials.verdict import told
from trials.year.people import Behaviour

TITLE = Text("1年を模擬する", "a simulated year")
PLANTED_ORDERS = 3_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """The same year with and without our help, what was assumed of people, and whether planted faults were seen."""

    seed: int
    orders: int
    behaviour: dict[str, Any]
    with_help: dict[str, Any]
    without_help: dict[str, Any]
    planted_calendar_wrong_due: int
    planted_dropped_ring_lost: int


def run(**words: Any) -> dict[str, Any]:
    """Play one year in a house and a process of its own."""
    with scratch("sqlite") as (env, _):
        done = subprocess.run(  # noqa: S603
            loaded("-m", "trials.year", json.dumps(words)),
            env=env,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def measure(*, orders: int, seed: int) -> Year:
    """Play the year with and without help, and two small ones with a fault planted; two at a time."""
    planted = min(orders, PLANTED_ORDERS)
    asked: list[dict[str, Any]] = [
        {"orders": orders, "seed": seed},
        {"orders": orders, "seed": seed, "helps": False},
        {"orders": planted, "seed": seed, "fault": "golden-week"},
        {"orders": planted, "seed": seed, "fault": "dropped-ring"},
    ]
    with ThreadPoolExecutor(2) as pool:
        helped, alone, calendar, ring = pool.map(lambda words: run(**words), asked)
    return Year(
        seed=seed,
        orders=orders,
        behaviour=asdict(Behaviour()),
        with_help=helped,
        without_help=alone,
        planted_calendar_wrong_due=calendar["wrong_due"],
        planted_dropped_ring_lost=ring["lost"],
    )


@click.command(name="year", help=TITLE.in_(LANG))
@click.option("--orders", type=click.IntRange(300), default=100_000, help=say("注文の数", "how many orders"))
@click.option("--seed", type=int, default=20_260_401, show_default=True, help=say("乱数の種", "seed"))
@click.option("--json", "as_json", is_flag=True, help="JSON")
def command(orders: int, seed: int, as_json: bool) -> None:
    """Play it; exit with 1 when a deadline is wrong, a trouble is lost, or a planted fault is not seen."""
    found = measure(orders=orders, seed=seed)
    both = (found.with_help, found.without_help)
    promises = {
        say("期限はすべて正しい", "every due moment is right"): not any(one["wrong_due"] for one in both),
        say("窓口が働く年に失われる案件は0", "with our help no trouble is lost"): not found.with_help["lost"],
        say("鳴らない時計は0", "no clock is stuck"): not any(one["stuck"] for one in both),
        say(
            "手を尽くした年には、終わらない案件がない", "with our help every trouble ends"
        ): not found.with_help["open"],
        say(
            "仕込んだ誤り(大型連休のない暦)を見つけた", "planted fault caught: a calendar without Golden Week"
        ): found.planted_calendar_wrong_due > 0,
        say(
            "仕込んだ誤り(聞き落とした期限)を見つけた", "planted fault caught: a ring that nobody hears"
        ): found.planted_dropped_ring_lost > 0,
    }
    told(TITLE, found, promises, as_json=as_json)
