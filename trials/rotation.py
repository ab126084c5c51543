"""Is a new key of keys in place within a minute, while the house goes on, though the rotation is killed on the way?"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from mamori.grammar.text import Text
from mamori.site.command.speak import LANG, say
from trials.scratch import engine_option, loaded, python, scratch
from trials.verdict import told

TITLE = Text("鍵を包む鍵を、動かしたまま新しくする", "renew the key of keys while the house goes on")
MOST_SECONDS = 60.0
RUN = "from mamori.site.command import main; main()"
PLANT = "the old key is removed at once"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rotated:
    """How long it took, what the house did meanwhile, and what opened afterwards."""

    engine: str
    keys: int
    seconds: float
    kills: int
    served: int
    failed: int
    slowest_ms: float
    left_under_the_old_key: int
    opened_afterwards: int
    plant_failed: int


def measure(*, engine: str, count: int, kills: int) -> Rotated:
    """Make `count` data keys, rotate with `kills` kills while another process seals and opens, and open all of them."""
    with scratch(engine) as (env, _):
        _role(env, "fill", str(count))
        served, seconds = _rotated(env, count, kills)
        after = _role(env, "look", str(count))
        plant = _planted(env, count)
    return Rotated(
        engine=engine,
        keys=count,
        seconds=round(seconds, 2),
        kills=kills,
        served=int(served["done"]),
        failed=int(served["failed"]),
        slowest_ms=served["slowest_ms"],
        left_under_the_old_key=after["old"],
        opened_afterwards=after["opened"],
        plant_failed=plant["failed"],
    )


@click.command(help=TITLE.in_(LANG), params=[engine_option()])
@click.option("--count", default=100_000, show_default=True, help=say("データ鍵の数", "how many data keys"))
@click.option("--kills", default=3, show_default=True, help=say("途中で殺す回数", "how often it is killed"))
@click.option("--json", "as_json", is_flag=True, help="JSON")
def command(engine: str, count: int, kills: int, as_json: bool) -> None:
    """Rotate, and tell."""
    found = measure(engine=engine, count=count, kills=kills)
    told(TITLE, found, promises(found), as_json=as_json)


def promises(found: Rotated) -> dict[str, bool]:
    """Say what was promised and whether it was kept."""
    return {
        say(f"{MOST_SECONDS:.0f}秒以内", f"within {MOST_SECONDS:.0f} s"): found.seconds <= MOST_SECONDS,
        say("その間、何も断られない", "nothing fails meanwhile"): found.failed == 0 < found.served,
        say("すべて新しい鍵で開く", "all open under the new key"): (
            found.opened_afterwards == found.keys and found.left_under_the_old_key == 0
        ),
        say(
            "古い鍵を先に消せば気づく（仕込んだ誤り）", "the planted fault shows: " + PLANT
        ): found.plant_failed > 0,
    }


def _rotated(env: dict[str, str], count: int, kills: int) -> tuple[dict[str, float], float]:
    site = subprocess.Popen(  # noqa: S603
        loaded("-m", __name__, "site", str(count)),
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert site.stdout
    site.stdout.readline()
    seconds = 0.0
    for _ in range(kills):
        seconds += _rotation(env, kill_after=0.9 + random.random())  # noqa: S311
    seconds += _rotation(env)
    answer, _ = site.communicate("")
    served: dict[str, float] = json.loads(answer)
    return served, seconds


def _rotation(env: dict[str, str], kill_after: float | None = None) -> float:
    begun = time.monotonic()
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(python("-c", RUN, "seal", "rotate"), env=env, stdout=quiet, stderr=quiet)  # noqa: S603
    try:
        code = process.wait(kill_after)
    except subprocess.TimeoutExpired:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    else:
        if code:
            raise RuntimeError(f"mamori seal rotate ended with {code}")
    return time.monotonic() - begun


def _planted(env: dict[str, str], count: int) -> dict[str, int]:
    """Begin another rotation and throw the former key away before anything was wrapped again."""
    _role(env, "begin")
    newest = sorted(Path(env["MAMORI_KEYS"]).glob("subjects*.key"), key=lambda path: path.stat().st_mtime)[-1]
    for path in Path(env["MAMORI_KEYS"]).glob("subjects*.key"):
        if path != newest:
            path.unlink()
    return {"failed": _role(env, "try", str(count))["failed"]}


def _role(env: dict[str, str], *words: str) -> dict[str, int]:
    done = subprocess.run(  # noqa: S603
        loaded("-m", __name__, *words), env=env, check=True, stdout=subprocess.PIPE, text=True
    )
    found: dict[str, int] = json.loads(done.stdout or "{}")
    return found


def _play(role: str, count: int) -> None:
    import django

    django.setup()
    from mamori.ground.seal import actions

    if role == "fill":
        for first in range(0, count, 5_000):
            actions.seal_many([_plain(n) for n in range(first, min(count, first + 5_000))])
    elif role == "begin":
        actions.begin()
    elif role == "look":
        _look()
    else:
        _serve(count, once=role == "try")


def _plain(number: int) -> Any:
    from mamori.ground.seal.actions import Place, Plain

    return Plain(subject=f"buyer:B-{number}", place=Place("bench", number, "sealed"), plain=b"x")


def _look() -> None:
    from mamori.ground.seal import facts
    from mamori.ground.seal.models import SubjectKey
    from mamori.ground.seal.opening import unwrap

    opened = sum(
        1 for row in SubjectKey.objects.filter(subject__startswith="buyer:B-").iterator() if unwrap(row)
    )
    print(json.dumps({"opened": opened, "old": sum(one.keys for one in facts.generations()[1:])}))


def _serve(count: int, *, once: bool) -> None:
    """Seal for people old and new and open it again, as pages do, until the standard input ends."""
    import select

    from django.db import transaction

    from mamori.grammar.refusal import Refusal
    from mamori.ground.seal import actions, facts

    print("ready" if not once else "", end="\n" if not once else "", flush=True)
    done = failed = 0
    slowest = 0.0
    dice = random.Random(7)  # noqa: S311
    while once or not select.select([sys.stdin], [], [], 0)[0]:
        begun = time.monotonic()
        subject = f"buyer:B-{dice.randrange(count)}" if dice.random() < 0.95 else f"buyer:new-{done}"
        place = facts.Place("bench", done, "sealed")
        try:
            with transaction.atomic():
                sealed = actions.seal(subject=subject, place=place, plain=b"words")
            facts.unseal(subject=subject, place=place, sealed=sealed)
        except Refusal:
            failed += 1
        done += 1
        slowest = max(slowest, time.monotonic() - begun)
        time.sleep(0.002)
        if once and done >= 20:
            break
    print(json.dumps({"done": done, "failed": failed, "slowest_ms": round(slowest * 1000, 1)}))


if __name__ == "__main__":
    _play(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 0)
