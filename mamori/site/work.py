"""The work that runs by itself: clocks rung, effects worked off, the log sequenced, webhooks delivered, mail sent.

`turn` is one round, `settle` plays everything up to a moment in the order of time (tests and the demo), `run` is the process."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.db import connection

from mamori.grammar.text import Text
from mamori.ground.clocks import actions as clocks, facts as clock_facts
from mamori.ground.clocks.events import DeadlineMoved
from mamori.ground.ledger import actions as ledger
from mamori.ground.outbox import actions as outbox, facts as outbox_facts
from mamori.ground.people import actions as people
from mamori.ground.post import actions as post
from mamori.ground.vault import actions as vault
from mamori.rooms.disclosure import tasks as disclosure
from mamori.rooms.display import tasks as display
from mamori.rooms.payouts import tasks as payouts
from mamori.rooms.safety import tasks as safety
from mamori.site import retaining, wiring
from mamori.site.faults import Outage, outage

MOST = 32
"""Lanes at a time: those that wait longest come first."""
ENDS_WITHIN = 15.0
"""Seconds in which the tries that are on their way end by themselves."""


@dataclass(slots=True, kw_only=True)
class Lanes:
    """Carries webhooks, for each endpoint in a thread of its own that ends when nothing more is due."""

    stop: threading.Event
    running: dict[int, threading.Thread] = field(default_factory=dict)
    faults: list[Exception] = field(default_factory=list)

    def carry(self, at: datetime) -> int:
        """Open a lane for each endpoint that waits and has none; return how many were opened.

        :raises Exception: what went wrong in a lane since, so that whoever runs them tells it.
        """
        self.running = {to: lane for to, lane in self.running.items() if lane.is_alive()}
        waiting = [to for to in outbox_facts.waiting_endpoints(at=at) if to not in self.running]
        opened = waiting[: MOST - len(self.running)]
        for to in opened:
            self.running[to] = threading.Thread(target=self._run, args=(to,), name=f"lane-{to}", daemon=True)
            self.running[to].start()
        if self.faults:
            fault, self.faults = self.faults[0], []
            raise fault
        return len(opened)

    def join(self) -> None:
        """Wait for the tries that are on their way."""
        for lane in self.running.values():
            lane.join(ENDS_WITHIN)

    def _run(self, to: int) -> None:
        try:
            while not self.stop.is_set() and outbox.deliver(
                at=clock_facts.now(), signed_at=datetime.now(UTC), to=to
            ):
                pass
        except Exception as error:
            self.faults.append(error)
        finally:
            connection.close()


log = logging.getLogger(__name__)

PAUSE = 0.5
AFTER_A_FAULT = 5.0
BEAT = timedelta(seconds=10)

WAITS = Text("{what}。待って、また試します({error})", "{what}; it is waited for and tried again ({error})")
BACK = Text("データベースに届くようになりました。続けます。", "The database is there again; going on.")
FAULT = Text(
    "「{part}」で誤りが起きました。また試します: {error}", "A fault in “{part}”; it is tried again: {error}"
)

type Tell = Callable[[Text], None]
type Part = Callable[[datetime], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What one round did."""

    rung: int
    worked: int
    sequenced: int
    delivered: int
    mailed: int


def turn(*, at: datetime, signed_at: datetime | None = None) -> Round:
    """Do one round: ring what is due, work off effects, sequence the log, deliver webhooks, send mail; erase a batch."""
    ledger.go_on_erasing(at=at)
    return Round(
        rung=clocks.fire_due(at=at, tasks=wiring.RINGS),
        worked=outbox.work(at=at),
        sequenced=ledger.sequence(at=at),
        delivered=outbox.deliver(at=at, signed_at=signed_at),
        mailed=post.deliver(at=at),
    )


def settle(
    *, at: datetime, signed_at: datetime | None = None, arriving: Callable[[datetime], None] = lambda _: None
) -> None:
    """Play all that is due up to `at`, one moment after the other; then sequence the log and deliver.

    Each clock rings at its own due moment and what follows from it comes before the next, as it would have been
    had nobody slept; `signed_at` is the real present, for receivers that look at their watch.  `arriving` is told each moment
    before it begins: where a clock jumps, it goes by this.
    """
    moment: datetime | None = None
    while (coming := _next(at)) is not None:
        moment = coming if moment is None else max(moment, coming)
        arriving(moment)
        if not outbox.work(at=moment):
            clocks.fire_due(at=moment, tasks=wiring.RINGS, limit=1)
    arriving(at)
    while payouts.say_clearances(at):
        pass
    while ledger.go_on_erasing(at=at):
        pass
    ledger.sequence(at=at)
    while outbox.deliver(at=at, signed_at=signed_at):
        pass
    while post.deliver(at=at):
        pass


def renew(*, at: datetime) -> int:
    """Compute open clocks anew after a change of calendar and publish each that moved; return how many."""

    def told(moved: clocks.Moved) -> None:
        news = DeadlineMoved(
            subject=moved.about,
            clock=moved.kind,
            about=moved.about,
            old_due_at=moved.old_due_at,
            new_due_at=moved.new_due_at,
        )
        outbox.publish(news, at=at)

    return len(clocks.recompute(told=told))


def run(stop: threading.Event, *, tell: Tell) -> None:
    """Work until `stop` is set: the network has loops of its own, so that no shop and no mail server holds up a deadline."""
    lanes = Lanes(stop=stop)
    carriers = [
        Loop(name="deliver", parts={"deliver": lanes.carry}, stop=stop, tell=tell),
        Loop(name="mail", parts={"mail": lambda at: post.deliver(at=at)}, stop=stop, tell=tell),
        Loop(
            name="tend",
            parts={
                "scan": lambda at: vault.rescan(at=at),
                "erasing": lambda at: ledger.go_on_erasing(at=at),
                "sweep": retaining.hourly(lambda at: vault.sweep(at=at)),
                "retention": retaining.hourly(lambda at: retaining.retain(at=at)),
                "clearances": payouts.say_clearances,
                "visits": retaining.hourly(lambda _: people.sweep(at=datetime.now(UTC))),
                "figures": retaining.hourly(disclosure.count_months),
                "handbook": retaining.hourly(disclosure.note_procedures),
                "private": retaining.hourly(display.begin_hidden),
                "screening": retaining.hourly(safety.follow_listings),
            },
            stop=stop,
            tell=tell,
        ),
    ]
    hands = Loop(
        name="work",
        parts={
            "calendar": _when_it_changes(lambda at: renew(at=at)),
            "clocks": lambda at: clocks.fire_due(at=at, tasks=wiring.RINGS),
            "effects": lambda at: outbox.work(at=at),
            "ledger": lambda at: ledger.sequence(at=at),
        },
        stop=stop,
        tell=tell,
    )
    threads = [threading.Thread(target=carrier.run, name=carrier.name) for carrier in carriers]
    for thread in threads:
        thread.start()
    try:
        hands.run()
    finally:  # without its hands the house must end and be started again, not go on half alive
        stop.set()
        for thread in threads:
            thread.join()
        lanes.join()


class _Away(Exception):
    """The database is away."""

    def __init__(self, error: Exception) -> None:
        super().__init__(str(error))
        self.error = error


@dataclass(slots=True, kw_only=True)
class Loop:
    """Parts of the work, one after the other, again and again; a part that fails holds up none of the others."""

    name: str
    parts: dict[str, Part]
    stop: threading.Event
    tell: Tell
    beaten_at: datetime | None = None
    is_away: bool = False
    faults: dict[str, str] = field(default_factory=dict)

    def run(self) -> None:
        """Go round until told to stop."""
        try:
            while not self.stop.is_set():
                pause = self.round(clock_facts.now())
                if pause:
                    self.stop.wait(pause)
        finally:
            connection.close()

    def round(self, at: datetime) -> float:
        """Do each part once and return for how many seconds to rest."""
        done = 0
        try:
            for name, part in {"beat": self._beat, **self.parts}.items():
                done += self._guarded(name, part, at)
        except _Away as away:
            if not self.is_away:
                self._say_outage(Outage.AWAY, away.error)
            self.is_away = True
            connection.close()
            return PAUSE
        if self.is_away:
            self.is_away = False
            log.info("the database is there again")
            self.tell(BACK)
        if set(self.faults.values()) - {Outage.BUSY.name}:
            return AFTER_A_FAULT
        return 0 if done else PAUSE

    def _guarded(self, name: str, part: Part, at: datetime) -> int:
        """Do one part; a mistake in it, a full disk or a lock that it did not get is its own affair.

        :raises _Away: when no part can go on, as the database is away.
        """
        try:
            done = part(at)
        except Exception as error:  # a worker that ended would ring nothing at all
            what = outage(error)
            if what is Outage.AWAY:
                raise _Away(error) from error
            called = what.name if what else type(error).__name__
            if self.faults.get(name) != called:
                if what is None:
                    log.exception("fault in %s", name)
                    self.tell(FAULT.fill(part=name, error=called))
                else:
                    self._say_outage(what, error)
            self.faults[name] = called
            return 0
        self.faults.pop(name, None)
        return done

    def _say_outage(self, what: Outage, error: Exception) -> None:
        log.warning("%s: %s", what.value.en, error)
        self.tell(WAITS.fill(what=what.value, error=_first_line(error)))

    def _beat(self, at: datetime) -> int:
        if self.beaten_at is None or not timedelta() <= at - self.beaten_at < BEAT:
            clocks.beat(name=self.name, at=at)
            self.beaten_at = at
        return 0


def _when_it_changes(part: Part) -> Part:
    """Do the part at the start, and again whenever the calendar is another one."""
    seen: list[str] = []

    def changed(at: datetime) -> int:
        version = clock_facts.calendar().version
        if seen == [version]:
            return 0
        count = part(at)
        seen[:] = [version]
        return count

    return changed


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]


def _next(until: datetime) -> datetime | None:
    moments = (outbox_facts.next_effect(until=until), clock_facts.next_firing(until=until))
    return min((moment for moment in moments if moment is not None), default=None)
