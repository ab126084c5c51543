"""The supervisor: starts in order, restarts what dies with growing patience, gives up aloud, renews, stops in order."""

from __future__ import annotations

import os
import selectors
import signal
import socket
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType

from mamori.site.following import REFUSED
from mamori.site.supervisor.child import Child
from mamori.site.supervisor.programs import Program
from mamori.site.supervisor.relay import Relay
from mamori.site.supervisor.waiting import GIVE_UP

QUICK = 10.0
"""A program that dies within so many seconds of being ready died quickly."""
MOST_DEATHS = 5
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 15.0


@dataclass(slots=True)
class Slot:
    """A program's place: who stands in it, how often in a row it died quickly or was given up, and when to try again.

    `missed_since` is since when nobody stands there who is ready.
    """

    program: Program
    child: Child | None = None
    deaths: int = 0
    kills: int = 0
    missed_since: float | None = None
    again_at: float | None = None
    leaving: list[Child] = field(default_factory=list)

    @property
    def is_ready(self) -> bool:
        """Say whether somebody stands here who is ready."""
        return self.child is not None and self.child.is_ready and self.child.code is None


class Supervisor:
    """Runs the programs; `listening` is the socket that those that listen serve from."""

    def __init__(
        self,
        programs: Sequence[Program],
        *,
        listening: socket.socket | None,
        words: Mapping[str, Sequence[str]],
        env: Mapping[str, str],
        limit: float,
        relay: Relay | None = None,
    ) -> None:
        self.slots = [Slot(program) for program in programs]
        self.listening, self.words, self.env, self.limit = listening, words, env, limit
        self.relay = relay or Relay()
        self.asked: list[int] = []
        self.code: int | None = None
        self.has_run = False
        self._selector = selectors.DefaultSelector()

    def run(self, *, told: Callable[[], None] = lambda: None) -> int:
        """Run until told to stop, or until a program cannot be kept running; return the exit code."""
        awake, wake = os.pipe()
        for fd in (awake, wake):
            os.set_blocking(fd, False)
        signal.set_wakeup_fd(wake)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD):
            signal.signal(number, self._note)
        self._selector.register(awake, selectors.EVENT_READ, None)
        try:
            for slot in self.slots:
                if self.code is None:
                    self._start(slot)
                    self._pump_until(lambda slot=slot: slot.is_ready)  # type: ignore[misc]
            if self.code is None:
                told()
                self.relay.say(
                    "info", "all programs run", programs=[slot.program.name for slot in self.slots]
                )
                self.has_run = True
            while self.code is None:
                self._pump(1.0)
                if signal.SIGHUP in self.asked and self.code is None:
                    self.asked.remove(signal.SIGHUP)
                    self._renew()
        finally:
            self._stop()
            signal.set_wakeup_fd(-1)
            self._selector.close()
            os.close(awake)
            os.close(wake)
        return self.code or 0

    def _note(self, number: int, frame: FrameType | None) -> None:
        if number == signal.SIGHUP:
            self.asked.append(number)
        elif number in (signal.SIGTERM, signal.SIGINT):
            self.asked.append(number)
            if self.code is None:
                self.code = 0

    def _start(self, slot: Slot) -> None:
        slot.child, slot.again_at = self._made(slot.program, slot.kills), None
        if slot.missed_since is None:
            slot.missed_since = time.monotonic()

    def _made(self, program: Program, kills: int = 0) -> Child:
        words = [*program.words, *self.words.get(program.name, ())]
        fds: list[int] = []
        if program.listens and self.listening is not None:
            fds = [self.listening.fileno()]
            words += ["--fd", str(fds[0])]
        child = Child(program, words, self.env, fds, kills=kills)
        for fd in (child.signals, child.lines):
            self._selector.register(fd, selectors.EVENT_READ, child)
        self.relay.say("info", "started", name=program.name, pid=child.process.pid)
        return child

    def _pump_until(self, condition: Callable[[], bool], seconds: float | None = None) -> bool:
        """Tend everybody until the condition holds; False when it ends otherwise."""
        end = None if seconds is None else time.monotonic() + seconds
        while not condition():
            if self.code is not None or (end is not None and time.monotonic() > end):
                return False
            self._pump(0.5)
        return True

    def _pump(self, seconds: float) -> None:
        """Hear the programs for a while, bury the dead, start those whose time has come."""
        for key, _ in self._selector.select(seconds):
            if key.data is None:
                os.read(key.fd, 4096)
            else:
                self._hear(key.data)
        for slot in self.slots:
            for child in [one for one in slot.leaving if one.code is not None]:
                slot.leaving.remove(child)
                self._bury(child)
            if slot.child is not None and slot.child.code is not None:
                self._died(slot, slot.child)
            if slot.child is None and slot.again_at is not None and time.monotonic() >= slot.again_at:
                self._start(slot)
            self._look_at_start(slot)

    def _hear(self, child: Child) -> None:
        child.listen()
        self.relay.pass_on(child.program.name, child.new_lines())

    def _look_at_start(self, slot: Slot) -> None:
        """Give a start up that does nothing any more, and the house where nobody gets ready for too long."""
        if slot.missed_since is None:
            return
        if slot.is_ready:
            slot.kills, slot.missed_since = 0, None
            return
        child, now = slot.child, time.monotonic()
        if now - slot.missed_since > GIVE_UP and self.code is None:
            self.relay.say("critical", "a program does not get ready; giving up", name=slot.program.name)
            self.code = 1
        elif child is not None and child.waiting.is_stuck(now, lambda: child.done):
            self.relay.say("error", "not ready in time; killed", name=slot.program.name)
            slot.kills += 1
            child.give_up()

    def _died(self, slot: Slot, child: Child) -> None:
        slot.child = None
        self._bury(child)
        if not child.is_given_up:
            slot.deaths = slot.deaths + 1 if child.lived < QUICK else 1
        name, code = slot.program.name, child.code
        if self.code is not None:
            return
        if code == REFUSED and not self.has_run:
            self.relay.say("critical", "a program refuses to start; giving up", name=name, code=code)
            self.code = REFUSED
        elif slot.deaths >= MOST_DEATHS:
            self.relay.say(
                "critical",
                "a program dies again and again; giving up",
                name=name,
                code=code,
                deaths=slot.deaths,
            )
            self.code = 1
        else:
            pause = min(FIRST_PAUSE * 2 ** max(0, slot.deaths - 1), LONGEST_PAUSE)
            self.relay.say(
                "error", "a program died; it is started again", name=name, code=code, in_seconds=pause
            )
            slot.again_at = time.monotonic() + pause

    def _bury(self, child: Child) -> None:
        for fd in (child.signals, child.lines):
            self._selector.unregister(fd)
        child.kill()  # what it started and left behind
        self.relay.pass_on(child.program.name, child.close())

    def _renew(self) -> None:
        """Renew every program, the last first: each stands beside its successor until that one is ready.

        Two workers at once do no harm: what one holds is leased.
        """
        if not all(slot.is_ready for slot in self.slots):
            self.relay.say("warning", "not renewed: a program is not running")
            return
        self.relay.say("info", "renewing")
        for slot in reversed(self.slots):
            if self.code is None and not self._renewed(slot):
                self.relay.say(
                    "error", "the new one did not get ready; the old one stays", name=slot.program.name
                )
                return
        self.relay.say("info", "renewed")

    def _renewed(self, slot: Slot) -> bool:
        old = slot.child
        new = self._beside(slot) if old is not None else None
        if old is None or new is None:
            return False
        slot.child = new
        slot.leaving.append(old)
        old.signal(signal.SIGTERM)
        self._pump_until(lambda: old not in slot.leaving, slot.program.stop_seconds)
        if old in slot.leaving:
            self.relay.say("error", "did not stop in time; killed", name=slot.program.name)
            old.kill()
        return True

    def _beside(self, slot: Slot) -> Child | None:
        """Start a new one while the old one serves; None, and the old one stays, when it does not get ready."""
        new = self._made(slot.program)
        end = time.monotonic() + GIVE_UP
        while not new.is_ready and new.code is None and self.code is None:
            if (now := time.monotonic()) > end or new.waiting.is_stuck(now, lambda: new.done):
                break
            self._pump(0.2)
        if new.is_ready and new.code is None:
            return new
        new.kill()
        self._bury(new)
        return None

    def _stop(self) -> None:
        """Stop the programs, the last first, each within its time and all within the limit; told again, at once."""
        end = time.monotonic() + self.limit
        told = len(self.asked)
        for slot in reversed(self.slots):
            slot.again_at = None
            for child in [*slot.leaving, *([slot.child] if slot.child else [])]:
                child.signal(signal.SIGTERM)
                until = min(end, time.monotonic() + slot.program.stop_seconds)
                while child.code is None and time.monotonic() < until and len(self.asked) <= told + 1:
                    for key, _ in self._selector.select(0.2):
                        if key.data is None:
                            os.read(key.fd, 4096)
                        else:
                            self._hear(key.data)
                if child.code is None:
                    self.relay.say("error", "did not stop in time; killed", name=slot.program.name)
                self._bury(child)
            slot.child, slot.leaving = None, []
        self.relay.say("info", "stopped", code=self.code or 0)
