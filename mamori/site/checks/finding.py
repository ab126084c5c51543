"""What a check finds: good, worth a look, or broken, in one sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text


class Level(StrEnum):
    """How bad it is; only `broken` makes `mamori check` fail."""

    GOOD = "good"
    LOOK = "look"
    BROKEN = "broken"

    @property
    def mark(self) -> str:
        """Return the sign in front of the line."""
        return {Level.GOOD: "✓", Level.LOOK: "!", Level.BROKEN: "✗"}[self]


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One line of the doctor's; `place` is the path of the page of the desk that mends it, empty where none does.

    `same` names what stays one finding while figures in its sentence move.
    """

    check: str
    level: Level
    text: Text
    place: str = ""
    same: str = ""


type Finding = tuple[Level, Text] | tuple[Level, Text, str] | tuple[Level, Text, str, str]
"""How it is, its sentence, the page of the desk that mends it where one does, and what it is called while figures move."""
type Found = Iterator[Finding]
type Check = Callable[[datetime], Found]


def examine(check: Check, at: datetime) -> list[CheckLine]:
    """Run one check; a refusal is what it says, and a check that itself fails is a finding too."""
    name = check.__name__.replace("_", "-")
    try:
        return [CheckLine(name, *found) for found in check(at)]
    except Refusal as refusal:
        return [CheckLine(name, Level.BROKEN, refusal.sentence)]
    except Exception as error:  # a doctor reports what falls over, and goes on
        told = Text("調べられませんでした（{error}）。", "It could not be examined ({error}).")
        return [
            CheckLine(name, Level.BROKEN, told.fill(error=f"{type(error).__name__}: {error}".splitlines()[0]))
        ]
