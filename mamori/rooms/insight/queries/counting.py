"""What is counted, asked of the rooms that keep it: reports and troubles by month, numbers of nobody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from mamori.grammar.text import Text
from mamori.ground.ledger import facts as ledger
from mamori.japan.months import Month
from mamori.law.complaints import ComplaintReason, ReportedWhat
from mamori.law.insight import FigureAspect, FigureSource
from mamori.rooms.complaints import facts as complaints
from mamori.rooms.contact import facts as contact
from mamori.rooms.insight.rules.figures import FigureOf, MonthlyCount, kept_from

NO_CATEGORY = Text("カテゴリなし・商品以外", "no category, or no goods")
_TOPICS = {topic.value: text for topic, text in contact.TOPICS.items()}
JOIN = Text("{source}（{parts}）", "{source} ({parts})")


def counted_in(months: Sequence[Month]) -> tuple[MonthlyCount, ...]:
    """Return what was counted in these months, which follow each other, the oldest first."""
    return tuple(_counted(months[0].since, months[-1].until))


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


def _counted(since: datetime, until: datetime) -> Iterator[MonthlyCount]:
    for one in complaints.report_counts(since, until):
        is_ = {
            FigureAspect.GROUND: one.reason,
            FigureAspect.WHAT: one.what,
            FigureAspect.CATEGORY: one.category,
            FigureAspect.CHANNEL: one.channel,
        }
        yield MonthlyCount(month=one.month, source=FigureSource.REPORTS, is_=is_, count=one.count)
    for two in contact.trouble_counts(since, until):
        is_ = {FigureAspect.GROUND: two.topic}
        yield MonthlyCount(month=two.month, source=FigureSource.TROUBLES, is_=is_, count=two.count)
