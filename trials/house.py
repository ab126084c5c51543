"""A real `mamori up` on a database that is thrown away, the keys of its shop, and visitors; what they were answered is kept.

A connection that breaks under a request is a failed request: nothing is tried again.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.client import HTTPConnection, HTTPException
from typing import Any

import jwt

from trials.harness import within
from trials.scratch import python

ADDRESS = re.compile(r"http://localhost:(\d+)/")
PATIENCE = 10.0


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
        found = [json.loads(line) for line in list(self.lines) if message in line and line.startswith("{")]
        return [one for one in found if one.get("message") == message]

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
        reply = Visitor(self.port, keeps=False).ask(0, Ask(path=path))
        return reply.status, reply.body.decode("utf-8", "replace")

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


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopKeys:
    """An API key with every scope, and a key that signs parties' tokens."""

    token: str
    link_kid: str
    link_secret: str

    @property
    def headers(self) -> dict[str, str]:
        """Return what the shop's software sends with JSON."""
        return {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}

    def party(self, who: str) -> str:
        """Sign a party's token as a marketplace does."""
        now = int(time.time())
        told = {"sub": who, "aud": "mamori/api", "iat": now, "exp": now + 300, "jti": uuid.uuid4().hex}
        return jwt.encode(told, self.link_secret, algorithm="HS256", headers={"kid": self.link_kid})


def made(env: Mapping[str, str]) -> ShopKeys:
    """Make the keys in the house of that environment."""
    return ShopKeys(**within(env, "trials.filling:make_keys"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One request: what is sent, and which statuses are good answers."""

    path: str
    method: str = "GET"
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    good: frozenset[int] = frozenset({200})


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of one request: the status (0 when the connection broke), what was answered."""

    number: int
    path: str
    status: int
    is_good: bool
    headers: Message
    body: bytes
    why: str


@dataclass(slots=True)
class Visitor:
    """Asks over one connection that it keeps, or over a fresh one each time, from an address of its own if one is named."""

    port: int
    keeps: bool = True
    patience: float = PATIENCE
    source: str = ""
    connection: HTTPConnection | None = None

    def ask(self, number: int, ask: Ask) -> Reply:
        """Send one request and hear the whole answer."""
        status, headers, body, why = 0, Message(), b"", ""
        try:
            if self.connection is None:
                source = (self.source, 0) if self.source else None
                self.connection = HTTPConnection("127.0.0.1", self.port, self.patience, source)
            self.connection.request(ask.method, ask.path, body=ask.body, headers=dict(ask.headers))
            answer = self.connection.getresponse()
            status, headers, body = answer.status, answer.headers, answer.read()
            if not self.keeps or answer.will_close:
                self.leave()
        except (OSError, HTTPException) as error:
            status, why = 0, f"{type(error).__name__}: {error}"
            self.leave()
        return Reply(number, ask.path, status, status in ask.good, headers, body, why)

    def leave(self) -> None:
        """Close the connection."""
        if self.connection is not None:
            self.connection.close()
            self.connection = None


class Crowd:
    """Visitors on threads of their own, from `start` until `end`, at a rate, or as fast as they can where there is none.

    Every second one keeps its connection, and all of them do that have no rate to keep.
    """

    def __init__(
        self,
        port: int,
        asks: Callable[[int], Ask],
        *,
        visitors: int,
        rate: float = 0,
        patience: float = PATIENCE,
    ) -> None:
        self.port, self.asks, self.rate, self.patience = port, asks, rate, patience
        self.replies: list[Reply] = []
        self._number = 0
        self._began = 0.0
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._threads = [
            threading.Thread(target=self._visit, args=(not rate or number % 2 == 0,), daemon=True)
            for number in range(visitors)
        ]

    def start(self) -> None:
        """Let them in."""
        self._began = time.monotonic()
        for thread in self._threads:
            thread.start()

    def end(self) -> list[Reply]:
        """Let them out; return every reply in the order of the requests."""
        self._over.set()
        for thread in self._threads:
            thread.join()
        return sorted(self.replies, key=lambda reply: reply.number)

    def _visit(self, keeps: bool) -> None:
        visitor = Visitor(self.port, keeps, self.patience)
        while not self._over.is_set():
            with self._lock:
                number, self._number = self._number, self._number + 1
            wait = self._began + number / self.rate - time.monotonic() if self.rate else 0
            if wait > 0 and self._over.wait(wait):
                break
            reply = visitor.ask(number, self.asks(number))
            with self._lock:
                self.replies.append(reply)
        visitor.leave()


def reasons(replies: Sequence[Reply]) -> dict[str, int]:
    """Count the failed by path and reason."""
    return dict(Counter(f"{r.path} {r.status or r.why}" for r in replies if not r.is_good).most_common(8))
