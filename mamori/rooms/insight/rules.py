"""Pure rules of figures: what is counted together, what rises, which months are compared, and what may be told to everybody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from itertools import accumulate, repeat
from typing import Protocol
from urllib.parse import parse_qsl, urlencode

from mamori.grammar.text import Text
from mamori.ground.matters.standing import Runs
from mamori.japan.calendar import JAPAN, Month, month_of
from mamori.law.gate import CellState, PublicCell, sum_of
from mamori.law.insight import (
    ASPECTS,
    IMPROVEMENT_CHANGE,
    IMPROVEMENT_COMPARISON,
    IMPROVEMENT_OWNER,
    RISE_LEAST,
    RISE_MONTHS,
    RISE_PERCENT,
    FigureAspect,
    FigureSource,
)

MOST_LETTERS = 500
"""As long as a category's name may be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthlyCount:
    """How many there were in a month of one kind: what it is by each aspect of its source."""

    month: Month
    source: FigureSource
    is_: Mapping[FigureAspect, str]
    count: int


@dataclass(frozen=True, slots=True)
class FigureOf:
    """What is counted: a source, narrowed to one value of each of the aspects that are named; "" is a value, too."""

    source: FigureSource
    where: Mapping[FigureAspect, str] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """Return it as it stands in addresses, forms and tables: `of=reports&ground=dangerous`."""
        named = [(one.value, self.where[one]) for one in FigureAspect if one in self.where]
        return urlencode([("of", self.source.value), *named])

    @property
    def open_aspects(self) -> tuple[FigureAspect, ...]:
        """Return by what it may be narrowed further."""
        return tuple(one for one in ASPECTS[self.source] if one not in self.where)

    def narrowed(self, aspect: FigureAspect, value: str) -> FigureOf:
        """Return what of it is of this value."""
        return FigureOf(self.source, {**self.where, aspect: value})

    def counts(self, one: MonthlyCount) -> bool:
        """Say whether something is counted in it."""
        return one.source is self.source and all(one.is_[by] == value for by, value in self.where.items())


def figure_named(code: str) -> FigureOf | None:
    """Return the figure that is written so; None for what names none."""
    named = parse_qsl(code, keep_blank_values=True)
    found = dict(named)
    source = found.pop("of", "")
    if source not in list(FigureSource) or len(found) + 1 != len(named):
        return None
    known = {one.value: one for one in ASPECTS[FigureSource(source)]}
    if any(by not in known or len(value) > MOST_LETTERS or "\0" in value for by, value in found.items()):
        return None
    return FigureOf(FigureSource(source), {known[by]: value for by, value in found.items()})


def months_until(last: Month, number: int) -> tuple[Month, ...]:
    """Return so many months, the oldest first, of which this is the last."""
    return tuple(accumulate(repeat(last, number), lambda month, _: month.previous))[::-1]


def by_month(counted: Iterable[MonthlyCount], figure: FigureOf, months: Sequence[Month]) -> tuple[int, ...]:
    """Return how many there were in each of these months."""
    found: Counter[Month] = Counter()
    for one in counted:
        if figure.counts(one):
            found[one.month] += one.count
    return tuple(found[month] for month in months)


@dataclass(frozen=True, slots=True, kw_only=True)
class FigurePart:
    """A part of what is counted: how many in the month, and in all of those before it with which it is compared.

    `before` is None where not all of these months are in the record.
    """

    figure: FigureOf
    value: str
    count: int
    before: int | None

    @property
    def mean(self) -> Decimal | None:
        """Return the mean of the months before, to one decimal."""
        return None if self.before is None else round(Decimal(self.before) / RISE_MONTHS, 1)

    @property
    def rises(self) -> bool:
        """Say whether it rises, by the rule that is declared."""
        return rises(self.count, self.before)

    @property
    def excess(self) -> int:
        """Return by how much it is above what was usual, for all of the months together: what rises most comes first."""
        return self.count * RISE_MONTHS - (self.before or 0)


def rises(count: int, before: int | None) -> bool:
    """Say whether a count rises above that of the months before it, all together; nobody knows where those are not kept."""
    if before is None or count < RISE_LEAST:
        return False
    return count * RISE_MONTHS * 100 >= before * (100 + RISE_PERCENT)


def parts(
    counted: Sequence[MonthlyCount], figure: FigureOf, aspect: FigureAspect, month: Month, *, kept: Month
) -> tuple[FigurePart, ...]:
    """Return the parts of a figure by an aspect, the most frequent first; the record is whole from the month `kept` on."""
    earlier = months_until(month.previous, RISE_MONTHS)
    now: Counter[str] = Counter()
    before: Counter[str] = Counter()
    for one in counted:
        if figure.counts(one):
            for months, into in (((month,), now), (earlier, before)):
                if one.month in months:
                    into[one.is_[aspect]] += one.count
    found = [
        FigurePart(
            figure=figure.narrowed(aspect, value),
            value=value,
            count=now[value],
            before=before[value] if kept <= earlier[0] else None,
        )
        for value in now | before
    ]
    return tuple(sorted(found, key=lambda part: (-part.count, -(part.before or 0), part.value)))


def is_all_of(part: FigurePart, whole: FigurePart) -> bool:
    """Say whether a part is all that there was of its whole: it tells nothing that the whole does not."""
    return (part.count, part.before) == (whole.count, whole.before)


def kept_from(began: datetime) -> Month:
    """Return the first month of which everything is in the record that began then."""
    month = month_of(began)
    return month if began <= month.since else month.next


@dataclass(frozen=True, slots=True)
class MonthsApart:
    """The months that are compared: so many whole ones before the month of a change, and after it; both oldest first."""

    before: tuple[Month, ...]
    after: tuple[Month, ...]

    @property
    def ready_at(self) -> datetime:
        """Return when the last of them is over."""
        return self.after[-1].until

    @property
    def before_text(self) -> Text:
        """Say which months before the change are compared."""
        return _from_to(self.before)

    @property
    def after_text(self) -> Text:
        """Say which months after it."""
        return _from_to(self.after)


def _from_to(months: Sequence[Month]) -> Text:
    first, last = months[0], months[-1]
    return Text(f"{first}", f"{first}") if first == last else Text(f"{first}〜{last}", f"{first} to {last}")


def months_apart(changed_on: date, number: int) -> MonthsApart:
    """Return which months are compared on account of a change; the month of the change itself is in neither."""
    month = Month(changed_on.year, changed_on.month)
    after = tuple(accumulate(repeat(month.next, number), lambda one, _: one.next))
    return MonthsApart(months_until(month.previous, number), after)


class NoNumber(StrEnum):
    """Why there is no number to compare."""

    NO_FIGURE = "no-figure"
    NOT_KEPT = "not-kept"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _NO_NUMBERS[self]


_NO_NUMBERS = {
    NoNumber.NO_FIGURE: Text(
        "数えられることではないため、数はありません", "no number: it is nothing that is counted"
    ),
    NoNumber.NOT_KEPT: Text(
        "変える前の月の記録がそろっていないため、数はありません",
        "no number: the months before the change are not all in the record",
    ),
}


def why_no_number(figure: FigureOf | None, months: MonthsApart, kept: Month) -> NoNumber | None:
    """Say why before and after cannot be counted, or nothing where they can."""
    if figure is None:
        return NoNumber.NO_FIGURE
    return NoNumber.NOT_KEPT if months.before[0] < kept else None


@dataclass(frozen=True, slots=True, kw_only=True)
class BeforeAfter:
    """What was counted of a figure in each month before and after a change."""

    before: tuple[int, ...]
    after: tuple[int, ...]

    @property
    def row(self) -> dict[str, list[int]]:
        """Return it as it lies in the table."""
        return {"before": list(self.before), "after": list(self.after)}


def compared(counted: Sequence[MonthlyCount], figure: FigureOf, months: MonthsApart) -> BeforeAfter:
    """Count a figure before and after a change."""
    before, after = (by_month(counted, figure, some) for some in (months.before, months.after))
    return BeforeAfter(before=before, after=after)


def is_for_everybody(figure: FigureOf) -> bool:
    """Say whether everybody may read how many there were: reports of one reason, apart from which nothing tells their number.

    Troubles are told by month as a measure's figure, by another definition: from both, what lies between would follow.  All
    reports, or two ways to tell them apart, would be a whole beside its parts.
    """
    return figure.source is FigureSource.REPORTS and set(figure.where) == {FigureAspect.GROUND}


def told_text(cells: Sequence[PublicCell]) -> Text:
    """Say what everybody reads of these months together."""
    found = sum_of(cells)
    if found.state is CellState.EXACT:
        return Text(f"{found.count:,}件", f"{found.count:,}")
    if not any(one.count for one in cells):
        return Text("少数のため出しません", "too few to be told")
    return Text(f"{found.count:,}件以上", f"{found.count:,} or more")


def day_of(at: datetime) -> date:
    """Return the day in Japan."""
    return at.astimezone(JAPAN).date()


class ImprovementNow(Protocol):
    """What of an improvement it rests on."""

    noted_at: datetime
    owned_at: datetime | None
    comparable_at: datetime | None
    closed_at: datetime | None


def of_improvement(one: ImprovementNow) -> Iterator[Runs]:
    """Yield its clock.  Another owner begins no new time: `owned_at` is when somebody owned it first."""
    if one.closed_at is not None:
        return
    if one.comparable_at is not None:
        yield Runs(IMPROVEMENT_COMPARISON, since=one.comparable_at, again=True)
    elif one.owned_at is not None:
        yield Runs(IMPROVEMENT_CHANGE, since=one.owned_at, again=True)
    else:
        yield Runs(IMPROVEMENT_OWNER, since=one.noted_at, again=True)
