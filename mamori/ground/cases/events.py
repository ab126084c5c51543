"""What the index of cases tells upward."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from mamori.grammar.event import ABOUT, Event
from mamori.grammar.text import Text


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAssigned(Event):
    """A case was taken, handed to somebody, or given back to all (`to` is empty)."""

    kind = "cases.assigned"
    text = Text("案件の担当が変わった", "a case changed hands")
    internal = True
    about: Annotated[str, ABOUT]
    to: str
