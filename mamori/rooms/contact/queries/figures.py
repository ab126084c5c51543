"""How this room keeps to its times, by declared figures: at any time, month by month, and as settled for a half-year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import BooleanField, Case, Count, DurationField, F, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce, TruncMonth

from mamori.grammar.figures import Figure, Unit, share, span
from mamori.grammar.outline import MonthCount, PublicFigure
from mamori.grammar.text import Text
from mamori.ground.clocks import facts as clock_facts
from mamori.ground.clocks.facts import Tally
from mamori.ground.declared.counted import ExportedRow, Ranked, by_group, exported
from mamori.japan.calendar import JAPAN, Month, month_of
from mamori.japan.lures.kinds import KINDS
from mamori.law import figures as law, shown
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

# The figures of a month, counted by the database: no row is loaded, and a rank is found by its place.


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


# Figures of a year month by month, for pictures: each kind is counted in one statement, however many months there are.


_NONE = Tally(0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthSeen:
    """What pictures show of one month, as it is known now; times are days from the first inquiry to the confirmed refund.

    A median or a 95 % is None where no refund was confirmed in the month.
    """

    month: Month
    reported: int
    answers: Tally
    solutions: Tally
    refunds: int
    money_median: Decimal | None
    money_p95: Decimal | None


def months_seen(months: Sequence[Month], *, at: datetime) -> tuple[MonthSeen, ...]:
    """Return these months, which follow each other, in their order: defined as the figures are, in three statements."""
    since, until = min(months).since, max(months).until
    is_over = ~WITHDRAWN & Q(first_due__lte=at)
    is_in_time = is_over & RESOLVED & Q(closed_at__lte=F("first_due"))
    reported = Trouble.objects.filter(opened_at__gte=since, opened_at__lt=until).annotate(first_due=FIRST_DUE)
    counted = (
        reported.annotate(month=TruncMonth("opened_at", tzinfo=JAPAN))
        .values("month")
        .annotate(all=Count("pk"), over=Count("pk", filter=is_over), in_time=Count("pk", filter=is_in_time))
        .order_by("month")
    )
    troubles = {month_of(row["month"]): row for row in counted}
    answers = clock_facts.tallies(
        (ANSWER.code, QUESTION_ANSWER.code), why="answered", since=since, until=until, zone=JAPAN
    )
    done = Remedy.objects.filter(closed_at__gte=since, closed_at__lt=until, state=RemedyState.DONE)
    back = done.annotate(month=TruncMonth("closed_at", tzinfo=JAPAN))
    ranks = by_group(back, F("closed_at") - F("trouble__opened_at"), (MEDIAN, P95), groups=("month",))
    money = {month_of(month): ranked for (month,), ranked in ranks.items()}

    def days(month: Month, percent: int) -> Decimal | None:
        took = money[month].took.get(percent) if month in money else None
        return None if took is None else span(took, Unit.DAYS)

    return tuple(
        MonthSeen(
            month=month,
            reported=troubles[month]["all"] if month in troubles else 0,
            answers=answers.get((month.year, month.number), _NONE),
            solutions=Tally(troubles[month]["over"], troubles[month]["in_time"])
            if month in troubles
            else _NONE,
            refunds=money[month].of if month in money else 0,
            money_median=days(month, MEDIAN),
            money_p95=days(month, P95),
        )
        for month in months
    )


# The public figures of a month, counted once it is settled: by moments alone, so that nothing later changes any of them.


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
    yield from _saved((shown.PROMISES, shown.PROMISES_KEPT), promises, Q(kept=True))
    agreements = Proposal.objects.filter(WAS_AGREED, within("due_at", month), state__in=KEPT_OR_NOT)
    yield from _saved((shown.AGREEMENTS, shown.AGREEMENTS_KEPT), agreements, Q(state=ProposalState.KEPT))
    formals = Formal.objects.filter(within("arrived_at", month))
    yield MonthCount(code=shown.FORMAL_NOTICES.code, count=formals.count())


def _answers(month: Month) -> Iterator[MonthCount]:
    tally = clock_facts.tally(ANSWER_CLOCKS, why="answered", since=month.since, until=month.until)
    yield MonthCount(code=shown.ANSWERS.code, count=tally.over)
    yield MonthCount(code=shown.ANSWERED.code, count=tally.in_time)


def _saved(figures: tuple[PublicFigure, PublicFigure], rows: QuerySet[Any], kept: Q) -> Iterator[MonthCount]:
    found = rows.aggregate(all=Count("pk"), kept=Count("pk", filter=kept))
    for figure, count in zip(figures, (found["all"], found["kept"]), strict=True):
        yield MonthCount(code=figure.code, count=count)


def _ranks(figures: tuple[PublicFigure, ...], rows: QuerySet[Any], took: Any) -> Iterator[MonthCount]:
    percents = tuple(one.percent for one in figures)
    ranked = by_group(rows, took, percents, groups=()).get((), Ranked(0, {}))
    for figure in figures:
        found = ranked.took.get(figure.percent)
        yield MonthCount(code=figure.code, took=None if found is None else span(found, figure.unit))


def settled_rows(since: datetime, until: datetime) -> Iterator[ExportedRow]:
    """Yield of each row its kind and what is counted of it, for what lies from `since` to before `until`."""

    def within(field: str) -> Q:
        return Q(**{f"{field}__gte": since, f"{field}__lt": until})

    troubles = Trouble.objects.filter(within("opened_at")).annotate(
        first_due=FIRST_DUE, mediated_at=F("mediation__opened_at")
    )
    yield from exported("trouble", troubles, "opened_at", "first_due", "closed_at", "state", "mediated_at")
    for done_at, due_at, fired in clock_facts.over(ANSWER_CLOCKS, why="answered", since=since, until=until):
        yield "answer", {"done_at": done_at, "due_at": due_at, "rang": fired}
    yield from exported("question", Thread.objects.filter(IS_QUESTION, within("opened_at")), "opened_at")
    refunds = Remedy.objects.filter(within("closed_at"), state=RemedyState.DONE)
    yield from exported("refund", refunds.annotate(opened=F("trouble__opened_at")), "opened", "closed_at")
    promises = Call.objects.filter(WAS_DECIDED, within("promised_at"))
    yield from exported("promise", promises, "promised_at", "kept")
    agreements = Proposal.objects.filter(WAS_AGREED, within("due_at"), state__in=KEPT_OR_NOT)
    was_kept = Case(
        When(state=ProposalState.KEPT, then=Value(True)), default=Value(False), output_field=BooleanField()
    )
    yield from exported("agreement", agreements.annotate(was_kept=was_kept), "due_at", "was_kept")
    yield from exported("formal", Formal.objects.filter(within("arrived_at")), "arrived_at")
