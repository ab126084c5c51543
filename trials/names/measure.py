"""How many pass, how many are looked at, how many are refused, and what each costs."""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from mamori.japan.names import Holder, Verdict, compare
from mamori.japan.names.table import Table, shipped
from trials.names import people
from trials.names.rivals import rivals

type Pairs = list[tuple[str, str]]
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Rates:
    """Shares in per cent of so many pairs."""

    pairs: int
    match: float
    mismatch: float
    microseconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """The figures of one run."""

    table_mib: int
    table_seconds: float
    sellers: Rates
    sellers_nowhere: Rates
    known_persons: Rates
    same_surname: Rates
    same_surname_nowhere: Rates
    same_surname_known: Rates
    strangers: Rates
    strangers_matched: int
    companies: Rates
    companies_shuffled: Rates
    companies_look_alike: Rates
    rivals: dict[str, dict[str, float]] = field(default_factory=dict)
    planted_one_reading: float = 0.0
    """Per cent of sellers that match by a table whose kanji are read in their most usual way alone."""


def kept_out(to: Path, *, everywhere: bool) -> Table:
    """Return the table without the tenth that is measured with, built into the folder unless it lies there.

    :raises SystemExit: with what to install, when the sources are missing.
    """
    from mamori_readings import BLOCKS, unpacked

    folder = to / ("nowhere" if everywhere else "dataset")
    if not all((folder / file).exists() for file in BLOCKS.values()):
        asked = [sys.executable, "-m", "tools.readings", "--without", str(people.TENTH), "--to", str(folder)]
        ended = subprocess.run([*asked, *(["--everywhere"] if everywhere else [])], cwd=ROOT, check=False)  # noqa: S603
        if ended.returncode:
            raise SystemExit(ended.returncode)
    return Table(**{name: unpacked((folder / file).read_bytes()) for name, file in BLOCKS.items()})


def rates(pairs: Pairs, table: Table, kind: Holder = Holder.PERSON) -> Rates:
    """Ask about every pair; the time is the processor's for the second half, once the first has warmed the table up."""
    half = len(pairs) // 2
    told = Counter(
        compare(name=name, kana=kana, kind=kind, table=table).verdict for name, kana in pairs[:half]
    )
    begun = time.process_time()
    told += Counter(
        compare(name=name, kana=kana, kind=kind, table=table).verdict for name, kana in pairs[half:]
    )
    spent = time.process_time() - begun
    share = {verdict: round(100 * told[verdict] / len(pairs), 3) for verdict in Verdict}
    return Rates(
        len(pairs), share[Verdict.MATCH], share[Verdict.MISMATCH], round(spent / (len(pairs) - half) * 1e6)
    )


def accepted(pairs: Pairs, decide: Callable[[str, str], bool]) -> float:
    """Return how many per cent are let through."""
    return round(100 * sum(decide(*pair) for pair in pairs) / len(pairs), 2)


def loaded() -> tuple[int, float]:
    """Return what loading the table adds to the process, in MiB and seconds."""
    before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
    shipped()
    return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024, round(
        time.perf_counter() - begun, 2
    )


def measure(*, count: int, strangers: int, seed: int, tables: Path) -> Named:
    """Measure all of it."""
    mib, seconds = loaded()
    chance = random.Random(seed)  # noqa: S311
    sellers, known = people.sellers(count, chance), people.known_persons(count, chance)
    dataset, nowhere = (kept_out(tables, everywhere=everywhere) for everywhere in (False, True))
    own, relatives = named(sellers), people.relatives(sellers, chance, 3)
    apart = people.strangers(sellers, chance, strangers)
    offices = people.offices(count, chance)
    shuffled = [(name, kana) for (name, _), (_, kana) in pairwise(offices)]
    far = rates(apart, dataset)
    return Named(
        table_mib=mib,
        table_seconds=seconds,
        sellers=rates(own, dataset),
        sellers_nowhere=rates(own, nowhere),
        known_persons=rates(named(known), shipped()),
        same_surname=rates(relatives, dataset),
        same_surname_nowhere=rates(relatives, nowhere),
        same_surname_known=rates(people.relatives(known, chance, 1), shipped()),
        strangers=far,
        strangers_matched=round(far.match * far.pairs / 100),
        companies=rates(offices, shipped(), Holder.COMPANY),
        companies_shuffled=rates(shuffled, shipped(), Holder.COMPANY),
        companies_look_alike=rates(
            people.look_alikes(people.offices(15_000, chance)), shipped(), Holder.COMPANY
        ),
        rivals={
            rival: {
                "sellers": accepted(own, decide),
                "known_persons": accepted(named(known), decide),
                "same_surname": accepted(relatives, decide),
                "companies": accepted(people.without_forms(offices), decide),
            }
            for rival, decide in rivals().items()
        },
        planted_one_reading=rates(own, usual_only(tables)).match,
    )


def named(persons: Iterable[people.Person]) -> Pairs:
    """Return (name, kana) of each."""
    return [(person.name, person.kana) for person in persons]


def usual_only(to: Path) -> Table:
    """Return the table with a fault planted: each kanji is read in its most usual way, and no name is listed."""
    from mamori_readings import BLOCKS, unpacked

    rows = unpacked((to / "dataset" / BLOCKS["kanji"]).read_bytes()).decode().splitlines()
    usual = (
        max(row.split("\t")[1].split(";"), key=lambda part: sum(map(int, filter(None, part.split(",")[1:]))))
        for row in rows
    )
    kanji = "".join(f"{row.split(chr(9))[0]}\t{reading}\n" for row, reading in zip(rows, usual, strict=True))
    return Table(kanji=kanji.encode(), names=b"", words=b"")
