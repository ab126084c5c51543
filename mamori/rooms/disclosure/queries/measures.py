"""The measures as everybody reads them now: what is switched on, in words filled from what is declared and set, since when."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from mamori.grammar.declaration import Duty, Practice, Setting
from mamori.grammar.outline import Outline, PublicFigure
from mamori.grammar.text import Text
from mamori.ground.ledger import facts as ledger
from mamori.ground.terms import facts as terms
from mamori.japan.calendar import JAPAN
from mamori.law.duties import CONTACT, DUTIES
from mamori.law.jomc import ITEM_HEADINGS
from mamori.law.practices import PRACTICES
from mamori.law.shown import SHOWN_BY_CODE
from mamori.rooms.complaints import facts as complaints
from mamori.rooms.contact import facts as contact
from mamori.rooms.disclosure.models import JomcLook
from mamori.rooms.disclosure.outlines import OUTLINES as OWN
from mamori.rooms.disclosure.queries.answers import PracticeAnswerShown, answered
from mamori.rooms.disclosure.rules.answers import AnswerSays
from mamori.rooms.disclosure.rules.jomc import JomcFound
from mamori.rooms.display import facts as display
from mamori.rooms.enforcement import facts as enforcement
from mamori.rooms.identity import facts as identity
from mamori.rooms.insight import facts as insight
from mamori.rooms.outreach import facts as outreach
from mamori.rooms.payouts import facts as payouts

ROOMS: Mapping[str, tuple[Outline, ...]] = {
    "complaints": complaints.OUTLINES,
    "contact": contact.OUTLINES,
    "display": display.OUTLINES,
    "enforcement": enforcement.OUTLINES,
    "identity": identity.OUTLINES,
    "insight": insight.OUTLINES,
    "payouts": payouts.OUTLINES,
    "disclosure": OWN,
    "outreach": outreach.OUTLINES,
}
OUTLINES: Mapping[str, Outline] = {
    one.practice: one
    for one in sorted((o for some in ROOMS.values() for o in some), key=lambda o: o.practice)
}
"""Every measure that runs, by its practice, in the order of their numbers."""
BY_CODE: Mapping[str, Practice] = {one.code: one for one in PRACTICES}
BY_DUTY: Mapping[str, Duty] = {one.code: one for one in DUTIES}


def _listed_at() -> datetime | None:
    """Return since when something stands on the page of JOMC without a gap as of now, or nothing while nothing does."""
    since: datetime | None = None
    for found, at in JomcLook.objects.order_by("-id").values_list("found", "at"):
        if found == JomcFound.NOTHING:
            break
        since = at
    return since


BEGAN: Mapping[str, Callable[[], datetime | None]] = {
    "P14": insight.first_noted_at,
    "P23": _listed_at,
    "P28": outreach.first_told_at,
    "P29": outreach.first_told_at,
    "P31": outreach.first_announced_at,
}
"""What is done only once somebody began it: since when, or None before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureOnPage:
    """One measure: what runs of it here and its figures, since when, and what the operator answered of it."""

    practice: Practice
    outline: Outline | None
    does: tuple[Text, ...]
    since: date | None
    figures: tuple[PublicFigure, ...]
    answer: PracticeAnswerShown | None

    @property
    def code(self) -> str:
        """Return the number of its practice, which stays."""
        return self.practice.code

    @property
    def heading(self) -> Text:
        """Return what heads it: never more than could run here, as no answer says that all of its text is done elsewhere."""
        return self.practice.heading

    @property
    def elsewhere(self) -> PracticeAnswerShown | None:
        """Return what the operator does of it outside of this house."""
        return self.answer if self.answer and self.answer.is_elsewhere else None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureGroup:
    """The measures that serve one duty of the Act; without a duty they are what is done beyond it."""

    duty: Duty | None
    measures: tuple[MeasureOnPage, ...]

    @property
    def title(self) -> Text:
        """Return what heads them: a subject of the Act, or what is asked where all of it runs."""
        if self.duty is None:
            return Text("そのほかの取組み", "Other protections")
        return ITEM_HEADINGS.get(self.duty.code, self.duty.title)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuresTold:
    """All that is told of measures at a moment: those of practices, and what the operator does besides in its own words."""

    of_practices: tuple[MeasureOnPage, ...]
    own: tuple[PracticeAnswerShown, ...]


def measures(at: datetime, *, even_if_off: bool = False) -> MeasuresTold:
    """Return what is done at `at`: here where it was begun and is on, or elsewhere; with `even_if_off` what is off, too."""
    said, own = answered(at)
    began = {code: when() for code, when in BEGAN.items()}
    off = {code for code, since in began.items() if since is None or since > at}
    off |= {code for code, one in said.items() if one.says is AnswerSays.NOT_DONE}
    on = {code: one for code, one in OUTLINES.items() if code not in off and (even_if_off or is_on(one, at))}
    days = _days(began)
    told = (
        _shown(one, on.get(one.code), said.get(one.code), at, days)
        for one in PRACTICES
        if one.code in on or (one.code in said and said[one.code].is_elsewhere)
    )
    return MeasuresTold(of_practices=tuple(told), own=own)


def is_on(outline: Outline, at: datetime) -> bool:
    """Say whether a measure is not switched off."""
    switch: Setting[Any] | None = outline.switch
    return switch is None or bool(terms.setting(switch, at=at))


def grouped(shown: Sequence[MeasureOnPage]) -> tuple[MeasureGroup, ...]:
    """Return the measures by the duty that they serve, in the order of the Act; buyers reaching sellers is one."""
    by_duty: dict[str, list[MeasureOnPage]] = {code: [] for code in (*BY_DUTY, "")}
    for one in shown:
        by_duty[duty_of(one.practice)].append(one)
    return tuple(
        MeasureGroup(duty=BY_DUTY.get(code), measures=tuple(some)) for code, some in by_duty.items() if some
    )


def duty_of(practice: Practice) -> str:
    """Return the duty under which a practice stands: of item 1 of article 3(1) there is one for everybody."""
    return CONTACT.code if practice.room == "display" else practice.duty


def _shown(
    practice: Practice,
    outline: Outline | None,
    answer: PracticeAnswerShown | None,
    at: datetime,
    days: Mapping[str, date | None],
) -> MeasureOnPage:
    if outline is None:
        return MeasureOnPage(practice=practice, outline=None, does=(), since=None, figures=(), answer=answer)
    fills = terms.filled(outline.fills, at=at)
    also = [text for switch, text in outline.also if terms.setting(switch, at=at)]
    said = answer.since_on if answer and not answer.is_elsewhere else None
    return MeasureOnPage(
        practice=practice,
        outline=outline,
        does=tuple(text.fill(**fills) for text in (outline.does, *also)),
        since=said or days.get(practice.code, days[""]),
        figures=tuple(SHOWN_BY_CODE[code] for code in outline.figures),
        answer=answer,
    )


def _days(began: Mapping[str, datetime | None]) -> dict[str, date | None]:
    """Return since which day each is done where nobody says it: since it began, else since the house was opened ("")."""
    return {"": _day(ledger.began_at())} | {code: _day(since) for code, since in began.items()}


def _day(at: datetime | None) -> date | None:
    return None if at is None else at.astimezone(JAPAN).date()
