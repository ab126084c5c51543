"""How reading lists are drawn: narrowed as the address says, page by page, or as a table for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mamori.grammar.hand import Hand
from mamori.grammar.text import Text
from mamori.ground.matters.readinglist import ListColumn, ReadingList, Written
from mamori.ground.web.paging import page_of
from mamori.ground.web.refusals import FilterUnknown, NotForYou
from mamori.ground.web.remaining import STILL
from mamori.ground.web.signs import Visit, hand_of
from mamori.ground.web.spreadsheet import moment_cell, spreadsheet
from mamori.ground.web.wording import told

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
    hand, asked = hand_of(request), request.GET.copy()
    if hand.role not in listed.roles:
        raise NotForYou
    rows, cursor = _narrowed(listed, hand, asked.dict()), asked.pop("cursor", [""])[-1]
    if asked.get("format"):
        titles = [told(one.title) for column in listed.columns for one in (column, *column.beneath)]
        name = f"{listed.slug}-{moment_cell(hand.at)[:10]}"
        return spreadsheet(request, name=name, columns=titles, rows=_lines(listed, rows, hand))
    page = page_of(rows, by=listed.order, cursor=cursor, size=listed.size)
    read = listed.read(page.items, hand)
    shown = {
        "listed": listed,
        "page": page,
        "rows": [[_cell(column, row, case_page) for column in listed.columns] for row in read],
        "filters": [(one, asked.get(one.name, "").strip()) for one in listed.filters],
        "is_narrowed": any(asked.values()),
    }
    asked["format"] = "csv"
    return render(request, template, shown | {"as_table": asked.urlencode()} | dict(more or {}))


def _narrowed(listed: ReadingList[Any], hand: Hand, asked: Mapping[str, Any]) -> Rows:
    if asked.keys() - OURS - {one.name for one in listed.filters} or (asked.get("format") or "csv") != "csv":
        raise FilterUnknown
    rows: Rows = listed.rows(hand)
    for one in listed.filters:
        if written := asked.get(one.name, "").strip():
            if (value := one.read(written)) is None:
                raise FilterUnknown
            rows = one.narrow(rows, hand, value)
    return rows


def _cell(column: ListColumn, row: object, case_page: str) -> Cell:
    path, beneath = "", (_cell(one, row, case_page) for one in column.beneath)
    if column.to:
        leads_to = attrgetter(column.to)(row)
        path = reverse(column.at, args=(leads_to,)) if column.at else case_page.format(number=leads_to)
    return Cell(column, attrgetter(column.value)(row), path, tuple(cell for cell in beneath if cell.is_told))


def _lines(listed: ReadingList[Any], rows: Rows, hand: Hand) -> Iterator[list[str]]:
    """Yield all rows, read in slices, up to a number at which the last line says that more would follow."""
    columns, cursor = [one for column in listed.columns for one in (column, *column.beneath)], ""
    for _ in range(MOST // SLICE):
        page = page_of(rows, by=listed.order, cursor=cursor, size=SLICE, counted=False)
        for row in listed.read(page.items, hand):
            yield [_written(column, attrgetter(column.value)(row)) for column in columns]
        if not (cursor := page.next):
            return
    yield [told(CUT.fill(most=f"{MOST:,}"))]


def _written(column: ListColumn, value: Any) -> str:
    if value is None or column.written is Written.MOMENT:
        return moment_cell(value)
    if column.written is Written.DUE:
        return told(STILL) if value.stands_still else moment_cell(value.due_at)
    return told(value)
