"""Runs the programs of the house on one socket: starts, renews and ends them, and passes on what they write."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import selectors
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import TextIO

from mamori.ground.seal import lending
from mamori.site import claiming, environment, logs, passphrase
from mamori.site.following import EXPECT, READY, REFUSED


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A program: the words after `mamori`, and how it is renewed and ended.

    `listens`: it serves from the socket that the supervisor holds, so that no connection is lost when it is renewed.
    `start_seconds`: after so long it is looked at whether it still gets on with being ready.
    """

    name: str
    words: tuple[str, ...]
    listens: bool = False
    start_seconds: float = 60.0
    stop_seconds: float = 30.0


PROGRAMS = (
    Program(name="worker", words=("work",)),
    Program(name="web", words=("serve",), listens=True),
)


LONGEST = 480.0
"""Seconds between two looks at most: they double with each start that was given up."""
GIVE_UP = 1800.0
"""Seconds without being ready after which the whole house ends."""


@dataclass(slots=True)
class Patience:
    """A start that is waited for: looked at every so many seconds, and stuck when it did nothing since the look before."""

    seconds: float
    look_at: float
    done: int = 0

    def is_stuck(self, now: float, done: Callable[[], int]) -> bool:
        """Say whether it has done nothing since the last look, once it is time for the next."""
        if now < self.look_at:
            return False
        did = done()
        if did <= self.done:
            return True
        self.done, self.look_at = did, now + self.seconds
        return False


def begun(now: float, first: float, kills: int = 0) -> Patience:
    """Begin to wait for a program of which so many starts in a row were given up."""
    seconds = max(first, min(first * 2**kills, LONGEST))
    return Patience(seconds, now + seconds)


def ticks(session: int) -> int:
    """Return the processor time that all processes of a session have used, in ticks; 0 where the system does not say."""
    used = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = stat.read_text("ascii", "replace").rpartition(")")[2].split()
        except OSError:  # it has ended meanwhile
            continue
        if words[3] == str(session):
            used += sum(map(int, words[11:15]))
    return used


# One process that a supervisor started: its lines, its word that it is ready, its end.


LINE = 64 * 1024
"""A line longer than this is cut: nobody writes one on purpose."""


class Child:
    """A running program."""

    def __init__(
        self,
        program: Program,
        words: Sequence[str],
        env: Mapping[str, str],
        fds: Sequence[int],
        *,
        kills: int = 0,
    ) -> None:
        self.program = program
        self.waiting = begun(time.monotonic(), program.start_seconds, kills)
        self.is_given_up = False
        self.expected, self.ready, self.words = 1, 0, 0
        self.ready_at: float | None = None
        self._said, self._written = b"", b""
        self.signals, ready = os.pipe()
        self.lines, out = os.pipe()
        for fd in (self.signals, self.lines):
            os.set_blocking(fd, False)
        try:
            self.process = subprocess.Popen(  # noqa: S603  # ourselves
                [sys.executable, "-m", "mamori.site", *words, "--ready-fd", str(ready)],
                env={**env, "MAMORI_PROGRAM": program.name},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                pass_fds=(*fds, ready),
                start_new_session=True,  # Ctrl-C is for the supervisor, which stops the others in order
            )
        finally:
            os.close(ready)
            os.close(out)

    @property
    def is_ready(self) -> bool:
        """Say whether all of it is ready."""
        return self.ready >= self.expected

    @property
    def code(self) -> int | None:
        """Return the exit code, negative for a signal; None while it runs."""
        return self.process.poll()

    @property
    def done(self) -> int:
        """Return what it has done so far: processor time, and each word about being ready that it said."""
        return ticks(self.process.pid) + self.words

    @property
    def lived(self) -> float:
        """Return for how many seconds it has been ready; 0 when it never was."""
        return 0.0 if self.ready_at is None else time.monotonic() - self.ready_at

    def listen(self) -> None:
        """Hear what it said about being ready."""
        self._said += _read(self.signals)
        *words, self._said = self._said.split(b"\n")
        for word in words:
            self.words += 1
            name, _, number = word.decode("ascii", "replace").partition(" ")
            if name == EXPECT and number.isdigit():
                self.expected, self.ready = int(number), 0
            elif name == READY:
                self.ready += 1
        if self.is_ready and self.ready_at is None:
            self.ready_at = time.monotonic()

    def new_lines(self) -> list[bytes]:
        """Return the whole lines that it wrote since the last time."""
        self._written += _read(self.lines)
        *lines, self._written = self._written.split(b"\n")
        if len(self._written) > LINE:
            lines, self._written = [*lines, self._written[:LINE]], b""
        return lines

    def signal(self, number: signal.Signals) -> None:
        """Send a signal, if it still runs."""
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(number)

    def kill(self) -> None:
        """Kill it and everything that it started."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def give_up(self) -> None:
        """Kill it because it does not get ready: no death of its own."""
        self.is_given_up = True
        self.kill()

    def close(self) -> list[bytes]:
        """Return its last words and let go of it."""
        last = self.new_lines()
        if self._written:
            last.append(self._written)
        for fd in (self.signals, self.lines):
            os.close(fd)
        return last


def _read(fd: int) -> bytes:
    found = b""
    with contextlib.suppress(BlockingIOError):
        while part := os.read(fd, 65536):
            found += part
    return found


SENTENCE = b"mamori: "
"""So begins a sentence of the command itself, such as why it does not start; written for people, without their data."""


class Relay:
    """Writes lines to one place: stderr, unless the supervisor was given a file."""

    def __init__(self, out: TextIO | None = None) -> None:
        self.out = sys.stderr if out is None else out

    def pass_on(self, program: str, lines: Sequence[bytes]) -> None:
        """Write the lines of a program."""
        for line in lines:
            if line.strip():
                self._write(_told(program, line))

    def say(self, level: str, message: str, **fields: object) -> None:
        """Write a line of the supervisor's own."""
        self._write(_line("up", level, message, fields))

    def _write(self, line: dict[str, object]) -> None:
        text = logs.readable(line) if self.out.isatty() else json.dumps(line, ensure_ascii=False)
        self.out.write(f"{text}\n")
        self.out.flush()


def _told(program: str, line: bytes) -> dict[str, object]:
    if line.startswith(b"{"):
        try:
            found = json.loads(line)
        except ValueError:
            found = None
        if isinstance(found, dict):
            return found
    text = line.decode("utf-8", "replace").strip()
    if line.startswith(SENTENCE):
        return _line(program, "error", text.removeprefix(SENTENCE.decode()), {})
    return _line(program, "info", logs.scrubbed(text), {})


def _line(program: str, level: str, message: str, fields: dict[str, object]) -> dict[str, object]:
    levels = logging.getLevelNamesMapping()
    record = logging.LogRecord("mamori.up", levels[level.upper()], "", 0, "", None, None)
    return {**logs.fields_of(record), "program": program, "message": message, **fields}


# The supervisor: starts in order, restarts what dies with growing patience, gives up aloud, renews, stops in order.


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


def run(
    *,
    listening: socket.socket,
    home: Path,
    words: Mapping[str, Sequence[str]],
    limit: float,
    log: TextIO | None = None,
    told: Callable[[], None] = lambda: None,
) -> int:
    """Run every program on the socket until told to stop; return the exit code."""
    figures = claiming.fresh_counts(home)
    with lent_key():
        supervisor = Supervisor(
            PROGRAMS,
            listening=listening,
            words=words,
            env={**os.environ, claiming.SHARED: str(figures)},
            limit=limit,
            relay=Relay(log),
        )
        try:
            return supervisor.run(told=told)
        finally:
            shutil.rmtree(figures, ignore_errors=True)


@contextmanager
def lent_key() -> Iterator[None]:
    """Ask for the passphrase once, where keys are wrapped by one, and lend what was made of it to the programs.

    :raises SystemExit: when a key cannot be opened; why was said.
    """
    if environment.key_profile() != "passphrase":
        yield
        return
    with lending.lent(passphrase.asked(), environment.key_socket()):
        yield
