"""Visitors: requests at a fixed rate, or as fast as a number of them can, over kept and fresh connections; each one told.

What was answered is recorded here, on the client's side.  A connection that breaks under a request is a failed request:
nothing is tried again.
"""

from __future__ import annotations

import json
import re
import socket
import statistics
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException

PATIENCE = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One request: what is sent, and which statuses are good answers."""

    path: str
    method: str = "GET"
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    good: frozenset[int] = frozenset({200})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What became of one request: when it was sent, how long it took, the status (0 when the connection broke)."""

    number: int
    path: str
    sent_at: float
    seconds: float
    status: int
    is_good: bool
    retry_after: str
    why: str


@dataclass(slots=True)
class Visitor:
    """Asks over one connection that it keeps, or over a fresh one each time."""

    host: str
    port: int
    keeps: bool
    patience: float = PATIENCE
    connection: HTTPConnection | None = None

    def ask(self, number: int, ask: Ask) -> Reply:
        """Send one request and hear the whole answer."""
        began = time.time()
        start = time.perf_counter()
        status, retry, why = 0, "", ""
        try:
            if self.connection is None:
                self.connection = HTTPConnection(self.host, self.port, timeout=self.patience)
            self.connection.request(ask.method, ask.path, body=ask.body, headers=dict(ask.headers))
            answer = self.connection.getresponse()
            answer.read()
            status, retry = answer.status, answer.headers.get("Retry-After", "")
            if not self.keeps or answer.will_close:
                self.leave()
        except (OSError, HTTPException) as error:
            why = f"{type(error).__name__}: {error}"
            self.leave()
        return Reply(
            number=number,
            path=ask.path,
            sent_at=began,
            seconds=time.perf_counter() - start,
            status=status,
            is_good=status in ask.good,
            retry_after=retry,
            why=why,
        )

    def leave(self) -> None:
        """Close the connection."""
        if self.connection is not None:
            self.connection.close()
            self.connection = None


class Crowd:
    """Visitors on threads of their own, from `start` until `end`; every second one keeps its connection."""

    def __init__(
        self,
        host: str,
        port: int,
        asks: Callable[[int], Ask],
        *,
        visitors: int,
        rate: float | None = None,
        patience: float = PATIENCE,
        all_keep: bool = False,
    ) -> None:
        self.host, self.port, self.asks, self.rate, self.patience = host, port, asks, rate, patience
        self.replies: list[Reply] = []
        self._number = 0
        self._began = 0.0
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._threads = [
            threading.Thread(target=self._visit, args=(all_keep or number % 2 == 0,), daemon=True)
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
        visitor = Visitor(self.host, self.port, keeps, self.patience)
        while not self._over.is_set():
            with self._lock:
                number, self._number = self._number, self._number + 1
            if self.rate is not None:
                wait = self._began + number / self.rate - time.monotonic()
                if wait > 0 and self._over.wait(wait):
                    break
            reply = visitor.ask(number, self.asks(number))
            with self._lock:
                self.replies.append(reply)
        visitor.leave()


def percentile(values: Sequence[float], percent: int) -> float:
    """Return a percentile in milliseconds."""
    if len(values) < 2:
        return round(values[0] * 1000, 1) if values else 0.0
    return round(statistics.quantiles(values, n=100, method="inclusive")[percent - 1] * 1000, 1)


def reasons(replies: Sequence[Reply]) -> dict[str, int]:
    """Count the failed by path and reason."""
    return dict(Counter(f"{r.path} {r.status or r.why}" for r in replies if not r.is_good).most_common(8))


class Presser:
    """Asks for one page again and again over one kept connection, at as little cost as it can: the page is what is measured."""

    def __init__(self, port: int, path: str, headers: Mapping[str, str]) -> None:
        lines = [
            f"GET {path} HTTP/1.1",
            "Host: localhost",
            *(f"{name}: {value}" for name, value in headers.items()),
        ]
        self.port = port
        self.path = path
        self.asked = "\r\n".join([*lines, "", ""]).encode()
        self.socket: socket.socket | None = None

    def ask(self, number: int) -> Reply:
        """Send the request and hear the whole answer."""
        began, start = time.time(), time.perf_counter()
        status, why = 0, ""
        try:
            if self.socket is None:
                self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=60)
                self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.socket.sendall(self.asked)
            status, closes = _heard(self.socket)
            if closes:
                self.leave()
        except (OSError, ValueError) as error:
            why = f"{type(error).__name__}: {error}"
            self.leave()
        seconds = time.perf_counter() - start
        return Reply(
            number=number,
            path=self.path,
            sent_at=began,
            seconds=seconds,
            status=status,
            is_good=status == 200,
            retry_after="",
            why=why,
        )

    def leave(self) -> None:
        """Close the connection."""
        if self.socket is not None:
            self.socket.close()
            self.socket = None


LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)\r\n", re.IGNORECASE)


def _heard(connection: socket.socket) -> tuple[int, bool]:
    """Read an answer to its end; return its status, and whether the connection ends with it.

    :raises ValueError: when it has no length.
    """
    told = b""
    while (end := told.find(b"\r\n\r\n")) < 0:
        part = connection.recv(65536)
        if not part:
            raise ConnectionResetError("closed")
        told += part
    head = told[: end + 2]
    length = LENGTH.search(head)
    if length is None:
        raise ValueError("no length")
    left = int(length[1]) - (len(told) - end - 4)
    while left > 0:
        part = connection.recv(65536)
        if not part:
            raise ConnectionResetError("closed")
        left -= len(part)
    return int(head[9:12]), b"\r\nconnection: close\r\n" in head.lower()


def pressed(port: int, path: str, headers: Mapping[str, str], seconds: float, visitors: int) -> list[Reply]:
    """Ask for one page as fast as so many visitors can, each over a connection that it keeps; return the replies."""
    replies: list[Reply] = []
    end = time.monotonic() + seconds

    def press() -> None:
        presser, own = Presser(port, path, headers), list[Reply]()
        while time.monotonic() < end:
            own.append(presser.ask(len(own)))
        presser.leave()
        replies.extend(own)

    threads = [threading.Thread(target=press) for _ in range(visitors)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return replies


def main() -> None:
    """Press as the command line says, and print every wait and every failure: a process of its own beside others."""
    asked = json.loads(sys.argv[1])
    replies = pressed(**asked)
    waits = [round(reply.seconds, 6) for reply in replies if reply.is_good]
    print(json.dumps({"waits": waits, "failed": reasons(replies)}))


if __name__ == "__main__":
    main()
