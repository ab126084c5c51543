"""Ids that say of what they are, as `thr_7`: what leaves the house carries them, tables and pages keep the number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from mamori.grammar.refusal import Refusal
from mamori.grammar.regex import regex
from mamori.grammar.text import Text

MOST = 2**63 - 1
"""The greatest number that a database holds."""
_INWARD = regex(r"([a-z_.]+):([1-9][0-9]{0,18})")
_OUTWARD = regex(r"([a-z]{3})_([1-9][0-9]{0,18})")


class NoSuchId(Refusal, code="no-such-id", status=404):
    """Given when an address or a field holds another thing's id, or none: never with what the other thing is."""

    text = Text(
        "「{given}」は、ここで求めるID（{title}、{prefix}_ で始まります）ではありません。受け取ったIDをそのまま送ってください。",
        "“{given}” is another kind of id. Here one that begins with {prefix}_ is asked for ({title}). Please send it as given.",
    )


@dataclass(frozen=True, slots=True)
class IdKind:
    """A kind of thing that other software names: its three letters, its name, and how we call it among ourselves.

    `about` is the name of its table in subjects such as `contact.trouble:7`.
    """

    prefix: str
    title: Text
    about: str

    registry: ClassVar[dict[str, IdKind]] = {}
    tables: ClassVar[dict[str, IdKind]] = {}

    def __post_init__(self) -> None:
        if self.registry.get(self.prefix, self) != self or self.tables.get(self.about, self) != self:
            raise ValueError(f"two kinds of ids share {self.prefix} or {self.about}")
        self.registry[self.prefix] = self.tables[self.about] = self

    def of(self, number: int) -> str:
        """Return the id that other software sees."""
        return f"{self.prefix}_{number}"

    def number(self, given: str) -> int:
        """Return the number that an id names."""
        found = _OUTWARD.fullmatch(given)
        if found is None or found[1] != self.prefix or int(found[2]) > MOST:
            raise NoSuchId(given=given[:32], title=self.title, prefix=self.prefix)
        return int(found[2])

    @property
    def pattern(self) -> str:
        """Return the form of such an id as a regular expression."""
        return f"^{self.prefix}_[1-9][0-9]{{0,18}}$"


def outward(name: str) -> str:
    """Return the id of what we call `contact.trouble:7`; a name that is none of these stays as it is."""
    found = _INWARD.fullmatch(name)
    return IdKind.tables[found[1]].of(int(found[2])) if found and found[1] in IdKind.tables else name


def inward(given: str) -> str:
    """Return what we call the thing with this id: `outward` backwards."""
    found = _OUTWARD.fullmatch(given)
    return f"{IdKind.registry[found[1]].about}:{found[2]}" if found and found[1] in IdKind.registry else given
