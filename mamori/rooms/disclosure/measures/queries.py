"""The measures as everybody reads them now, what was answered of practices, and what was counted by month and half-year."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db.models import Q

from mamori.grammar.actor import Actor
from mamori.grammar.declaration import Duty, Practice, Setting
from mamori.grammar.figures import Unit, rank, span
from mamori.grammar.outline import MonthCount, Outline, PublicFigure
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text, day_words
from mamori.ground.declared.counted import ExportedRow
from mamori.ground.ledger import facts as ledger
from mamori.ground.people import facts as people
from mamori.ground.terms import facts as terms
from mamori.ground.web.signing.here import is_second, somebody_else
from mamori.japan.calendar import JAPAN, HalfYear, Month
from mamori.law.activities import ACTIVITY_PRACTICES
from mamori.law.duties import CONTACT, DUTIES
from mamori.law.gate import NOTHING, Cells, Counts, cells_of, corrected
from mamori.law.guideline import HEADINGS, NO_HEADING
from mamori.law.practices import PRACTICES
from mamori.law.reports import ITEM_HEADINGS
from mamori.law.settings import OPERATOR_NAME
from mamori.law.shown import FEW, SETTLED_DAYS, SHOWN_BY_CODE
from mamori.rooms.complaints import facts as complaints
from mamori.rooms.contact import facts as contact
from mamori.rooms.disclosure.editions.rules import DECIDED, OUTCOMES, PERCENTS, RequestCounts
from mamori.rooms.disclosure.lifecycle import ANSWER, DECIDERS, GIVEN, AnswerState, DisclosureState
from mamori.rooms.disclosure.measures.rules import (
    FOUND,
    SINCE,
    AnswerSays,
    JomcFound,
    alone_at,
    jomc_text,
    settled_at,
)
from mamori.rooms.disclosure.models import JomcLook, MonthFigure, PracticeAnswer, SellerRequest
from mamori.rooms.disclosure.outlines import OUTLINES as OWN
from mamori.rooms.display import facts as display
from mamori.rooms.enforcement import facts as enforcement
from mamori.rooms.identity import facts as identity
from mamori.rooms.insight import facts as insight
from mamori.rooms.outreach import facts as outreach
from mamori.rooms.outreach.facts import ActivityTold
from mamori.rooms.payouts import facts as payouts
from mamori.rooms.safety import facts as safety

# What the operator answered of practices: what everybody reads at a moment, and what waits for another person.


ELSEWHERE = Text(
    "{words}（運営者がほかの手段で行っていること。{day}から。わかるもの：{proof}）",
    "{words} (done by the operator by other means, since {day}; shown by: {proof})",
)


class NoSuchPracticeAnswer(Refusal, code="no-such-answer", status=404):
    """Given when there is no such answer, or no such practice, for this actor."""

    text = Text(
        "この答えは見つかりません。「指針の見出しと取組み」の一覧からお選びください。",
        "There is no such answer. Please choose one of the list under “Headings of the guideline”.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeAnswerShown:
    """An answer as it stands: what it says, how far it is, and whether one person alone published it."""

    id: int
    practice: str
    says: AnswerSays
    title: Text | None
    words: Text | None
    since_on: date | None
    shown: str
    link: str
    by_one: bool
    state: AnswerState
    version: int
    proposed_at: datetime
    proposed_by: str
    published_at: datetime | None
    closed_at: datetime | None

    @property
    def state_text(self) -> Text:
        """Say how it stands."""
        return ANSWER.states[self.state]

    @property
    def is_elsewhere(self) -> bool:
        """Say whether it is done outside of this house."""
        return self.says is AnswerSays.ELSEWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPage:
    """An answer as staff decide on it: whether this person may publish it, or from when on alone."""

    answer: PracticeAnswerShown
    may_publish: bool
    alone_at: datetime | None


def about_answer(number: int) -> str:
    """Return the name under which acts know an answer."""
    return f"disclosure.answer:{number}"


def answered(at: datetime) -> tuple[Mapping[str, PracticeAnswerShown], tuple[PracticeAnswerShown, ...]]:
    """Return what everybody reads at `at`: the answers by practice, and what else is done by its day."""
    still = Q(closed_at=None) | Q(closed_at__gt=at)
    rows = [
        _answer_shown(row)
        for row in PracticeAnswer.objects.filter(still, published_at__lte=at).order_by("since_on", "id")
    ]
    return {one.practice: one for one in rows if one.practice}, tuple(one for one in rows if not one.practice)


def waiting() -> tuple[PracticeAnswerShown, ...]:
    """Return what waits for another person, the oldest first."""
    names = people.names()
    rows = PracticeAnswer.objects.filter(state=AnswerState.PROPOSED).order_by("id")
    return tuple(_answer_shown(row, people.called(row.proposed_by, names)) for row in rows)


def answer_of(actor: Actor, number: int) -> AnswerPage:
    """Return an answer for a lead or counsel."""
    row = PracticeAnswer.objects.filter(pk=number).first()
    if row is None or actor.role not in DECIDERS:
        raise NoSuchPracticeAnswer
    second = is_second(actor, than=row.proposed_by)
    alone = not second and not somebody_else((row.proposed_by,), roles=DECIDERS, at=actor.at)
    due = alone_at(row.proposed_at)
    return AnswerPage(
        answer=_answer_shown(row, people.called(row.proposed_by, people.names())),
        may_publish=second or (alone and actor.at >= due),
        alone_at=due if alone else None,
    )


def _answer_shown(row: PracticeAnswer, proposed_by: str = "") -> PracticeAnswerShown:
    return PracticeAnswerShown(
        id=row.pk,
        practice=row.practice,
        says=AnswerSays(row.says),
        title=Text(row.title_ja, row.title_en) if row.title_ja else None,
        words=Text(row.words_ja, row.words_en) if row.words_ja and row.words_en else None,
        since_on=row.since_on,
        shown=row.shown,
        link=row.link,
        by_one=row.by_one,
        state=AnswerState(row.state),
        version=row.version,
        proposed_at=row.proposed_at,
        proposed_by=proposed_by,
        published_at=row.published_at,
        closed_at=row.closed_at,
    )


def elsewhere_text(answer: PracticeAnswerShown) -> Text:
    """Say what the operator does outside of this house: its words, since when, and what shows it."""
    assert answer.words is not None
    assert answer.since_on is not None
    proof = f"{answer.shown} {answer.link}".strip()
    return ELSEWHERE.fill(words=answer.words, day=day_words(answer.since_on), proof=proof)


# The measures as everybody reads them now: what is switched on, in words filled from what is declared and set, since when.


ROOMS: Mapping[str, tuple[Outline, ...]] = {
    "complaints": complaints.OUTLINES,
    "contact": contact.OUTLINES,
    "display": display.OUTLINES,
    "enforcement": enforcement.OUTLINES,
    "identity": identity.OUTLINES,
    "insight": insight.OUTLINES,
    "payouts": payouts.OUTLINES,
    "safety": safety.OUTLINES,
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
    lines: tuple[ActivityTold, ...] = ()

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
class PublishedMeasures:
    """All that is told of measures at a moment: those of practices, and what the operator does besides in its own words."""

    of_practices: tuple[MeasureOnPage, ...]
    own: tuple[PracticeAnswerShown, ...]


def measures(at: datetime, *, even_if_off: bool = False) -> PublishedMeasures:
    """Return what is done at `at`: here where it was begun and is on, or elsewhere; with `even_if_off` what is off, too."""
    said, own = answered(at)
    lines = outreach.told_of_activities()
    began = {code: when() for code, when in BEGAN.items()}
    began |= {code: _first_told(lines.get(code, ())) for code in ACTIVITY_PRACTICES}
    off = {code for code, since in began.items() if since is None or since > at}
    off |= {code for code, one in said.items() if one.says is AnswerSays.NOT_DONE}
    on = {code: one for code, one in OUTLINES.items() if code not in off and (even_if_off or is_on(one, at))}
    days = {"": _day(ledger.began_at())} | {code: _day(since) for code, since in began.items()}
    told = (
        _measure_shown(one, on.get(one.code), said.get(one.code), at, days, lines=lines.get(one.code, ()))
        for one in PRACTICES
        if one.code in on or (one.code in said and said[one.code].is_elsewhere)
    )
    return PublishedMeasures(of_practices=tuple(told), own=own)


def _first_told(lines: Sequence[ActivityTold]) -> datetime | None:
    return min((one.at for one in lines), default=None)


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


def _measure_shown(
    practice: Practice,
    outline: Outline | None,
    answer: PracticeAnswerShown | None,
    at: datetime,
    days: Mapping[str, date | None],
    *,
    lines: Sequence[ActivityTold],
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
        lines=tuple(lines),
    )


def _day(at: datetime | None) -> date | None:
    return None if at is None else at.astimezone(JAPAN).date()


ABOUT_JOMC = "disclosure.jomc:page"
"""The name under which acts and the clock know the page of JOMC."""


@dataclass(frozen=True, slots=True)
class JomcLookShown:
    """A look at the page of JOMC, what it found in words, and by whom."""

    row: JomcLook
    by: str = ""

    @property
    def said(self) -> Text:
        """Say what was found."""
        return FOUND[JomcFound(self.row.found)]


def text_now(at: datetime, on: Sequence[MeasureOnPage] | None = None) -> Text:
    """Return the text as it would be at `at`, of what is `on` then: what is switched off, or missing, is not in it."""
    told = measures(at).of_practices if on is None else on
    groups = {group.duty.code: group for group in grouped(told) if group.duty}
    headings = [
        (
            title,
            BY_DUTY[code].citation.place,
            [_point(one) for one in groups[code].measures] if code in groups else [],
        )
        for code, title in ITEM_HEADINGS.items()
    ]
    return jomc_text(
        headings, operator=terms.setting(OPERATOR_NAME, at=at), page=f"{settings.ORIGIN}/measures/"
    )


def _point(one: MeasureOnPage) -> tuple[Text, ...]:
    title = SINCE.fill(title=one.heading, day=day_words(one.since)) if one.since else one.heading
    return (title, *one.does, *((elsewhere_text(one.elsewhere),) if one.elsewhere else ()))


def looks() -> tuple[JomcLookShown, ...]:
    """Return every look, the newest first."""
    names = people.names()
    return tuple(JomcLookShown(row, people.called(row.by, names)) for row in JomcLook.objects.order_by("-id"))


def listed() -> JomcLook | None:
    """Return the newest look, or nothing where there is none or it found nothing there; it does not say whose it was."""
    row = JomcLook.objects.order_by("-id").first()
    return None if row is None or row.found == JomcFound.NOTHING else row


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
    shown = {one.code: one for one in measures(at).of_practices}

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


# The months that were counted, and what of them everybody reads.


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedMonth:
    """A month that was counted: when, what lies behind it as it was counted first and now, and what everybody reads of it.

    `told` is all that everybody could read of it, in its order; the last of them stands.
    """

    month: Month
    counted_at: datetime
    version: int
    first: Counts
    counts: Counts
    told: tuple[Cells, ...]

    @property
    def cells(self) -> Cells:
        """Return what everybody reads of it now."""
        return self.told[-1]


def count(month: Month) -> dict[str, MonthCount]:
    """Count a month as it stood when it was settled; what is asked of the tables now is not what came later."""
    asof = settled_at(month)
    found = (
        *contact.settled(month, asof=asof),
        *enforcement.settled(month, asof=asof),
        *display.settled(month, asof=asof),
        *identity.settled(month),
        *payouts.settled(month, asof=asof),
        *outreach.settled(month),
    )
    return {one.code: one for one in found}


def newest() -> int:
    """Return the number of what was counted last, 0 while nothing was: as rows only grow, it says all that was."""
    return MonthFigure.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def published_months(since: Month | None = None, until: Month | None = None) -> tuple[PublishedMonth, ...]:
    """Return the months that were counted, of those from `since` to `until`, in their order, in one statement."""
    rows = MonthFigure.objects.filter(code__in=SHOWN_BY_CODE).order_by("month", "version", "id")
    if since is not None:
        rows = rows.filter(month__gte=since.since.date())
    if until is not None:
        rows = rows.filter(month__lte=until.since.date())
    return tuple(
        _told(Month(day.year, day.month), list(of_month))
        for day, of_month in groupby(rows, key=lambda row: row.month)
    )


def _told(month: Month, rows: Iterable[MonthFigure]) -> PublishedMonth:
    versions = [list(one) for _, one in groupby(rows, key=lambda row: row.version)]
    found = _counted(versions[0])
    missing = SHOWN_BY_CODE.keys() - found.keys()  # declared later: nothing until it is counted as well
    counts = at_first = {code: found.get(code, MonthCount(code=code)) for code in SHOWN_BY_CODE}
    told: list[Cells] = [cells_of(counts) | dict.fromkeys(missing, NOTHING)]
    for later in versions[1:]:
        counts = {**counts, **_counted(later)}
        told.append(corrected(told, counts))
    return PublishedMonth(
        month=month,
        counted_at=versions[0][0].counted_at,
        version=versions[-1][0].version,
        first=at_first,
        counts=counts,
        told=tuple(told),
    )


def _counted(rows: Iterable[MonthFigure]) -> dict[str, MonthCount]:
    return {row.code: MonthCount(code=row.code, count=row.count, took=row.took) for row in rows}


ENDED = {*(one.value for one in GIVEN), DisclosureState.REFUSED.value, DisclosureState.WITHDRAWN.value}


def requests_counted(half: HalfYear) -> RequestCounts:
    """Count the requests that came in a half-year, as they stood when its last month was settled."""
    asof = settled_at(half.months[-1])
    rows = list(request_rows(half))
    outcomes = Counter(_outcome(state, closed_at, asof) for state, _, closed_at, _ in rows)
    took = sorted(
        closed_at - received_at
        for state, received_at, closed_at, _ in rows
        if closed_at is not None and _outcome(state, closed_at, asof) in DECIDED
    )
    grounds = Counter(
        element
        for state, _, closed_at, elements in rows
        if _outcome(state, closed_at, asof) == "refused"
        for element in elements
    )
    ranks = {code: took[rank(percent, len(took)) - 1] for code, percent in PERCENTS.items() if took}
    return RequestCounts(
        outcomes={one: outcomes[one] for one in OUTCOMES},
        refused_on=dict(grounds),
        took={code: span(one, Unit.DAYS) for code, one in ranks.items()},
    )


def _outcome(state: str, closed_at: datetime | None, asof: datetime) -> str:
    return state if state in ENDED and closed_at is not None and closed_at <= asof else "open"


def request_rows(half: HalfYear) -> Iterator[tuple[str, datetime, datetime | None, list[str]]]:
    """Yield of each request of a half-year its state, when it came and ended, and on what it was refused."""
    rows = SellerRequest.objects.filter(received_at__gte=half.since, received_at__lt=half.until)
    yield from rows.order_by("id").values_list("state", "received_at", "closed_at", "refused_on")


FORMAT = "mamori-export/1"


def exported(half: HalfYear) -> Iterator[str]:
    """Yield the lines of an export: what it is of, then each row."""
    yield _line({"format": FORMAT, "half": str(half), "settled_days": SETTLED_DAYS, "few": FEW})
    for number, (kind, row) in enumerate(_rows(half), start=1):
        yield _line({"row": number, "kind": kind, **row})


def _rows(half: HalfYear) -> Iterator[ExportedRow]:
    yield from contact.settled_rows(half.since, half.until)
    for room in (enforcement, display, identity, payouts, outreach):
        yield from room.settled_rows(half.since, half.until)
    for state, received_at, closed_at, refused_on in request_rows(half):
        yield (
            "request",
            {
                "state": state,
                "received_at": received_at,
                "closed_at": closed_at,
                "refused_on": refused_on,
            },
        )


def _line(row: Mapping[str, Any]) -> str:
    return json.dumps(row, default=_plain, separators=(",", ":")) + "\n"


def _plain(value: object) -> str:
    assert isinstance(value, datetime), value
    return value.astimezone(UTC).isoformat()
