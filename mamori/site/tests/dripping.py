"""Clients that take their time: each sends or reads a byte a second, over a socket of its own."""

from __future__ import annotations

import select
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

SLOW = b"x-slow: "


@dataclass(slots=True)
class Drip:
    """Connections that begin with `head` and then send a byte a second; `answers` holds what each of them was told."""

    port: int
    head: bytes
    tls: bool = False
    reads: bool = False
    sockets: list[socket.socket] = field(default_factory=list)
    answers: dict[int, bytes] = field(default_factory=dict)
    stop: threading.Event = field(default_factory=threading.Event)

    def open(self, count: int) -> None:
        """Open so many connections and send the beginning."""
        for _ in range(count):
            connection = socket.create_connection(("127.0.0.1", self.port), timeout=60)
            if self.tls:
                context = ssl.create_default_context()
                context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
                connection = context.wrap_socket(connection, server_hostname="house.example.jp")
            connection.sendall(self.head)
            self.sockets.append(connection)

    def run(self) -> None:
        """Go on until told to stop."""
        while not self.stop.wait(1):
            for number, connection in enumerate(self.sockets):
                if number not in self.answers:
                    self._go_on(number, connection)

    def _go_on(self, number: int, connection: socket.socket) -> None:
        try:
            if self.reads:
                self.answers.update({} if connection.recv(1) else {number: b"ended"})
                return
            if select.select([connection], [], [], 0)[0]:
                self.answers[number] = connection.recv(4096)
                return
            connection.sendall(b"1")
        except OSError as error:
            self.answers[number] = type(error).__name__.encode()

    def wait_for_all(self, seconds: float = 240) -> list[bytes]:
        """Wait until every connection was told something, and return it."""
        end = time.monotonic() + seconds
        while len(self.answers) < len(self.sockets) and time.monotonic() < end:
            time.sleep(0.2)
        return list(self.answers.values())

    @property
    def waiting(self) -> int:
        """Return how many still go on."""
        return len(self.sockets) - len(self.answers)


@contextmanager
def dripping(port: int, count: int, head: bytes, *, tls: bool = False, reads: bool = False) -> Iterator[Drip]:
    """Let so many clients drip while something else is tried."""
    drip = Drip(port, head, tls=tls, reads=reads)
    drip.open(count)
    thread = threading.Thread(target=drip.run, daemon=True)
    thread.start()
    try:
        yield drip
    finally:
        drip.stop.set()
        thread.join()
        for connection in drip.sockets:
            connection.close()


def body(path: str = "/in/", *headers: str) -> bytes:
    """Return the beginning of a request whose body has a thousand bytes to come."""
    lines = (f"POST {path} HTTP/1.1", "Host: localhost", "Content-Type: application/json", *headers)
    return "\r\n".join((*lines, "Content-Length: 1000", "", "1")).encode()


def headers() -> bytes:
    """Return the beginning of a request whose headers never end."""
    return b"GET / HTTP/1.1\r\nHost: localhost\r\n" + SLOW


def asking(path: str) -> bytes:
    """Return a whole request."""
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode()
