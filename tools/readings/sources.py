"""What the tables are made from: readings of kanji, names of persons, words; each as (written, kana) in normal form."""

from __future__ import annotations

import csv
import hashlib
import re
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

from mamori.japan.names.kana import letters, modern, normal

type Pair = tuple[str, str]

NAMES = re.compile(r"[\u3005\u3007\u3400-\u9fff\U00020000-\U0003ffffぁ-ゖァ-ヺーノ々ヶヵ]+")
HAS_KANJI = re.compile(r"[\u3007\u3400-\u9fff\U00020000-\U0003ffff]")
GIVEN, SURNAME, EITHER = ("given", "fem", "masc"), ("surname",), ("unclass",)
PLACES = ("place", "station", "organization", "company", "product", "work")


class NoSource(Exception):
    """Raised with the sentence that says which package to install."""


def folder(package: str) -> Path:
    """Return where a package of data lies.

    :raises NoSource: when it is not installed.
    """
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise NoSource(f"{package} is not installed: run `uv sync --group readings`.")
    return Path(spec.submodule_search_locations[0])


def tenth(pair: Pair) -> int:
    """Return which tenth of all given names this one with its reading belongs to.

    The split is the pair's own hash: it needs no list and no seed, and is the same on every machine.
    """
    return int.from_bytes(hashlib.sha256("/".join(pair).encode()).digest()[:8]) % 10


def _ask(question: str) -> Iterator[tuple[str, ...]]:
    base = folder("jamdict_data") / "jamdict.db"
    with closing(sqlite3.connect(f"file:{base}?mode=ro", uri=True)) as opened:
        yield from opened.execute(question)


def readings_of_kanji() -> set[Pair]:
    """Return (kanji, reading) of KANJIDIC2: on, kun with and without okurigana, and readings in names, each spelt as there."""
    found = _ask(
        "SELECT c.literal, r.value FROM character c JOIN rm_group g ON g.cid = c.ID "
        "JOIN reading r ON r.gid = g.ID WHERE r.r_type IN ('ja_on', 'ja_kun') "
        "UNION SELECT c.literal, n.value FROM character c JOIN nanori n ON n.cid = c.ID"
    )
    return {(modern(kanji), reading) for kanji, reading in found}


def names_of(kinds: Collection[str]) -> set[Pair]:
    """Return the entries of JMnedict of these kinds."""
    found = _ask(
        "SELECT DISTINCT k.text, a.text, y.text FROM NEKanji k JOIN NEKana a ON a.idseq = k.idseq "
        "JOIN NETranslation t ON t.idseq = k.idseq JOIN NETransType y ON y.tid = t.ID"
    )
    return {
        (letters(name), normal(kana)) for name, kana, kind in found if kind in kinds and NAMES.fullmatch(name)
    }


def words() -> set[Pair]:
    """Return the words of JMdict that are written with a kanji."""
    found = _ask("SELECT DISTINCT k.text, a.text FROM Kanji k JOIN Kana a ON a.idseq = k.idseq")
    return {(letters(word), normal(kana)) for word, kana in found if NAMES.fullmatch(word)}


def persons() -> set[Pair]:
    """Return the persons of JMnedict, written in kanji alone: they are never part of a table."""
    return {pair for pair in names_of(("person",)) if all(HAS_KANJI.match(letter) for letter in pair[0])}


def _rows(name: str) -> Iterator[list[str]]:
    path = folder("japanese_personal_name_dataset") / "dataset" / name
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.reader(lines)


def given_names() -> set[Pair]:
    """Return the given names of `japanese-personal-name-dataset`."""
    rows = [row for which in ("man", "woman") for row in _rows(f"first_name_{which}_org.csv")]
    return {(letters(name), normal(row[0])) for row in rows for name in row[2:] if NAMES.fullmatch(name)}


def surnames() -> dict[Pair, int]:
    """Return the 1,999 most frequent surnames with how many bear each."""
    found: dict[Pair, int] = {}
    for name, count, reading, _ in _rows("last_name_org.csv"):
        pair = (letters(name), normal(reading))
        found[pair] = found.get(pair, 0) + int(count)
    return found
