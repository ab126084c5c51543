"""Who must be told when somebody's key is destroyed, so that indexes, files and stored replies go with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

type Eraser = Callable[[str, datetime], int]
"""Erases what it keeps of a subject ("buyer:B-1"), in the caller's transaction, and returns how many rows it was."""

_ERASERS: dict[str, Eraser] = {}


def reach(name: str, eraser: Eraser) -> None:
    """Enter what erases the table `name`; the wiring names each once.

    :raises ValueError: when another eraser has the name.
    """
    if _ERASERS.setdefault(name, eraser) is not eraser:
        raise ValueError(f"two erasers are called {name}")


def erase(subject: str, at: datetime) -> dict[str, int]:
    """Have everything erased that is kept of the subject outside sealed values; return how many rows of which table."""
    counts = {name: eraser(subject, at) for name, eraser in sorted(_ERASERS.items())}
    return {name: count for name, count in counts.items() if count}


def reached() -> frozenset[str]:
    """Return the tables that have an eraser."""
    return frozenset(_ERASERS)
