"""A reading list as data: its words, who reads it, what narrows it, its order, and what it tells of each row."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from mamori.grammar.actor import Actor, Role
from mamori.grammar.statechart import Statechart
from mamori.grammar.text import Text
from mamori.japan.calendar import Month, month_named


class Written(StrEnum):
    """As what a value is written; `CALLED` is a name or reference, in whatever direction it runs, `DUE` an open clock."""

    WORDS = "words"
    CALLED = "called"
    NUMBER = "number"
    MOMENT = "moment"
    DUE = "due"
    YEN = "yen"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListColumn:
    """What a list tells of each row: `value` is where it is read from the row ("account.place"); None and "" are not told.

    `to` is where that is read to which it leads: a case's number, or what the address that is named `at` is made of.
    `beneath` is told more quietly under it, with the title before it where it is `led`.
    """

    title: Text
    value: str
    written: Written = Written.WORDS
    lang: str = ""
    to: str = ""
    at: str = ""
    led: bool = False
    beneath: tuple[ListColumn, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What narrows a list: by one of the `choices`, a month where it is `monthly` ("2026-11"), or else by an exact reference.

    `name` is the word of the address that says so; `narrow` is given the rows, who asks, and what `read` has read.
    """

    name: str
    title: Text
    narrow: Callable[[Any, Actor, Any], Any]
    choices: Mapping[str, Text] = field(default_factory=dict)
    monthly: bool = False

    def read(self, written: str) -> str | Month | None:
        """Return what is asked for; None for what cannot be."""
        if self.monthly:
            return month_named(written, None)
        is_reference = written.isascii() and written.isprintable() and len(written) <= 64
        return written if (written in self.choices if self.choices else is_reference) else None


def by_state(chart: Statechart[Any], states: Iterable[StrEnum] | None = None) -> Filter:
    """Return what narrows a list to one of these states, of all where none is named."""
    return Filter(
        name="state",
        title=Text("状態", "State"),
        choices={one.value: chart.states[one] for one in (chart.states if states is None else states)},
        narrow=lambda rows, actor, value: rows.filter(state=value),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingList[Row]:
    """A list that is read: `rows` finds what an actor may see, `read` returns of some of them what the columns tell, in one look.

    `order` is what `page_of` goes by, `size` how many stand on a page; `slug` is what a file of it is called.
    """

    slug: str
    title: Text
    lead: Text
    empty: Text
    roles: Collection[Role]
    rows: Callable[[Actor], Any]
    order: tuple[str, ...]
    read: Callable[[Sequence[Any], Actor], Sequence[Row]]
    columns: tuple[ListColumn, ...]
    filters: tuple[Filter, ...] = ()
    size: int = 50
