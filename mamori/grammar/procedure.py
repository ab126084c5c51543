"""A procedure of the operator as data: what it is for, and every declaration by which it runs; the handbook is drawn from it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Protocol

from mamori.grammar.actor import Role
from mamori.grammar.declaration import Clause, Deadline, Ground, Setting, Template
from mamori.grammar.statechart import Statechart
from mamori.grammar.text import Text


class DecisionText(Protocol):
    """What a procedure tells of a decision: its words, who makes it, and whether after a fresh proof of who that is."""

    @property
    def title(self) -> Text: ...
    @property
    def lead(self) -> Text | None: ...
    @property
    def roles(self) -> Collection[Role]: ...
    @property
    def step_up(self) -> bool: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureTable:
    """A table of a procedure: its title, what its columns are, and its rows, each as long as there are columns."""

    title: Text
    heads: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]
    lead: Text | None = None

    def __post_init__(self) -> None:
        if not self.rows or any(len(row) != len(self.heads) for row in self.rows):
            raise ValueError(f"{self.title.en}: rows that do not fit the columns, or none")


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """How one kind of matter is dealt with.

    `lead` says what it is for and when it begins, `examples` how it goes; both are written for it.  All else is what runs:
    the lifecycles of what it deals with, who decides what, how long each may take, what is told to whom, tables of its own,
    which lines of the law and of practice it serves, by their codes, and what the operator chose.
    """

    code: str
    room: str
    title: Text
    lead: Text
    examples: tuple[Text, ...]
    lifecycles: tuple[Statechart[Any], ...] = ()
    decisions: tuple[DecisionText, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    notices: tuple[Template, ...] = ()
    tables: tuple[ProcedureTable, ...] = ()
    serves: tuple[str, ...] = ()
    grounds: tuple[Ground, ...] = ()
    clauses: tuple[Clause, ...] = ()
    settings: tuple[Setting[Any], ...] = ()
