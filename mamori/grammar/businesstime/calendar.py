"""Which days are business days: a frozen value that knows how far it reaches and its version."""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, timezone

from mamori.grammar.businesstime.moment import WEEKDAYS, BadMoment, day_text
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text

DAY = timedelta(days=1)
BEYOND = Text("期限", "the due moment")


class OutsideCalendar(Refusal, code="outside-calendar", status=422):
    """Given when a day is asked for that the calendar does not reach."""

    text = Text(
        "{what}が暦の範囲（{first}から{last}まで）の外なので計算できません。日付をご確認ください。"
        "日付が正しいときは、暦を新しくする必要があります。",
        "It cannot be computed: {what} lies outside the calendar ({first} to {last}). Please look at the "
        "date; if it is right, the calendar has to be renewed.",
    )


@dataclass(frozen=True, slots=True, order=True)
class ClosedDay:
    """A day without business, and what it is called."""

    day: date
    name: Text = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Closed days from `first` to `last` (both included) in a zone without clock changes.

    `provisional_from` is the first day that nobody has published officially.  Deadlines are stored with
    `version`, which changes whenever any day does.
    """

    zone: timezone
    first: date
    last: date
    closed: tuple[ClosedDay, ...]
    version: str
    provisional_from: date | None = None
    weekend: frozenset[int] = frozenset({5, 6})
    closings: tuple[ClosedDay, ...] = ()
    _open: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _names: dict[int, Text] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        days = range(self.first.toordinal(), self.last.toordinal() + 1)
        # Ordinal 1 is a Monday.  A holiday's name outranks the operator's reason, and that "Saturday".
        names = {o: WEEKDAYS[(o - 1) % 7] for o in days if (o - 1) % 7 in self.weekend}
        names |= {c.day.toordinal(): c.name for c in self.closings}
        names |= {c.day.toordinal(): c.name for c in self.closed}
        object.__setattr__(self, "_names", names)
        object.__setattr__(self, "_open", tuple(o for o in days if o not in names))

    def closing(self, days: Iterable[date], reason: Text) -> Calendar:
        """Return the calendar with the operator's closing days added, under a version of its own."""
        named = {c.day: c for c in self.closings}
        for day in days:
            self._reach(day)
            named[day] = ClosedDay(day, reason)
        if not named:
            return self
        closings = tuple(sorted(named.values()))
        told = "".join(f"{c.day}\0{c.name.ja}\0{c.name.en}\n" for c in closings)
        digest = hashlib.sha256(told.encode()).hexdigest()[:8]
        return replace(self, closings=closings, version=f"{self.version.partition('+')[0]}+{digest}")

    def why_closed(self, day: date) -> Text | None:
        """Return what closes `day`, or nothing when it is a business day."""
        return self._names.get(day.toordinal())

    def local(self, moment: datetime, *, end: bool = False) -> datetime:
        """Return `moment` as wall time of the zone; with `end`, 24:00 of the last day will do too."""
        if moment.tzinfo is None:
            raise BadMoment(given=moment.isoformat())
        try:
            local = moment.astimezone(self.zone).replace(tzinfo=None)
        except OverflowError:
            raise self.outside(day_text(moment.date())) from None
        edge = end and local - DAY == datetime.fromordinal(self.last.toordinal())
        self._reach(self.last if edge else local.date())
        return local

    def _reach(self, day: date) -> None:
        if not self.first <= day <= self.last:
            raise self.outside(day_text(day))

    def outside(self, what: Text) -> OutsideCalendar:
        """Return the refusal that names `what` and how far the calendar reaches."""
        return OutsideCalendar(what=what, first=day_text(self.first), last=day_text(self.last))

    def counted(self, local: datetime) -> timedelta:
        """Return the business time, 24 hours a business day, from the calendar's first day to `local`."""
        ordinal = local.toordinal()
        before = timedelta(bisect_left(self._open, ordinal))
        return before if ordinal in self._names else before + (local - datetime.fromordinal(ordinal))

    def reached(self, counted: timedelta) -> datetime:
        """Return the earliest local moment by which `counted` (more than zero) has passed.

        The earliest, so that what fills a business day ends at its 24:00, not after the closed days behind.
        """
        days, rest = divmod(counted, DAY)
        last = days if rest else days - 1
        if last >= len(self._open):
            raise self.outside(BEYOND)
        return datetime.fromordinal(self._open[last]) + (rest or DAY)

    def business_day(self, count: int, after: date, skipping: frozenset[int] = frozenset()) -> date:
        """Return the `count`th business day after a day, passing over the ordinals in `skipping`."""
        index = bisect_right(self._open, after.toordinal()) + count - 1
        if skipping:
            later = (i for i in range(index - count + 1, len(self._open)) if self._open[i] not in skipping)
            index = next((i for n, i in enumerate(later, 1) if n == count), len(self._open))
        if index >= len(self._open):
            raise self.outside(BEYOND)
        return date.fromordinal(self._open[index])
