"""What is planted in the simulated year, each to be found by the count."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from mamori.grammar.hand import Hand, Role
from mamori.ground.outbox.models import IS_UNDONE, Effect
from mamori.japan.calendar import JAPAN
from mamori.rooms.complaints import actions, tasks
from mamori.rooms.complaints.events import ComplaintDecided
from mamori.rooms.complaints.models import ComplaintReport

SKIPPED = date(2027, 1, 4), date(2027, 1, 6)
"""The first days after New Year, both included."""


def skip_days(at: datetime) -> None:
    """Let the worker tick what there is to tell on these days, and tell nobody."""
    if SKIPPED[0] <= at.astimezone(JAPAN).date() <= SKIPPED[1]:
        news = Effect.objects.filter(IS_UNDONE, event__kind=ComplaintDecided.kind)
        news.update(done_at=at)


def swallow(at: datetime) -> None:
    """Erase reports as soon as they are decided, before who made them is told."""
    hand = Hand(by="machine:bench", role=Role.MACHINE, at=at, via="bench")
    tasks.erase_reports(hand, at + timedelta(seconds=1), 200)


def forget(at: datetime) -> None:
    """Forget on the last of these days who was told before it, and tell them again."""
    last = SKIPPED[1]
    if at.astimezone(JAPAN).date() != last:
        return
    hand = Hand(by="machine:bench", role=Role.MACHINE, at=at, via="bench")
    earlier = datetime(last.year, last.month, last.day, tzinfo=JAPAN)
    told = ComplaintReport.objects.filter(told_at__lt=earlier, said__isnull=False)
    for number in set(told.values_list("complaint", flat=True)):
        ComplaintReport.objects.filter(complaint=number).update(told_round=0)
        actions.tell_reporters(hand, complaint=number)


FAULTS: Mapping[str, Callable[[datetime], None]] = {
    "skipped-day": skip_days,
    "swallowed": swallow,
    "forgotten": forget,
}
"""By name; `open-at-new-year`, a calendar that knows no closing days, is planted where the house is opened."""
