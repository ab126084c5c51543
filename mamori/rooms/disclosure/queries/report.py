"""Which editions and announcements a report is put together from: those that are public, each as it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Lang, Text
from mamori.japan.calendar import JAPAN
from mamori.japan.months import HalfYear
from mamori.rooms.disclosure.queries import editions
from mamori.rooms.disclosure.queries.editions import EditionShown, NoSuchEdition
from mamori.rooms.disclosure.queries.publicpage import request_lines
from mamori.rooms.disclosure.rules.editions import half_text
from mamori.rooms.disclosure.rules.report import (
    HALF,
    YEARLY,
    ReportEdition,
    ReportNews,
    ReportWords,
    report_data,
)
from mamori.rooms.outreach import facts as outreach

BEFORE = 5
"""At most so many earlier half-years stand in a trend."""
YEAR_LEAD = Text(
    "この一年に、お買い物を守るために何をし、どれだけできたかをまとめたものです。数は公表版、記事は公開したニュースから取り、この報告のために作った数はありません。",
    "What was done in this year to protect those who buy, and how far. The figures are those of the published editions, "
    "the articles the announcements; nothing was counted for this report alone.",
)
HALF_LEAD = Text(
    "この半年に、お買い物を守るために何をし、どれだけできたかをまとめたものです。数は公表版のままです。",
    "What was done in this half-year to protect those who buy, and how far. The figures are those of the edition that was "
    "published.",
)


class NoSuchReport(Refusal, code="no-such-report", status=404):
    """Given when there is no report of a year: it is not over, or its second half-year is not published."""

    text = Text(
        "{year}年の報告はありません。報告は、その年の下半期（7〜12月）の公表版が出たときにできます。"
        "「取組みと実績」のページから、ある年のものをお選びください。",
        "There is no report of {year}. A report is there once the edition of that year's July to December is published. Please "
        "choose a year from the page of measures.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportToPrint:
    """A report ready for paper: its values, and as of when it is."""

    data: dict[str, Any]
    at: datetime


def years() -> tuple[int, ...]:
    """Return the years of which there is a report, the newest first."""
    return tuple(sorted({one.half.year for one in _standing() if one.half.number == 2}, reverse=True))


def of_year(year: int, lang: Lang) -> ReportToPrint:
    """Return the report of a year: its editions as they stand now, and what was announced in it."""
    found = sorted((one for one in _standing() if one.half.year == year), key=lambda one: one.half.number)
    if not found or found[-1].half.number != 2:
        raise NoSuchReport(year=year)
    since, until = HalfYear(year, 1).since, HalfYear(year, 2).until
    told = outreach.announced(since, until)
    news = [
        ReportNews(
            on=one.first_at.astimezone(JAPAN).date(),
            title=one.title,
            topic=one.topic,
            body=one.body,
            note=one.note,
            withdrawn_because=one.withdrawn_because,
        )
        for one in told
    ]
    data = report_data(
        ReportWords(title=YEARLY.fill(year=year), lead=YEAR_LEAD),
        [_edition(one) for one in found],
        news=news,
        requests=_requests(found),
        page=f"{settings.ORIGIN}/measures/",
        lang=lang,
    )
    moments = [_released(one) for one in found] + [one.changed_at for one in told]
    return ReportToPrint(data=data, at=max(moments))


def of_half(half: str, number: int, lang: Lang) -> ReportToPrint:
    """Return the report of a published edition beside the half-years before it, as they stood when it was published."""
    one = editions.published_one(half, number)
    data = report_data(
        ReportWords(title=HALF.fill(half=one.title), lead=HALF_LEAD),
        [_edition(one)],
        before=[_edition(other) for other in _before(one)],
        news=None,
        requests=_requests([one]),
        page=f"{settings.ORIGIN}/measures/editions/{one.half}/{one.number}/",
        lang=lang,
    )
    return ReportToPrint(data=data, at=_released(one))


def _before(one: EditionShown) -> list[EditionShown]:
    """Return the newest version of each earlier half-year that was public by then, so that the report stays what it was."""
    by_half: dict[str, EditionShown] = {}
    for other in editions.published():  # the newest version of each first
        if str(other.half) < str(one.half) and _released(other) <= _released(one):
            by_half.setdefault(str(other.half), other)
    return [by_half[half] for half in sorted(by_half)][-BEFORE:]


def _standing() -> list[EditionShown]:
    """Return the newest version of each half-year."""
    by_half: dict[str, EditionShown] = {}
    for one in editions.published():
        by_half.setdefault(str(one.half), one)
    return list(by_half.values())


def _released(one: EditionShown) -> datetime:
    if one.released_at is None:  # what is public was released
        raise NoSuchEdition
    return one.released_at


def _edition(one: EditionShown) -> ReportEdition:
    return ReportEdition(
        half=one.half,
        title=one.title,
        number=one.number,
        released_on=_released(one).astimezone(JAPAN).date(),
        reason=one.reason,
        digest=one.digest,
        told=one.told,
    )


def _requests(found: Sequence[EditionShown]) -> list[tuple[Text, list[tuple[Text, Text]]]]:
    return [(half_text(one.half), list(request_lines(one.told))) for one in found]
