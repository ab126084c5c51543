"""Who races for payouts: one who prepares, many who ask and order the same, one who looks for what does not fit together."""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mamori.site.command import ready

if TYPE_CHECKING:
    from mamori.grammar.hand import Hand
    from trials.paying.shops import Shop, Why

NOW = datetime(2026, 11, 16, 1, tzinfo=UTC)
PAYS_ON = date(2026, 11, 20)
SELLERS, RUNS = 12, 8
PACE = 0.4
"""Seconds between two kills, on average."""
LEAST = 6.0
"""Seconds that a race takes at least."""


def prepare(payouts: int) -> None:
    """Tell of a few sellers who may be paid, refunds open against some, and begin the runs."""
    from mamori.rooms.payouts import actions
    from trials.paying import filling
    from trials.paying.shops import Why, drawn

    filling.open_house(NOW)
    all_ = list(drawn(3_000, random.Random(1)))  # noqa: S311  # replayable
    shops = [*_some(all_, Why.NOTHING), *_some(all_, Why.CLAIM)]
    filling.fill(shops, NOW)
    for run in range(RUNS):
        actions.begin_run(filling.machine(NOW), ref=f"R-{run}", pays_on=PAYS_ON)
    told = [
        [f"P-{number}", shops[number % len(shops)].ref, 1_000 + number, number % 2 == 0]
        for number in range(payouts)
    ]
    plan = {"asked": told, "less": {shop.ref: shop.less for shop in shops}}
    _plan().write_text(json.dumps(plan), encoding="utf-8")


def _some(shops: list[Shop], why: Why) -> list[Shop]:
    return [shop for shop in shops if shop.why is why][: SELLERS // 2]


def _plan() -> Path:
    return Path(os.environ["MAMORI_HOME"]) / "plan.json"


def race(processes: int, kills: int, seed: int, planted: int = 0) -> dict[str, Any]:
    """Let so many processes race, kill one at a random moment and put another in its place, so often; return what broke.

    `planted`: nobody waits for anybody, the lock on a seller's row is taken away, and so is the run's.
    """
    import mamori.rooms.payouts.actions  # noqa: F401  # read once, before there are children

    if planted:
        _lock_nothing()
    dice, errors = random.Random(seed), _plan().with_name("errors")  # noqa: S311
    began = time.time()
    span = (began, began + max(LEAST, kills * PACE))
    running = [_fork(span, seed + number, errors) for number in range(processes)]
    for number in range(kills):
        time.sleep(dice.uniform(0.2, 1.8) * PACE)
        at = dice.randrange(processes)
        os.kill(running[at], signal.SIGKILL)
        os.waitpid(running[at], 0)
        running[at] = _fork(span, seed + processes + number, errors)
    for child in running:
        os.waitpid(child, 0)
    said = errors.read_text(encoding="utf-8").splitlines() if errors.exists() else []
    return {"errors": len(said), "first_error": said[0] if said else ""}


def _fork(span: tuple[float, float], seed: int, errors: Path) -> int:
    child = os.fork()
    if child:
        return child
    try:
        _run(span, random.Random(seed), errors)  # noqa: S311
    finally:
        os._exit(0)


def _run(span: tuple[float, float], dice: random.Random, errors: Path) -> None:
    """Ask, ask many, reconsider, take lines and order, always where the others are just now."""
    from mamori.grammar.refusal import Refusal

    asked = json.loads(_plan().read_text(encoding="utf-8"))["asked"]
    began, until = span
    while (now := time.time()) < until:
        at = int(len(asked) * (now - began) / (until - began))
        try:
            _deed(dice, asked, (at + dice.randrange(6)) % len(asked))
        except Refusal:
            continue
        except Exception as error:
            with errors.open("a", encoding="utf-8") as file:
                file.write(f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}\n")


def _deed(dice: random.Random, asked: list[list[Any]], number: int) -> None:
    from mamori.rooms.payouts import actions
    from mamori.rooms.payouts.actions.runs import Row
    from mamori.rooms.payouts.models import Run
    from trials.paying.filling import machine

    hand, what = machine(NOW + timedelta(seconds=number)), dice.random()
    if what < 0.5:
        actions.authorize(hand, asked=actions.Asked(*asked[number]))
    elif what < 0.65:
        some = dice.sample(range(number + 1), min(8, number + 1))
        actions.authorize_all(hand, asked=[actions.Asked(*asked[one]) for one in some])
    elif what < 0.8:
        actions.reconsider(hand, seller_ref=asked[number][1])
    else:
        run = Run.objects.get(ref=f"R-{dice.randrange(RUNS)}").pk
        if what < 0.97:
            actions.take_lines(hand, run=run, rows=[Row(number + 1, actions.Asked(*asked[number]))])
        else:
            actions.order_run(hand, run=run)
            actions.write_run(hand, run=run)


def _lock_nothing() -> None:
    """Plant: decide without a lock, and let the database's transactions begin late, as by somebody who forgot both."""
    from django.db import connection

    from mamori.rooms.payouts import records
    from mamori.rooms.payouts.actions import runs
    from mamori.rooms.payouts.models import Run
    from mamori.site.sqlite.base import DatabaseWrapper

    def lock(seller_refs: Any) -> None:
        time.sleep(0.001)

    def unlocked(run: int, *, lock: bool = False) -> Run:
        return Run.objects.get(pk=run)

    records.lock = lock
    runs.the_run = unlocked
    if connection.vendor == "sqlite":
        backend: Any = DatabaseWrapper
        backend._start_transaction_under_autocommit = lambda self: self.cursor().execute("BEGIN")


def examine() -> dict[str, Any]:
    """Let the runs be ordered and written to their end, and say what does not fit together."""
    from mamori.ground.ledger import facts as ledger
    from mamori.rooms.payouts import actions
    from mamori.rooms.payouts.models import Payout, Transfer
    from mamori.site import work
    from trials.paying.filling import machine

    hand, plan = machine(NOW + timedelta(hours=1)), json.loads(_plan().read_text(encoding="utf-8"))
    before = Payout.objects.count()
    faults = [fault for one in plan["asked"] if (fault := _asked(hand, one))]
    actions.begin_run(hand, ref="R-last", pays_on=PAYS_ON)
    in_files, refused = _written(hand)
    work.settle(at=NOW + timedelta(hours=2))
    faults += refused
    faults += [*_sums(plan["asked"]), *_held(plan), *_files(in_files), *_decided()]
    report = ledger.verify()
    if not report.is_clean:
        faults.append(f"the log: {report}")
    return {
        "faults": len(faults),
        "first_fault": faults[0] if faults else "",
        "raced": before,
        "payouts": Payout.objects.count(),
        "transfers": Transfer.objects.count(),
        "in_files": in_files.total(),
    }


def _asked(hand: Hand, one: list[Any]) -> str:
    """Ask for a payout once more; where the database bears no answer, say why."""
    from django.db import DatabaseError

    from mamori.rooms.payouts import actions

    try:
        actions.authorize(hand, asked=actions.Asked(*one))
    except DatabaseError as error:
        return f"{one[0]}: {str(error).splitlines()[0]}"
    return ""


def _written(hand: Hand) -> tuple[Counter[int], list[str]]:
    """Order and write every run; return how often each transfer stands in a file, and the files that are refused."""
    from mamori.grammar.refusal import Refusal
    from mamori.rooms.payouts import actions
    from mamori.rooms.payouts.models import Run, Transfer

    in_files: Counter[int] = Counter()
    faults = []
    for run in Run.objects.order_by("id"):
        try:
            actions.order_run(hand, run=run.pk)
            if Transfer.objects.filter(run=run).exists():
                in_files.update(_references(actions.write_run(hand, run=run.pk)))
        except Refusal as refusal:
            faults.append(f"{run.ref}: {refusal.code}")
    return in_files, faults


def _decided() -> Iterator[str]:
    """Name payouts that were decided for the first time more than once."""
    from mamori.ground.ledger.models import ActContent

    acts = ActContent.objects.filter(act__kind="payouts.authorize").values_list("about", flat=True)
    yield from (f"{about} was decided {count} times" for about, count in Counter(acts).items() if count > 1)


def _held(plan: dict[str, Any]) -> Iterator[str]:
    """Name sellers of whose money more or less is held than the refunds against them come to."""
    from mamori.rooms.payouts.models import Payout

    waits: Counter[str] = Counter()
    for ref, amount in Payout.objects.values_list("payee_id", "waits"):
        waits[ref] += amount
    for ref, less in plan["less"].items():
        asked = sum(amount for _, seller, amount, _ in plan["asked"] if seller == ref)
        if waits[ref] != min(asked, less):
            yield f"{ref}: {waits[ref]} are held, {min(asked, less)} are to be"


def _references(content: bytes) -> Iterator[int]:
    """Cut out of a file the numbers of the transfers that it pays."""
    for record in content.decode("cp932").split("\r\n"):
        if record.startswith("2"):
            yield int(record[91:111])


def _sums(asked: list[list[Any]]) -> Iterator[str]:
    from mamori.rooms.payouts.lifecycle import LIVE
    from mamori.rooms.payouts.models import Payout

    rows = {row.ref: row for row in Payout.objects.prefetch_related("transfers")}
    for ref, _, amount, _ in asked:
        row = rows.get(ref)
        if row is None:
            yield f"{ref} is lost"
            continue
        out = sum(one.amount for one in row.transfers.all() if one.state in LIVE)
        if row.amount != amount or out + row.waits + row.settled_amount != amount:
            yield f"{ref}: {out} out, {row.waits} waits, of {amount}"


def _files(in_files: Counter[int]) -> Iterator[str]:
    from mamori.rooms.payouts.models import Transfer

    for number, count in in_files.items():
        if count > 1:
            yield f"transfer {number} is paid {count} times"
    ordered = set(Transfer.objects.filter(run__isnull=False).values_list("pk", flat=True))
    yield from (
        f"transfer {number} is in a run and in no file" for number in sorted(ordered - in_files.keys())
    )
    yield from (
        f"transfer {number} is in a file and in no run" for number in sorted(in_files.keys() - ordered)
    )


DEEDS: dict[str, Callable[..., Any]] = {"prepare": prepare, "race": race, "examine": examine}

if __name__ == "__main__":
    ready()
    print(json.dumps(DEEDS[sys.argv[1]](*map(int, sys.argv[2:]))))
