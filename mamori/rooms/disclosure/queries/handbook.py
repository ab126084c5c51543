"""The handbook as it is now: every procedure from what is declared and set, its versions, and who read which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max, Model, QuerySet
from django.utils.safestring import SafeString

from mamori.grammar.businesstime import span_text
from mamori.grammar.declaration import Setting
from mamori.grammar.hand import Hand
from mamori.grammar.procedure import Procedure
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared.procedures import procedures
from mamori.ground.people import facts as people
from mamori.ground.terms import facts as terms
from mamori.ground.web.markdown import html_of
from mamori.ground.web.wording import told
from mamori.japan.folding import folded, words
from mamori.law.deadlines import DEADLINES
from mamori.law.settings import SETTINGS
from mamori.rooms.disclosure.models import ProcedureReading, ProcedureVersion, ProcedureWords
from mamori.rooms.disclosure.rules.handbook import (
    ROOM_TITLES,
    HandbookPart,
    LinesMoved,
    digest,
    lines,
    moved,
    parts,
)
from mamori.rooms.disclosure.rules.whodoes import ProcedureCourse, courses

VERSIONS_SHOWN = 10
"""So many changes are shown of a procedure, the newest first."""
FOUND_MOST = 50


class NoSuchProcedure(Refusal, code="no-such-procedure", status=404):
    """Given when there is no such procedure for this hand."""

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
        return html_of(told(self.text))


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


def own_readings(hand: Hand, every: Sequence[ProcedureShown]) -> dict[str, ReadingShown]:
    """Return what this hand read last of each procedure."""
    digests = {one.code: one.digest for one in every}
    rows = ProcedureReading.objects.filter(by=people.subject_of(hand), code__in=digests).order_by("id")
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
