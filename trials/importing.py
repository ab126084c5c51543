"""Does an import that is killed again and again end as one that is not, at which rate, and in how much memory?

Real `mamori import` processes on two houses of their own: one left alone, one killed (-9) at random moments and started
again.  What both hold at the end is compared row by row, personal data opened.
"""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, islice
from pathlib import Path
from typing import Any

import click

from mamori.grammar.text import Text
from mamori.site.command.speak import LANG, say
from trials.scratch import engine_option, python, scratch
from trials.verdict import told

TITLE = Text("取り込みを殺しても、同じ結果になるか", "an import that is killed ends like one that is not")
GENERATE = Path(__file__).parents[1] / "examples" / "market" / "generate.py"
LINES_PER_ORDER = 1 + 1 / 20 + 1 / 4 + 1 / 3
BAD = 997
"""One line in so many is spoilt, so that refusals are compared as well."""
PLANTED_LINES = 20_000
"""Enough that kills fall between the commits of the careless importer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What the imports did.  Seconds are those of whole processes; memory is the peak of a process."""

    engine: str
    lines: int
    seconds: float
    lines_per_second: int
    again_lines_per_second: int
    peak_mib: int
    peak_mib_of_a_tenth: int
    kills: int
    is_same: bool
    is_planted_fault_seen: bool


def write_market(path: Path, lines: int) -> int:
    """Write a market of about so many lines into one file and return how many: a thousand orders come too early."""
    orders = max(100, round(lines / LINES_PER_ORDER))
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(python(str(GENERATE), "--orders", str(orders), "--folder", folder), check=True)  # noqa: S603
        parts = [Path(folder) / f"{kind}.ndjson" for kind in ("sellers", "buyers", "listings")]
        with path.open("wb") as file, (Path(folder) / "orders.ndjson").open("rb") as told_late:
            early = list(islice(told_late, 1_000))
            number = 0
            for line in chain(early, *map(_lines, parts), told_late):
                number += 1
                file.write(line if number % BAD else b"spoilt\n")
    return number


def _lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from file


def run(words: Sequence[str], env: dict[str, str]) -> tuple[float, int]:
    """Run a process to its end; return its seconds and its peak of memory in MiB.

    :raises RuntimeError: when it does not end as an import with some refused lines does.
    """
    begun = time.perf_counter()
    child = subprocess.Popen(words, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 1:
        raise RuntimeError(f"the import ended with {child.returncode}")
    return time.perf_counter() - begun, usage.ru_maxrss // 1024


def run_killed(words: Sequence[str], env: dict[str, str], kills: int, whole: float, seed: int) -> int:
    """Start the process, kill it at random moments and start it again; let the last one end.  Return the kills."""
    dice, done = random.Random(seed), 0  # noqa: S311
    while done < kills:
        child = subprocess.Popen(words, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
        try:
            child.wait(timeout=1 + dice.uniform(0, 1) * whole / kills)
        except subprocess.TimeoutExpired:
            child.send_signal(signal.SIGKILL)
            child.wait()
            done += 1
            continue
        break
    else:
        run(words, env)
    return done


def digest(env: dict[str, str]) -> str:
    """Return one figure for all that a house holds of the market."""
    words = python("-m", __name__ if __name__ != "__main__" else "trials.importing", "digest")
    done = subprocess.run(words, env=env, check=True, capture_output=True, text=True)  # noqa: S603
    return done.stdout.strip()


def measure(*, engine: str, lines: int, kills: int, seed: int) -> Imported:
    """Import once in peace, once more, and once under kills; then a careless importer under kills."""
    main = python("-c", "from mamori.site.command import main; main()", "import")
    careless = python("-m", "trials.importing", "careless")
    with tempfile.TemporaryDirectory() as folder:
        large, small, planted = (Path(folder) / f"{name}.ndjson" for name in ("large", "small", "planted"))
        count, _, fault = (
            write_market(path, size)
            for path, size in ((large, lines), (small, lines // 10), (planted, PLANTED_LINES))
        )
        with scratch(engine) as (env, _):
            _, low = run([*main, str(small)], env)
        with scratch(engine) as (env, _):
            seconds, peak = run([*main, str(large)], env)
            peace = digest(env)
            again, _ = run([*main, str(large)], env)
        with scratch(engine) as (env, _):
            done = run_killed([*main, str(large)], env, kills, seconds, seed)
            killed = digest(env)
        with scratch(engine) as (env, _):
            run([*main, str(planted)], env)
            whole = digest(env)
        with scratch(engine) as (env, _):
            run_killed([*careless, str(planted)], env, 8, seconds * fault / count, seed)
            wrong = digest(env)
    return Imported(
        engine=engine,
        lines=count,
        seconds=round(seconds, 1),
        lines_per_second=round(count / seconds),
        again_lines_per_second=round(count / again),
        peak_mib=peak,
        peak_mib_of_a_tenth=low,
        kills=done,
        is_same=peace == killed,
        is_planted_fault_seen=wrong != whole,
    )


def print_digest() -> None:
    """Print the digest of this house: every row of the mirror in order, and what was refused."""
    from mamori.ground.market import persons
    from mamori.ground.market.models import (
        Buyer,
        ImportRefusal,
        ImportRun,
        ImportWaiting,
        Listing,
        Order,
        Seller,
    )
    from mamori.ground.terms.models import ClauseAcceptance

    found = hashlib.sha256()
    people: tuple[tuple[persons.Owner, Any], ...] = (("seller", Seller), ("buyer", Buyer))
    for owner, model in people:
        for row in model.objects.order_by("ref").iterator():
            found.update(
                f"{row.ref} {row.has_contact} {persons.unseal(owner, row.ref, row.sealed)}\n".encode()
            )
    tables: tuple[tuple[Any, tuple[str, ...]], ...] = (
        (Listing, ()),
        (Order, ()),
        (ClauseAcceptance, ("seller_ref", "clause", "version", "accepted_at")),
        (ImportRefusal, ("line", "code", "ja")),
        (ImportRun, ("sha256", "offset", "line", "added", "changed", "unchanged", "refused")),
        (ImportWaiting, ("line",)),
    )
    for model, columns in tables:
        first = columns or ("ref",)
        for values in model.objects.order_by(*first).values_list(*columns).iterator():
            found.update(f"{values}\n".encode())
    print(found.hexdigest())


def import_carelessly(path: Path) -> None:
    """Import with the planted fault: how far it came is committed before the batch is."""
    from django.db import transaction

    from mamori.ground.market import importing, sources
    from mamori.ground.market.models import ImportRun
    from mamori.site.command.import_ import take_in

    real = importing._take

    def careless(hand: Any, source: Any, run: Any, batch: Any) -> None:
        last, row = batch[-1][0], ImportRun.objects.filter(pk=run.pk)
        row.update(offset=last.offset + last.length, line=last.number)
        with transaction.atomic():
            row.update(offset=run.offset)
            real(hand, source, run, batch)

    importing._take = careless
    done = take_in([sources.look(path, "utf-8")], at=datetime.now(UTC))
    raise SystemExit(1 if done[0].refused else 0)


@click.command(name="importing", help=TITLE.in_(LANG), params=[engine_option()])
@click.option("--lines", type=click.IntRange(10_000), default=200_000, help=say("行数", "how many lines"))
@click.option("--kills", type=click.IntRange(1), default=20, help=say("殺す回数", "how many kills"))
@click.option("--seed", type=int, default=1, help=say("乱数の種", "seed of the dice"))
@click.option("--json", "json_", is_flag=True, help=say("JSON で出す", "write JSON"))
def command(engine: str, lines: int, kills: int, seed: int, json_: bool) -> None:
    """Measure; exit with 1 when a promise is broken or the planted fault goes unseen."""
    found = measure(engine=engine, lines=lines, kills=kills, seed=seed)
    promises = {
        f"{kills} kills": found.kills >= kills,
        "killed = not killed": found.is_same,
        "constant memory": found.peak_mib <= found.peak_mib_of_a_tenth + 16,
        "planted fault seen": found.is_planted_fault_seen,
    }
    told(TITLE, found, promises, as_json=json_)


if __name__ == "__main__":
    from mamori.site.command import ready

    ready()
    if sys.argv[1] == "digest":
        print_digest()
    else:
        import_carelessly(Path(sys.argv[2]))
