"""The measures as everybody reads them now: what is switched on, in words filled from what is declared and set, since when."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
from mamori.law.practices import PRACTICES
from mamori.law.shown import SHOWN_BY_CODE
from mamori.rooms.complaints import facts as complaints
from mamori.rooms.contact import facts as contact
from mamori.rooms.disclosure.lifecycle import JomcState
from mamori.rooms.disclosure.models import JomcEntry, OwnMeasure, PutIntoUse
from mamori.rooms.disclosure.outlines import OUTLINES as OWN
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
    for state, listed_at in (
        JomcEntry.objects.exclude(listed_at=None).order_by("-id").values_list("state", "listed_at")
    ):
        if state == JomcState.ENDED or (since is None and state != JomcState.LISTED):
            break
        since = listed_at
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
    """One measure: what it does, what is missing of it, since when, and its figures."""

    practice: Practice
    outline: Outline
    does: tuple[Text, ...]
    since: date | None
    figures: tuple[PublicFigure, ...]

    @property
    def code(self) -> str:
        """Return the number of its practice, which stays."""
        return self.practice.code


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureGroup:
    """The measures that serve one duty of the Act; without a duty they are what is done beyond it."""

    duty: Duty | None
    measures: tuple[MeasureOnPage, ...]


def measures(at: datetime, *, even_if_off: bool = False) -> tuple[MeasureOnPage, ...]:
    """Return what was begun and is on at `at`, in the order of the practices; with `even_if_off` what is switched off, too."""
    began = {code: when() for code, when in BEGAN.items()}
    off = {code for code, since in began.items() if since is None or since > at}
    days = _days(began)
    return tuple(
        _shown(one, at, days)
        for one in OUTLINES.values()
        if one.practice not in off and (even_if_off or is_on(one, at))
    )


def is_on(outline: Outline, at: datetime) -> bool:
    """Say whether a measure is not switched off."""
    switch: Setting[Any] | None = outline.switch
    return switch is None or bool(terms.setting(switch, at=at))


def grouped(shown: tuple[MeasureOnPage, ...]) -> tuple[MeasureGroup, ...]:
    """Return the measures by the duty that they serve, in the order of the Act; buyers reaching sellers is one."""
    by_duty: dict[str, list[MeasureOnPage]] = {code: [] for code in (*BY_DUTY, "")}
    for one in shown:
        duty = CONTACT.code if one.practice.room == "display" else one.practice.duty
        by_duty[duty].append(one)
    return tuple(
        MeasureGroup(duty=BY_DUTY.get(code), measures=tuple(some)) for code, some in by_duty.items() if some
    )


def own_measures(at: datetime) -> tuple[OwnMeasure, ...]:
    """Return what the operator does besides at `at`, in its own words."""
    rows = OwnMeasure.objects.filter(written_at__lte=at, since_on__lte=at.astimezone(JAPAN).date())
    return tuple(rows.exclude(ended_at__lte=at).order_by("since_on", "id"))


def _shown(outline: Outline, at: datetime, days: Mapping[str, date | None]) -> MeasureOnPage:
    fills = terms.filled(outline.fills, at=at)
    also = [text for switch, text in outline.also if terms.setting(switch, at=at)]
    return MeasureOnPage(
        practice=BY_CODE[outline.practice],
        outline=outline,
        does=tuple(text.fill(**fills) for text in (outline.does, *also)),
        since=days.get(outline.practice, days[""]),
        figures=tuple(SHOWN_BY_CODE[code] for code in outline.figures),
    )


def _days(began: Mapping[str, datetime | None]) -> dict[str, date | None]:
    """Return since which day each is done: as the operator says, else since it began, else since the house was opened ("")."""
    opened = ledger.began_at()
    days: dict[str, date | None] = {"": _day(opened)}
    days |= {code: _day(since) for code, since in began.items()}
    said = PutIntoUse.objects.order_by("id").values_list("practice", "on")
    return days | dict(said)


def _day(at: datetime | None) -> date | None:
    return None if at is None else at.astimezone(JAPAN).date()
