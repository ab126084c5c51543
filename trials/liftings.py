"""Is every timed measure lifted within a minute of its end, once, and chased until the shop confirms, under kill -9?

Workers, the shop and the database are killed at random moments while measures come to their ends.  The day after which a shop is
asked again passes in five seconds here; the minute is a real one.
"""

from __future__ import annotations

import json
import random
import subprocess
import time
from collections import Counter
from dataclasses import dataclass
from typing import Any

import click

from mamori.grammar.text import Text
from mamori.site.command.speak import LANG, say
from trials.lifting_cast import RELUCTANT
from trials.scratch import Cluster, engine_option, python, scratch
from trials.verdict import told

TITLE = Text("殺しても期限に解除する", "lifted on time, under kill -9")
CAST = ("worker-1", "worker-2", "shop", "hurry")
MINUTE = 60.0
PATIENCE = 240.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifted:
    """What became of the measures, and whether the two planted faults were seen."""

    engine: str
    seed: int
    measures: int
    kills: int
    killed: dict[str, int]
    lifted: int
    longest_seconds: float
    late: int
    lifted_twice: int
    ended_twice: int
    chased: int
    over: int
    seconds: int
    lost_clock_not_lifted: int
    sleeping_workers_late: int


class Stage:
    """The processes; a killed one is started anew."""

    def __init__(self, env: dict[str, str], cluster: Cluster | None) -> None:
        self.env, self.cluster = env, cluster
        self.running: dict[str, subprocess.Popen[str]] = {}

    def start(self, *names: str) -> None:
        """Start some of the cast and wait until they are up: a kill while one still starts would try nothing."""
        for name in names:
            self.running[name] = subprocess.Popen(  # noqa: S603
                python("-m", _CAST, name.partition("-")[0]),
                env=self.env,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
            )
        for name in names:
            out = self.running[name].stdout
            if out is None or out.readline().strip() != "up":
                raise RuntimeError(f"{name} does not start")

    def kill(self, name: str) -> None:
        """Kill one with -9, or the whole cluster; on SQLite “database” means all that have the file open."""
        if name == "database" and self.cluster:
            self.cluster.kill()
            self.cluster.start()
            return
        names = CAST if name == "database" else (name,)
        for one in names:
            self.running[one].kill()
            self.running[one].wait()
        self.start(*names)

    def end(self) -> None:
        """End everything."""
        for process in self.running.values():
            process.kill()
            process.wait()


_CAST = "trials.lifting_cast"


def play(
    *, engine: str, measures: int, kills: int, dice: random.Random, lost: int = 0, asleep: float = 0.0
) -> tuple[dict[str, Any], Counter[str]]:
    """Let measures end while everything is killed; with `asleep` the workers come so many seconds after the first end."""
    killed: Counter[str] = Counter()
    span = kills * 3.5
    with scratch(engine) as (env, cluster):
        wait = 1.0 if asleep else 10.0
        _cast(env, "prepare", str(measures), str(wait), str(span), str(lost))
        stage = Stage(env, cluster)
        time.sleep(asleep)
        try:
            stage.start(*CAST)
            for number in range(kills):
                time.sleep(dice.uniform(0.5, 2))
                target = dice.choice((*CAST[:3], CAST[0], CAST[1], "database"))
                stage.kill(target)
                killed[target] += 1
                click.echo(f"\r{engine} {number + 1}/{kills} ", nl=False, err=True)
            return _wait(env, measures - lost), killed
        finally:
            stage.end()


def _wait(env: dict[str, str], wanted: int) -> dict[str, Any]:
    until = time.monotonic() + PATIENCE
    while True:
        found: dict[str, Any] = json.loads(_cast(env, "count"))
        if found["over"] >= wanted or time.monotonic() > until:
            return found
        time.sleep(2)


def _cast(env: dict[str, str], *words: str) -> str:
    done = subprocess.run(python("-m", _CAST, *words), env=env, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603
    return done.stdout


def _late(found: dict[str, Any]) -> int:
    return sum(not 0 <= lag <= MINUTE for lag in found["lags"])


def measure(*, engine: str, measures: int, kills: int, seed: int) -> Lifted:
    """Run the kills, then each planted fault without any."""
    dice, began = random.Random(seed), time.monotonic()  # noqa: S311
    run, killed = play(engine=engine, measures=measures, kills=kills, dice=dice)
    seconds = round(time.monotonic() - began)
    lost, _ = play(engine=engine, measures=6, kills=0, dice=dice, lost=3)
    asleep, _ = play(engine=engine, measures=6, kills=0, dice=dice, asleep=MINUTE + 5)
    return Lifted(
        engine=engine,
        seed=seed,
        measures=measures,
        kills=sum(killed.values()),
        killed=dict(killed),
        lifted=len(run["lags"]),
        longest_seconds=round(max(run["lags"], default=0.0), 1),
        late=_late(run),
        lifted_twice=run["lifted_twice"],
        ended_twice=run["ended_twice"],
        chased=run["chased"],
        over=run["over"],
        seconds=seconds,
        lost_clock_not_lifted=6 - len(lost["lags"]),
        sleeping_workers_late=_late(asleep),
    )


@click.command(name="liftings", help=TITLE.in_(LANG), params=[engine_option()])
@click.option("--measures", type=click.IntRange(6), default=60, help=say("措置の数", "how many measures"))
@click.option("--kills", "kills_", type=click.IntRange(1), default=60, help=say("殺す回数", "how many kills"))
@click.option("--seed", type=int, default=20_261_127, show_default=True, help=say("乱数の種", "seed"))
@click.option("--json", "as_json", is_flag=True, help="JSON")
def command(engine: str, measures: int, kills_: int, seed: int, as_json: bool) -> None:
    """Run it; exit with 1 when something is lifted late, never, twice, or a planted fault goes unseen."""
    found = measure(engine=engine, measures=measures, kills=kills_, seed=seed)
    promises = {
        say(
            "すべて、終わりから1分以内に解除を指示した", "each was lifted within a minute of its end"
        ): found.lifted == measures and found.late == 0,
        say(
            "通販サイトが確認するまで追い、すべて終わった", "each was chased until confirmed, and is over"
        ): found.over == measures and found.chased >= measures // RELUCTANT,
        say("二度の解除も二度の終わりも0", "0 lifted or ended twice"): found.lifted_twice + found.ended_twice
        == 0,
        say(
            "仕込んだ誤り(失われた時計)を見つけた", "planted fault caught: clocks that are lost"
        ): found.lost_clock_not_lifted == 3,
        say(
            "仕込んだ誤り(眠る作業係)を見つけた", "planted fault caught: workers that sleep for a minute"
        ): found.sleeping_workers_late > 0,
    }
    told(TITLE, found, promises, as_json=as_json)
