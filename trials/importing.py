"""Does an import that is killed again and again end as one that is not, and in how much memory?

Real `mamori import` processes on two houses of their own: one left alone, one killed (-9) at random moments and started
again.  What both hold at the end is compared row by row, personal data opened.
"""

from __future__ import annotations

import fileinput
import hashlib
import os
import random
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Any

from django.db import transaction

from mamori.ground.market import importing, parties, reading
from mamori.ground.market.models import Buyer, ImportRefusal, ImportRun, ImportWaiting, Listing, Order, Seller
from mamori.ground.terms.models import ClauseAcceptance
from mamori.site.command.import_ import take_in
from trials.harness import LONG, Found, Victim, measured, role_of, within
from trials.scratch import python, scratch

GENERATE = Path(__file__).parents[1] / "examples" / "market" / "generate.py"
LINES_PER_ORDER = 1 + 1 / 20 + 1 / 4 + 1 / 3
BAD = 997
"""One line in so many is spoilt, so that refusals are compared as well."""
DIGEST = "trials.importing:digest"
PLANTED_LINES = 20_000
"""Enough that kills fall between the commits of the careless importer."""


def write_market(path: Path, lines: int) -> int:
    """Write a market of about so many lines into one file and return how many: a thousand orders come too early."""
    orders = max(100, round(lines / LINES_PER_ORDER))
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(python(str(GENERATE), "--orders", str(orders), "--folder", folder), check=True)  # noqa: S603
        parts = [Path(folder) / f"{kind}.ndjson" for kind in ("sellers", "buyers", "listings")]
        late = (Path(folder) / "orders.ndjson").open("rb")
        with path.open("wb") as file, late, fileinput.input(parts, mode="rb") as told:
            early, number = list(islice(late, 1_000)), 0
            for line in chain(early, told, late):
                number += 1
                file.write(line if number % BAD else b"spoilt\n")
    return number


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


def run_killed(
    words: list[str], env: dict[str, str], kills: int, wait: Callable[[threading.Event], object]
) -> int:
    """Kill an import so often, each time when `wait` returns, and let the last one end; return how often it was at work."""
    said = threading.Event()
    victim = Victim(lambda: words, env, lambda _: said.set())
    for number in range(kills):
        said.clear()
        wait(said)
        if victim.process.poll() is not None:
            return number
        victim.kill()
    victim.process.wait()
    return kills


@measured("取り込みを殺しても、同じ結果になるか", "an import that is killed ends like one that is not")
def measure(*, engine: str, lines: int = 200_000, kills: int = 20, seed: int = 1) -> Found:
    """Import once in peace, and once under kills; then a careless importer under kills."""
    main = python("-c", "from mamori.site.command import main; main()", "import")
    dice = random.Random(seed)  # noqa: S311
    with tempfile.TemporaryDirectory() as folder:
        large, small, planted = (Path(folder) / f"{name}.ndjson" for name in ("large", "small", "planted"))
        sizes = ((large, lines), (small, lines // 10), (planted, min(lines, PLANTED_LINES)))
        count, _, _ = (write_market(path, size) for path, size in sizes)
        with scratch(engine) as (env, _):
            _, low = run([*main, str(small)], env)
        with scratch(engine) as (env, _):
            seconds, peak = run([*main, str(large)], env)
            peace = within(env, DIGEST)
        with scratch(engine) as (env, _):
            pause = partial(dice.uniform, 1, 1 + seconds / kills)
            done = run_killed([*main, str(large)], env, kills, lambda _: time.sleep(pause()))
            killed = within(env, DIGEST)
        with scratch(engine) as (env, _):
            run([*main, str(planted)], env)
            whole = within(env, DIGEST)
        careless = role_of("trials.importing:import_carelessly", path=str(planted))
        with scratch(engine) as (env, _):
            run_killed(careless, env, 2, lambda said: said.wait(120))
            wrong = within(env, DIGEST)
    return Found(
        {
            "as many kills as asked for": done >= kills,
            "killed = not killed": peace == killed,
            "constant memory": peak <= low + 16,
            "planted fault seen": wrong != whole,
        },
        lines=count,
        peak_mib=(low, peak),
        kills=done,
    )


def digest() -> str:
    """Return the digest of this house: every row of the mirror in order, and what was refused."""
    found = hashlib.sha256()
    people: tuple[tuple[parties.Owner, Any], ...] = (("seller", Seller), ("buyer", Buyer))
    for owner, model in people:
        for row in model.objects.order_by("ref").iterator():
            told = parties.unseal(owner, row.ref, row.sealed)
            found.update(f"{row.ref} {row.has_contact} {told}\n".encode())
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
    return found.hexdigest()


def import_carelessly(path: str) -> None:
    """Import with the planted fault: how far it came is committed before the batch is."""
    real = importing._take

    def careless(actor: Any, source: Any, run: Any, batch: Any) -> None:
        last, row = batch[-1][0], ImportRun.objects.filter(pk=run.pk)
        row.update(offset=last.offset + last.length, line=last.number)
        print("did", flush=True)
        time.sleep(LONG)
        with transaction.atomic():
            row.update(offset=run.offset)
            real(actor, source, run, batch)

    importing._take = careless
    done = take_in([reading.look(Path(path), "utf-8")], at=datetime.now(UTC))
    raise SystemExit(1 if done[0].refused else 0)
