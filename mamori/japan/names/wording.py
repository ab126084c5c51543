"""Can this kana be a reading of this company's name?  Words, kanji, letters and signs laid along the kana."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import log

from mamori.japan.names.forms import TRADES
from mamori.japan.names.kana import half, normal
from mamori.japan.names.lattice import GUESSED, GUESSED_KANA, LONGEST, Piece
from mamori.japan.names.letters import IS_KANJI
from mamori.japan.names.spelling import ROMAJI, SILENT, SOUNDS
from mamori.japan.names.table import Table

LISTED = -1.0
"""The score of a listed word; log of how likely, of a kanji by itself."""
SPELT, SYLLABLE, DROPPED, DASH, SHORTENED = -0.7, -0.5, -0.3, -3.0, -0.5
LONGEST_WORD = 12

type Step = tuple[float, Step | None, Piece | None]


@dataclass(frozen=True, slots=True)
class Worded:
    """The best way found: how likely, and which kana fall to which letters."""

    score: float
    pieces: tuple[Piece, ...]

    @property
    def unexplained(self) -> tuple[Piece, ...]:
        """Return the stretches for which no known reading fits."""
        return tuple(piece for piece in self.pieces if not piece.is_explained)


def word(
    table: Table, text: str, kana: str, *, is_cut: bool = False, may_guess: bool = False
) -> Worded | None:
    """Return the best way to read the text as the kana, which ends early where it was cut; None when there is none."""
    steps: list[dict[int, Step]] = [{} for _ in range(len(text) + 1)]
    steps[0][0] = (0.0, None, None)
    ends: list[Step] = []
    for at in range(len(text)):
        if not steps[at]:
            continue
        edges = list(_edges(table, text, at))
        for begun, step in steps[at].items():
            for size, reading, score in edges:
                if kana.startswith(reading, begun):
                    _keep(
                        steps[at + size],
                        begun + len(reading),
                        (step[0] + score, step, Piece(text[at : at + size], reading)),
                    )
                elif is_cut and begun < len(kana) and half(reading).startswith(half(kana[begun:])):
                    ends.append((step[0] + score, step, Piece(text[at : at + size], kana[begun:])))
            if may_guess and (IS_KANJI.match(text[at]) or text[at].isascii()):
                for to in range(begun + 1, min(begun + LONGEST, len(kana)) + 1):
                    guess = step[0] + GUESSED + GUESSED_KANA * (to - begun)
                    _keep(
                        steps[at + 1], to, (guess, step, Piece(text[at], kana[begun:to], is_explained=False))
                    )
        if is_cut and len(kana) in steps[at]:
            ends.append(steps[at][len(kana)])
    if len(kana) in steps[-1]:
        ends.append(steps[-1][len(kana)])
    return _told(max(ends, key=lambda end: end[0])) if ends else None


def _keep(steps: dict[int, Step], at: int, step: Step) -> None:
    if at not in steps or steps[at][0] < step[0]:
        steps[at] = step


def _told(step: Step) -> Worded:
    found: list[Piece] = []
    here: Step | None = step
    while here is not None:
        if here[2] is not None:
            found.append(here[2])
        here = here[1]
    return Worded(step[0], tuple(found[::-1]))


def _edges(table: Table, text: str, at: int) -> Iterator[tuple[int, str, float]]:
    letter = text[at]
    if letter in SOUNDS:
        yield from _spelt(text, at)
    if letter in SILENT:
        yield 1, "", DROPPED
    if letter == "-":  # a long vowel as it stands, or a dash that an account may leave out
        yield from ((1, "-", 0.0), (1, "", DASH))
    if IS_KANJI.match(letter):
        yield from _listed(table, text, at)
        yield from ((1, reading, chance) for reading, chance in table.in_word(letter))
    elif letter not in SOUNDS and letter not in SILENT and letter != "-":
        yield from ((1, reading, chance) for reading, chance in table.in_word(letter))


def _listed(table: Table, text: str, at: int) -> Iterator[tuple[int, str, float]]:
    rest = text[at : at + LONGEST_WORD]
    for size in range(2, len(rest) + 1):
        if (short := TRADES.get(rest[:size])) is not None:
            yield size, short, SHORTENED
    for size, readings in table.words(rest):
        score = LISTED - 0.3 * log(1 + len(readings))
        yield from ((size, reading, score) for reading in readings)


def _spelt(text: str, at: int) -> Iterator[tuple[int, str, float]]:
    for size in (1, 2, 3, 4):
        part = text[at : at + size]
        yield from (
            (size, sound, SPELT if sound != part else 0.0)
            for sound in SOUNDS.get(part, ())
            if len(part) == size
        )
        if len(part) == size and (kana := ROMAJI.get(part)) is not None:
            yield size, kana, SYLLABLE
    if len(text) > at + 1 and text[at] == text[at + 1] and text[at] in "KSTPC":
        yield 1, "ツ", SYLLABLE


def plain(kana: str) -> str:
    """Return an account's kana without the signs that may be left out."""
    return "".join(letter for letter in normal(kana) if letter not in SILENT)
