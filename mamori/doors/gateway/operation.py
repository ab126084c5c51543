"""What one operation of the API is: a row of the table, from which routes, checks, schema and matrix are made."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, get_type_hints

from django.urls import register_converter
from django.urls.converters import StringConverter

from mamori.doors.gateway.body import JSON, MERGE, MOST_JSON, MOST_NDJSON, NDJSON, Stream
from mamori.grammar.actor import SELLERS, Role
from mamori.grammar.event import marks
from mamori.grammar.ids import IdKind
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared.records import Part
from mamori.ground.market.actions import Line
from mamori.ground.people.facts import Access

MACHINE = frozenset({Role.MACHINE})
BUYER = frozenset({Role.BUYER})
SELLER = frozenset({Role.SELLER})
PARTIES = BUYER | SELLERS


class Whole(StringConverter):
    """All that is left of an address, slashes and line ends too: the record says what is wrong with it."""

    regex = r"[\s\S]+"


register_converter(Whole, "whole")


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One method of one path.

    `answers` says what each status carries, None for an empty body; `refuses` what the action may refuse; `located`
    where a thing that was made is found; `tagged` that a GET carries an ETag; `once` that an Idempotency-Key is needed.
    `record` is what a PATCH changes and a GET gives back, in the shape in which it is told.
    """

    method: str
    path: str
    handler: Callable[..., Any]
    text: Text
    scope: str
    roles: frozenset[Role] = MACHINE
    answers: Mapping[int, Any]
    refuses: tuple[type[Refusal], ...] = ()
    located: str = ""
    tagged: bool = False
    record: type[Line] | None = None
    once: bool = False

    @property
    def access(self) -> Access:
        """Return who may call it."""
        return Access(roles=self.roles, scope=self.scope)

    @property
    def name(self) -> str:
        """Return the operation's name, which is also its id in the schema."""
        return self.handler.__name__

    @property
    def address(self) -> str:
        """Return the path as the description tells it."""
        return re.sub(r"{\w+:", "{", self.path)

    @cached_property
    def _hints(self) -> dict[str, Any]:
        return get_type_hints(self.handler)

    @cached_property
    def ids(self) -> Mapping[str, IdKind]:
        """Return what stands in the address as an id, with its kind: the handler gets the number."""
        hints = get_type_hints(self.handler, include_extras=True)
        found = {name: mark for name in self.in_path for mark in marks(hints[name])}
        return {name: mark for name, mark in found.items() if isinstance(mark, IdKind)}

    @property
    def body(self) -> type[Part] | None:
        """Return the record that the body holds."""
        return self._hints.get("body")

    @property
    def query(self) -> type[Part] | None:
        """Return the record that the query holds."""
        return self._hints.get("query")

    @property
    def takes_lines(self) -> bool:
        """Say whether the body is a stream of lines."""
        return self._hints.get("lines") is Stream

    @property
    def takes_changes(self) -> bool:
        """Say whether the body is a merge patch of its record."""
        return "changes" in self._hints

    @property
    def takes_match(self) -> bool:
        """Say whether the caller may say which version of the record it has read."""
        return "match" in self._hints

    @property
    def content_types(self) -> tuple[str, ...]:
        """Return the content types that the body may have, none where there is no body."""
        if self.takes_lines:
            return (NDJSON,)
        if self.takes_changes:
            return (MERGE, JSON)
        return (JSON,) if self.body else ()

    @property
    def most(self) -> int:
        """Return how many bytes the body may have."""
        return MOST_NDJSON if self.takes_lines else MOST_JSON

    @property
    def in_path(self) -> tuple[str, ...]:
        """Return the names that stand in the path."""
        given = {"actor", "body", "query", "lines", "changes", "match"}
        return tuple(name for name in inspect.signature(self.handler).parameters if name not in given)

    @property
    def needs_party(self) -> bool:
        """Say whether an API key alone never suffices."""
        return Role.MACHINE not in self.roles

    @property
    def takes_party(self) -> bool:
        """Say whether a party's token means anything here."""
        return bool(self.roles - MACHINE)
