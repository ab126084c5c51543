"""The list of who was erased: written by the house, kept elsewhere, and read again when only old archives are left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from mamori.grammar.regex import regex
from mamori.ground.seal import facts as seal
from mamori.site.backup.refusals import ErasedListUnreadable

PERSON = regex(r"(?:buyer|seller):[!-~]{1,64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """Somebody who was erased ("buyer:B-1"), and when; no moment where the list names none."""

    person: str
    at: datetime | None

    @property
    def line(self) -> str:
        """Return the person as the list has them."""
        return f"{self.person} {self.at.isoformat()}" if self.at else self.person


def erased() -> Iterator[Erased]:
    """Yield every buyer and seller whose key was destroyed, the earliest key first."""
    for key in seal.shredded_keys():
        if PERSON.fullmatch(key.subject):
            yield Erased(person=key.subject, at=key.at)


def read(path: Path) -> tuple[Erased, ...]:
    """Return whom a list names: a person a line, and behind it the moment.

    :raises ErasedListUnreadable: when the file, or a line of it, cannot be read; the sentence names the line.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ErasedListUnreadable(path=path, line=0, why=type(error).__name__) from None
    found = []
    for number, line in enumerate(lines, 1):
        person, *moment = line.split()[:3] or [""]
        if not person:
            continue
        try:
            at = datetime.fromisoformat(moment[0]) if moment else None
        except ValueError:
            at = None
        if not PERSON.fullmatch(person) or len(moment) > 1 or (moment and (at is None or at.tzinfo is None)):
            raise ErasedListUnreadable(path=path, line=number, why=line[:80])
        found.append(Erased(person=person, at=at))
    return tuple(found)
