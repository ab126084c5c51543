"""A real `mamori up` on a database that is thrown away, with its log kept and its programs known."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from typing import Any

from trials.scratch import python

ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)/")


class Up:
    """The running house."""

    def __init__(
        self, env: Mapping[str, str], words: tuple[str, ...] = (), fds: tuple[int, ...] = ()
    ) -> None:
        self.lines: list[str] = []
        self.port = 0
        self.process = subprocess.Popen(  # noqa: S603
            python("-m", "mamori.site", "--lang", "en", "up", "--port", "0", *words),
            env=dict(env),
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
            pass_fds=fds,
        )
        self._thread = threading.Thread(target=self._hear, daemon=True)
        self._thread.start()

    def _hear(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.lines.append(line.rstrip("\n"))
            if not self.port and (found := ADDRESS.search(line)):
                self.port = int(found[1])

    def told(self, message: str) -> list[dict[str, Any]]:
        """Return the lines with that message."""
        found = []
        for line in list(self.lines):
            if message in line and line.startswith("{"):
                parsed = json.loads(line)
                if parsed.get("message") == message:
                    found.append(parsed)
        return found

    def wait_for(self, message: str, count: int = 1, seconds: float = 90) -> None:
        """Wait until the house has said it so many times.

        :raises RuntimeError: when it does not.
        """
        end = time.monotonic() + seconds
        while len(self.told(message)) < count:
            if time.monotonic() > end or self.process.poll() is not None:
                raise RuntimeError(f"the house did not say “{message}”:\n" + "\n".join(self.lines[-20:]))
            time.sleep(0.05)

    def renew(self) -> None:
        """Ask for a rolling restart and wait for its end."""
        count = len(self.told("renewed"))
        self.process.send_signal(signal.SIGHUP)
        self.wait_for("renewed", count + 1)

    def program(self, name: str) -> int:
        """Return the process that runs a program just now."""
        return int([line for line in self.told("started") if line["name"] == name][-1]["pid"])

    def kill(self, name: str) -> None:
        """Kill a program with all its processes."""
        os.killpg(self.program(name), signal.SIGKILL)

    def get(self, path: str) -> tuple[int, str]:
        """Ask for one page; 0 when nobody answers."""
        asked = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            asked.request("GET", path)
            answer = asked.getresponse()
            return answer.status, answer.read().decode("utf-8", "replace")
        except (OSError, HTTPException):
            return 0, ""
        finally:
            asked.close()

    def stop(self) -> int:
        """Stop the house and return its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(timeout=70)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self._thread.join(5)
        return self.process.wait()


@contextmanager
def up(env: Mapping[str, str], *words: str) -> Iterator[Up]:
    """Run the house until the end of the block."""
    house = Up(env, words)
    try:
        house.wait_for("all programs run")
        yield house
    finally:
        house.stop()
