"""A line of the page that tells a seller how its shop stands: what it is about, how it stands, where to go."""

from __future__ import annotations

from dataclasses import dataclass

from mamori.grammar.text import Text
from mamori.ground.web.parts import Tone

FINE, LOOK, MISSING = Text("よい", "fine"), Text("注意", "look"), Text("不足", "missing")
BADGES = {Tone.GOOD: FINE, Tone.WARN: LOOK, Tone.BAD: MISSING}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One line: what it is about, how it stands, in words, and where to do something about it."""

    about: Text
    tone: Tone
    text: Text
    path: str = ""
    link: Text | None = None

    @property
    def badge(self) -> Text:
        """Return the tone in a word."""
        return BADGES[self.tone]
