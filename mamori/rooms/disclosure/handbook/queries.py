"""The handbook as it is now: every procedure from what is declared and set, its versions, and who read which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.db.models import Max, Model, QuerySet
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from mamori.grammar.actor import Actor
from mamori.grammar.businesstime import span_text
from mamori.grammar.declaration import Setting
from mamori.grammar.procedure import Procedure
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Lang, Text
from mamori.ground.declared.fields import procedures
from mamori.ground.people import facts as people
from mamori.ground.post import facts as post
from mamori.ground.terms import facts as terms
from mamori.ground.web.papers import html_of
from mamori.ground.web.wording import localized
from mamori.japan.calendar import spoken
from mamori.japan.folding import folded, words
from mamori.law.deadlines import DEADLINES
from mamori.law.settings import SETTINGS
from mamori.rooms.disclosure.handbook.rules import (
    ROOM_TITLES,
    HandbookPart,
    LinesMoved,
    ProcedureCourse,
    courses,
    digest,
    lines,
    moved,
    parts,
)
from mamori.rooms.disclosure.models import ProcedureReading, ProcedureVersion, ProcedureWords

VERSIONS_SHOWN = 10
"""So many changes are shown of a procedure, the newest first."""
FOUND_MOST = 50


class NoSuchProcedure(Refusal, code="no-such-procedure", status=404):
    """Given when there is no such procedure for this actor."""

    text = Text(
        "この手順は見つかりません。手順の一覧からお選びください。",
        "There is no such procedure. Please choose one of the list.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWords:
    """What the operator adds: in Markdown, one language or both, since when."""

    ja: str
    en: str
    at: datetime

    @property
    def text(self) -> Text:
        """Return it in both languages: in the other where it was written in one."""
        return Text(self.ja or self.en, self.en or self.ja)

    @property
    def html(self) -> SafeString:
        """Return it as HTML, in the language of the page."""
        return html_of(localized(self.text))


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureShown:
    """A procedure as it stands: who does what, its tables, the operator's own words, all of its lines, and their digest."""

    procedure: Procedure
    parts: tuple[HandbookPart, ...]
    own: OwnWords | None
    lines: tuple[Text, ...]
    digest: str

    @property
    def code(self) -> str:
        """Return its code."""
        return self.procedure.code

    @property
    def courses(self) -> tuple[ProcedureCourse, ...]:
        """Return who does what, and in which order."""
        return courses(self.procedure)

    @property
    def drawn(self) -> list[tuple[HandbookPart, list[list[tuple[Text, Text]]]]]:
        """Return its tables as a page draws them: each cell beside its column."""
        return [
            (part, [list(zip(part.rows.heads, row, strict=True)) for row in part.rows.rows])
            for part in self.parts
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionShown:
    """A change of a procedure: when it was seen, and what it says otherwise; the first has no change."""

    at: datetime
    moved: LinesMoved | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingShown:
    """That somebody read a procedure: who, when, and whether it still says so."""

    name: str
    at: datetime
    is_current: bool


@dataclass(frozen=True, slots=True)
class LineFound:
    """A line of a procedure in which all words of a search occur."""

    shown: ProcedureShown
    line: Text


def every_procedure(at: datetime) -> tuple[ProcedureShown, ...]:
    """Return the handbook in its order, as of `at`: the rooms as the handbook names them, each room's own order kept."""
    spans, values, own = _spans(at), _values(at), _own_words()
    order = list(ROOM_TITLES)
    some = sorted(procedures(), key=lambda one: order.index(one.room))
    return tuple(_shown(one, spans, values, own.get(one.code)) for one in some)


def procedure_of(code: str, at: datetime) -> ProcedureShown:
    """Return one procedure."""
    return _shown(declared(code), _spans(at), _values(at), _own_words().get(code))


def declared(code: str) -> Procedure:
    """Return what a room declared under a code."""
    one = next((one for one in procedures() if one.code == code), None)
    if one is None:
        raise NoSuchProcedure
    return one


def _shown(
    one: Procedure, spans: Mapping[str, Text], values: Mapping[str, Text], own: OwnWords | None
) -> ProcedureShown:
    some = parts(one, spans, values)
    said = lines(one, some, own.text if own else None)
    return ProcedureShown(procedure=one, parts=some, own=own, lines=said, digest=digest(said))


def _spans(at: datetime) -> dict[str, Text]:
    return {one.code: span_text(terms.duration(one, at=at)) for one in DEADLINES}


def _values(at: datetime) -> dict[str, Text]:
    return {one.code: _value(one, terms.setting(one, at=at)) for one in SETTINGS}


def _value(setting: Setting[Any], value: Any) -> Text:
    if isinstance(value, bool):
        return Text("する", "yes") if value else Text("しない", "no")
    if isinstance(value, int):
        return Text(f"{value:,}", f"{value:,}")
    return setting.called(value) if value else Text("（なし）", "(none)")


def _own_words() -> dict[str, OwnWords]:
    return {
        row.code: OwnWords(ja=row.ja, en=row.en, at=row.at)
        for row in _newest(ProcedureWords.objects.all(), "code")
        if row.ja or row.en
    }


def _newest[M: Model](rows: QuerySet[M], of: str) -> QuerySet[M]:
    """Return the newest row for each value of a field."""
    return rows.filter(pk__in=list(rows.values(of).annotate(last=Max("pk")).values_list("last", flat=True)))


def newest_digests() -> dict[str, str]:
    """Return the digest of the newest version kept of each procedure."""
    return dict(_newest(ProcedureVersion.objects.all(), "code").values_list("code", "digest"))


def versions(shown: ProcedureShown) -> tuple[VersionShown, ...]:
    """Return the newest changes of a procedure, the newest first."""
    rows = list(ProcedureVersion.objects.filter(code=shown.code).order_by("-id")[: VERSIONS_SHOWN + 1])
    said = [tuple(Text(ja, en) for ja, en in row.said) for row in rows]
    found = [
        VersionShown(at=row.at, moved=moved(said[place + 1], said[place]) if place + 1 < len(rows) else None)
        for place, row in enumerate(rows)
    ]
    return tuple(found[:VERSIONS_SHOWN])


def since(shown: ProcedureShown) -> datetime | None:
    """Return since when it has said what it says; None where that was not kept yet."""
    row = ProcedureVersion.objects.filter(code=shown.code).order_by("-id").first()
    return row.at if row is not None and row.digest == shown.digest else None


def own_readings(actor: Actor, every: Sequence[ProcedureShown]) -> dict[str, ReadingShown]:
    """Return what this actor read last of each procedure."""
    digests = {one.code: one.digest for one in every}
    rows = ProcedureReading.objects.filter(by=people.subject_of(actor), code__in=digests).order_by("id")
    return {row.code: _reading(row, "", digests[row.code]) for row in rows}


def readers(shown: ProcedureShown) -> tuple[ReadingShown, ...]:
    """Return who read a procedure, each with the last time, the newest first."""
    names = people.names()
    rows = _newest(ProcedureReading.objects.filter(code=shown.code), "by").order_by("-id")
    return tuple(_reading(row, people.called(row.by, names) or row.by, shown.digest) for row in rows)


def read_counts(every: Sequence[ProcedureShown]) -> dict[str, int]:
    """Return how many have read what each procedure says now."""
    rows = ProcedureReading.objects.filter(digest__in=[one.digest for one in every])
    counted = Counter(code for code, _ in rows.values_list("code", "by").distinct())
    return {one.code: counted[one.code] for one in every}


def _reading(row: ProcedureReading, name: str, digest_now: str) -> ReadingShown:
    return ReadingShown(name=name, at=row.at, is_current=row.digest == digest_now)


def found(every: Sequence[ProcedureShown], asked: str) -> tuple[LineFound, ...]:
    """Return the lines in which every word of a search occurs, however it is spelt; none without a word."""
    wanted = words(asked)
    if not wanted:
        return ()
    hits = (
        LineFound(shown, line)
        for shown in every
        for line in shown.lines
        if all(word in folded(f"{line.ja} {line.en}") for word in wanted)
    )
    return tuple(hit for hit, _ in zip(hits, range(FOUND_MOST), strict=False))


# The handbook as one paper, and as one file for an intranet: without scripts, and without anything from elsewhere.


TITLE = Text("手順書", "Handbook")
MADE = Text("{at}現在の定めから作成", "made from what was laid down on {at}")
EXAMPLES, OWN = Text("例", "For example"), Text("運営者の書き足し", "The operator's own words")
WHO = Text("だれが、何をするか", "Who does what")
WHAT = Text(
    "動いている仕組みの定めからそのまま作った手順です。定めを変えると、この手順書も変わります。",
    "Rendered from what the system goes by: whoever changes that changes this handbook.",
)


SOURCE = Path(__file__).parents[1] / "templates" / "disclosure" / "handbook.typ"
STANDARDS = ("ua-1",)


def pdf_of(at: datetime, *, lang: Lang, operator: str) -> bytes:
    """Return the whole handbook in one language as an accessible PDF."""
    book = book_of(at, lang=lang, operator=operator)
    return post.typeset(SOURCE, {"book": book}, at=at, standards=STANDARDS)


def book_of(at: datetime, *, lang: Lang, operator: str) -> dict[str, Any]:
    """Return the whole handbook in one language as JSON-ready values."""
    every = every_procedure(at)
    return {
        "lang": lang,
        "title": TITLE.in_(lang),
        "operator": operator,
        "made": MADE.fill(at=spoken(at)).in_(lang),
        "what": WHAT.in_(lang),
        "examples": EXAMPLES.in_(lang),
        "own": OWN.in_(lang),
        "who": WHO.in_(lang),
        "rooms": [
            {
                "title": title.in_(lang),
                "procedures": [_procedure(one, lang) for one in every if one.procedure.room == room],
            }
            for room, title in ROOM_TITLES.items()
        ],
    }


STYLES = ("web/tokens.css", "web/house.css", "web/parts.css")


def file_of(at: datetime, *, lang: Lang, operator: str) -> str:
    """Return the whole handbook in one language as one page of HTML that needs nothing else."""
    every = every_procedure(at)
    css = "\n".join(Path(str(finders.find(name))).read_text(encoding="utf-8") for name in STYLES)
    with translation.override(lang):
        return render_to_string(
            "disclosure/handbook_file.html",
            {
                "LANGUAGE_CODE": lang,
                "at": at,
                "operator": operator,
                "style": mark_safe(f"<style>{css}</style>"),  # noqa: S308  # our own style sheets
                "rooms": [
                    (title, [one for one in every if one.procedure.room == room])
                    for room, title in ROOM_TITLES.items()
                ],
            },
        )


def _procedure(shown: ProcedureShown, lang: Lang) -> dict[str, Any]:
    one = shown.procedure
    return {
        "code": one.code,
        "digest": shown.digest[:12],
        "title": one.title.in_(lang),
        "lead": one.lead.in_(lang),
        "examples": [example.in_(lang) for example in one.examples],
        "own": shown.own.text.in_(lang) if shown.own else "",
        "courses": [_course(course, lang) for course in shown.courses],
        "parts": [
            {
                "title": part.rows.title.in_(lang),
                "lead": part.rows.lead.in_(lang) if part.rows.lead else "",
                "heads": [head.in_(lang) for head in part.rows.heads],
                "rows": [[cell.in_(lang) for cell in row] for row in part.rows.rows],
            }
            for part in shown.parts
        ],
    }


def _course(course: ProcedureCourse, lang: Lang) -> dict[str, Any]:
    return {
        "title": course.title.in_(lang) if course.title else "",
        "stages": [
            {
                "when": stage.when.in_(lang) if stage.when else "",
                "by": [
                    {"who": one.who.in_(lang), "does": [does.in_(lang) for does in one.does]}
                    for one in stage.by
                ],
            }
            for stage in course.stages
        ],
    }
