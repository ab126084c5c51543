"""A matter is settled: its clocks are read once, changed to what should stand, and it is said what was done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from mamori.grammar.businesstime import Duration
from mamori.grammar.declaration import Deadline
from mamori.ground.clocks import actions as clocks, facts as clock_facts
from mamori.ground.clocks.facts import Newest
from mamori.ground.declared.casekinds import Lead, OwedBy, clock_owed, leading
from mamori.ground.market import actions as market
from mamori.ground.matters.changes import Changes, changes
from mamori.ground.matters.standing import Asks, Hinders, Runs, Stands, Vouches, asks, hinders, runs
from mamori.ground.terms import facts as terms


@dataclass(frozen=True, slots=True)
class Settlement:
    """What was done about each matter, the clocks that stand now, what is asked for, and what was missed and is not done yet."""

    done: Mapping[str, Changes[Newest]]
    standing: Mapping[str, Sequence[Newest]]
    asked: Mapping[str, tuple[Asks, ...]]
    missed: Mapping[str, tuple[Lead, ...]]

    def lead(self, abouts: Collection[str] | None = None) -> Lead | None:
        """Return what the case about these matters leads with, about all where none is named; what is held is not due."""
        names = self.asked if abouts is None else abouts
        clocks = [clock for about in names for clock in self.standing.get(about, ())]
        running = (Lead(one.kind, one.due_at) for one in clocks if one.paused_since is None)
        return leading(running, [one for about in names for one in self.missed.get(about, ())])

    def next_due(self, abouts: Collection[str] | None = None) -> datetime | None:
        """Return when that is or was due."""
        lead = self.lead(abouts)
        return lead.due_at if lead else None


def settle(
    should: Mapping[str, Iterable[Stands]],
    *,
    at: datetime,
    why: str,
    new: Collection[str] = (),
    hindering: Collection[str] = (),
) -> Settlement:
    """Let stand about each of these matters, which the caller has locked, what should, and nothing else.

    `why` is the act that was done: what is stopped says so.  A clock that is started lasts as long as was set at its `since`.
    About those that are `new` no clock can stand yet, so that none is looked for.  What hinders a seller is looked at on account
    of those that are `hindering`: matters of a kind whose rule may say so, whether it does now or not.

    :raises ValueError: when another matter hinders somebody (a bug: what it says would stand for ever).
    """
    wanted = {about: tuple(stands) for about, stands in should.items()}
    _clear({about: hinders(stands) for about, stands in wanted.items()}, hindering, at)
    stood = _by_about(clock_facts.newest([about for about in wanted if about not in new]))
    done = {about: changes(stands, stood.get(about, ()), at=at) for about, stands in wanted.items()}
    running = [one for some in stood.values() for one in some if one.done_at is None]
    standing = _by_about(_applied(done, running, at, why))
    return Settlement(
        done=done,
        standing=standing,
        asked={about: asks(stands) for about, stands in wanted.items()},
        missed={about: tuple(_missed(runs(s), standing.get(about, ()))) for about, s in wanted.items()},
    )


def _missed(wanted: Iterable[Runs], standing: Sequence[Newest]) -> Iterator[Lead]:
    """Yield what a clock that rings again and again has rung for already, unless it is held, and by when it was due at first."""
    for one in wanted:
        if not one.again or clock_owed(one.code) is OwedBy.NOBODY:
            continue
        for clock in standing:
            is_this = (clock.kind, clock.key) == (one.code, one.key) and clock.paused_since is None
            if is_this and clock.started_at > one.since:
                due_at = clock_facts.after(one.since, span(one), one.without)
                yield Lead(one.code, min(due_at, clock.started_at))


def _clear(said: Mapping[str, Sequence[Hinders | Vouches]], hindering: Collection[str], at: datetime) -> None:
    """Let exactly what is said hinder sellers."""
    if unknown := [about for about, some in said.items() if some and about not in hindering]:
        raise ValueError(f"{unknown} hinder somebody and are not said to")
    if looked := {about: some for about, some in said.items() if about in hindering}:
        market.settle_clearance(looked, at=at)


def _by_about(clocks: Iterable[Newest]) -> Mapping[str, Sequence[Newest]]:
    found: dict[str, list[Newest]] = defaultdict(list)
    for clock in clocks:
        found[clock.about].append(clock)
    return found


def due(one: Runs) -> datetime:
    """Return when a clock that starts anew is due, for a notice that names it before the matter is settled."""
    return clock_facts.after(one.since, span(one))


def span(one: Runs) -> Duration:
    """Return how long a clock lasts that starts at its `since`: what it says, or what was set then."""
    wanted = one.span or one.kind
    if isinstance(wanted, Deadline):
        return terms.duration(wanted, at=one.since)
    if isinstance(wanted, str):
        raise ValueError(f"{wanted} is no deadline: it has to say its span")
    return wanted


def _applied(
    done: Mapping[str, Changes[Newest]], running: Iterable[Newest], at: datetime, why: str
) -> tuple[Newest, ...]:
    """Write the changes and return the clocks that stand after them: what is stopped first, what starts last."""
    standing = {one.id: one for one in running}
    if stop := [one for each in done.values() for one in each.stop]:
        clocks.end(stop, at=at, why=why)
    for one in stop:
        del standing[one.id]
    for each in done.values():
        for one in each.reopen:
            standing[one.id] = clocks.reopen(one)
        for one in each.release:
            standing[one.id] = clocks.release(one, at=at)
        for one, reason in each.hold:
            standing[one.id] = clocks.hold(standing[one.id], at=at, reason=reason)
    return (*standing.values(), *clocks.begin(_begins(done, at)))


def _begins(done: Mapping[str, Changes[Newest]], at: datetime) -> Sequence[clocks.Begin]:
    return [
        clocks.Begin(
            kind=one.code,
            about=about,
            key=one.key,
            since=one.since,
            duration=span(one),
            at=at,
            pauses=one.without,
            held=one.still,
        )
        for about, each in done.items()
        for one in each.start
    ]
