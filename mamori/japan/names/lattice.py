"""Can this kana be a reading of this name?  The best way to lay a surname and a given name along the kana."""

from __future__ import annotations

from dataclasses import dataclass
from math import log

from mamori.japan.names.spots import Kind, Spot
from mamori.japan.names.table import Readings, Table

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
class Laid:
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


def lay(table: Table, name: str, kana: str, *, split: int = 0, may_guess: bool = False) -> Laid | None:
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
    return Laid(best[0], tuple(_pieces(best[1]))[::-1], tuple(_pieces(best[2])))


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
            ended = self._onward(begun, letter, self.table.options(letter, spot, Kind.SURNAME))
            if size in listed:
                self._add_listed(ended, self.name[:size], listed[size])
            found.append(ended)
            if size < last:
                spot = Spot.MIDDLE if size > 1 else Spot.FIRST
                begun = self._onward(begun, letter, self.table.options(letter, spot, Kind.SURNAME))
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
            begun = self._backward(ended, letter, self.table.options(letter, spot, Kind.GIVEN))
            readings = self.table.given(self.name[at:])
            score = LISTED * log(1 + len(readings))
            for reading in readings:
                start = end - len(reading)
                if self.kana.endswith(reading) and (start not in begun or begun[start][0] < score):
                    begun[start] = (score, None, Piece(self.name[at:], reading))
            found[at] = begun
            if at > first:
                spot = Spot.MIDDLE if at < size - 1 else Spot.LAST
                ended = self._backward(ended, letter, self.table.options(letter, spot, Kind.GIVEN))
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
