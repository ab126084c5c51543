"""What others ask of this room: how many troubles there were, whose a message is, how a seller does; never the words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count
from django.db.models.functions import TruncMonth

from mamori.grammar.text import Text
from mamori.ground.clocks import facts as clock_facts
from mamori.ground.clocks.facts import PastClock
from mamori.ground.declared.fields import IS_OPEN
from mamori.japan.calendar import JAPAN, Month, month_of
from mamori.law.deadlines import ANSWER, QUESTION_ANSWER
from mamori.rooms.contact import calling, keeping
from mamori.rooms.contact.lifecycle import ProposalState
from mamori.rooms.contact.models import IS_SELLERS_TURN, WAS_AGREED, Call, Message, Proposal, Thread, Trouble


@dataclass(frozen=True, slots=True, kw_only=True)
class TroubleCount:
    """How many troubles about one topic were reported in a month."""

    month: Month
    topic: str
    count: int


def trouble_counts(since: datetime, until: datetime) -> tuple[TroubleCount, ...]:
    """Count what was reported from `since` to before `until`, by the same definition as the figure of all troubles."""
    rows = (
        Trouble.objects.filter(opened_at__gte=since, opened_at__lt=until)
        .annotate(month=TruncMonth("opened_at", tzinfo=JAPAN))
        .values_list("month", "thread__topic")
        .annotate(number=Count("pk"))
        .order_by("month", "thread__topic")
    )
    return tuple(
        TroubleCount(month=month_of(month), topic=topic, count=number) for month, topic, number in rows
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageFact:
    """A message: the case that it stands in and its number there, and which side wrote it.

    Whoever knows its `ref` has the page of that conversation before them: nobody can guess it.
    """

    ref: str
    case: str
    number: int
    by_seller: bool
    seller_ref: str


def message(ref: str) -> MessageFact | None:
    """Return the message, or nothing."""
    try:
        key = UUID(ref)
    except ValueError:
        return None
    found = Message.objects.select_related("thread__trouble").filter(pk=key).first()
    if found is None:
        return None
    return MessageFact(
        ref=str(key),
        case=keeping.case_number(keeping.about(found.thread)),
        number=found.number,
        by_seller=found.by_seller,
        seller_ref=found.thread.seller_ref,
    )


# How a seller does: what waits, what was answered in time, which promises were broken, which numbers were wrong.


LOOKED_AT = 1000
"""So many of a shop's newest threads are counted."""
QUARTER = timedelta(days=90)
IN_TIME = Text(
    "この期間に終わった回答の期限のうち、期限までに回答したもの。購入者が先に終えたものは数えません。",
    "Of the times for an answer that were over in this period, those in which an answer came before the end. "
    "What the buyer ended first is not counted.",
)


@dataclass(frozen=True, slots=True)
class InTime:
    """How many answers were due in a period, and how many of them came in time."""

    due: int
    kept: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SellerHealth:
    """What stands for and against a seller, counted."""

    owed: int
    late: int
    open: int
    month: InTime
    quarter: InTime
    promises_kept: int
    promises_broken: int
    agreements_kept: int
    agreements_broken: int
    numbers: int
    wrong_numbers: int


def health(seller_ref: str, at: datetime) -> SellerHealth:
    """Return how the seller does at `at`: this month in Japan, and the last 90 days."""
    since = at - QUARTER
    threads = list(
        Thread.objects.select_related("trouble").filter(seller_ref=seller_ref).order_by("-id")[:LOOKED_AT]
    )
    past = clock_facts.done(
        [keeping.about(thread) for thread in threads],
        kinds=(ANSWER.code, QUESTION_ANSWER.code),
        since=since,
    )
    begun = at.astimezone(JAPAN).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    mine = Thread.objects.filter(seller_ref=seller_ref)
    promises = Call.objects.filter(seller_ref=seller_ref, promised_at__gte=since, promised_at__lte=at)
    lines = calling.lines(seller_ref)
    agreed = Proposal.objects.filter(
        WAS_AGREED, trouble__thread__seller_ref=seller_ref, due_at__gte=since, due_at__lte=at
    )
    return SellerHealth(
        owed=mine.filter(IS_SELLERS_TURN)[:LOOKED_AT].count(),
        late=mine.filter(IS_SELLERS_TURN, seller_due_at__lt=at)[:LOOKED_AT].count(),
        open=mine.filter(IS_OPEN)[:LOOKED_AT].count(),
        month=_in_time(clock for clock in past if clock.done_at is not None and clock.done_at >= begun),
        quarter=_in_time(past),
        promises_kept=promises.filter(kept=True)[:LOOKED_AT].count(),
        promises_broken=promises.filter(kept=False)[:LOOKED_AT].count(),
        agreements_kept=agreed.filter(state=ProposalState.KEPT)[:LOOKED_AT].count(),
        agreements_broken=agreed.filter(state=ProposalState.MISSED)[:LOOKED_AT].count(),
        numbers=len(lines),
        wrong_numbers=sum(line.is_wrong for line in lines),
    )


def _in_time(past: Iterable[PastClock]) -> InTime:
    ended = [clock for clock in past if clock.fired or clock.why == "answered"]
    kept = [clock for clock in ended if not clock.fired and clock.done_at and clock.done_at <= clock.due_at]
    return InTime(due=len(ended), kept=len(kept))
