"""The one way of a verb to its matter: one transaction, found and locked, as seen; saved and settled once when it is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from mamori.grammar.actor import Actor
from mamori.grammar.event import Event
from mamori.grammar.statechart import Statechart
from mamori.ground.declared import memory


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterKind[M: Model, K: (int, str)]:
    """A kind of matter, known by a number or a reference: its lifecycle, and what its room does about it.

    `find` returns one locked and as the actor saw it, or refuses.  `case` is the name of the case in which it is dealt with.
    `record` writes an act of it and publishes events.  `settle` lets stand what should and brings the case up to date, which
    with `shows_news` shows an act's news.
    """

    chart: Statechart[Any]
    find: Callable[[Actor, K, int | None], M]
    case: Callable[[M], str]
    record: Callable[..., int]
    settle: Callable[[Performance[M]], None]
    shows_news: bool = False


@dataclass(slots=True)
class Performance[M: Model]:
    """What an actor does to one matter until it is settled.

    `verb` is what was recorded last, "" while nothing was.  `news` is what the case shows to staff until they act: None leaves
    that to what it asks for, "" takes it away.
    """

    actor: Actor
    kind: MatterKind[M, Any]
    matter: M
    verb: str = ""
    news: str | None = None
    _changed: dict[str, None] = field(default_factory=dict)
    _touched: list[Performance[Any]] = field(default_factory=list)

    def step(self, name: str) -> None:
        """Take a step of the lifecycle."""
        row: Any = self.matter
        row.state = self.kind.chart.take(
            name, type(self.kind.chart.initial)(row.state), self.actor.role
        ).value
        self.save("state")

    def save(self, *fields: str) -> None:
        """Let these fields be saved when the act is done, each once."""
        self._changed |= dict.fromkeys(fields)

    def record(self, verb: str, *events: Event, **told: Any) -> int:
        """Record what was done, publish the events, and return the act's number."""
        self.verb = verb
        return self.kind.record(self, verb, *events, **told)

    def also[N: Model](self, kind: MatterKind[N, Any], matter: N) -> Performance[N]:
        """Return what the same actor does to another matter, which the caller has locked: it is settled with this one."""
        other = Performance(self.actor, kind, matter, _touched=self._touched)
        self._touched.append(other)
        return other

    def _leave(self) -> None:
        for act in self._touched:
            if act._changed:
                act.matter.save(update_fields=tuple(act._changed))
        last = {
            act.kind.case(act.matter): act for act in sorted(self._touched, key=lambda act: bool(act.verb))
        }
        for act in last.values():
            if act.news is not None and not act.kind.shows_news:
                raise ValueError(f"{act.news!r} is shown by no case of {act.kind.case(act.matter)}")
            act.kind.settle(act)


@contextmanager
def perform[M: Model, K: (int, str)](
    actor: Actor, kind: MatterKind[M, K], key: K, *, version: int | None = None
) -> Iterator[Performance[M]]:
    """Let an actor act on one matter in one transaction; when it is done, all that it touched is saved and settled."""
    with memory.act(), entered(actor, kind, kind.find(actor, key, version)) as act:
        yield act


@contextmanager
def entered[M: Model](actor: Actor, kind: MatterKind[M, Any], matter: M) -> Iterator[Performance[M]]:
    """Let an actor act on a matter that was made just now, in the caller's transaction; when it is done it is settled."""
    act = Performance(actor, kind, matter)
    act._touched.append(act)
    yield act
    act._leave()
