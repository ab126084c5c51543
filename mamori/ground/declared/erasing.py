"""Who must be asked before somebody's key is destroyed, and told when it is: indexes, files, stored replies go with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from mamori.grammar.refusal import Refusal

type Eraser = Callable[[str, datetime, int], int]
"""Erases of what it keeps of a subject ("buyer:B-1") so many rows at most, in the caller's transaction; returns how many.

Called again it goes on with what is left: fewer rows than it may erase mean that nothing is.
"""

type Objection = Callable[[str, datetime], Refusal | None]
"""Says of a subject what has to end before it can be erased, or nothing; in the caller's transaction, until which it holds."""

AT_ONCE = 100
"""Rows of each table in one transaction: other writers of SQLite wait no longer than that."""

_ERASERS: dict[str, Eraser] = {}
_OBJECTIONS: dict[str, Objection] = {}


def reach(name: str, eraser: Eraser) -> None:
    """Enter what erases the table `name`; the wiring names each once."""
    if _ERASERS.setdefault(name, eraser) is not eraser:
        raise ValueError(f"two erasers are called {name}")


def ask(name: str, objection: Objection) -> None:
    """Enter who is asked before anybody is erased; the wiring names each once."""
    if _OBJECTIONS.setdefault(name, objection) is not objection:
        raise ValueError(f"two objections are called {name}")


def may_be_erased(subject: str, at: datetime) -> None:
    """Ask everybody whether the subject can be erased now."""
    for _, objection in sorted(_OBJECTIONS.items()):
        refusal = objection(subject, at)
        if refusal is not None:
            raise refusal


def erase(subject: str, at: datetime, *, limit: int = AT_ONCE) -> dict[str, int]:
    """Have a batch erased of what is kept of the subject outside sealed values; return how many rows of which table.

    While one of them is as many as the limit, there is more to be erased.
    """
    counts = {name: eraser(subject, at, limit) for name, eraser in sorted(_ERASERS.items())}
    return {name: count for name, count in counts.items() if count}


def erase_all(subject: str, at: datetime) -> None:
    """Have everything erased, however much it is."""
    while any(count >= AT_ONCE for count in erase(subject, at).values()):
        pass


def reached() -> frozenset[str]:
    """Return the tables that have an eraser."""
    return frozenset(_ERASERS)
