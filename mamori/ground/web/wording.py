"""Words in the reader's language, at once for pages and put off for forms; and the values that pages hand to components."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.functional import Promise, lazystr
from django.utils.text import capfirst
from django.utils.translation import get_language

from mamori.grammar.text import Lang, Text

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    type Promised = _StrPromise


def language() -> Lang:
    """Return the language of the page or answer that is being made."""
    return "en" if (get_language() or "ja").startswith("en") else "ja"


def localized(text: object) -> str:
    """Return a declared Text in the reader's language; what is a string already stays as it is."""
    return text.in_(language()) if isinstance(text, Text) else str(text)


def begun(words: object) -> str:
    """Return words that stand alone: in English declared ones, which are promised, begin with a capital; others stay."""
    return capfirst(str(words)) if isinstance(words, Promise) and language() == "en" else str(words)


class _Said:
    """A Text that becomes words only when somebody reads it."""

    def __init__(self, text: Text) -> None:
        self.text = text

    def __str__(self) -> str:
        return localized(self.text)


def said(ja: str, en: str) -> Promised:
    """Return words for a form's label, help or message, which are declared before anyone reads them."""
    return lazystr(_Said(Text(ja, en)))


def said_text(text: Text) -> Promised:
    """Return a declared Text for a form's label, help, choice or message."""
    return lazystr(_Said(text))


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
