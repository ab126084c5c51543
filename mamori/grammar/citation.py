"""Where a fact comes from, how sure we are of it, and from when to when it holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mamori.grammar.text import Text


class Confidence(StrEnum):
    """How well a fact is founded."""

    STATUTE = "A"  # read in the statutory or another primary text
    OFFICIAL = "B"  # an official page, or several pages that agree
    SECONDARY = "C"  # one secondary page, or a stated inference
    MEMORY = "M"  # unverified: may be shown as a hint, never enforced
    PRACTICE = "P"  # no law at all: what a marketplace chose to promise


@dataclass(frozen=True, slots=True)
class Citation:
    """A source: the instrument, the place in it, and our confidence."""

    instrument: Text
    article: str
    confidence: Confidence
    url: str = ""

    @property
    def is_binding(self) -> bool:
        """Say whether the value may be enforced as law (read in the statute or on an official page)."""
        return self.confidence in (Confidence.STATUTE, Confidence.OFFICIAL)

    @property
    def text(self) -> Text:
        """Return the instrument with the place in it, for people."""
        return Text(
            f"{self.instrument.ja} {self.article}".strip(), f"{self.instrument.en} {self.article}".strip()
        )


@dataclass(frozen=True, slots=True)
class Version[T]:
    """A value and the first and last day on which it holds (last day included; None = open)."""

    value: T
    first: date
    last: date | None = None


class NoValueOnThatDay(LookupError):
    """Raised when a dated value is asked for a day that none of its versions covers."""


@dataclass(frozen=True, slots=True)
class Dated[T]:
    """A value that law changes on known days; versions are in order and do not overlap."""

    versions: tuple[Version[T], ...]

    def __post_init__(self) -> None:
        for earlier, later in zip(self.versions, self.versions[1:], strict=False):
            if earlier.last is None or earlier.last >= later.first:
                raise ValueError(f"versions overlap or are out of order: {earlier} then {later}")

    def on(self, day: date) -> T:
        """Return the value that holds on `day`.

        :raises NoValueOnThatDay: when no version covers it.
        """
        for version in self.versions:
            if version.first <= day and (version.last is None or day <= version.last):
                return version.value
        raise NoValueOnThatDay(day.isoformat())
