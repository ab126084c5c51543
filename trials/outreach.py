"""Is any seller left out by a campaign, or told twice, while workers are killed, and are mails that come twice the same?

Counted in the database and outside of it, by a server on the loopback that keeps what it acknowledged.
"""

from __future__ import annotations

import json
import random
import subprocess
import time
from dataclasses import dataclass
from typing import Any

import click

from mamori.grammar.text import Text
from mamori.site.command.speak import LANG, say
from trials.post import Sink
from trials.scratch import engine_option, loaded, python, scratch
from trials.verdict import told

TITLE = Text(
    "一斉案内で、知らせ漏れも二重もない(kill -9)",
    "a campaign leaves nobody out and tells nobody twice, under kill -9",
)
WORKERS = 2
PROGRAM = ("-m", "trials.tellers")
DOUBLED = 1.0
"""Per cent of mails that may be handed over once more, under their own id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignRun:
    """What came of one campaign of which the workers were killed."""

    sellers: int
    kills: int
    turned_back: bool
    state: str
    lost: int
    told_twice: int
    private: int
    unlike: int
    handed_over: int
    doubled: int
    renamed: int
    unmailed: int
    seconds: int

    @property
    def doubled_percent(self) -> float:
        """Return how many of a hundred mails were handed over more than once."""
        return round(100 * self.doubled / self.sellers, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignFound:
    """The measurement: the run, and what became of the planted faults."""

    engine: str
    seed: int
    run: CampaignRun
    doubled_percent: float
    forgetful_told_twice: int
    renamed_found: int


def play(
    *,
    engine: str,
    sellers: int,
    kills: int,
    dice: random.Random,
    fault: str = "",
    thinking: float = 0.002,
    pause: float = 2.0,
) -> CampaignRun:
    """Tell `sellers` while two workers are killed; midway it is stopped and resumed; then let one do the rest.

    `thinking` are the seconds that the server takes for a mail, `pause` the most between a kill and the next.
    """
    sink = Sink(thinking=thinking)
    with scratch(engine) as (env, _), sink.open() as url:
        env |= {"MAMORI_MAIL": url, "MAMORI_MAIL_FROM": "Centre <centre@market.example>"}
        _run(env, "fill", str(sellers))
        began, running, done = time.monotonic(), [_start(env, fault) for _ in range(WORKERS)], 0
        turned_back = False
        try:
            while done < kills and len(sink.ids) < sellers:
                if not sink.grows_beyond(sink.count, within=10 if done else 120):
                    break  # what is left waits for the leases of the killed: a kill would try nothing
                time.sleep(dice.uniform(0.0, pause))
                place = dice.randrange(WORKERS)
                running[place].kill()
                running[place].wait()
                done += 1
                if done == kills // 2:
                    _run(env, "turn-back")
                    turned_back = True
                running[place] = _start(env, fault)
        finally:
            for process in running:
                process.kill()
                process.wait()
        _run(env, "drain", fault)
        found = json.loads(_run(env, "count"))
        seconds = round(time.monotonic() - began)
    mails = sum(len(ids) for ids in sink.ids.values())
    return CampaignRun(
        sellers=sellers,
        kills=done,
        turned_back=turned_back,
        state=found["state"],
        lost=sellers - found["rows"],
        told_twice=found["told_twice"],
        private=found["private"],
        unlike=sum(abs(found["rows"] - found[name]) for name in ("notices", "mails", "figures")),
        handed_over=sink.count,
        doubled=sink.count - mails,
        renamed=sum(len(ids) > 1 for ids in sink.ids.values()),
        unmailed=sellers - len(sink.ids),
        seconds=seconds,
    )


def _run(env: dict[str, str], *words: str) -> str:
    done = subprocess.run(  # noqa: S603
        loaded(*PROGRAM, *words), env=env, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


def _start(env: dict[str, str], fault: str) -> subprocess.Popen[str]:
    process = subprocess.Popen(  # noqa: S603
        python(*PROGRAM, "work", fault),
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout
    process.stdout.readline()
    return process


def measure(*, engine: str, sellers: int, kills: int, seed: int) -> CampaignFound:
    """Run the campaign, and each planted fault on a small market."""
    dice = random.Random(seed)  # noqa: S311
    run = play(engine=engine, sellers=sellers, kills=kills, dice=dice)
    few = min(400, sellers)
    small: dict[str, Any] = {"engine": engine, "sellers": few, "dice": dice, "thinking": 0.02, "pause": 0.2}
    forgetful = play(**small, kills=2, fault="forgetful")
    renamed = play(**small, kills=6, fault="renamed")
    return CampaignFound(
        engine=engine,
        seed=seed,
        run=run,
        doubled_percent=run.doubled_percent,
        forgetful_told_twice=forgetful.told_twice,
        renamed_found=renamed.renamed,
    )


@click.command(name="outreach", help=TITLE.in_(LANG), params=[engine_option()])
@click.option(
    "--sellers", type=click.IntRange(200), default=5_000, help=say("出品者の数", "how many sellers")
)
@click.option("--kills", type=click.IntRange(2), default=20, help=say("殺す回数", "how many kills"))
@click.option("--seed", type=int, default=None, help=say("乱数の種", "seed; without one it is drawn"))
@click.option("--json", "as_json", is_flag=True, help="JSON")
def command(engine: str, sellers: int, kills: int, seed: int | None, as_json: bool) -> None:
    """Run it; exit with 1 when a seller is left out or told twice, or a planted fault goes unseen."""
    seed = random.SystemRandom().randrange(10**9) if seed is None else seed
    click.echo(f"seed {seed}", err=True)
    found = measure(engine=engine, sellers=sellers, kills=kills, seed=seed)
    run = found.run
    promises = {
        say("殺した回数が足りる", "all kills took place"): run.kills == kills and run.turned_back,
        say("知らせ漏れ0", "0 left out"): run.lost == 0 and run.unmailed == 0,
        say("二重の知らせ0", "0 told twice"): run.told_twice == 0,
        say("個人への知らせ0", "0 private persons told"): run.private == 0,
        say("行・お知らせ・メール・数が一致", "rows, notices, mails and figures agree"): run.unlike == 0,
        say("二重の引き渡しは1%以下", "at most 1% handed over twice"): run.doubled_percent <= DOUBLED,
        say("二重でも同じ Message-ID", "and those under the same Message-ID"): run.renamed == 0,
        say("最後まで知らせた", "it told to the end"): run.state == "standing",
        say(
            "仕込んだ誤り(だれに知らせたかを忘れる)を見つけた",
            "planted fault caught: it forgets whom it told",
        ): found.forgetful_told_twice > 0,
        say(
            "仕込んだ誤り(毎回違うID)を見つけた", "planted fault caught: another id at each try"
        ): found.renamed_found > 0,
    }
    told(TITLE, found, promises, as_json=as_json)
