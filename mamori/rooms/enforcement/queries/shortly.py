"""The policy's short table in words: a line for kinds of breach, a cell for each time, and the rows behind them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mamori.grammar.measure import Severity
from mamori.grammar.text import Text
from mamori.ground.terms import facts as terms
from mamori.law.breaches import breach
from mamori.law.settings import REPEAT_TIMES
from mamori.rooms.enforcement.rules.effect import changes
from mamori.rooms.enforcement.rules.judging import fired
from mamori.rooms.enforcement.rules.shortly import MOST, Ladder, ladders
from mamori.rooms.enforcement.rules.table import Row, Table, said
from mamori.rooms.enforcement.rules.telling import said_measure

TIME_TEXTS = (Text("1回目", "first time"), Text("2回目", "second time"), Text("3回目", "third time"))


@dataclass(frozen=True, slots=True, kw_only=True)
class RowBehind:
    """A row of the whole table that a line rests on: for which times, and in which cases it answers besides."""

    row: Row
    times: Text
    cases: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortLine:
    """Kinds of breach and what each time brings; `is_changed` = another than in the table before."""

    breaches: tuple[Text, ...]
    cells: tuple[tuple[Text, Text | None], ...]
    behind: tuple[RowBehind, ...]
    is_changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortTable:
    """At most nine lines; `left` are the kinds of breach that found no place."""

    severity: Severity
    lines: tuple[ShortLine, ...]
    left: tuple[Text, ...]


def short_table(table: Table, severity: Severity, *, at: datetime, since: Table | None = None) -> ShortTable:
    """Return a table shortly; lines whose rows differ from `since` are marked."""
    (grave_after,) = terms.settings(REPEAT_TIMES, at=at)
    found = ladders(fired(table), table.edges, severity, grave_after=grave_after)
    changed = {one.name for one in changes(since, table)} if since else set()
    return ShortTable(
        severity=severity,
        lines=tuple(_line(table, one, changed) for one in found[:MOST]),
        left=tuple(breach(code).title for one in found[MOST:] for code in one.breaches),
    )


def _line(table: Table, ladder: Ladder, changed: set[str]) -> ShortLine:
    answers = [said_measure(one) if one else None for one in ladder.answers]
    behind = []
    for name, times in ladder.rows.items():
        row = table.row(name)
        assert row is not None, "a row that fires stands in its table"
        which = Text.listed(TIME_TEXTS[time - 1] for time in times)
        behind.append(RowBehind(row=row, times=which, cases=said(row.when)))
    return ShortLine(
        breaches=tuple(breach(code).title for code in ladder.breaches),
        cells=tuple(zip(TIME_TEXTS, answers, strict=True)),
        behind=tuple(behind),
        is_changed=not changed.isdisjoint(ladder.rows),
    )
