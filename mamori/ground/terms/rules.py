"""What an operator may set, when a change of terms may count, and what binds a seller: pure decisions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from mamori.grammar.businesstime import Duration
from mamori.grammar.declaration import Deadline
from mamori.grammar.text import Text
from mamori.japan.calendar import JAPAN

LONGEST_CLOSING = timedelta(days=366)


class By(StrEnum):
    """How a version came to bind a seller."""

    ACCEPTANCE = "acceptance"
    ANNOUNCEMENT = "announcement"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _BY[self]


_BY = {
    By.ACCEPTANCE: Text("あなたの同意", "your acceptance"),
    By.ANNOUNCEMENT: Text("変更のお知らせ", "the notice of the change"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """A version that the seller accepted, and the act whose receipt proves it (None where it is older than receipts)."""

    version: int
    at: datetime
    act: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A published version as it concerns one seller; `told_at` is None as long as nobody told this seller."""

    version: int
    announced_at: datetime
    binds_on: date
    notice_days: int
    is_first: bool
    is_urgent: bool
    told_at: datetime | None
    act: int

    @property
    def counts_at(self) -> datetime:
        """Return from when it can bind anybody; only the first version may count from before it was entered here."""
        begins = start_of(self.binds_on)
        return begins if self.is_first else max(begins, self.announced_at)

    @property
    def reaches_at(self) -> datetime | None:
        """Return from when it binds, without being accepted, a seller who agreed to changes; None while not told."""
        if self.is_urgent:
            return self.counts_at
        if self.told_at is None:
            return None
        return max(self.counts_at, start_of(earliest(self.told_at, self.notice_days)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """The version that binds a seller, since when, how it came to, and the act whose receipt proves it."""

    version: int
    since: datetime
    by: By
    act: int | None


def start_of(day: date) -> datetime:
    """Return the first moment of a day in Japan."""
    return datetime.combine(day, time(), JAPAN)


def earliest(told_at: datetime, notice_days: int) -> date:
    """Return the first day on which what was told at `told_at` may count: so many whole days lie between."""
    return told_at.astimezone(JAPAN).date() + timedelta(days=notice_days + 1)


def by_acceptance(accepted: Sequence[Accepted], published: Sequence[Published], at: datetime) -> Bound | None:
    """Return the newest published version that the seller had itself accepted and that counts at `at`."""
    known = {one.version: one for one in published}
    found = [
        Bound(version=one.version, since=since, by=By.ACCEPTANCE, act=one.act)
        for one in accepted
        if one.version in known and (since := max(one.at, known[one.version].counts_at)) <= at
    ]
    return max(found, key=lambda one: (one.version, -one.since.timestamp()), default=None)


def bound(
    accepted: Sequence[Accepted],
    published: Sequence[Published],
    *,
    agreed_to_changes_at: datetime | None,
    at: datetime,
) -> Bound | None:
    """Decide which version binds a seller at `at`; who never accepted any is bound by none.

    A newer one binds without acceptance only where the seller had agreed to be bound so before it was told
    (`agreed_to_changes_at`; None for clauses on money) and the days of notice are over.
    """
    own = by_acceptance(accepted, published, at)
    if own is None or agreed_to_changes_at is None:
        return own
    newer = [
        Bound(version=one.version, since=max(since, own.since), by=By.ANNOUNCEMENT, act=one.act)
        for one in published
        if one.version > own.version
        and (since := one.reaches_at) is not None
        and since <= at
        and agreed_to_changes_at <= (one.announced_at if one.is_urgent else one.told_at or since)
    ]
    return max(newer, key=lambda one: one.version, default=own)


def is_admitted(deadline: Deadline, wish: Duration) -> bool:
    """Say whether the operator may set `wish`: any span, but where the law fixes it, none that is longer.

    Spans of different units are never compared: 48 hours and 2 business days end at different moments.
    """
    if not deadline.fixed:
        return True
    return type(wish) is type(deadline.duration) and wish.count <= deadline.duration.count


def closed_days(spans: Sequence[str]) -> frozenset[date]:
    """Return the days of `YYYY-MM-DD` and `YYYY-MM-DD/YYYY-MM-DD` (both ends included).

    :raises ValueError: when a span is no date, runs backwards or is longer than a year.
    """
    return frozenset(day for span in spans for day in _days(span))


def _days(span: str) -> Iterator[date]:
    first_text, _, last_text = span.partition("/")
    first = date.fromisoformat(first_text)
    last = date.fromisoformat(last_text) if last_text else first
    if not timedelta() <= last - first <= LONGEST_CLOSING:
        raise ValueError(span)
    for offset in range((last - first).days + 1):
        yield first + timedelta(days=offset)
