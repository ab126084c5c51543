"""The figures of a month, counted by the database: no row is loaded, and a rank is found by its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import (
    Case,
    Count,
    DurationField,
    F,
    Q,
    QuerySet,
    Sum,
    When,
)
from django.db.models.functions import Coalesce

from mamori.grammar.figures import Figure, share, span
from mamori.grammar.text import Text
from mamori.ground.clocks import facts as clock_facts
from mamori.ground.declared.ranks import Ranked, by_group
from mamori.japan.lures.kinds import KINDS
from mamori.japan.months import Month
from mamori.law import figures as law
from mamori.law.deadlines import ANSWER, QUESTION_ANSWER
from mamori.law.figures import MEDIAN, P95
from mamori.rooms.contact.lifecycle import ProposalState, RemedyState, TroubleState
from mamori.rooms.contact.models import (
    IS_QUESTION,
    WAS_AGREED,
    WAS_DECIDED,
    Call,
    Formal,
    LureCount,
    Proposal,
    Remedy,
    Thread,
    Trouble,
)

RESOLVED = Q(state__in=(TroubleState.SOLVED, TroubleState.MADE_GOOD))
FIRST_DUE = Coalesce("first_due_at", "resolution_due_at")
WITHDRAWN = Q(state=TroubleState.WITHDRAWN)
SOLVED_UNHEARD = Q(state=TroubleState.SOLVED, first_answered_at__isnull=True)
KEPT_OR_NOT = (ProposalState.KEPT, ProposalState.MISSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One figure of one month, and out of how many.

    `value` is None where there is nothing to count, and where the rank falls on what has not happened.
    """

    figure: Figure
    value: Decimal | None
    of: int

    @property
    def is_few(self) -> bool:
        """Say whether it stands on so few that it says little."""
        return self.of < law.FEW

    @property
    def has_not_happened(self) -> bool:
        """Say whether there is a figure to be, yet its rank falls on what has not happened."""
        return self.value is None and self.of > 0


def figures(month: Month, *, at: datetime) -> tuple[Reading, ...]:
    """Return the month's figures as they are known at `at`, in the order of their declaration."""
    found = {reading.figure.code: reading for reading in _all(month, at)}
    return tuple(found[figure.code] for figure in law.FIGURES)


def _all(month: Month, at: datetime) -> Iterator[Reading]:
    reported = Trouble.objects.filter(within("opened_at", month)).annotate(first_due=FIRST_DUE)
    is_over = ~WITHDRAWN & Q(first_due__lte=at)
    counted = reported.aggregate(
        all=Count("pk"),
        mediated=Count("mediation"),
        over=Count("pk", filter=is_over),
        in_time=Count("pk", filter=is_over & RESOLVED & Q(closed_at__lte=F("first_due"))),
    )
    yield _count(law.REPORTED, counted["all"])
    yield _share(law.MEDIATED, counted["mediated"], counted["all"])
    yield _share(law.RESOLVED_IN_TIME, counted["in_time"], counted["over"])
    over = reported.filter(is_over)
    heard = over.exclude(SOLVED_UNHEARD)
    yield from _ranked((law.ANSWER_MEDIAN, law.ANSWER_P95), heard, F("first_answered_at") - F("opened_at"))
    solved = Case(When(RESOLVED, then=F("closed_at") - F("opened_at")), output_field=DurationField())
    yield from _ranked((law.SOLUTION_MEDIAN, law.SOLUTION_P95), over, solved)
    refunds = Remedy.objects.filter(within("closed_at", month), state=RemedyState.DONE)
    took = F("closed_at") - F("trouble__opened_at")
    median, p95 = _ranked((law.MONEY_BACK_MEDIAN, law.MONEY_BACK_P95), refunds, took)
    yield _count(law.REFUNDS, median.of)
    yield from (median, p95)
    yield from _others(month)


def _others(month: Month) -> Iterator[Reading]:
    yield _count(law.QUESTIONS, Thread.objects.filter(IS_QUESTION, within("opened_at", month)).count())
    answers = clock_facts.tally(
        (ANSWER.code, QUESTION_ANSWER.code), why="answered", since=month.since, until=month.until
    )
    yield _share(law.ANSWERED_IN_TIME, answers.in_time, answers.over)
    promises = Call.objects.filter(WAS_DECIDED, within("promised_at", month))
    kept = promises.aggregate(all=Count("pk"), kept=Count("pk", filter=Q(kept=True)))
    yield _share(law.PROMISES_KEPT, kept["kept"], kept["all"])
    agreements = Proposal.objects.filter(WAS_AGREED, within("due_at", month), state__in=KEPT_OR_NOT)
    done = agreements.aggregate(all=Count("pk"), kept=Count("pk", filter=Q(state=ProposalState.KEPT)))
    yield _share(law.AGREEMENTS_KEPT, done["kept"], done["all"])
    yield _count(law.FORMAL_NOTICES, Formal.objects.filter(within("arrived_at", month)).count())
    yield from _warnings(month)


def _warnings(month: Month) -> Iterator[Reading]:
    rows = LureCount.objects.filter(month=month.since.date()).values("side").annotate(told=Sum("shown"))
    told = dict(rows.values_list("side", "told"))
    for side, warned in law.WARNED.items():
        yield _count(warned, told.get(side, 0))


TITLES = {kind.code: kind.title for kind in KINDS}
SIDES = {"buyer": Text("購入者", "buyers"), "seller": Text("出品者", "sellers")}


def warnings(month: Month) -> list[tuple[Text, Text, int, int]]:
    """Return by side and kind how often it was shown before sending in a month, and how often sent so, most shown first."""
    rows = LureCount.objects.filter(month=month.since.date(), kind__in=TITLES)
    return [
        (SIDES[row.side], TITLES[row.kind], row.shown, row.kept)
        for row in rows.order_by("side", "-shown", "kind")
    ]


def within(field: str, month: Month) -> Q:
    """Return that the moment of a field lies in a month."""
    return Q(**{f"{field}__gte": month.since, f"{field}__lt": month.until})


def _count(figure: Figure, count: int) -> Reading:
    return Reading(figure=figure, value=Decimal(count), of=count)


def _share(figure: Figure, part: int, whole: int) -> Reading:
    return Reading(figure=figure, value=share(part, whole), of=whole)


def _ranked(figures: tuple[Figure, Figure], rows: QuerySet[Any], took: Any) -> Iterator[Reading]:
    """Read the median and the 95 % from the rows in order of `took`; what has none comes last."""
    ranked = by_group(rows, took, (MEDIAN, P95), groups=()).get((), Ranked(0, {}))
    for figure, percent in zip(figures, (MEDIAN, P95), strict=True):
        found = ranked.took.get(percent)
        yield Reading(figure=figure, value=None if found is None else span(found, figure.unit), of=ranked.of)
