"""Who hears which event: filled once at start-up from the table in `site/wiring.py`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mamori.grammar.event import Event

type Handler[E: Event] = Callable[[E, datetime], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """A handler, the name that its rows carry, and why it may not wait, if it may not."""

    name: str
    handler: Handler[Any]
    together: bool
    why: str


_BY_KIND: dict[str, dict[str, Hearing]] = {}


def hear[E: Event](event: type[E], handler: Handler[E], *, together: bool = False, why: str = "") -> None:
    """Let `handler` hear every event of a class, afterwards in the worker, or together with the publishing.

    :raises ValueError: when it is to run together and no sentence says why it cannot wait.
    """
    if together and not why.strip():
        raise ValueError(f"{handler!r}: say why it cannot wait")
    name = f"{handler.__module__}.{getattr(handler, '__qualname__', repr(handler))}"
    _BY_KIND.setdefault(event.kind, {})[name] = Hearing(
        name=name, handler=handler, together=together, why=why
    )


class NobodyHears(LookupError):
    """The wiring names no hearer of this name for this kind of event."""


def hearers(kind: str) -> tuple[Hearing, ...]:
    """Return who hears events of `kind`, in the order of the table."""
    return tuple(_BY_KIND.get(kind, {}).values())


def hearer(kind: str, name: str) -> Hearing:
    """Return the hearing of that name.

    :raises NobodyHears: when the table has none any more; the effect then waits visibly.
    """
    try:
        return _BY_KIND[kind][name]
    except KeyError:
        raise NobodyHears(name, kind) from None
