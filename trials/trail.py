"""A random walk through matters without tables: where it led, what broke, when a planted fault was noticed."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from trials.harness import Found

LONGEST = 5_000
"""Steps after which a matter counts as never ending."""
PLANTED = 100_000
"""Steps within which a planted fault must be noticed."""


class Seen(Protocol):
    """A matter as a walk looks at it: its state in full, and whether it has ended."""

    @property
    def key(self) -> tuple[object, ...]: ...
    @property
    def is_over(self) -> bool: ...


class NotNow(Refusal, code="bench.not-now", status=409):
    """Given when the rules refuse what the lifecycles would allow."""

    text = Text("今はできません。あとでお試しください。", "Not now. Please try it later.")


def must(so: object) -> None:
    """Go on where it is so.

    :raises NotNow: where it is not.
    """
    if not so:
        raise NotNow


@contextmanager
def untouched(matter: Any) -> Iterator[None]:
    """Let a deed that is refused leave no trace, as a transaction does: what may change, and is so not hashed, is copied."""
    now = [(name, getattr(matter, name)) for name in matter.__slots__]
    before = [(name, value if value.__hash__ else value.copy()) for name, value in now]
    try:
        yield
    except Refusal:
        for name, value in before:
            setattr(matter, name, value)
        raise


type Step = tuple[str, Callable[[], None], Callable[[], Iterable[str]]]
"""What is done, how, and what is not as promised after it."""


@dataclass(slots=True)
class Walk[M: Seen]:
    """Matters one after the other, each until its end, and what was seen on the way.

    `begin` begins a matter, `leaves` says whether an ended one is left, `step` draws what is done next.  `ways` says from each
    state where it led.
    """

    dice: random.Random
    begin: Callable[[random.Random], M]
    leaves: Callable[[random.Random, M], bool]
    step: Callable[[random.Random, M], Step]
    ways: dict[tuple[object, ...], set[tuple[object, ...]]] = field(default_factory=dict)
    ends: set[tuple[object, ...]] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)
    taken: set[str] = field(default_factory=set)

    def go(self, steps: int) -> Iterator[tuple[int, str]]:
        """Take `steps` steps and yield each fault with the number of the step that showed it."""
        one, length = self.begin(self.dice), 0
        self.counts["matters"] += 1
        for number in range(1, steps + 1):
            if (one.is_over and self.leaves(self.dice, one)) or length >= LONGEST:
                self.counts["ended"] += one.is_over
                self.counts["matters"] += 1
                one, length = self.begin(self.dice), 0
            length += 1
            name, deed, faults = self.step(self.dice, one)
            before = one.key
            try:
                deed()
            except Refusal:
                self.counts["refused"] += 1
                continue
            self.counts["done"] += 1
            self.taken.add(name)
            self.ways.setdefault(before, set()).add(one.key)
            if one.is_over:
                self.ends.add(one.key)
            yield from ((number, f"step {number}, {name}: {wrong}") for wrong in faults())

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


def walked(
    walk_of: Callable[[random.Random, Any], Walk[Any]],
    faults: type[StrEnum],
    *,
    names: set[str],
    steps: int,
    seed: int,
) -> Found:
    """Walk `steps` steps without a fault, and with each planted fault until it is noticed; the fault without a name is none."""
    walk = walk_of(random.Random(seed), faults(""))  # noqa: S311
    found = [wrong for _, wrong in walk.go(steps)]
    noticed = {
        fault.value: next((number for number, _ in walk_of(random.Random(seed), fault).go(PLANTED)), 0)  # noqa: S311
        for fault in faults
        if fault
    }
    states, parked, counts = len(walk.ways), walk.parked(), walk.counts
    return Found(
        {
            "everything is as promised after every step": not found,
            # only what the last matters touched has not ended yet, which counts in a short walk
            "from every state a way leads to an end": parked <= (0 if steps >= 1_000_000 else states // 20),
            "no matter goes on for ever": counts["matters"] - counts["ended"] <= 1,
            "every deed was done": walk.taken >= names,
        }
        | {f"planted fault caught: {what}": number > 0 for what, number in noticed.items()},
        **counts,
        states=states,
        never_done=sorted(names - walk.taken),
        parked=parked,
        faults=len(found),
        first_fault=found[0] if found else "",
        noticed=noticed,
    )
