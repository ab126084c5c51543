"""How lists are drawn: narrowed by the address, page by page, with the time that remains, or as a table for a spreadsheet."""

from __future__ import annotations

import base64
import binascii
import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from operator import attrgetter
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import Model, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mamori.grammar.actor import Actor
from mamori.grammar.businesstime import Calendar, OutsideCalendar, elapsed
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.matters.readinglist import ListColumn, ReadingList, Written
from mamori.ground.web.problems import FilterUnknown, NotForYou
from mamori.ground.web.signs import Visit, actor_of
from mamori.ground.web.wording import localized
from mamori.japan.calendar import JAPAN

# Lists page by page: a cursor names the last row seen, and nobody counts beyond a thousand.


SIZE = 50
COUNTED = 1_000


class CursorUnreadable(Refusal, code="cursor-unreadable", status=400):
    """Given when a cursor is not one that we handed out for this list."""

    text = Text(
        "この続きの印は読み取れません。はじめのページからもう一度お進みください。",
        "This cursor cannot be read. Please begin again at the first page.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Page[T]:
    """Some rows of a list, the cursors to what comes before and after (empty: nothing), and how many there are."""

    items: tuple[T, ...]
    next: str = ""
    previous: str = ""
    count: int | None = None

    def with_items[R](self, items: Iterable[R]) -> Page[R]:
        """Return the same page with these in the place of its rows."""
        return Page(items=tuple(items), next=self.next, previous=self.previous, count=self.count)

    @property
    def count_text(self) -> Text:
        """Say how many there are, to at most a thousand."""
        if self.count is None:
            return Text(f"{len(self.items):,} 件を表示", f"{len(self.items):,} shown")
        if self.count >= COUNTED:
            return Text(f"{COUNTED:,} 件以上", f"{COUNTED:,} or more")
        return Text(f"{self.count:,} 件", f"{self.count:,} in all")


def page_of[M: Model](
    rows: QuerySet[M], *, by: tuple[str, ...], cursor: str = "", size: int = SIZE, counted: bool = True
) -> Page[M]:
    """Return the rows after `cursor`, ordered by the fields `by`: all upward, or all downward with a minus.

    The last field must tell every row from every other (the id), and none may be null.
    """
    downward = by[0].startswith("-")
    names = tuple(name.removeprefix("-") for name in by)
    back, key = _read(rows.model, names, cursor) if cursor else (False, ())
    order = [f"-{name}" if downward is not back else name for name in names]
    found = rows.order_by(*order)
    if cursor:
        found = found.filter(_beyond(names, key, "lt" if downward is not back else "gt"))
    taken = list(found[: size + 1])
    more, taken = len(taken) > size, taken[:size]
    if back:
        taken.reverse()
    return Page(
        items=tuple(taken),
        next=_write(taken[-1], names, back=False) if taken and (more or back) else "",
        previous=_write(taken[0], names, back=True) if taken and (more if back else cursor) else "",
        count=rows.order_by()[:COUNTED].count() if counted else None,
    )


def _beyond(names: tuple[str, ...], key: tuple[Any, ...], way: str) -> Q:
    """Return the rows beyond the key; the first field's bound stands alone so that an index can begin there."""
    beyond, same = Q(), Q()
    for name, value in zip(names, key, strict=True):
        beyond |= same & Q(**{f"{name}__{way}": value})
        same &= Q(**{name: value})
    return Q(**{f"{names[0]}__{way}e": key[0]}) & beyond


def _write(row: Model, names: tuple[str, ...], *, back: bool) -> str:
    field = row._meta.get_field
    key = [field(name).value_to_string(row) for name in names]  # type: ignore[union-attr]  # never a relation
    text = json.dumps([int(back), *key], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read(model: type[Model], names: tuple[str, ...], cursor: str) -> tuple[bool, tuple[Any, ...]]:
    try:
        text = base64.b64decode(cursor[:500] + "=" * (-len(cursor[:500]) % 4), altchars=b"-_", validate=True)
        back, *written = json.loads(text)
        if back not in (0, 1) or not all(isinstance(part, str) for part in written):
            raise CursorUnreadable
        key = tuple(_value(model, *pair) for pair in zip(names, written, strict=True))
    except (ValueError, TypeError, RecursionError, binascii.Error, ValidationError, FieldDoesNotExist):
        raise CursorUnreadable from None
    return bool(back), key


def _value(model: type[Model], name: str, written: str) -> Any:
    """Return a written key as the field's value; a figure that no column holds is none."""
    field: Any = model._meta.get_field(name)
    value = field.to_python(written)
    field.run_validators(value)
    if value is None or "\x00" in written:
        raise CursorUnreadable
    return value


# How long there still is, in words, by the hours that count.


SOON = timedelta(hours=6)
WITHOUT = Text("（休みの日を除く）", ", closed days not counted")
STILL = Text("止まっています", "Stands still")
MANY_DAYS = 5  # from here on nobody asks for the hours


class Standing(StrEnum):
    """How a clock stands; the name is the component's class."""

    RUNNING = "running"
    SOON = "soon"
    LATE = "late"
    PAST = "past"
    STILL = "still"


@dataclass(frozen=True, slots=True)
class Remaining:
    """Where a clock stands and the words for what is left of it; `is_broken` where closed days lie among its hours.

    Then the watch says something else, and a page leads with the moment itself.
    """

    standing: Standing
    text: Text
    is_broken: bool = False


def remaining(
    due_at: datetime,
    *,
    now: datetime,
    calendar: Calendar,
    stands_still: bool = False,
    every_day: bool = False,
    alarm: bool = True,
) -> Remaining:
    """Return what is left until `due_at`; hours of closed days do not count, unless `every_day` does.

    Without `alarm` a moment that has passed is past, and nothing to be counted further.
    """
    if stands_still:
        return Remaining(Standing.STILL, STILL)
    if now >= due_at:
        if not alarm:
            return Remaining(Standing.PAST, Text("過ぎました", "This moment has passed"))
        late = _span(_passed(due_at, now, calendar, every_day))
        return Remaining(Standing.LATE, late.late, late.broken)
    passed = _passed(now, due_at, calendar, every_day)
    left = _span(passed)
    return Remaining(Standing.SOON if passed.time < SOON else Standing.RUNNING, left.left, left.broken)


class _Kind(StrEnum):
    """What a time is made of: all hours, business hours with closed days among them, or with none."""

    DAILY = "daily"
    BROKEN = "broken"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class _Passed:
    time: timedelta
    kind: _Kind


def _passed(start: datetime, end: datetime, calendar: Calendar, every_day: bool) -> _Passed:
    if every_day:
        return _Passed(end - start, _Kind.DAILY)
    try:
        counted = elapsed(start, end, calendar)
    except OutsideCalendar:
        counted = end - start
    return _Passed(counted, _Kind.WHOLE if counted == end - start else _Kind.BROKEN)


@dataclass(frozen=True, slots=True)
class _Span:
    amount: Text
    broken: bool = False

    @property
    def left(self) -> Text:
        return self._said(Text("あと {amount}{without}", "{amount} left{without}"))

    @property
    def late(self) -> Text:
        return self._said(Text("{amount} 過ぎています{without}", "{amount} overdue{without}"))

    def _said(self, text: Text) -> Text:
        return text.fill(amount=self.amount, without=WITHOUT if self.broken else "")


def _span(passed: _Passed) -> _Span:
    """Round down to what a person would say: minutes, hours, or days of 24 counted hours with the hours beside.

    “14 hours” on a Friday evening are not those of the watch: where closed days lie among them it is said.
    """
    minutes = int(passed.time.total_seconds()) // 60
    days, hours = divmod(minutes // 60, 24)
    if not days:
        return _Span(_hours(minutes), broken=passed.kind is _Kind.BROKEN)
    is_daily = passed.kind is _Kind.DAILY
    whole = _many(days, "日", "day") if is_daily else _many(days, "営業日", "business day")
    if not hours or days >= MANY_DAYS:
        return _Span(whole)
    rest = _many(hours, "時間", "hour")
    return _Span(Text(f"{whole.ja}と {rest.ja}", f"{whole.en} and {rest.en}"))


def _hours(minutes: int) -> Text:
    if minutes < 1:
        return Text("1 分未満", "less than a minute")
    return _many(minutes // 60, "時間", "hour") if minutes >= 60 else _many(minutes, "分", "minute")


def _many(count: int, ja: str, en: str) -> Text:
    return Text(f"{count} {ja}", f"{count} {en}{'' if count == 1 else 's'}")


BOM = "\ufeff"
FORMULAS = "=+-@\t\r"


def spreadsheet(
    request: Visit, *, name: str, columns: Iterable[object], rows: Iterable[Iterable[object]]
) -> HttpResponse:
    """Return the table as a file; `?bom=0` leaves out the mark by which older spreadsheets know UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow([str(column) for column in columns])
    writer.writerows([safe_cell(str(cell)) for cell in row] for row in rows)
    mark = "" if request.GET.get("bom") == "0" else BOM
    answer = HttpResponse(mark + text.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def safe_cell(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: an apostrophe stands before what could begin one."""
    return f"'{cell}" if cell.lstrip(" \u3000")[:1] in tuple(FORMULAS + "＝＋－＠") else cell


def moment_cell(at: datetime | None) -> str:
    """Return a moment in Japan to the minute, as spreadsheets sort it; empty for none."""
    return f"{at.astimezone(JAPAN):%Y-%m-%d %H:%M}" if at else ""


# How reading lists are drawn: narrowed as the address says, page by page, or as a table for a spreadsheet.


type Rows = QuerySet[Any]

OURS = frozenset({"cursor", "format", "bom"})
SLICE, MOST = 500, 10_000
CUT = Text(
    "はじめの{most}件です。続きは、この表に入っていません。絞り込んで保存し直してください。",
    "These are the first {most}; what follows is not in this table. Please narrow the list and save it again.",
)


@dataclass(frozen=True, slots=True)
class Cell:
    """What is told in one place, where it leads, and what is told beneath."""

    column: ListColumn
    value: Any
    path: str
    beneath: tuple[Cell, ...]

    @property
    def is_told(self) -> bool:
        """Say whether there is anything to be told."""
        return self.value not in (None, "")


def show(
    request: Visit,
    listed: ReadingList[Any],
    *,
    case_page: str = "",
    template: str = "web/readinglist.html",
    more: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Show a page of a list, or all of it as a table where the address asks for that; `more` is what the template adds to it."""
    actor, asked = actor_of(request), request.GET.copy()
    if actor.role not in listed.roles:
        raise NotForYou
    rows, cursor = _narrowed(listed, actor, asked.dict()), asked.pop("cursor", [""])[-1]
    if asked.get("format"):
        titles = [localized(one.title) for column in listed.columns for one in (column, *column.beneath)]
        name = f"{listed.slug}-{moment_cell(actor.at)[:10]}"
        return spreadsheet(request, name=name, columns=titles, rows=_lines(listed, rows, actor))
    page = page_of(rows, by=listed.order, cursor=cursor, size=listed.size)
    read = listed.read(page.items, actor)
    shown = {
        "listed": listed,
        "page": page,
        "rows": [[_cell(column, row, case_page) for column in listed.columns] for row in read],
        "filters": [(one, asked.get(one.name, "").strip()) for one in listed.filters],
        "is_narrowed": any(asked.values()),
    }
    asked["format"] = "csv"
    return render(request, template, shown | {"as_table": asked.urlencode()} | dict(more or {}))


def _narrowed(listed: ReadingList[Any], actor: Actor, asked: Mapping[str, Any]) -> Rows:
    if asked.keys() - OURS - {one.name for one in listed.filters} or (asked.get("format") or "csv") != "csv":
        raise FilterUnknown
    rows: Rows = listed.rows(actor)
    for one in listed.filters:
        if written := asked.get(one.name, "").strip():
            if (value := one.read(written)) is None:
                raise FilterUnknown
            rows = one.narrow(rows, actor, value)
    return rows


def _cell(column: ListColumn, row: object, case_page: str) -> Cell:
    path, beneath = "", (_cell(one, row, case_page) for one in column.beneath)
    if column.to:
        leads_to = attrgetter(column.to)(row)
        path = reverse(column.at, args=(leads_to,)) if column.at else case_page.format(number=leads_to)
    return Cell(column, attrgetter(column.value)(row), path, tuple(cell for cell in beneath if cell.is_told))


def _lines(listed: ReadingList[Any], rows: Rows, actor: Actor) -> Iterator[list[str]]:
    """Yield all rows, read in slices, up to a number at which the last line says that more would follow."""
    columns, cursor = [one for column in listed.columns for one in (column, *column.beneath)], ""
    for _ in range(MOST // SLICE):
        page = page_of(rows, by=listed.order, cursor=cursor, size=SLICE, counted=False)
        for row in listed.read(page.items, actor):
            yield [_written(column, attrgetter(column.value)(row)) for column in columns]
        if not (cursor := page.next):
            return
    yield [localized(CUT.fill(most=f"{MOST:,}"))]


def _written(column: ListColumn, value: Any) -> str:
    if value is None or column.written is Written.MOMENT:
        return moment_cell(value)
    if column.written is Written.DUE:
        return localized(STILL) if value.stands_still else moment_cell(value.due_at)
    return localized(value)
