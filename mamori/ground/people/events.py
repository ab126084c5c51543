"""What has happened to people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from mamori.grammar.event import Event
from mamori.grammar.text import Text


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class CodeAsked(Event):
    """Somebody asked for a sign-in code; whether we know them is found out by whoever hears this."""

    kind: ClassVar[str] = "people.code_asked"
    text: ClassVar[Text] = Text("確認コードが求められた", "a sign-in code was asked for")

    number: int
