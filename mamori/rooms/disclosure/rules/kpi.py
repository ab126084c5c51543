"""The sheet of the product safety pledge: which time it is of, and what stands in each row; what is not counted has no figure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from mamori.grammar.figures import Unit
from mamori.grammar.sheet import Removals, SheetRow
from mamori.grammar.text import Lang, Text
from mamori.japan.calendar import JAPAN
from mamori.japan.months import Month, month_named, month_of
from mamori.law.gate import count_cell
from mamori.law.pledge import GROUPS, MAIN_GROUPS, ON_NOTICE, ON_OWN_INITIATIVE, ON_REQUEST, PLEDGE_ROWS
from mamori.rooms.disclosure.rules.measures import month_text, state_text

MONTHS_SHOWN = 24
"""So many months are offered for choosing; an earlier one is written in the address."""
NOT_COUNTED = Text(
    "ここでは数えていません。自社の数を書いてください", "Not counted here; write your own figure"
)
NOT_PUBLIC = Text("公表しない", "not for everybody")
NO_GROUPS = Text("削除した出品はありません", "nothing was removed")
NO_CATEGORY, OTHERS = Text("カテゴリなし", "no category"), Text("ほか", "others")
COUNTED_TEXTS = {
    "yes": Text("数えた", "counted"),
    "partly": Text("一部を数えた", "counted in part"),
    "no": NOT_COUNTED,
}
KPI_COLUMNS = (
    "period",
    "code",
    "row",
    "title",
    "figure",
    "unit",
    "counted",
    "definition",
    "counted_from",
    "note",
    "public",
)


@dataclass(frozen=True, slots=True)
class SheetPeriod:
    """A month or a calendar year in Japan, by the name that stands in addresses: `2026-11` or `2026`."""

    name: str
    title: Text
    since: datetime
    until: datetime

    def is_over(self, at: datetime) -> bool:
        """Say whether nothing more can happen in it."""
        return self.until <= at


def month_period(month: Month) -> SheetPeriod:
    """Return a month as the time of a sheet."""
    return SheetPeriod(f"{month}", month_text(month), month.since, month.until)


def year_period(year: int) -> SheetPeriod:
    """Return a calendar year as the time of a sheet."""
    since, until = Month(year, 1).since, Month(year + 1, 1).since
    return SheetPeriod(f"{year:04}", Text(f"{year}年", f"{year}"), since, until)


def period_named(name: str) -> SheetPeriod | None:
    """Return the month or year that is written so; None for what is neither."""
    if re.fullmatch(r"20[0-9]{2}", name, re.ASCII):
        return year_period(int(name))
    month = month_named(name, None)
    return month_period(month) if month else None


def usual_period(began: datetime, at: datetime) -> SheetPeriod:
    """Return the last month that is over, or the one of now where nothing was kept before it."""
    now = month_of(at)
    return month_period(now if now.since <= began else now.previous)


def periods(began: datetime, at: datetime) -> tuple[SheetPeriod, ...]:
    """Return the months and then the years of which something is kept, the newest first."""
    months: list[SheetPeriod] = []
    one = month_of(at)
    while one.until > began and len(months) < MONTHS_SHOWN:
        months.append(month_period(one))
        one = one.previous
    first, last = began.astimezone(JAPAN).year, at.astimezone(JAPAN).year
    return (*months, *(year_period(year) for year in range(last, first - 1, -1)))


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A row with its figure, or without one where it is not counted; `groups` are those that stand in it, by their name."""

    row: SheetRow
    count: int | None
    groups: tuple[tuple[Text, int], ...] = ()

    @property
    def said(self) -> Text:
        """Say what stands in it."""
        if self.count is None:
            return NOT_COUNTED
        if self.row is not GROUPS:
            return Text(f"{self.count:,} 件", f"{self.count:,}")
        if not self.groups:
            return NO_GROUPS
        return Text(
            "、".join(f"{name.ja} {count:,} 件" for name, count in self.groups),
            "; ".join(f"{name.en} {count:,}" for name, count in self.groups),
        )

    def public(self, period: SheetPeriod, *, is_over: bool) -> Text:
        """Say what of it everybody may read: a month that is over, through the gate.

        Of a year, of groups, of what the figures are made of, and of a month that runs nothing: each is a whole beside its parts.
        """
        is_month = "-" in period.name
        if self.count is None or self.row is GROUPS or not (is_month and is_over):
            return NOT_PUBLIC
        cell = count_cell(self.count)
        return state_text(Unit.COUNT, cell.state, cell.count, None)

    @property
    def counted(self) -> str:
        """Say whether it is counted, in part, or not: `yes`, `partly`, `no`."""
        if not self.row.is_counted:
            return "no"
        return "partly" if self.row.lacks else "yes"


def sheet_of(found: Removals) -> tuple[SheetLine, ...]:
    """Return the rows of the sheet: nothing stands in one of which we keep no record, least of all a 0."""
    return tuple(_line(row, found) for row in PLEDGE_ROWS)


def _line(row: SheetRow, found: Removals) -> SheetLine:
    if row is GROUPS:
        return SheetLine(row, found.total, main_groups(found.categories))
    counts = {ON_OWN_INITIATIVE.code: found.own, ON_NOTICE.code: found.reported}
    return SheetLine(row, counts.get(row.code))


def main_groups(categories: Mapping[str, int]) -> tuple[tuple[Text, int], ...]:
    """Return the categories of which most were removed, and the others together."""
    ranked = sorted(categories.items(), key=lambda one: (-one[1], one[0]))
    named = [(Text(name, name) if name else NO_CATEGORY, count) for name, count in ranked]
    rest = sum(count for _, count in named[MAIN_GROUPS:])
    return (*named[:MAIN_GROUPS], *(((OTHERS, rest),) if rest else ()))


def behind(found: Removals) -> tuple[tuple[str, Text, int], ...]:
    """Return what the figures are made of: code, title and count, all of them first."""
    return (
        ("total", Text("削除した出品（すべて）", "listings removed, all of them"), found.total),
        *(
            (
                one.code,
                Text(f"うち {one.title.ja}", f"of these on {one.title.en}"),
                found.on_ground.get(one.code, 0),
            )
            for one in ON_REQUEST
        ),
        (
            "asked",
            Text(
                "うち 行政機関の要請から始まったと記録されたもの",
                "of these recorded as an authority's request",
            ),
            found.asked,
        ),
        (
            "reported",
            Text("うち 申し出から始まったと記録されたもの", "of these recorded as a report"),
            found.reported,
        ),
        ("own", Text("うち そのほか（(5)の数）", "of these all others: the figure in (5)"), found.own),
        (
            "taken_back",
            Text(
                "あとで取り消した削除（いま時点。上の数からは引いていない）",
                "reversed since, by now; not subtracted above",
            ),
            found.taken_back,
        ),
    )


def kpi_table(
    period: SheetPeriod,
    lines: Sequence[SheetLine],
    made_of: Sequence[tuple[str, Text, int]],
    lang: Lang,
    *,
    is_over: bool,
) -> Iterator[tuple[object, ...]]:
    """Yield the lines of the table: the sheet row by row, the groups, and what the figures are made of."""

    def said(text: Text | None) -> str:
        return text.in_(lang) if text else ""

    for line in lines:
        row, figure = line.row, "" if line.count is None else line.count
        shown = ("", "") if line.count is None else (figure, row.unit.value)
        means = (line.counted, said(row.means), said(row.counted_from), said(row.lacks))
        public = said(line.public(period, is_over=is_over))
        yield period.name, row.code, row.number, said(row.title), *shown, *means, public
        for place, (name, count) in enumerate(line.groups, start=1):
            yield (
                period.name,
                f"{row.code}.{place}",
                row.number,
                said(name),
                count,
                row.unit.value,
                line.counted,
                "",
                "",
                "",
                said(NOT_PUBLIC),
            )
    for code, title, count in made_of:
        public = said(NOT_PUBLIC)
        yield period.name, f"removals.{code}", "", said(title), count, "count", "yes", "", "", "", public
