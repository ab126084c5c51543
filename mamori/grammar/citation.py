"""Where a fact comes from, how sure we are of it, and from when to when it holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mamori.grammar.regex import regex
from mamori.grammar.text import Text

_PLACE = regex(r"(Suppl\. )?(\d+)((?:-\d+)*)(?:\((\d+)\))?(?:\(?([ivx]+)\)?)?")
_ITEMS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


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
    def place(self) -> Text:
        """Return the place in it as each language writes it: “3(1)(iii)” is 第3条第1項第3号, “Suppl. 2” 附則第2条.

        :raises ValueError: where it is written so that it cannot be read, or names no place.
        """
        places = [_place(one) for one in self.article.split(", ")]
        return Text("、".join(one.ja for one in places), " and ".join(one.en for one in places))

    @property
    def text(self) -> Text:
        """Return the instrument with the place in it, for people."""
        if not self.article:
            return self.instrument
        return Text(f"{self.instrument.ja}{self.place.ja}", f"{self.instrument.en}, {self.place.en}")


def _place(article: str) -> Text:
    found = _PLACE.fullmatch(article)
    if found is None:
        raise ValueError(f"no place in a law: {article!r}")
    supplement, number, inserted, paragraph, item = found.groups("")
    ja = f"{'附則' if supplement else ''}第{number}条{inserted.replace('-', 'の')}"
    en = f"{'supplementary provisions, ' if supplement else ''}art. {number}{inserted}"
    if paragraph:
        ja, en = f"{ja}第{paragraph}項", f"{en}({paragraph})"
    if item:
        ja, en = f"{ja}第{_ITEMS.index(item) + 1}号", f"{en}({item})"
    return Text(ja, en)


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
        """Return the value that holds on `day`."""
        for version in self.versions:
            if version.first <= day and (version.last is None or day <= version.last):
                return version.value
        raise NoValueOnThatDay(day.isoformat())
