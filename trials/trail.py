"""What every random walk keeps of its way: where each state led, what was done, and when a planted fault was noticed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

LONGEST = 5_000
"""Steps after which a matter counts as never ending."""
PLANTED = 100_000
"""Steps within which a planted fault must be noticed."""


class Walking(Protocol):
    """A walk that yields each fault with the number of the step that showed it."""

    def go(self, steps: int) -> Iterator[tuple[int, str]]: ...


def noticed(planted: Walking) -> int:
    """Return the step at which a planted fault is noticed, 0 when it never is."""
    return next((number for number, _ in planted.go(PLANTED)), 0)


class Seen(Protocol):
    """A matter as a walk looks at it: its state in full, and whether it has ended."""

    @property
    def key(self) -> tuple[object, ...]: ...
    @property
    def is_over(self) -> bool: ...


@dataclass(slots=True)
class Trail:
    """Where the walk has been: from each state where it led, and which states were seen to end."""

    ways: dict[tuple[object, ...], set[tuple[object, ...]]] = field(default_factory=dict)
    ends: set[tuple[object, ...]] = field(default_factory=set)

    def parked(self) -> int:
        """Count the states from which no way that was seen leads to an end."""
        back: dict[tuple[object, ...], set[tuple[object, ...]]] = {}
        for state, led in self.ways.items():
            for to in led:
                back.setdefault(to, set()).add(state)
        reached, waiting = set(self.ends), list(self.ends)
        while waiting:
            for state in back.get(waiting.pop(), set()) - reached:
                reached.add(state)
                waiting.append(state)
        return len((set(self.ways) | self.ends) - reached)


@dataclass(slots=True)
class Tally:
    """What was seen on the way: the trail, how often things came, and which deeds were done."""

    trail: Trail = field(default_factory=Trail)
    counts: Counter[str] = field(default_factory=Counter)
    taken: set[str] = field(default_factory=set)

    def note(self, name: str, before: tuple[object, ...], matter: Seen) -> None:
        """Count a deed that was done, and where it led."""
        self.counts["done"] += 1
        self.taken.add(name)
        self.trail.ways.setdefault(before, set()).add(matter.key)
        if matter.is_over:
            self.trail.ends.add(matter.key)
