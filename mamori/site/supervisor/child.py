"""One process that a supervisor started: its lines, its word that it is ready, its end."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence

from mamori.site.following import EXPECT, READY
from mamori.site.supervisor.programs import Program
from mamori.site.supervisor.waiting import begun, ticks

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
