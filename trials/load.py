"""Visitors: requests at a fixed rate, or as fast as a number of them can, over kept and fresh connections; each one told.

What was answered is recorded here, on the client's side.  A connection that breaks under a request is a failed request:
nothing is tried again.
"""

from __future__ import annotations

import statistics
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
