"""What is counted, by month, numbers of nobody; and the page of figures: what rises first, and what it is made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from mamori.grammar.text import Text
from mamori.ground.ledger import facts as ledger
from mamori.ground.web.pictures import FigureSeen
from mamori.japan.calendar import Month
from mamori.law.complaints import ComplaintReason, ReportedWhat
from mamori.law.insight import ASPECTS, RISE_MONTHS, FigureAspect, FigureSource
from mamori.rooms.complaints import facts as complaints
from mamori.rooms.contact import facts as contact
from mamori.rooms.insight.rules import (
    FigureOf,
    FigurePart,
    MonthlyCount,
    by_month,
    is_all_of,
    kept_from,
    months_until,
    parts,
)

NO_CATEGORY = Text("カテゴリなし・商品以外", "no category, or no goods")
_TOPICS = {topic.value: text for topic, text in contact.TOPICS.items()}
JOIN = Text("{source}（{parts}）", "{source} ({parts})")


def counted_in(months: Sequence[Month]) -> tuple[MonthlyCount, ...]:
    """Return what was counted in these months, which follow each other, the oldest first."""
    since, until = months[0].since, months[-1].until
    found = []
    for one in complaints.report_counts(since, until):
        is_ = {
            FigureAspect.GROUND: one.reason,
            FigureAspect.WHAT: one.what,
            FigureAspect.CATEGORY: one.category,
            FigureAspect.CHANNEL: one.channel,
        }
        found.append(MonthlyCount(month=one.month, source=FigureSource.REPORTS, is_=is_, count=one.count))
    for two in contact.trouble_counts(since, until):
        is_ = {FigureAspect.GROUND: two.topic}
        found.append(MonthlyCount(month=two.month, source=FigureSource.TROUBLES, is_=is_, count=two.count))
    return tuple(found)


def kept_since(at: datetime) -> Month:
    """Return the first month that is wholly in the record."""
    return kept_from(ledger.began_at() or at)


def value_text(source: FigureSource, aspect: FigureAspect, value: str) -> Text:
    """Return what a value of an aspect is called; what is declared no more is called by its code."""
    match aspect:
        case FigureAspect.CATEGORY:
            return Text(value, value) if value else NO_CATEGORY
        case FigureAspect.CHANNEL:
            return complaints.channel_text(value)
        case FigureAspect.WHAT:
            return ReportedWhat(value).text if value in list(ReportedWhat) else Text(value, value)
    if source is FigureSource.TROUBLES:
        return _TOPICS.get(value, Text(value, value))
    return ComplaintReason(value).text if value in list(ComplaintReason) else Text(value, value)


def figure_text(figure: FigureOf) -> Text:
    """Return what a figure counts, in words."""
    if not figure.where:
        return figure.source.text
    found = [value_text(figure.source, one, figure.where[one]) for one in FigureAspect if one in figure.where]
    return JOIN.fill(source=figure.source.text, parts=Text.listed(found))


# The page of figures: what rises first, then a figure month by month, and what it is made of.


MONTHS = 12
MOST_PARTS = 20
"""So many parts of a figure stand on the page; all are in the table that is downloaded."""
MOST_RISING = 6
"""So many of what rises stand at the head of the page; the others are marked among the parts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigurePartShown:
    """A part of a figure with what it is called, alone and in full."""

    part: FigurePart
    text: Text
    full: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class FigurePartsShown:
    """The parts of a figure by one aspect, the most frequent first; `left_out` more are not shown."""

    aspect: FigureAspect
    parts: tuple[FigurePartShown, ...]
    left_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresShown:
    """A figure of the months up to `month`, its parts, and what rises in that month among all that is counted.

    The record is whole from the month `kept` on; `can_rise` says whether the months before are all in it.
    """

    month: Month
    figure: FigureOf
    text: Text
    counts: tuple[tuple[Month, int], ...]
    parts: tuple[FigurePartsShown, ...]
    rising: tuple[FigurePartShown, ...]
    rising_left_out: int
    kept: Month
    can_rise: bool
    is_running: bool

    @property
    def count(self) -> int:
        """Return how many there were in the month."""
        return self.counts[-1][1]

    @property
    def seen(self) -> tuple[FigureSeen, ...]:
        """Return the months as a picture shows them: where nothing was recorded yet there is no count, not even none."""
        return tuple(_seen(month, count, self.kept) for month, count in self.counts)


def figures_shown(figure: FigureOf, month: Month, *, at: datetime) -> FiguresShown:
    """Return the page of a figure in a month."""
    months, kept = months_until(month, MONTHS), kept_since(at)
    counted = counted_in(months)
    rising = sorted(_rising(counted, month, kept), key=lambda one: -one.part.excess)
    return FiguresShown(
        month=month,
        figure=figure,
        text=figure_text(figure),
        counts=tuple(zip(months, by_month(counted, figure, months), strict=True)),
        parts=tuple(_parts(counted, figure, one, month, kept) for one in figure.open_aspects),
        rising=tuple(rising[:MOST_RISING]),
        rising_left_out=len(rising[MOST_RISING:]),
        kept=kept,
        can_rise=kept <= months[-1 - RISE_MONTHS],
        is_running=at < month.until,
    )


NOT_RECORDED = Text("記録なし", "not recorded")


def _seen(month: Month, count: int, kept: Month) -> FigureSeen:
    if month < kept and not count:
        return FigureSeen(month=month, value=None, said=NOT_RECORDED, sign="–")
    return FigureSeen(
        month=month, value=Decimal(count), said=Text(f"{count:,} 件", f"{count:,}"), sign=f"{count:,}"
    )


def figure_choices(month: Month, *, at: datetime) -> tuple[tuple[str, Text], ...]:
    """Return what may be named where something is noted: each source, and each of its parts in the last months."""
    counted = counted_in(months_until(month, MONTHS))
    found = []
    for source in FigureSource:
        whole = FigureOf(source)
        found.append((whole.code, figure_text(whole)))
        for aspect in ASPECTS[source]:
            shown = _parts(counted, whole, aspect, month, kept_since(at)).parts
            found += [(one.part.figure.code, one.full) for one in shown]
    return tuple(found)


def _parts(
    counted: Sequence[MonthlyCount], figure: FigureOf, aspect: FigureAspect, month: Month, kept: Month
) -> FigurePartsShown:
    found = parts(counted, figure, aspect, month, kept=kept)
    return FigurePartsShown(
        aspect=aspect,
        parts=tuple(_shown(one, aspect) for one in found[:MOST_PARTS]),
        left_out=len(found[MOST_PARTS:]),
    )


def _rising(counted: Sequence[MonthlyCount], month: Month, kept: Month) -> Iterator[FigurePartShown]:
    """Yield what rises: of each source the whole, then its parts by each aspect; nothing twice."""
    earlier = months_until(month.previous, RISE_MONTHS)
    for source in FigureSource:
        whole = FigureOf(source)
        count, before = by_month(counted, whole, (month,))[0], sum(by_month(counted, whole, earlier))
        part = FigurePart(figure=whole, value="", count=count, before=before if kept <= earlier[0] else None)
        if part.rises:
            yield FigurePartShown(part=part, text=source.text, full=source.text)
        for aspect in ASPECTS[source]:
            found = parts(counted, whole, aspect, month, kept=kept)
            yield from (_shown(one, aspect) for one in found if one.rises and not is_all_of(one, part))


def _shown(part: FigurePart, aspect: FigureAspect) -> FigurePartShown:
    text = value_text(part.figure.source, aspect, part.value)
    return FigurePartShown(part=part, text=text, full=figure_text(part.figure))
