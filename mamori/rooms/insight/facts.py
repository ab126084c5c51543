"""An improvement as people of the operator and everybody read it, and what this room does for those who buy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from mamori.grammar.actor import INSIDE, Actor
from mamori.grammar.outline import Outline
from mamori.grammar.text import Text
from mamori.ground.clocks import facts as clocks
from mamori.ground.matters.history import PastAct, past_of
from mamori.ground.people import facts as people
from mamori.japan.calendar import Month, month_named
from mamori.law.gate import CellState, PublicCell, count_cell, sum_of
from mamori.law.insight import IMPROVEMENT_CHANGE, IMPROVEMENT_OWNER
from mamori.rooms.insight.actions import NoSuchImprovement, about_improvement
from mamori.rooms.insight.acts import IMPROVEMENT_ACTS
from mamori.rooms.insight.lifecycle import IMPROVEMENT, TO_BE_READ, ImprovementState
from mamori.rooms.insight.models import IS_READ, Improvement
from mamori.rooms.insight.queries import figure_text
from mamori.rooms.insight.rules import (
    BeforeAfter,
    MonthsApart,
    NoNumber,
    figure_named,
    is_for_everybody,
    months_apart,
    told_text,
)

OUTLINES = (
    Outline(
        practice="P14",
        does=Text(
            "寄せられた申し出と困りごとを、理由・商品のカテゴリ・受け付けた方法・月ごとに数え、増えたものから見ます。直すことは{owner}以内に担当を"
            "決め、{change}を目安に変え、前と後の件数を比べます。そのうち選んだものを公開しています。",
            "Reports and troubles are counted by reason, category of goods, how they came and month, and what rises is looked at "
            "first. What has to be better is owned by somebody within {owner} and, as a rule, changed within {change}; then the "
            "counts before and after are compared. Some of these are published.",
        ),
        fills={"owner": IMPROVEMENT_OWNER, "change": IMPROVEMENT_CHANGE},
        to="/improvements/",
    ),
)


# An improvement as people of the operator read it, and those that everybody reads.


MOST_READ = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ImprovementShown:
    """An improvement as its `row` says, who owns it by name, its clock, and what was counted before and after.

    `figure` says in words what is counted, None where nothing is; `apart` are the months that are compared.
    """

    row: Improvement
    figure: Text | None
    month: Month | None
    noted_by: str
    owner: str
    clock: clocks.ClockFact | None
    apart: MonthsApart | None
    is_comparable: bool
    counts: BeforeAfter | None
    no_number: NoNumber | None
    past: tuple[PastAct, ...] = field(repr=False)

    @property
    def state_text(self) -> Text:
        """Say how it stands."""
        return IMPROVEMENT.states[ImprovementState(self.row.state)]

    @property
    def is_public(self) -> bool:
        """Say whether everybody reads it."""
        return self.row.published_at is not None

    @property
    def may_be_read(self) -> bool:
        """Say whether it may be published."""
        return self.row.state in TO_BE_READ

    @property
    def by_month(self) -> tuple[tuple[Month, int], ...]:
        """Return what was counted in each month that is compared, the oldest first."""
        if self.counts is None or self.apart is None:
            return ()
        months = (*self.apart.before, *self.apart.after)
        return tuple(zip(months, (*self.counts.before, *self.counts.after), strict=True))

    @property
    def sums(self) -> tuple[int, int]:
        """Return what was counted in all of the months before, and in all of those after."""
        return (sum(self.counts.before), sum(self.counts.after)) if self.counts else (0, 0)

    def may(self, step: str) -> bool:
        """Say whether the lifecycle has such a step from here, whoever takes it."""
        return self.row.state in IMPROVEMENT.step(step).moves


@dataclass(frozen=True, slots=True, kw_only=True)
class ImprovementRead:
    """An improvement as everybody reads it; `before` and `after` are None where not all of it may be told, as `said` says.

    `is_counted` says whether there are numbers at all, `is_told` whether they are for everybody.
    """

    row: Improvement
    seen: Text
    changed: Text
    came: Text | None
    figure: Text | None
    is_compared: bool
    is_counted: bool
    is_told: bool
    before: int | None
    after: int | None
    said: tuple[Text, Text]


def improvement_of(actor: Actor, number: int) -> ImprovementShown:
    """Return an improvement, for people of the operator."""
    row = Improvement.objects.filter(pk=number).first()
    if row is None or actor.role not in INSIDE:
        raise NoSuchImprovement
    names = people.names()
    figure = figure_named(row.figure) if row.figure else None
    return ImprovementShown(
        row=row,
        figure=figure_text(figure) if figure else None,
        month=month_named(row.month, None),
        noted_by=people.called(row.noted_by, names),
        owner=people.called(row.owner, names) if row.owner else "",
        clock=next(iter(clocks.open_clocks(about_improvement(row.pk))), None),
        apart=months_apart(row.changed_on, row.months) if row.changed_on else None,
        is_comparable=row.comparable_at is not None and row.comparable_at <= actor.at,
        counts=_counts(row),
        no_number=NoNumber(row.no_number) if row.no_number else None,
        past=past_of(about_improvement(number), IMPROVEMENT_ACTS),
    )


def read_by_everybody() -> tuple[ImprovementRead, ...]:
    """Return what everybody reads, what was published last first: nothing of who owns it, and no count that is too small."""
    rows = Improvement.objects.filter(IS_READ).order_by("-published_at", "-id")[:MOST_READ]
    told = _told_by_month()
    return tuple(_read(row, told) for row in rows)


def _told_by_month() -> dict[tuple[str, Month], PublicCell]:
    """Return what is told of each figure in a month: as was counted when the first that needed it was compared, public or not.

    Whatever times are compared, all that is told of them is made of these: two of them tell no more than their months do.
    """
    found: dict[tuple[str, Month], PublicCell] = {}
    for row in Improvement.objects.filter(counts__isnull=False).order_by("closed_at", "id"):
        figure, counts = figure_named(row.figure), _counts(row)
        if figure is None or counts is None or row.changed_on is None or not is_for_everybody(figure):
            continue
        apart = months_apart(row.changed_on, row.months)
        pairs = zip((*apart.before, *apart.after), (*counts.before, *counts.after), strict=True)
        for month, count in pairs:
            found.setdefault((figure.code, month), count_cell(count))
    return found


def first_noted_at() -> datetime | None:
    """Return when something was first noted, or nothing while nothing was."""
    return Improvement.objects.order_by("noted_at").values_list("noted_at", flat=True).first()


def _read(row: Improvement, cells: Mapping[tuple[str, Month], PublicCell]) -> ImprovementRead:
    assert row.changed_on is not None
    told: dict[str, str] = row.told or {}
    figure, counts = figure_named(row.figure) if row.figure else None, _counts(row)
    is_told = counts is not None and figure is not None and is_for_everybody(figure)
    apart = months_apart(row.changed_on, row.months)
    before, after = (
        [cells[figure.code, month] for month in months] if is_told and figure else []
        for months in (apart.before, apart.after)
    )
    return ImprovementRead(
        row=row,
        seen=Text(told["seen"], told["seen_en"]),
        changed=Text(told["changed"], told["changed_en"]),
        came=Text(told["came"], told["came_en"]) if told["came"] else None,
        figure=figure_text(figure) if figure else None,
        is_compared=row.state == ImprovementState.COMPARED,
        is_counted=counts is not None,
        is_told=is_told,
        before=_exact(before),
        after=_exact(after),
        said=(told_text(before), told_text(after)),
    )


def _counts(row: Improvement) -> BeforeAfter | None:
    found: dict[str, Any] | None = row.counts
    if found is None:
        return None
    return BeforeAfter(before=tuple(found["before"]), after=tuple(found["after"]))


def _exact(cells: Sequence[PublicCell]) -> int | None:
    found = sum_of(cells)
    return found.count if cells and found.state is CellState.EXACT else None
