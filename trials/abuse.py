"""Do limits hold exactly when twelve processes guess at once, and do answers tell whom we know by how long they take?"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from typing import Any

import click

from mamori.grammar.text import Text
from mamori.site.command.speak import LANG, say
from trials.scratch import engine_option, python, scratch
from trials.verdict import told

TITLE = Text(
    "総当たりと、知っている人かどうかの探りを試す",
    "guess with twelve processes, and probe whom the house knows",
)
LIMIT, TRIES = 10, 5
GAP = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Abused:
    """What succeeded how often, and by how many milliseconds answers differ at the median."""

    engine: str
    racers: int
    rounds: int
    attempts: int
    faults: int
    tries_counted: tuple[int, ...]
    right_codes: int
    wrong_codes: int
    passwords: int
    planted: int
    links: int
    invitations: int
    agreements: int
    effects: tuple[int, ...]
    pairs: int
    sign_in_gap_ms: float
    sign_in_work_gap_ms: float
    code_gap_ms: float
    code_work_gap_ms: float
    planted_gap_ms: float


def measure(*, engine: str, racers: int, rounds: int, pairs: int) -> Abused:
    """Race and probe in houses of their own."""
    with scratch(engine) as (env, _):
        plan = _run(env, "prepare", rounds=rounds, racers=racers)
        asked = [{"number": number, "racers": racers, "plan": plan} for number in range(racers)]
        running = [_start(env, "race", words) for words in asked]
        done: Counter[str] = Counter()
        for process in running:
            done.update(json.loads(_output(process)))
        left = _run(env, "examine")
    with scratch(engine) as (env, _):
        gaps = _run(env, "pairs", count=pairs, planted=False)
    with scratch(engine) as (env, _):
        planted = _run(env, "pairs", count=max(20, pairs // 10), planted=True)
    return Abused(
        engine=engine,
        racers=racers,
        rounds=rounds,
        attempts=racers * rounds * (7 + 1 + 5 + 5 + 3),
        faults=done["faults"],
        tries_counted=tuple(left["tries"]),
        right_codes=done["right codes"],
        wrong_codes=done["wrong codes"],
        passwords=done["passwords"],
        planted=done["planted"],
        links=done["links"],
        invitations=done["invitations"],
        agreements=left["approvals"],
        effects=tuple(left["epochs"]),
        pairs=pairs,
        sign_in_gap_ms=gaps["sign_in"],
        sign_in_work_gap_ms=gaps["sign_in_work"],
        code_gap_ms=gaps["code"],
        code_work_gap_ms=gaps["code_work"],
        planted_gap_ms=planted["sign_in"],
    )


def promises(found: Abused) -> dict[str, bool]:
    """Say what was promised and whether it was kept."""
    each = found.rounds
    return {
        say("5回の試しがちょうど5回", "five tries are five, exactly"): found.tries_counted == (TRIES,)
        and found.wrong_codes == 0,
        say("パスワードの上限がちょうど", "the limit of passwords is exact"): found.passwords == LIMIT * each,
        say("コード・リンク・招待は一度だけ", "codes, links and invitations work once"): (
            found.right_codes,
            found.links,
            found.invitations,
        )
        == (each, each, each),
        say("承認の効果は一度だけ", "what was agreed happens once"): found.effects == (1,)
        and found.agreements == each,
        say("誤りなし", "nothing broke"): found.faults == 0,
        say("応答の差が中央値で5ミリ秒未満", "answers differ by less than 5 ms at the median"): max(
            found.sign_in_gap_ms, found.code_gap_ms
        )
        < GAP,
        say(
            "見てから書く数え方は超える（仕込んだ誤り）", "the planted fault shows: look-first counts too few"
        ): (found.planted > LIMIT * each),
        say(
            "知らない人に手間を省くと差が出る（仕込んだ誤り）", "the planted fault shows: work saved is seen"
        ): (found.planted_gap_ms >= GAP),
    }


@click.command(help=TITLE.in_(LANG), params=[engine_option()])
@click.option("--racers", default=12, show_default=True, help=say("同時に試すプロセス", "processes at once"))
@click.option("--rounds", default=20, show_default=True, help=say("ものごとの数", "how many of each thing"))
@click.option("--pairs", default=500, show_default=True, help=say("比べる組の数", "pairs to compare"))
@click.option("--json", "as_json", is_flag=True, help="JSON")
def command(engine: str, racers: int, rounds: int, pairs: int, as_json: bool) -> None:
    """Measure and tell."""
    found = measure(engine=engine, racers=racers, rounds=rounds, pairs=pairs)
    told(TITLE, found, promises(found), as_json=as_json)


def _start(env: dict[str, str], what: str, words: dict[str, Any]) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603
        python("-m", "trials.guessers", what, json.dumps(words)),
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _output(process: subprocess.Popen[str]) -> str:
    out, err = process.communicate(timeout=3000)
    if process.returncode:
        raise RuntimeError(err[-3000:])
    if err.strip() and '"level": "info"' not in err:
        sys.stderr.write(err[-2000:])
    return out


def _run(env: dict[str, str], what: str, **words: Any) -> Any:
    return json.loads(_output(_start(env, what, words)))
