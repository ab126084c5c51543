"""A refusal is an answer, not an error: a sentence that says what to do next, with a stable code."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, ClassVar

from mamori.grammar.text import Text


class Refusal(Exception):
    """Base of every refusal: a subclass says its code and status in its first line, and declares `text`.

    `members` is what software is told beside the sentence, by name; it never repeats what somebody sent.
    """

    code: ClassVar[str]
    status: ClassVar[int]
    text: ClassVar[Text]
    members: Mapping[str, Any] = MappingProxyType({})

    registry: ClassVar[dict[str, type[Refusal]]] = {}

    def __init_subclass__(cls, *, code: str, status: int) -> None:
        if "text" not in cls.__dict__:
            raise TypeError(f"{cls.__qualname__} has no text")
        if not 400 <= status < 500:
            raise TypeError(f"{cls.__qualname__}: a refusal's status is 4xx, not {status}")
        cls.code, cls.status = code, status
        known = Refusal.registry.setdefault(cls.code, cls)
        if known is not cls and inspect.getmodule(known) is not inspect.getmodule(cls):
            raise TypeError(f"two refusals share the code {cls.code}")

    def __init__(self, **values: object) -> None:
        values = {name: _short(value) if isinstance(value, str) else value for name, value in values.items()}
        self.values = values
        self.sentence = self.text.fill(**values)
        super().__init__(self.sentence.en)


def _short(value: str) -> str:
    """Return what somebody sent, short enough for a sentence and without marks that would turn it round."""
    seen = "".join(c for c in value[:400] if c.isprintable())
    return seen if len(seen) <= 300 and len(value) <= 400 else seen[:300] + "…"
