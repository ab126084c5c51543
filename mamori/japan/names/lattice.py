"""Can this kana be a reading of this name?  The best way to lay a surname and a given name along the kana."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from math import log
from sys import intern
from typing import NamedTuple

import mamori_readings

from mamori.japan.names.kana import normal


class KanjiKind(IntEnum):
    """What a kanji stands in."""

    SURNAME = 0
    GIVEN = 1
    WORD = 2


class Spot(IntEnum):
    """The place of one letter in its part of a name."""

    ALONE = 0
    FIRST = 1
    MIDDLE = 2
    LAST = 3


SPOTS = len(Spot)
COLUMNS = 2 * SPOTS + 1
"""Counts of one reading: four for surnames, four for given names, one for words."""


def spot(at: int, size: int) -> Spot:
    """Return the place of letter `at` in a part of `size` letters."""
    if size == 1:
        return Spot.ALONE
    return Spot.FIRST if at == 0 else Spot.LAST if at == size - 1 else Spot.MIDDLE


def column(spot: Spot, kind: KanjiKind) -> int:
    """Return the place among a reading's counts; a word has but one."""
    return SPOTS * kind + (0 if kind is KanjiKind.WORD else spot)


# The table of readings: how kanji, names and words may be read, and how often; loaded once, looked up by bisection.


type Options = tuple[tuple[str, float], ...]


class Readings(NamedTuple):
    """The readings of a letter at its spot, each with the log of how likely it is; by the kana it begins or ends with, too."""

    every: Options
    beginning: dict[str, Options]
    ending: dict[str, Options]


def readings(every: Options) -> Readings:
    """Return the readings put in order of their first and of their last kana."""
    beginning: dict[str, Options] = {}
    ending: dict[str, Options] = {}
    for option in every:
        beginning[option[0][0]] = (*beginning.get(option[0][0], ()), option)
        ending[option[0][-1]] = (*ending.get(option[0][-1], ()), option)
    return Readings(every, beginning, ending)


_TRUST = 20.0
"""How many names of the wider kind weigh as much as those that were met at the very spot."""
_KEPT = 12_000
"""Letters at their spots whose weighed readings are kept at hand: some 30 MiB."""
_KANA = frozenset(chr(code) for code in (*range(0x3041, 0x3097), *range(0x30A1, 0x30FB), 0x30FC))
_KA = {"ケ": (("ケ", -1.0), ("ガ", -0.7), ("カ", -1.5)), "カ": (("カ", -0.7), ("ガ", -0.7))}


class Lines:
    """Sorted lines `key TAB rest`, kept as one block of bytes: 300,000 of them weigh little more than their file."""

    def __init__(self, block: bytes) -> None:
        self._block = block
        self._ranges: dict[str, tuple[int, int]] = {}
        self._starts = array("I", [0])
        at = block.find(b"\n")
        while at >= 0 and at + 1 < len(block):
            self._starts.append(at + 1)
            at = block.find(b"\n", at + 1)

    def __len__(self) -> int:
        return len(self._starts) if self._block else 0

    def get(self, key: str) -> str:
        """Return what stands behind the key; "" when there is no such line."""
        wanted = key.encode() + b"\t"
        at = self._first(wanted, *self._range(key[:1]))
        return self._rest(at, len(wanted)) if self._is_at(at, wanted) else ""

    def beginning(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield the length of each key that the text begins with, and what stands behind it."""
        wanted = b""
        at, end = self._range(text[:1])
        for size, letter in enumerate(text, 1):
            wanted += letter.encode()
            at = self._first(wanted, at, end)
            if not self._is_at(at, wanted):
                return
            if self._is_at(at, wanted + b"\t"):
                yield size, self._rest(at, len(wanted) + 1)

    def _range(self, letter: str) -> tuple[int, int]:
        """Return between which lines those lie that begin with the letter, once looked up."""
        if (known := self._ranges.get(letter)) is None:
            start, size = letter.encode(), len(self)
            behind = start[:-1] + bytes([start[-1] + 1]) if start else b""
            low = self._first(start, 0, size)
            known = self._ranges[letter] = (low, self._first(behind, low, size) if start else size)
        return known

    def _first(self, wanted: bytes, low: int, high: int) -> int:
        block, starts, size = self._block, self._starts, len(wanted)
        while low < high:
            middle = (low + high) // 2
            start = starts[middle]
            if block[start : start + size] < wanted:
                low = middle + 1
            else:
                high = middle
        return low

    def _is_at(self, at: int, wanted: bytes) -> bool:
        return at < len(self) and self._block.startswith(wanted, self._starts[at])

    def _rest(self, at: int, skipped: int) -> str:
        start = self._starts[at] + skipped
        return self._block[start : self._block.find(b"\n", start)].decode()


class Table:
    """What may be read how; `kanji`, `names` and `words` are the three files of the package of data."""

    def __init__(self, *, kanji: bytes, names: bytes, words: bytes) -> None:
        self._kanji: dict[str, str] = dict(line.split("\t", 1) for line in kanji.decode().splitlines())
        self._names, self._words = Lines(names), Lines(words)
        self._options: dict[tuple[str, int], Readings] = {}

    def knows(self, letter: str) -> bool:
        """Say whether the letter has a reading."""
        return letter in _KANA or letter in self._kanji

    def options(self, letter: str, spot: Spot, kind: KanjiKind) -> Readings:
        """Return the readings of a letter at its spot in a surname or a given name, each with the log of how likely it is."""
        return self._at(letter, column(spot, kind), begins=spot in {Spot.ALONE, Spot.FIRST})

    def in_word(self, letter: str) -> Options:
        """Return the readings of a letter within words, each with the log of how likely it is."""
        return self._at(letter, column(Spot.FIRST, KanjiKind.WORD), begins=False).every

    def _at(self, letter: str, where: int, *, begins: bool) -> Readings:
        if (known := self._options.get((letter, where))) is None:
            if len(self._options) >= _KEPT:
                self._options.clear()
            every = self._weighed(letter, where) if letter in self._kanji else _of_kana(letter, begins=begins)
            known = readings(every)
            self._options[letter, where] = known
        return known

    def _weighed(self, letter: str, where: int) -> Options:
        met = [_counts(part) for part in self._kanji[letter].split(";")]
        every = [sum(counts) + 0.1 for _, counts in met]
        first = SPOTS * (where // SPOTS)
        kind = [sum(counts[first : first + SPOTS]) for _, counts in met]
        here = [counts[where] for _, counts in met]
        wide = _mixed(kind, [count / sum(every) for count in every])
        narrow = wide if where == column(Spot.FIRST, KanjiKind.WORD) else _mixed(here, wide)
        return tuple((reading, log(chance)) for (reading, _), chance in zip(met, narrow, strict=True))

    def surnames(self, name: str) -> Iterator[tuple[int, list[str]]]:
        """Yield how many letters of the name are a known surname, and the readings under which it is known."""
        for size, rest in self._names.beginning(name):
            if readings := rest.partition("\t")[0].split():
                yield size, readings

    def given(self, name: str) -> list[str]:
        """Return the readings under which the whole name is known as a given name."""
        return self._names.get(name).partition("\t")[2].split()

    def words(self, text: str) -> Iterator[tuple[int, list[str]]]:
        """Yield how many letters of the text are a known name, word or place, and the readings of it."""
        for size, rest in (*self._words.beginning(text), *self._names.beginning(text)):
            yield size, rest.split()


def _counts(part: str) -> tuple[str, list[int]]:
    reading, *counts = part.split(",")
    return intern(reading), [int(count or 0) for count in counts] + [0] * (COLUMNS - len(counts))


def _mixed(counts: list[int], prior: list[float]) -> list[float]:
    size = sum(counts) + _TRUST
    return [(count + _TRUST * expected) / size for count, expected in zip(counts, prior, strict=True)]


def _of_kana(letter: str, *, begins: bool) -> Options:
    own = normal(letter)
    return _KA[own] if own in _KA and letter in "ヶヵケカ" and not begins else ((own, 0.0),) if own else ()


@lru_cache(maxsize=1)
def shipped() -> Table:
    """Return the table that comes with the house, loaded at its first use."""
    return Table(**{name: mamori_readings.block(name) for name in mamori_readings.BLOCKS})


LISTED = -0.3
"""Times log(1 + n): the score of a part that is listed with n readings, this one among them."""
GUESSED, GUESSED_KANA, LONGEST = -7.0, -1.0, 4
"""What a kanji costs that is read in no known way, and each of its kana; at most four of them."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a name and the kana that were laid beside it."""

    written: str
    reading: str
    is_explained: bool = True


@dataclass(frozen=True, slots=True)
class Alignment:
    """The best way found: how likely, and which kana fall to which letters of surname and given name."""

    score: float
    surname: tuple[Piece, ...]
    given: tuple[Piece, ...]

    @property
    def unexplained(self) -> tuple[Piece, ...]:
        """Return the stretches for which no known reading fits."""
        return tuple(piece for piece in (*self.surname, *self.given) if not piece.is_explained)


type Step = tuple[float, Step | None, Piece | None]
type Steps = dict[int, Step]
_BEGIN: Step = (0.0, None, None)


def lay(table: Table, name: str, kana: str, *, split: int = 0, may_guess: bool = False) -> Alignment | None:
    """Return the best way to read the name as the kana, cut into surname and given name at `split` where it is known.

    With `may_guess` a kanji may be read in no known way, at a price.  None when there is no way at all.
    """
    walk = _Walk(table, name, kana, may_guess)
    cuts = [split] if split else list(range(1, len(name)))
    heads, tails = walk.heads(max(cuts, default=0)), walk.tails(min(cuts, default=0))
    best: tuple[float, Step, Step] | None = None
    for at in cuts:
        for where, head in heads[at].items():
            if (tail := tails[at].get(where)) is not None and (best is None or head[0] + tail[0] > best[0]):
                best = (head[0] + tail[0], head, tail)
    if best is None:
        return None
    return Alignment(best[0], tuple(_pieces(best[1]))[::-1], tuple(_pieces(best[2])))


def _pieces(step: Step) -> list[Piece]:
    found: list[Piece] = []
    here: Step | None = step
    while here is not None:
        if here[2] is not None:
            found.append(here[2])
        here = here[1]
    return found


class _Walk:
    """One name laid along one kana: surnames from the front, given names from the back."""

    def __init__(self, table: Table, name: str, kana: str, may_guess: bool) -> None:
        self.table, self.name, self.kana, self.may_guess = table, name, kana, may_guess

    def heads(self, last: int) -> list[Steps]:
        """Return for each cut where in the kana a surname of so many letters may end."""
        found: list[Steps] = [{}]
        begun: Steps = {0: _BEGIN}
        listed = dict(self.table.surnames(self.name[:last]))
        for size in range(1, last + 1):
            letter, spot = self.name[size - 1], Spot.LAST if size > 1 else Spot.ALONE
            ended = self._onward(begun, letter, self.table.options(letter, spot, KanjiKind.SURNAME))
            if size in listed:
                self._add_listed(ended, self.name[:size], listed[size])
            found.append(ended)
            if size < last:
                spot = Spot.MIDDLE if size > 1 else Spot.FIRST
                begun = self._onward(begun, letter, self.table.options(letter, spot, KanjiKind.SURNAME))
        return found

    def _add_listed(self, ended: Steps, part: str, readings: list[str]) -> None:
        score = LISTED * log(1 + len(readings))
        for reading in readings:
            if self.kana.startswith(reading) and (
                len(reading) not in ended or ended[len(reading)][0] < score
            ):
                ended[len(reading)] = (score, None, Piece(part, reading))

    def _onward(self, steps: Steps, letter: str, options: Readings) -> Steps:
        found: Steps = {}
        kana, end = self.kana, len(self.kana)
        for at, step in steps.items():
            score = step[0]
            for reading, chance in options.beginning.get(kana[at], ()):
                if kana.startswith(reading, at):
                    to, total = at + len(reading), score + chance
                    if to < end and (to not in found or found[to][0] < total):
                        found[to] = (total, step, Piece(letter, reading))
            if self.may_guess:
                for to in range(at + 1, min(at + LONGEST, end - 1) + 1):
                    total = score + GUESSED + GUESSED_KANA * (to - at)
                    if to not in found or found[to][0] < total:
                        found[to] = (total, step, Piece(letter, kana[at:to], is_explained=False))
        return found

    def tails(self, first: int) -> list[Steps]:
        """Return for each cut where in the kana the given name behind it may begin."""
        size, end = len(self.name), len(self.kana)
        found: list[Steps] = [{} for _ in range(size + 1)]
        ended: Steps = {end: _BEGIN}
        for at in range(size - 1, first - 1, -1):
            letter, spot = self.name[at], Spot.FIRST if at < size - 1 else Spot.ALONE
            begun = self._backward(ended, letter, self.table.options(letter, spot, KanjiKind.GIVEN))
            readings = self.table.given(self.name[at:])
            score = LISTED * log(1 + len(readings))
            for reading in readings:
                start = end - len(reading)
                if self.kana.endswith(reading) and (start not in begun or begun[start][0] < score):
                    begun[start] = (score, None, Piece(self.name[at:], reading))
            found[at] = begun
            if at > first:
                spot = Spot.MIDDLE if at < size - 1 else Spot.LAST
                ended = self._backward(ended, letter, self.table.options(letter, spot, KanjiKind.GIVEN))
        return found

    def _backward(self, steps: Steps, letter: str, options: Readings) -> Steps:
        found: Steps = {}
        kana = self.kana
        for at, step in steps.items():
            score = step[0]
            for reading, chance in options.ending.get(kana[at - 1], ()):
                to = at - len(reading)
                if to > 0 and kana.startswith(reading, to):
                    total = score + chance
                    if to not in found or found[to][0] < total:
                        found[to] = (total, step, Piece(letter, reading))
            if self.may_guess:
                for to in range(max(at - LONGEST, 1), at):
                    total = score + GUESSED + GUESSED_KANA * (at - to)
                    if to not in found or found[to][0] < total:
                        found[to] = (total, step, Piece(letter, kana[to:at], is_explained=False))
        return found
