"""What a verb asks of whoever does it: a type that names its question, from which a page makes its field."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, get_type_hints

from mamori.grammar.text import Text

REASON = Text("理由", "Reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A question: what stands above the field, and what helps to answer it."""

    label: Text
    help: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsInput(Input):
    """Words that somebody else reads, of so many characters at most; `rows` is how much room they are given."""

    most: int = 2_000
    rows: int = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonInput(Input):
    """A reason, which goes into the record and may not be left out."""

    label: Text = REASON
    most: int = 500
    rows: int = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class YenInput(Input):
    """An amount in whole yen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceInput(Input):
    """One of an enumeration, each of which has its `text`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YesInput(Input):
    """Something that is ticked or not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeInput(Input):
    """A few digits that were mailed, shown or read out; not always needed."""

    is_needed: bool = True


def inputs_of(verb: Callable[..., Any]) -> dict[str, tuple[type[Any], Input]]:
    """Return what the verb asks, by the name of the argument and in the order of its signature: type and question."""
    hints = get_type_hints(verb, include_extras=True)
    return {
        name: (hint.__origin__, one)
        for name, hint in hints.items()
        for one in getattr(hint, "__metadata__", ())
        if isinstance(one, Input)
    }
