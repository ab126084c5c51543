"""How long a program that is not ready yet is waited for, by moments and by what it has done: no load makes it hopeless."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

LONGEST = 480.0
"""Seconds between two looks at most: they double with each start that was given up."""
GIVE_UP = 1800.0
"""Seconds without being ready after which the whole house ends."""


@dataclass(slots=True)
class Patience:
    """A start that is waited for: looked at every so many seconds, and stuck when it did nothing since the look before."""

    seconds: float
    look_at: float
    done: int = 0

    def is_stuck(self, now: float, done: Callable[[], int]) -> bool:
        """Say whether it has done nothing since the last look, once it is time for the next."""
        if now < self.look_at:
            return False
        did = done()
        if did <= self.done:
            return True
        self.done, self.look_at = did, now + self.seconds
        return False


def begun(now: float, first: float, kills: int = 0) -> Patience:
    """Begin to wait for a program of which so many starts in a row were given up."""
    seconds = max(first, min(first * 2**kills, LONGEST))
    return Patience(seconds, now + seconds)


def ticks(session: int) -> int:
    """Return the processor time that all processes of a session have used, in ticks; 0 where the system does not say."""
    used = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = stat.read_text("ascii", "replace").rpartition(")")[2].split()
        except OSError:  # it has ended meanwhile
            continue
        if words[3] == str(session):
            used += sum(map(int, words[11:15]))
    return used
