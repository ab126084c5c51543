"""The registry of procedures: what the handbook shows, and what a test holds against all that is declared."""

from __future__ import annotations

from functools import cache

from django.utils.module_loading import autodiscover_modules

from mamori.grammar.procedure import Procedure

_PROCEDURES: dict[str, Procedure] = {}


def declare_procedures(*some: Procedure) -> None:
    """Enter a room's procedures.

    :raises ValueError: when another has the code.
    """
    for one in some:
        if _PROCEDURES.setdefault(one.code, one) is not one:
            raise ValueError(f"two procedures are called {one.code}")


def procedures() -> tuple[Procedure, ...]:
    """Return every procedure, in the order in which the rooms stand in the house, each room's own order kept."""
    _read()
    return tuple(_PROCEDURES.values())


@cache
def _read() -> None:
    """Let each room declare its own, when first asked: they name decisions, which not every command needs to know."""
    autodiscover_modules("procedures")
