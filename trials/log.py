"""Is every change to the log found, and named by its place?  And what does the log cost an act?"""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass

import click

from mamori.grammar.text import Text
from mamori.site.command.speak import LANG, say
from trials.scratch import engine_option, loaded, scratch
from trials.verdict import told

TITLE = Text("記録を壊して、場所が名指しされるかを見る", "spoil the log, and see whether the place is named")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoilt:
    """What was spoilt, what was found, and what the log costs."""

    engine: str
    seed: int
    spoilt: int
    found: int
    placed_right: int
    kinds: dict[str, int]
    problems: tuple[str, ...]
    cuts_without_outside: int
    cuts_missed_without_outside: int
    milliseconds_each: float
    acts_per_second_without_log: int
    acts_per_second_with_log: int
    ratio: float
    leaves_per_second: int


def measure(*, engine: str, count: int, seconds: float, seed: int, quiet: bool) -> Spoilt:
    """Spoil a log `count` times and measure acts for `seconds`, in a scratch house and a process of its own.

    A process that has read its settings already would do all this to the operator's own log.
    """
    asked = {"engine": engine, "count": count, "seconds": seconds, "seed": seed, "quiet": quiet}
    with scratch(engine) as (env, _):
        words = loaded("-m", "trials.spoil", json.dumps(asked))
        done = subprocess.run(words, env=env, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603
    found = json.loads(done.stdout)
    return Spoilt(**found | {"problems": tuple(found["problems"])})


@click.command(help=TITLE.in_(LANG), params=[engine_option()])
@click.option("--count", default=10_000, show_default=True, help=say("壊す回数", "how many changes"))
@click.option(
    "--seconds", default=6.0, show_default=True, help=say("速さを測る秒数", "seconds to measure rates")
)
@click.option("--seed", default=1, show_default=True, help=say("乱数の種", "seed"))
@click.option("--json", "as_json", is_flag=True, help="JSON")
def command(engine: str, count: int, seconds: float, seed: int, as_json: bool) -> None:
    """Spoil, measure, and tell."""
    found = measure(engine=engine, count=count, seconds=seconds, seed=seed, quiet=as_json)
    told(TITLE, found, promises(found), as_json=as_json)


def promises(found: Spoilt) -> dict[str, bool]:
    """Say what was promised and whether it was kept."""
    return {
        say("すべて見つかる", "every change is found"): found.found == found.spoilt,
        say("場所が正しく名指しされる", "the place is named right"): found.placed_right == found.spoilt,
        say(
            "外の証拠なしの検証は切り詰めを見逃す(仕込んだ誤り)",
            "the planted fault shows: without outside evidence a cut passes",
        ): found.cuts_missed_without_outside == found.cuts_without_outside > 0,
    }
