"""Is each payout decided once and each yen paid once, when twelve ask, reconsider and order at once and are killed with -9?

The racers are forked from one process, so that a killed one is back at once; all of them work on the same few payouts of
the moment.  Planted: nobody locks a seller or a run.
"""

from __future__ import annotations

import time
from typing import Any

from mamori.grammar.text import Text
from trials.harness import Found, command_of, within
from trials.scratch import scratch


def run(
    *, engine: str, payouts: int, processes: int, kills: int, seed: int, planted: bool = False
) -> dict[str, Any]:
    """Race in a house of its own and say what is left."""
    with scratch(engine) as (env, _):
        within(env, "trials.racers:prepare", payouts=payouts)
        race = {"processes": processes, "kills": kills, "seed": seed, "planted": planted}
        broken: dict[str, Any] = within(env, "trials.racers:race", **race)
        left: dict[str, Any] = within(env, "trials.racers:examine")
        return broken | left


def measure(
    *, engine: str, payouts: int = 600, processes: int = 12, kills: int = 100, seed: int = 20261126
) -> Found:
    """Race under kills, and once more without locks and kills."""
    began = time.monotonic()
    found = run(engine=engine, payouts=payouts, processes=processes, kills=kills, seed=seed)
    seconds = round(time.monotonic() - began)
    planted = run(engine=engine, payouts=payouts, processes=processes, kills=0, seed=seed, planted=True)
    whole = found["faults"] == 0 < min(found["raced"], found["in_files"])
    return Found(
        {
            "each payout decided once, no yen twice, none lost": whole,
            "no errors": found["errors"] == 0,
            "planted: a race without locks is caught": planted["faults"] + planted["errors"] > 0,
        },
        engine=engine,
        seed=seed,
        processes=processes,
        kills=kills,
        seconds=seconds,
        **found,
        planted=(planted["faults"], planted["errors"], planted["first_fault"] or planted["first_error"]),
    )


command = command_of(Text("同じ支払いを12人で同時に", "twelve at once on the same payouts"), measure)
