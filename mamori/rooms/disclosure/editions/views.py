"""The public page of measures, its editions and reports, the same for machines, and the pages to draft and release."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, get_args

from django.conf import settings
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from mamori.grammar.actor import Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Lang, Text
from mamori.ground.matters.decision import Decision
from mamori.ground.matters.page import PagePart
from mamori.ground.matters.readinglist import ListColumn, ReadingList, Written, by_state
from mamori.ground.post import facts as post
from mamori.ground.terms import facts as terms
from mamori.ground.web.access import EVERYONE, open_to
from mamori.ground.web.decisions import MatterFrame, decide
from mamori.ground.web.lists import spreadsheet
from mamori.ground.web.matterview import MatterView, Where
from mamori.ground.web.operator import operator
from mamori.ground.web.signs import Visit, actor_of
from mamori.ground.web.wording import language, localized
from mamori.japan.calendar import JAPAN, HalfYear, Month
from mamori.law.duties import MEASURES_SHOWN
from mamori.law.reports import JOMC, JOMC_TITLE
from mamori.law.shown import SETTLED_DAYS
from mamori.rooms.disclosure.editions import actions, queries as editions
from mamori.rooms.disclosure.editions.queries import EditionShown, NoSuchEdition, request_lines
from mamori.rooms.disclosure.editions.rules import (
    COLUMNS,
    HALF,
    HIDING,
    SCHEMA,
    YEARLY,
    ReportEdition,
    ReportNews,
    ReportWords,
    cell_json,
    definitions_json,
    half_text,
    moment_json,
    report_data,
    table_of,
)
from mamori.rooms.disclosure.handbook.rules import digest as digest_of
from mamori.rooms.disclosure.lifecycle import DECIDERS, EDITION, EditionState
from mamori.rooms.disclosure.measures import queries as counted, views as answers
from mamori.rooms.disclosure.measures.queries import MeasureOnPage, PublishedMonth, exported
from mamori.rooms.disclosure.measures.rules import force_text, last_settled, month_text
from mamori.rooms.disclosure.measures.views import DraftForm
from mamori.rooms.disclosure.models import Edition
from mamori.rooms.outreach import facts as outreach


def _cannot_release(page: EditionShown) -> Text | None:
    return None if page.may_release else actions.EditionNeedsAnother.text


DRAFT = Decision[None](
    slug="draft",
    title=Text("公表版を作る", "Draft an edition"),
    lead=Text(
        "半期の数を数え直し、月ごとに公表した数と比べます。同じなら理由は要りません。公表済みの半期を選ぶと訂正版になります。"
        "作っただけでは公表されません。別の責任者か法務担当が確かめて公表します。",
        "The half-year is counted anew and compared with what was published month by month; where it is the same no reason is "
        "needed. Of a half-year that was published it becomes a correction. Drafting publishes nothing: another lead or counsel "
        "looks at it and releases it.",
    ),
    button=Text("作る", "Draft it"),
    done={
        "edition_draft": Text(
            "作りました。別の人の確認を待ちます。", "It was drafted. Another person has to release it."
        )
    },
    verb=actions.draft_edition,
    key="",
    roles=DECIDERS,
)
RELEASE = Decision[EditionShown](
    slug="release",
    title=Text("公表する", "Release it"),
    lead=Text(
        "公表すると、だれでも読め、要約値が記録に残ります。あとから書き換えることはできません。",
        "From then on everybody reads it and its digest is recorded. It cannot be rewritten afterwards.",
    ),
    done={"edition_release": Text("公表しました。", "It was released.")},
    verb=actions.release_edition,
    roles=DECIDERS,
    is_there=lambda page: page.state is EditionState.DRAFTED,
    closed=_cannot_release,
    step_up=True,
)
DROP = Decision[EditionShown](
    slug="drop",
    title=Text("取りやめる", "Give it up"),
    done={"edition_drop": Text("取りやめました。", "It was given up.")},
    verb=actions.drop_edition,
    roles=DECIDERS,
    is_there=lambda page: page.state is EditionState.DRAFTED,
)
DECISIONS = (RELEASE, DROP)


# Which editions and announcements a report is put together from: those that are public, each as it stands.


BEFORE = 5
"""At most so many earlier half-years stand in a trend."""
EDITION_OF = Text("公表版：{title}", "Edition: {title}")
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


def report_of_year(year: int, lang: Lang) -> ReportToPrint:
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


def report_of_half(half: str, number: int, lang: Lang) -> ReportToPrint:
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


# Pages on which leads and counsel draft editions, and release them.


EDITION_LIST: ReadingList[EditionShown] = ReadingList(
    slug="editions",
    title=Text("取組みの公表", "What is published of measures"),
    lead=Text(
        "「取組みと実績」のページに出るものです。月ごとの数は自動で数えられ、半年ごとの公表版は二人で公表します。",
        "What stands on the page of measures. Months are counted by themselves; an edition of half a year is released by two.",
    ),
    empty=Text("公表版はまだありません", "There is no edition yet"),
    roles=DECIDERS,
    rows=lambda actor: Edition.objects.all(),
    order=("-id",),
    read=lambda rows, actor: [editions.summary_of(row) for row in rows],
    columns=(
        ListColumn(
            title=Text("受付番号", "Number"),
            value="id",
            written=Written.NUMBER,
            to="id",
            at="disclosure_staff:edition",
        ),
        ListColumn(
            title=Text("半期", "Half-year"),
            value="title",
            beneath=(ListColumn(title=Text("状態", "State"), value="state_text"),),
        ),
        ListColumn(title=Text("理由", "Why"), value="reason"),
        ListColumn(
            title=Text("作った日時", "Drafted"),
            value="drafted_at",
            written=Written.MOMENT,
            beneath=(
                ListColumn(
                    title=Text("公表した日時", "Released"),
                    value="released_at",
                    written=Written.MOMENT,
                    led=True,
                ),
            ),
        ),
    ),
    filters=(by_state(EDITION),),
)


class EditionView(MatterView[EditionShown]):
    """An edition as it would be read, what has moved in it, and what can be decided; and the list of all."""

    app, name, at, home = "disclosure_staff", "edition", "editions/", "editions"
    back_text, roles, absent = Text("公表の一覧", "All editions"), DECIDERS, NoSuchEdition
    listed, list_template = EDITION_LIST, "disclosure/staff/editions.html"
    decisions, decide_template = DECISIONS, "disclosure/staff/edition_duty.html"
    template, parts = "disclosure/staff/edition", (PagePart.FACTS,)

    def read(self, place: Where, number: int) -> EditionShown:
        """Return one for a lead or counsel."""
        return editions.edition_of(place.actor, number)

    def about(self, key: int) -> str:
        """Return the name under which acts know it."""
        return editions.about_edition(key)

    def frame(self, shown: EditionShown) -> MatterFrame:
        """Return its half-year."""
        return self.framed(EDITION_OF.fill(title=shown.title))

    def given(self, shown: EditionShown, place: Where) -> Mapping[str, Any]:
        """Return what it says, and its figures."""
        return {"page": shown, **_body(shown)}

    def initial(self, shown: EditionShown) -> Mapping[str, Any]:
        """Return which state of it a form shows."""
        return {"version": shown.version}

    def show_page(  # type: ignore[override]  # a stream is an answer, too
        self, request: Visit, number: int, case_page: str = ""
    ) -> HttpResponse | StreamingHttpResponse:
        """Show it, or give the rows behind its half-year line by line: the bytes that `mamori edition export` writes."""
        if request.GET.get("format") != "jsonl":
            return super().show_page(request, number, case_page)
        shown = editions.edition_of(actor_of(request), number)
        headers = {
            "Cache-Control": "private, no-store",
            "Content-Disposition": f'attachment; filename="mamori-export-{shown.half}.jsonl"',
        }
        return StreamingHttpResponse(
            exported(shown.half), content_type="application/jsonl; charset=utf-8", headers=headers
        )


def _body(shown: EditionShown) -> dict[str, Any]:
    return {
        "body": shown.told,
        "lines": list(editions.edition_lines(shown.told)),
        "requests": list(editions.request_lines(shown.told)),
    }


VIEW = EditionView()


@open_to(*DECIDERS)
def write(request: Visit, slug: str, case_page: str) -> HttpResponse:
    """Draft an edition, look at the page of JOMC, answer on a practice, or tell of something else that is done."""
    del case_page
    if slug == answers.LOOK.slug:
        return answers.look(request)
    if slug != DRAFT.slug:
        return answers.propose(request, slug)
    return decide(
        request,
        DRAFT,
        None,
        again=lambda: None,
        back=reverse("disclosure_staff:editions"),
        template="disclosure/staff/edition_duty.html",
        form=partial(DraftForm, halves=editions.halves(request.received_at)),
        flash=True,
    )


# The one public page of measures, its editions, and the same for machines: JSON with its schema, CSV, Atom.


MEASURES = Text("取組みと実績", "What we do, and how far")
A_WHILE, FOR_GOOD = "public, max-age=300", "public, max-age=31536000, immutable"
"""How long others may keep what is for machines: an edition never changes."""


@open_to(*EVERYONE)
def page(request: Visit) -> HttpResponse:
    """Show what is done and how far: promises with their newest numbers first, then each measure."""
    at = request.received_at
    drawn = _drawn(at)
    told_of, listed = counted.measures(at), counted.listed()
    on = told_of.of_practices
    groups = [
        (
            group,
            force_text(group.duty.force if group.duty else None),
            [(one, drawn.of(one)) for one in group.measures],
        )
        for group in counted.grouped(on)
    ]
    lead = editions.telling(drawn.months, drawn.halves, on)
    shown = {
        "promises": editions.promises(lead, on, at),
        "month": lead.name if lead else None,
        "newest": month_text(drawn.months[-1].month) if lead and lead.last < drawn.months[-1].month else None,
        "first_on": None if drawn.months else editions.first_on(at),
        "groups": groups,
        "off": terms.off(at),
        "own": told_of.own,
        "editions": editions.published(),
        "years": years(),
        "hiding": HIDING,
        "jomc": JOMC,
        "jomc_title": JOMC_TITLE,
        "listed": listed,
        "listed_same": listed is not None and listed.digest == digest_of((counted.text_now(at, on),)),
        "settled_days": SETTLED_DAYS,
        "basis": MEASURES_SHOWN.citation,
    }
    response = render(request, "disclosure/public/measures.html", shown)
    if request.presence.role is Role.ANONYMOUS:
        response["Cache-Control"] = "private, max-age=60"
    return response


@dataclass(slots=True, kw_only=True)
class DrawnFigures:
    """The figures of the months as they are drawn for everybody, each measure once in each language."""

    key: tuple[int, Month]
    months: tuple[PublishedMonth, ...]
    halves: tuple[editions.PublishedPeriod, ...]
    parts: dict[tuple[str, str], str] = field(default_factory=dict)

    def of(self, measure: MeasureOnPage) -> str:
        """Return the drawn figures of a measure, "" where there are none."""
        if not self.months or not measure.figures:
            return ""
        key = measure.code, language()
        if key not in self.parts:
            told_ = {"one": editions.figures_of(measure, self.months, self.halves)}
            self.parts[key] = render_to_string("disclosure/public/figures.html", told_)
        return self.parts[key]


_DRAWN: list[DrawnFigures] = []


def forget() -> None:
    """Draw anew at the next page: for tests, whose rows are taken back."""
    _DRAWN.clear()


def _drawn(at: datetime) -> DrawnFigures:
    """Return what is drawn of the months that everybody reads; drawn anew only when something was counted, or a month later."""
    key = counted.newest(), _first(at)
    if not _DRAWN or _DRAWN[0].key != key:
        months = counted.published_months(key[1])
        _DRAWN[:] = [DrawnFigures(key=key, months=months, halves=editions.halves_of(months))]
    return _DRAWN[0]


def _first(at: datetime) -> Month:
    month = last_settled(at)
    for _ in range(editions.MONTHS - 1):
        month = month.previous
    return month


def _figures(request: Visit) -> HttpResponse:
    """Give every month that was counted, for machines."""
    body = {
        "format": "mamori-figures/1",
        "hiding": {"ja": HIDING.ja, "en": HIDING.en},
        "definitions": definitions_json(),
        "months": [_month(one) for one in counted.published_months()],
    }
    return _json(body)


def _month(one: PublishedMonth) -> dict[str, Any]:
    cells = {code: cell_json(cell) for code, cell in one.cells.items()}
    return {"month": str(one.month), "counted_at": moment_json(one.counted_at), "figures": cells}


def _figures_table(request: Visit) -> HttpResponse:
    """Give the same as a table."""
    months = [_month(one) for one in counted.published_months()]
    rows = table_of({"definitions": definitions_json(), "months": months}, language())
    return spreadsheet(request, name="measures", columns=COLUMNS, rows=rows)


def _json(body: Mapping[str, Any], kind: str = "application/json") -> HttpResponse:
    text = json.dumps(body, ensure_ascii=False, indent=1) + "\n"
    return HttpResponse(text, content_type=kind, headers={"Cache-Control": A_WHILE})


def _feed(request: Visit) -> HttpResponse:
    """Give the editions and their corrections as an Atom feed, the newest first."""
    name = operator(request.received_at).name or "Mamori"
    address = request.build_absolute_uri(reverse("disclosure_public:measures"))
    atom = Atom1Feed(
        title=f"{name} – {localized(MEASURES)}",
        link=address,
        description=None,
        language=language(),
        feed_url=request.build_absolute_uri(),
    )
    for one in sorted(editions.published(), key=lambda one: one.act or 0, reverse=True):
        link = request.build_absolute_uri(
            reverse("disclosure_public:edition", args=(str(one.half), one.number))
        )
        atom.add_item(
            title=localized(one.title),
            link=link,
            description=one.reason or localized(one.title),
            unique_id=link,
            pubdate=one.released_at,
            updateddate=one.released_at,
        )
    text = atom.writeString("utf-8")
    return HttpResponse(
        text, content_type="application/atom+xml; charset=utf-8", headers={"Cache-Control": A_WHILE}
    )


FILES: Mapping[str, Callable[[Visit], HttpResponse]] = {
    "figures.json": _figures,
    "figures.csv": _figures_table,
    "editions.atom": _feed,
    "edition.schema.json": lambda request: _json(SCHEMA, kind="application/schema+json"),
}
"""What is told for machines, by the names of its files."""


@open_to(*EVERYONE)
def file(request: Visit, name: str) -> HttpResponse:
    """Give what was counted, the editions or the form of one, for machines."""
    if name not in FILES:
        raise NoSuchEdition
    return FILES[name](request)


@open_to(*EVERYONE)
def edition(request: Visit, half: str, number: int) -> HttpResponse:
    """Show an edition, and beside it those that correct it or that it corrects."""
    found = editions.published_one(half, number)
    all_ = [one for one in editions.published() if one.half == found.half]
    shown = {
        "edition": found,
        **_body(found),
        "others": [one for one in all_ if one.number != found.number],
        "newest": all_[0] if all_[0].number != found.number else None,
        "hiding": HIDING,
    }
    return render(request, "disclosure/public/edition.html", shown)


@open_to(*EVERYONE)
def edition_file(request: Visit, half: str, number: int, name: str) -> HttpResponse:
    """Give a file of an edition: its bytes, the same as a table, the receipt of its release, or its report."""
    found = editions.published_one(half, number)
    if name == "edition.csv":
        rows = table_of(found.told, language())
        return spreadsheet(request, name=_name(found), columns=COLUMNS, rows=rows)
    if name == "receipt.json":
        return _receipt(found)
    lang = next((one for one in LANGS if name == f"report.{one}.pdf"), None)
    if lang is not None:
        return _file(report_of_half(half, number, lang), f"mamori-report-{half}-{number}-{lang}")
    if name != "edition.json":
        raise NoSuchEdition
    headers = {
        "Cache-Control": FOR_GOOD,
        "Content-Disposition": f'attachment; filename="{_name(found)}.json"',
    }
    return HttpResponse(found.body, content_type="application/json", headers=headers)


def _receipt(found: EditionShown) -> HttpResponse:
    """Give the receipt of an edition's release, with what it says: the SHA-256 of the file."""
    receipt = editions.receipt_of(found.act) if found.act else None
    if receipt is None:
        return HttpResponse(
            b"{}\n", content_type="application/json", status=202, headers={"Retry-After": "2"}
        )
    headers = {"Content-Disposition": f'attachment; filename="{_name(found)}-receipt.json"'}
    return HttpResponse(receipt, content_type="application/json", headers=headers)


def _name(found: EditionShown) -> str:
    return f"mamori-edition-{found.half}-{found.number}"


SOURCE = Path(__file__).parents[1] / "templates" / "disclosure" / "report.typ"
STANDARDS = ("ua-1",)
LANGS: tuple[Lang, ...] = get_args(Lang.__value__)


@open_to(*EVERYONE)
def of_year(request: Visit, year: int, lang: str) -> HttpResponse:
    """Give the report of a year."""
    del request
    chosen = next((one for one in LANGS if one == lang), None)
    if chosen is None:
        raise NoSuchReport(year=year)
    return _file(report_of_year(year, chosen), f"mamori-report-{year}-{lang}")


def _file(found: ReportToPrint, name: str) -> HttpResponse:
    told = json.dumps(found.data, ensure_ascii=False, sort_keys=True)
    made = _set(told, found.at, settings.MAMORI_FONTS)
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.pdf"',
        "Cache-Control": "public, max-age=300",
    }
    return HttpResponse(made, content_type="application/pdf", headers=headers)


@lru_cache(maxsize=16)
def _set(told: str, at: datetime, fonts: str) -> bytes:
    """Set a report once: the same values are the same bytes."""
    del fonts
    return post.typeset(SOURCE, {"paper": json.loads(told)}, at=at, standards=STANDARDS)
