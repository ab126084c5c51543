"""Is each payout decided once and each yen paid once, when twelve ask, reconsider and order at once and are killed with -9?

The racers are forked from one process, so that a killed one is back at once; all of them work on the same few payouts of
the moment.  Planted: nobody locks a seller or a run.
"""

from __future__ import annotations

import json
import subprocess
import time
from dataclasses import dataclass
from typing import Any

import click

from mamori.grammar.text import Text
from mamori.site.command.speak import LANG, say
from trials.scratch import engine_option, python, scratch
from trials.verdict import told

TITLE = Text("同じ支払いを12人で同時に", "twelve at once on the same payouts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Raced:
    """What was left of the race, and whether a race without locks was noticed."""

    engine: str
    seed: int
    processes: int
    kills: int
    payouts: int
    raced: int
    transfers: int
    in_files: int
    errors: int
    first_error: str
    faults: int
    first_fault: str
    seconds: int
    planted_faults: int
    planted_errors: int
    planted_first: str


def run(
    *, engine: str, payouts: int, processes: int, kills: int, seed: int, planted: bool = False
) -> dict[str, Any]:
    """Race in a house of its own and say what is left."""
    with scratch(engine) as (env, _):
        _racers(env, "prepare", payouts)
        broken = _racers(env, "race", processes, kills, seed, int(planted))
        return broken | _racers(env, "examine")


def _racers(env: dict[str, str], what: str, *numbers: int) -> dict[str, Any]:
    words = python("-m", "trials.paying.racers", what, *map(str, numbers))
    done = subprocess.run(words, env=env, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603
    return json.loads(done.stdout.splitlines()[-1]) or {}


def measure(*, engine: str, payouts: int, processes: int, kills: int, seed: int) -> Raced:
    """Race under kills, and once more without locks and kills."""
    began = time.monotonic()
    found = run(engine=engine, payouts=payouts, processes=processes, kills=kills, seed=seed)
    seconds = round(time.monotonic() - began)
    planted = run(engine=engine, payouts=payouts, processes=processes, kills=0, seed=seed, planted=True)
    return Raced(
        engine=engine,
        seed=seed,
        processes=processes,
        kills=kills,
        seconds=seconds,
        **found,
        planted_faults=planted["faults"],
        planted_errors=planted["errors"],
        planted_first=planted["first_fault"] or planted["first_error"],
    )


def promises(found: Raced) -> dict[str, bool]:
    """Return what is promised, and that what is planted is seen."""
    return {
        say(
            "どの支払いも一度だけ決まり、1円も二重にならず、失われない",
            "each payout decided once, no yen twice, none lost",
        ): (found.faults == 0 and found.raced > 0 and found.in_files > 0),
        say("エラーは0", "no errors"): found.errors == 0,
        say("錠のない競走が分かる（仕込み）", "planted: a race without locks is caught"): (
            found.planted_faults + found.planted_errors
        )
        > 0,
    }


@click.command(name="payraces", help=TITLE.in_(LANG), params=[engine_option()])
@click.option("--payouts", type=click.IntRange(20), default=600, show_default=True)
@click.option("--processes", type=click.IntRange(2), default=12, show_default=True)
@click.option("--kills", type=click.IntRange(0), default=100, show_default=True)
@click.option("--seed", default=20261126, show_default=True, help=say("乱数の種", "seed"))
@click.option("--json", "as_json", is_flag=True, help="JSON")
def command(as_json: bool, **asked: Any) -> None:
    """Race; exit with 1 when a promise is broken."""
    found = measure(**asked)
    told(TITLE, found, promises(found), as_json=as_json)
