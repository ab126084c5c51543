"""What a seller can object to, and what it has objected to: each room tells of its own, and a door lists them in one place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mamori.grammar.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Objectable:
    """One thing, and the page on which it is objected to, or the objection is read.

    `stands` says how an objection that was made stands, None where none was; `until` is the last moment to object, or by
    when it is answered, None where no day is set.
    """

    title: Text
    number: str
    path: str
    until: datetime | None
    stands: Text | None = None
