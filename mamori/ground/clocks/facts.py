"""What others may ask of the clocks: what is open, next or stuck, and whether the loop is alive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncMonth

from mamori.grammar import businesstime
from mamori.grammar.businesstime import Calendar, CalendarDays, Duration, EveryHours, Pause
from mamori.grammar.text import Text
from mamori.ground.clocks import standing
from mamori.ground.clocks.firing import due
from mamori.ground.clocks.models import IS_OPEN, IS_STUCK, RUNG, STOPPED, Beat, Clock
from mamori.ground.clocks.running import RUNS as RUNS, running_house as running_house
from mamori.ground.clocks.sandbox import ahead as ahead, is_sandbox as is_sandbox, now as now
from mamori.ground.clocks.standing import (
    Newest as Newest,
    newest as newest,
    open_because,
    open_since,
    pauses_ended,
)
from mamori.ground.declared.casekinds import Lead, OwedBy, clock_owed, leading as leads

SILENCE = timedelta(minutes=3)
"""A loop that has not looked for longer counts as dead."""

COUNTED = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockFact:
    """An open clock as others see it; `due_at` is not final while `paused_since` is set, because of `still_because`."""

    kind: str
    about: str
    key: str
    started_at: datetime
    duration: str
    due_at: datetime
    calendar: str
    provisional: bool
    paused_since: datetime | None
    attempts: int
    error: str
    pauses: tuple[Pause, ...] = ()
    still_because: Text | None = None

    @property
    def stands_still(self) -> bool:
        """Say whether it is stopped, so that its due moment is not final."""
        return self.paused_since is not None

    @property
    def every_day(self) -> bool:
        """Say whether closed days count, as they do for calendar days and for what cannot wait."""
        return isinstance(businesstime.parse(self.duration), (CalendarDays, EveryHours))

    @property
    def why(self) -> tuple[Text, ...]:
        """Return in sentences why it is due then; nothing when another calendar than today's set it."""
        if self.stands_still or self.calendar != calendar().version:
            return ()
        due = businesstime.add(self.started_at, businesstime.parse(self.duration), calendar(), self.pauses)
        return due.why if due.at == self.due_at else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PastClock:
    """A clock in its history: when it began and was due, and when it was over, rung or stopped."""

    kind: str
    started_at: datetime
    due_at: datetime
    done_at: datetime | None
    fired: bool
    why: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many clocks were over, and how many of them were stopped in time."""

    over: int
    in_time: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BeatFact:
    """A loop: when it last looked, and when and how far time went back before its eyes."""

    name: str
    at: datetime
    is_alive: bool
    went_back_at: datetime | None
    went_back_seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulse:
    """Whether deadlines are looked at: the loops, and how many open clocks are overdue (counted to 1,000)."""

    beats: tuple[BeatFact, ...]
    overdue: int
    oldest_due_at: datetime | None
    stuck: int

    @property
    def is_alive(self) -> bool:
        """Say whether there is a loop and every loop has looked lately."""
        return bool(self.beats) and all(beat.is_alive for beat in self.beats)


def after(at: datetime, duration: Duration, pauses: Sequence[Pause] = ()) -> datetime:
    """Return when a duration that begins at `at` is over, where no clock runs by it yet."""
    return businesstime.add(at, duration, calendar(), tuple(pauses)).at


def calendar() -> Calendar:
    """Return the calendar that clocks go by."""
    return standing.calendar_in_use()


def open_clocks(about: str) -> tuple[ClockFact, ...]:
    """Return the open clocks of one thing, the next to ring first."""
    rows = sorted(standing.open_of(about), key=lambda row: (row.due_at, row.pk is None, row.pk or 0))
    return tuple(_fact(clock) for clock in rows)


def clocks_next(abouts: Iterable[str]) -> dict[str, ClockFact]:
    """Return for each of these things the clock that is due next, in one look; clocks that stand still come last."""
    standing.write_clocks()
    found: dict[str, ClockFact] = {}
    rows = Clock.objects.filter(IS_OPEN, about__in=list(abouts))
    for clock in sorted(rows, key=lambda row: (row.next_try_at is None, row.due_at, row.pk)):
        found.setdefault(clock.about, _fact(clock))
    return found


def running(abouts: Iterable[str]) -> dict[str, tuple[ClockFact, ...]]:
    """Return for each of these things its open clocks, the first to fall due first, in one look; who has none is left out."""
    standing.write_clocks()
    found: dict[str, tuple[ClockFact, ...]] = {}
    for clock in Clock.objects.filter(IS_OPEN, about__in=list(abouts)).order_by("due_at", "id"):
        found[clock.about] = (*found.get(clock.about, ()), _fact(clock))
    return found


def leading(clocks: Iterable[ClockFact]) -> ClockFact | None:
    """Return what a person owes next: the soonest that staff do, else that a party does; what stands still comes last."""
    owed = (clock for clock in clocks if clock_owed(clock.kind) is not OwedBy.NOBODY)
    return min(
        owed, key=lambda clock: (clock.stands_still, clock_owed(clock.kind), clock.due_at), default=None
    )


def behind(clocks: Iterable[ClockFact]) -> ClockFact | None:
    """Return what a party owes next, which goes on behind what staff owe; what stands still comes last."""
    owed = (clock for clock in clocks if clock_owed(clock.kind) is OwedBy.PARTY)
    return min(owed, key=lambda clock: (clock.stands_still, clock.due_at), default=None)


def open_of(abouts: Iterable[str], *, kinds: Iterable[str]) -> tuple[ClockFact, ...]:
    """Return the open clocks of these kinds of all of these things, in one look, the next to ring first."""
    standing.write_clocks()
    rows = Clock.objects.filter(IS_OPEN, about__in=list(abouts), kind__in=list(kinds))
    return tuple(_fact(row) for row in rows.order_by("due_at", "id"))


def whole(about: str, *, limit: int = 200) -> tuple[tuple[ClockFact, ...], tuple[PastClock, ...]]:
    """Return in one look the open clocks of one thing, the next to ring first, and those and the last done, the newest first."""
    standing.write_clocks()
    rows = list(Clock.objects.filter(about=about).order_by(F("done_at").desc(nulls_first=True))[:limit])
    open_ = sorted((row for row in rows if row.done_at is None), key=lambda row: (row.due_at, row.pk))
    last = sorted(rows, key=lambda row: row.pk, reverse=True)
    return tuple(map(_fact, open_)), tuple(map(_past, last))


def done(abouts: Iterable[str], *, kinds: Iterable[str], since: datetime) -> tuple[PastClock, ...]:
    """Return the clocks of these kinds and things that were over at `since` or later, in one look."""
    standing.write_clocks()
    rows = Clock.objects.filter(about__in=list(abouts), kind__in=list(kinds), done_at__gte=since)
    return tuple(map(_past, rows))


def _over(kinds: Iterable[str], since: datetime, until: datetime) -> QuerySet[Clock]:
    return Clock.objects.filter(~IS_OPEN, kind__in=list(kinds), done_at__gte=since, done_at__lt=until)


def tally(kinds: Iterable[str], *, why: str, since: datetime, until: datetime) -> Tally:
    """Count the clocks of these kinds that rang, or were stopped for that reason, from `since` to before `until`."""
    over = _over(kinds, since, until)
    stopped = Q(outcome=STOPPED, why=why)
    counted = over.aggregate(
        over=Count("pk", filter=stopped | Q(outcome=RUNG)),
        in_time=Count("pk", filter=stopped & Q(done_at__lte=F("due_at"))),
    )
    return Tally(counted["over"], counted["in_time"])


def over(
    kinds: Iterable[str], *, why: str, since: datetime, until: datetime
) -> Iterator[tuple[datetime, datetime, bool]]:
    """Yield of each clock that `tally` counts when it was over, when it was due, and whether it rang."""
    counted = _over(kinds, since, until).filter(Q(outcome=STOPPED, why=why) | Q(outcome=RUNG)).order_by("pk")
    for done_at, due_at, outcome in counted.values_list("done_at", "due_at", "outcome").iterator():
        if done_at is not None:  # as the filter says
            yield done_at, due_at, outcome == RUNG


def tallies(
    kinds: Iterable[str], *, why: str, since: datetime, until: datetime, zone: tzinfo
) -> dict[tuple[int, int], Tally]:
    """Count as `tally` does for each month of `zone`, in one look: by year and number; a month without clocks has no entry."""
    over = _over(kinds, since, until)
    stopped = Q(outcome=STOPPED, why=why)
    rows = over.annotate(month=TruncMonth("done_at", tzinfo=zone)).values("month").order_by("month")
    counted = rows.annotate(
        over=Count("pk", filter=stopped | Q(outcome=RUNG)),
        in_time=Count("pk", filter=stopped & Q(done_at__lte=F("due_at"))),
    )
    return {(row["month"].year, row["month"].month): Tally(row["over"], row["in_time"]) for row in counted}


def next_due(about: str) -> datetime | None:
    """Return the next due moment of one thing; clocks that stand still have none."""
    return min((row.due_at for row in standing.open_of(about) if row.next_try_at is not None), default=None)


def lead(about: str, missed: Iterable[Lead] = ()) -> Lead | None:
    """Return what the case about one thing leads with; there is nothing where only machines have something to do."""
    running = (Lead(row.kind, row.due_at) for row in standing.open_of(about) if row.next_try_at is not None)
    return leads(running, missed)


def rung(about: str) -> tuple[PastClock, ...]:
    """Return the clocks of one thing that rang, the newest first, at most 200 of them."""
    standing.write_clocks()
    rows = Clock.objects.filter(about=about, outcome=RUNG).order_by("-id")
    return tuple(map(_past, rows[:200]))


def next_firing(*, until: datetime) -> datetime | None:
    """Return when the next clock is to be rung, if that is not after `until`."""
    return due(until).values_list("next_try_at", flat=True).first()


def stuck(limit: int = 100) -> tuple[ClockFact, ...]:
    """Return clocks whose ring keeps failing; they are tried again, yet a person should look."""
    clocks = Clock.objects.filter(IS_STUCK).order_by("stuck_at", "id")
    return tuple(_fact(clock) for clock in clocks[:limit])


def pulse(at: datetime) -> Pulse:
    """Return how the loops do at `at`: the dead-man check."""
    late = due(at - SILENCE)
    return Pulse(
        beats=tuple(
            BeatFact(
                name=beat.name,
                at=beat.at,
                is_alive=at - beat.at <= SILENCE,
                went_back_at=beat.went_back_at,
                went_back_seconds=beat.went_back_seconds,
            )
            for beat in Beat.objects.order_by("name")
        ),
        overdue=late[:COUNTED].count(),
        oldest_due_at=late.values_list("due_at", flat=True).first(),
        stuck=Clock.objects.filter(IS_STUCK)[:COUNTED].count(),
    )


def _past(row: Clock) -> PastClock:
    return PastClock(
        kind=row.kind,
        started_at=row.started_at,
        due_at=row.due_at,
        done_at=row.done_at,
        fired=row.outcome == RUNG,
        why=row.why,
        key=row.key,
    )


def _fact(clock: Clock) -> ClockFact:
    return ClockFact(
        kind=clock.kind,
        about=clock.about,
        key=clock.key,
        started_at=clock.started_at,
        duration=clock.duration,
        due_at=clock.due_at,
        calendar=clock.calendar,
        provisional=clock.provisional,
        paused_since=open_since(clock.pauses),
        attempts=clock.attempts,
        error=clock.error,
        pauses=pauses_ended(clock.pauses),
        still_because=open_because(clock.pauses),
    )
