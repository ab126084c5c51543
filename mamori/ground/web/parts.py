"""What pages hand to the components: frozen values, no markup."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mamori.grammar.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a list of answers or facts; `change` is where it can be changed."""

    label: Text | str
    value: Text | str = ""
    change: str = ""


class Mark(StrEnum):
    """How an entry of a timeline stands out: where things stand now, or what went wrong."""

    PLAIN = ""
    NOW = "now"
    BAD = "bad"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What happened once: `by` is who, `words` is what they said, `receipt` the address of the record's."""

    at: datetime
    title: Text | str
    by: Text | str = ""
    words: Text | str = ""
    mark: Mark = Mark.PLAIN
    receipt: str = ""


class Tone(StrEnum):
    """What the colour of a chip means; the words say the same without it."""

    QUIET = ""
    GOING = "going"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Crumb:
    """A place above this page; the last one, the page itself, has no path."""

    text: Text | str
    path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing to put right in a form, and where."""

    text: str
    target: str = ""
