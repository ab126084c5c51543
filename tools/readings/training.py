"""Learns how often a kanji is read how, by laying each name of the dictionaries along its kana."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import log

from mamori.japan.names.kana import normal
from mamori.japan.names.lattice import COLUMNS, KanjiKind, Spot, column, spot
from tools.readings.sources import HAS_KANJI, Pair
from tools.readings.variants import plain, sounded

ROUNDS = 3
SEEN = 2
LONGEST = 5
GUESS = 20.0
type Aligned = list[tuple[str, str]]
type Counts = dict[str, dict[str, list[int]]]
type State = tuple[int, int]


def nothing_met() -> Counts:
    """Return counts that begin at nothing for each kanji and reading."""
    return defaultdict(lambda: defaultdict(lambda: [0] * COLUMNS))


@dataclass(slots=True)
class Model:
    """What is known of each kanji: its possible readings, first and later in a name, and how often each was met where."""

    first: dict[str, set[str]]
    later: dict[str, set[str]]
    counts: Counts = field(default_factory=nothing_met)
    costs: dict[tuple[str, int], list[tuple[str, float]]] = field(default_factory=dict)

    def options(self, letter: str, at: int, size: int, kind: KanjiKind) -> list[tuple[str, float]]:
        """Return each reading of the letter where it stands with how unlikely it is; kana as itself, ヶ also as ガ and カ."""
        where = column(spot(at, size), kind)
        if (known := self.costs.get((letter, where))) is None:
            known = self.costs[letter, where] = self._weighed(letter, at, where)
        return known

    def _weighed(self, letter: str, at: int, where: int) -> list[tuple[str, float]]:
        if not HAS_KANJI.match(letter):
            own = normal(letter)
            return [(reading, 0.0) for reading in (own, *("ガカ" if at and own in {"ケ", "カ"} else ""))]
        found = (self.later if at else self.first).get(letter, set())
        met = self.counts.get(letter, {})
        here = sum(counts[where] for counts in met.values()) + 5
        nothing = [0] * COLUMNS
        return [
            (r, -log((met.get(r, nothing)[where] + 0.2 * sum(met.get(r, nothing)) + 0.05) / here))
            for r in sorted(
                found
            )  # in order, so that of two ways that cost the same it is always the same one
        ]


def beginning(readings: Iterable[Pair]) -> Model:
    """Return a model that knows the dictionary's readings and nothing of how often."""
    base: dict[str, set[str]] = defaultdict(set)
    for kanji, reading in readings:
        base[kanji].add(reading)
    own = {kanji: plain(found) for kanji, found in base.items()}
    return Model(
        {
            kanji: {s for reading in found for s in sounded(reading, is_first=True)}
            for kanji, found in own.items()
        },
        {
            kanji: {s for reading in found for s in sounded(reading, is_first=False)}
            for kanji, found in own.items()
        },
    )


def align(
    model: Model, name: str, kana: str, kind: KanjiKind, *, may_guess: bool = False
) -> tuple[Aligned, int] | None:
    """Lay the name along its kana at the least cost; with `may_guess` one kanji may take what the others leave.

    Return each letter with its reading, and which letter was guessed (-1: none).
    """
    best: list[dict[State, tuple[float, State, str]]] = [{(0, -1): (0.0, (0, -1), "")}]
    for at, letter in enumerate(name):
        options = model.options(letter, at, len(name), kind)
        now: dict[State, tuple[float, State, str]] = {}
        for state, (cost, _, _) in best[at].items():
            begun, guessed = state
            steps = [(r, c, guessed) for r, c in options if kana.startswith(r, begun)]
            if may_guess and guessed < 0 and HAS_KANJI.match(letter):
                longest = min(LONGEST, len(kana) - begun)
                steps += [(kana[begun : begun + n], GUESS + n, at) for n in range(1, longest + 1)]
            for reading, step, guess in steps:
                to = (begun + len(reading), guess)
                if to not in now or now[to][0] > cost + step:
                    now[to] = (cost + step, state, reading)
        best.append(now)
    ends = [(best[-1][end][0], end) for end in best[-1] if end[0] == len(kana)]
    return _walked_back(best, name, min(ends)[1]) if ends else None


def _walked_back(
    best: list[dict[State, tuple[float, State, str]]], name: str, state: State
) -> tuple[Aligned, int]:
    guessed, laid = state[1], []
    for at in range(len(name), 0, -1):
        _, before, reading = best[at][state]
        laid.append((name[at - 1], reading))
        state = before
    return laid[::-1], guessed


def learn(model: Model, entries: list[tuple[Pair, KanjiKind]]) -> tuple[int, int]:
    """Go through the names once: count what fits, and take up what several unexplained names agree on.

    Return how many names fit and how many readings were taken up.
    """
    counts = nothing_met()
    proposed: Counter[tuple[str, str, bool]] = Counter()
    fitting = 0
    for (name, kana), kind in entries:
        if (found := align(model, name, kana, kind)) is not None:
            fitting += 1
            for at, (letter, reading) in enumerate(found[0]):
                counts[letter][reading][column(spot(at, len(name)), kind)] += 1
        elif (found := align(model, name, kana, kind, may_guess=True)) is not None:
            letter, reading = found[0][found[1]]
            proposed[letter, reading, found[1] == 0] += 1
    taken = [key for key, seen in proposed.items() if seen >= SEEN]
    for letter, reading, is_first in taken:
        (model.first if is_first else model.later).setdefault(letter, set()).add(reading)
    model.counts, model.costs = counts, {}
    return fitting, len(taken)


def count_words(model: Model, words: Iterable[Pair]) -> list[Pair]:
    """Count readings within words, where a word fits what is known; return the words that do not."""
    odd: list[Pair] = []
    for word, kana in words:
        if (found := align(model, word, kana, KanjiKind.WORD)) is None:
            odd.append((word, kana))
            continue
        for letter, reading in found[0]:
            model.counts[letter][reading][column(Spot.FIRST, KanjiKind.WORD)] += 1
    model.costs = {}
    return odd
