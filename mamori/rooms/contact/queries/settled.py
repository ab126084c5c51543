"""The public figures of a month, counted once it is settled: by moments alone, so that nothing later changes any of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, DurationField, F, Q, QuerySet, When

from mamori.grammar.figures import span
from mamori.grammar.outline import MonthCount, PublicFigure
from mamori.ground.clocks import facts as clock_facts
from mamori.ground.declared.ranks import Ranked, by_group
from mamori.japan.months import Month
from mamori.law import shown
from mamori.law.deadlines import ANSWER, QUESTION_ANSWER
from mamori.rooms.contact.lifecycle import ProposalState, RemedyState, TroubleState
from mamori.rooms.contact.models import (
    IS_QUESTION,
    WAS_AGREED,
    WAS_DECIDED,
    Call,
    Formal,
    Proposal,
    Remedy,
    Thread,
    Trouble,
)
from mamori.rooms.contact.queries.figures import FIRST_DUE, KEPT_OR_NOT, RESOLVED, within

ANSWER_CLOCKS = (ANSWER.code, QUESTION_ANSWER.code)


def troubles_of(month: Month, *, asof: datetime) -> QuerySet[Trouble]:
    """Return the troubles of a month whose first time was over at `asof`, without those withdrawn by then."""
    withdrawn = Q(state=TroubleState.WITHDRAWN, closed_at__lte=asof)
    rows = Trouble.objects.filter(within("opened_at", month)).annotate(first_due=FIRST_DUE)
    return rows.filter(first_due__lte=asof).exclude(withdrawn)


def settled(month: Month, *, asof: datetime) -> tuple[MonthCount, ...]:
    """Return what is published of a month as it stood at `asof`."""
    return tuple(_counted(month, asof))


def _counted(month: Month, asof: datetime) -> Iterator[MonthCount]:
    troubles = troubles_of(month, asof=asof)
    is_solved = RESOLVED & Q(closed_at__lte=asof)
    found = troubles.aggregate(
        all=Count("pk"),
        in_time=Count("pk", filter=is_solved & Q(closed_at__lte=F("first_due"))),
        mediated=Count("pk", filter=Q(mediation__opened_at__lte=asof)),
    )
    yield MonthCount(code=shown.TROUBLES.code, count=found["all"])
    yield MonthCount(code=shown.RESOLVED.code, count=found["in_time"])
    yield MonthCount(code=shown.MEDIATED.code, count=found["mediated"])
    took = Case(When(is_solved, then=F("closed_at") - F("opened_at")), output_field=DurationField())
    yield from _ranks((shown.SOLUTION_MEDIAN, shown.SOLUTION_P95), troubles, took)
    yield from _answers(month)
    questions = Thread.objects.filter(IS_QUESTION, within("opened_at", month))
    yield MonthCount(code=shown.QUESTIONS.code, count=questions.count())
    refunds = Remedy.objects.filter(within("closed_at", month), state=RemedyState.DONE)
    yield MonthCount(code=shown.REFUNDS.code, count=refunds.count())
    back = F("closed_at") - F("trouble__opened_at")
    yield from _ranks((shown.MONEY_BACK_MEDIAN, shown.MONEY_BACK_P95), refunds, back)
    promises = Call.objects.filter(WAS_DECIDED, within("promised_at", month))
    yield from _kept((shown.PROMISES, shown.PROMISES_KEPT), promises, Q(kept=True))
    agreements = Proposal.objects.filter(WAS_AGREED, within("due_at", month), state__in=KEPT_OR_NOT)
    yield from _kept((shown.AGREEMENTS, shown.AGREEMENTS_KEPT), agreements, Q(state=ProposalState.KEPT))
    formals = Formal.objects.filter(within("arrived_at", month))
    yield MonthCount(code=shown.FORMAL_NOTICES.code, count=formals.count())


def _answers(month: Month) -> Iterator[MonthCount]:
    tally = clock_facts.tally(ANSWER_CLOCKS, why="answered", since=month.since, until=month.until)
    yield MonthCount(code=shown.ANSWERS.code, count=tally.over)
    yield MonthCount(code=shown.ANSWERED.code, count=tally.in_time)


def _kept(figures: tuple[PublicFigure, PublicFigure], rows: QuerySet[Any], kept: Q) -> Iterator[MonthCount]:
    found = rows.aggregate(all=Count("pk"), kept=Count("pk", filter=kept))
    for figure, count in zip(figures, (found["all"], found["kept"]), strict=True):
        yield MonthCount(code=figure.code, count=count)


def _ranks(figures: tuple[PublicFigure, ...], rows: QuerySet[Any], took: Any) -> Iterator[MonthCount]:
    percents = tuple(one.percent for one in figures)
    ranked = by_group(rows, took, percents, groups=()).get((), Ranked(0, {}))
    for figure in figures:
        found = ranked.took.get(figure.percent)
        yield MonthCount(code=figure.code, took=None if found is None else span(found, figure.unit))
