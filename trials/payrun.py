"""How long does a run of 100,000 payouts take, is exactly what is owed paid, and is a wrong payment seen?

Sellers are drawn and written in bulk (`paying.filling`); then lines are taken, ordered, and the file is written and read
back.  What the file pays is cut out of its bytes here and held beside a model that knows nothing of the gate.  Planted
between the order and the file: a line paid twice, one lost, one paid to somebody else's account.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from itertools import batched
from typing import TYPE_CHECKING

import click

from mamori.grammar.text import Text
from mamori.site.command.payout import rarely_tidied
from mamori.site.command.speak import LANG, say
from trials.scratch import engine_option, python, scratch
from trials.verdict import told

if TYPE_CHECKING:
    from mamori.rooms.payouts.models import Transfer
    from trials.paying.shops import Shop

TITLE = Text("10万行の支払い", "a run of 100,000 payouts")
SECONDS = 60.0
RECORD = 122
type Paid = Counter[tuple[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """Seconds of each stage, what was paid beside what is owed, and what became of the planted faults."""

    engine: str
    lines: int
    filled_seconds: float
    begun_seconds: float
    taken_seconds: float
    ordered_seconds: float
    written_seconds: float
    whole_seconds: float
    processor_seconds: float
    peak_mib: int
    payments: int
    total: int
    wrong: int
    planted_twice: int
    planted_lost: int
    planted_elsewhere: int


def measure(*, engine: str, lines: int, seed: int, profile: str = "") -> Ran:
    """Fill a scratch house and run in a process of its own."""
    asked = {"engine": engine, "lines": lines, "seed": seed, "profile": profile}
    with scratch(engine) as (env, _):
        words = python("-m", "trials.payrun", json.dumps(asked))
        done = subprocess.run(words, env=env, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603
    return Ran(**json.loads(done.stdout.splitlines()[-1]))


def work(*, engine: str, lines: int, seed: int, profile: str = "") -> Ran:
    """Fill the house that the environment names, run, and hold what the file pays beside what is owed."""
    from trials.paying import filling
    from trials.paying.shops import drawn

    now, dice, clock = datetime.now(UTC), random.Random(seed), Stopwatch()  # noqa: S311  # replayable
    shops = list(drawn(lines, dice))
    with clock.times("filled"):
        filling.open_house(now)
        filling.fill(shops, now)
    amounts = [dice.randint(500, 200_000) for _ in shops]
    began = time.process_time()
    with profiled(profile), rarely_tidied():
        run, content = _run(shops, amounts, now, clock)
    processor = time.process_time() - began
    owed = _owed(shops, amounts)
    found = paid(content)
    return Ran(
        engine=engine,
        lines=lines,
        filled_seconds=clock.seconds("filled"),
        begun_seconds=clock.seconds("begun"),
        taken_seconds=clock.seconds("taken"),
        ordered_seconds=clock.seconds("ordered"),
        written_seconds=clock.seconds("written"),
        whole_seconds=clock.seconds("begun", "taken", "ordered", "written"),
        processor_seconds=round(processor, 2),
        peak_mib=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        payments=found.total(),
        total=sum(amount * count for (_, amount), count in found.items()),
        wrong=wrong(owed, found),
        planted_twice=wrong(owed, _planted(run, now, _twice)),
        planted_lost=wrong(owed, _planted(run, now, _lost)),
        planted_elsewhere=wrong(owed, _planted(run, now, _elsewhere)),
    )


@dataclass(slots=True)
class Stopwatch:
    """Keeps how long each stage took."""

    taken: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def times(self, name: str) -> Iterator[None]:
        """Time a block."""
        began = time.perf_counter()
        yield
        self.taken[name] = time.perf_counter() - began

    def seconds(self, *names: str) -> float:
        """Return how long these stages took."""
        return round(sum(self.taken[name] for name in names), 2)


@contextmanager
def profiled(path: str) -> Iterator[None]:
    """Write what the block calls to a file for `pstats`, where one is named."""
    if not path:
        yield
        return
    from cProfile import Profile

    with Profile() as profile:
        yield
    profile.dump_stats(path)


def _run(shops: list[Shop], amounts: list[int], now: datetime, clock: Stopwatch) -> tuple[int, bytes]:
    from mamori.japan.bankdays import bank_day_from
    from mamori.rooms.payouts import actions
    from mamori.rooms.payouts.actions.runs import Row
    from mamori.site.command.payout import BATCH
    from trials.paying.filling import machine

    rows = [
        Row(number, actions.Asked(f"P-{number:07d}", shop.ref, amount, by_run=True))
        for number, (shop, amount) in enumerate(zip(shops, amounts, strict=True), start=1)
    ]
    hand = machine(now)
    with clock.times("begun"):
        run = actions.begin_run(hand, ref="bench", pays_on=bank_day_from(now.date()))
    with clock.times("taken"):
        for part in batched(rows, BATCH):
            actions.take_lines(hand, run=run, rows=part)
    with clock.times("ordered"):
        actions.order_run(hand, run=run)
    with clock.times("written"):
        content = actions.write_run(hand, run=run)
    return run, content


def _owed(shops: list[Shop], amounts: list[int]) -> Paid:
    """Return how many yen go to which account, by the model."""
    owed = ((shop, shop.goes(amount)) for shop, amount in zip(shops, amounts, strict=True))
    return Counter((_account(shop), yen) for shop, yen in owed if yen)


def _account(shop: Shop) -> str:
    to = shop.pays_to
    return f"{to.bank}-{to.branch}-{to.kind}-{to.number} {to.holder[:30].ljust(30)}"


def paid(content: bytes) -> Paid:
    """Cut out of the file how many yen go to which account."""
    text = content.decode("cp932")
    found: Paid = Counter()
    for at in range(0, len(text), RECORD):
        record = text[at : at + RECORD]
        if record[0] == "2":
            to = f"{record[1:5]}-{record[20:23]}-{record[42]}-{record[43:50]} {record[50:80]}"
            found[to, int(record[80:90])] += 1
    return found


def wrong(owed: Paid, found: Paid) -> int:
    """Count payments that are owed and not made, or made and not owed."""
    return (owed - found).total() + (found - owed).total()


def _planted(run: int, now: datetime, fault: Callable[[int], None]) -> Paid:
    """Return what the file would pay if somebody changed what was ordered; nothing of it stays."""
    from django.db import transaction

    from mamori.rooms.payouts import actions
    from mamori.rooms.payouts.models import Run
    from trials.paying.filling import machine

    with transaction.atomic():
        Run.objects.filter(pk=run).update(state="ordered", digest="", closed_at=None)
        fault(run)
        content = actions.write_run(machine(now), run=run)
        transaction.set_rollback(True)
    return paid(content)


def _twice(run: int) -> None:
    one = _ordered(run)[0]
    one.pk = None
    one.save(force_insert=True)


def _lost(run: int) -> None:
    _ordered(run)[0].delete()


def _elsewhere(run: int) -> None:
    one, other = _ordered(run)
    one.account = other.account
    one.save(update_fields=("account",))


def _ordered(run: int) -> list[Transfer]:
    from mamori.rooms.payouts.models import Transfer

    return list(Transfer.objects.filter(run=run).order_by("id")[:2])


def promises(found: Ran) -> dict[str, bool]:
    """Return what is promised of the figures, and that what is planted is seen."""
    return {
        say("10万行を60秒以内で", "100,000 lines within 60 s"): found.whole_seconds
        <= max(SECONDS * found.lines / 100_000, 3),
        say(
            "払うべき額だけが、払うべき口座に", "what is owed is paid, to whom it is owed, and nothing else"
        ): (found.wrong == 0 and found.payments > 0),
        say(
            "二重・抜け・違う口座は見つかる（仕込み）",
            "planted: paid twice, lost, to another account: caught",
        ): ((found.planted_twice, found.planted_lost, found.planted_elsewhere) == (1, 1, 2)),
    }


@click.command(name="payrun", help=TITLE.in_(LANG), params=[engine_option()])
@click.option("--lines", type=click.IntRange(100, 999_999), default=100_000, show_default=True)
@click.option("--seed", default=20261126, show_default=True, help=say("乱数の種", "seed"))
@click.option("--profile", default="", help=say("呼び出しの記録を書くファイル", "where a profile is written"))
@click.option("--json", "as_json", is_flag=True, help="JSON")
def command(engine: str, lines: int, seed: int, profile: str, as_json: bool) -> None:
    """Measure; exit with 1 when a promise is broken."""
    found = measure(engine=engine, lines=lines, seed=seed, profile=profile)
    told(TITLE, found, promises(found), as_json=as_json)


if __name__ == "__main__":
    from mamori.site.command import ready

    ready()
    print(json.dumps(asdict(work(**json.loads(sys.argv[1])))))
