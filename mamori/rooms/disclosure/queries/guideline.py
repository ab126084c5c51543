"""The headings of the guideline with the practices under each: what runs here now, what shows it, and what was answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mamori.grammar.declaration import Practice
from mamori.grammar.text import Text
from mamori.law.guideline import HEADINGS, NO_HEADING
from mamori.rooms.disclosure.queries import measures
from mamori.rooms.disclosure.queries.answers import PracticeAnswerShown, answered
from mamori.rooms.disclosure.queries.measures import BY_CODE, BY_DUTY, MeasureOnPage

TITLE = Text("指針の見出しと取組み", "Headings of the guideline")
ANSWER_TITLE = Text("答え：{title}", "Answer: {title}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeUnderHeading:
    """A practice: how it stands on the public page now, if it does, and what was answered."""

    practice: Practice
    shown: MeasureOnPage | None
    answer: PracticeAnswerShown | None

    @property
    def runs(self) -> bool:
        """Say whether something of it runs here now."""
        return self.shown is not None and self.shown.outline is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadingShown:
    """A heading, the place in the Act that it belongs to, and what is under it."""

    place: Text | None
    title: Text
    practices: tuple[PracticeUnderHeading, ...]


def headings(at: datetime) -> tuple[HeadingShown, ...]:
    """Return every heading as it stands at `at`, and last what has none."""
    said, _ = answered(at)
    shown = {one.code: one for one in measures.measures(at).of_practices}

    def under(codes: tuple[str, ...]) -> tuple[PracticeUnderHeading, ...]:
        return tuple(
            PracticeUnderHeading(practice=BY_CODE[code], shown=shown.get(code), answer=said.get(code))
            for code in codes
        )

    told = [
        HeadingShown(place=BY_DUTY[one.duty].citation.place, title=one.title, practices=under(one.practices))
        for one in HEADINGS
    ]
    named = {code for one in HEADINGS for code in one.practices}
    rest = tuple(code for code in BY_CODE if code not in named)
    return (*told, HeadingShown(place=None, title=NO_HEADING, practices=under(rest)))
