"""The worker's webhooks: a receiver that drips keeps its own lane busy, and an honest one beside it is told everything."""

from __future__ import annotations

import os
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from trials.scratch import loaded, scratch

pytestmark = pytest.mark.processes
ENGINE = "postgres" if os.environ.get("MAMORI_DATABASE_URL", "").startswith("postgres") else "sqlite"
EVENTS = 40

WORK = """
import sys, threading
from mamori.site.command import ready
ready()
from dataclasses import dataclass
from datetime import UTC, datetime
from django.db import transaction
from mamori.grammar.event import Event
from mamori.grammar.actor import Actor, Role
from mamori.grammar.text import Text
from mamori.ground.outbox import actions as outbox, delivering
from mamori.site import work

delivering.TRY_SECONDS = delivering.ALL_SECONDS = 900  # whoever waits for the one that drips waits for good

@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class LampLit(Event):
    kind = "test.lamp_lit"
    text = Text("灯がともった", "a lamp was lit")
    lamp: int = 0

at = datetime.now(UTC)
keeper = Actor(by="machine:test", role=Role.MACHINE, at=at, via="test")
for port in sys.argv[2:]:
    outbox.add_endpoint(keeper, url=f"http://127.0.0.1:{port}/hook")
with transaction.atomic():
    for number in range(int(sys.argv[1])):
        outbox.publish(LampLit(subject=f"lamp:{number}", lamp=number), at=at)
work.run(threading.Event(), tell=lambda text: None)
"""


@contextmanager
def honest() -> Iterator[tuple[int, list[bytes]]]:
    """Run a receiver that says yes; give its port and what it was told."""
    told: list[bytes] = []

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if b"test.lamp_lit" in body:
                told.append(body)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield server.server_port, told
    server.shutdown()
    server.server_close()


@contextmanager
def dripping() -> Iterator[tuple[int, list[socket.socket]]]:
    """Run a receiver that answers a byte a second and never ends; give its port and the connections that it holds."""
    server, held, stop = socket.create_server(("127.0.0.1", 0)), list[socket.socket](), threading.Event()
    server.settimeout(0.2)

    def drip() -> None:
        due = time.monotonic() + 1
        while not stop.is_set():
            try:
                connection, _ = server.accept()
                connection.settimeout(60)
                held.append(connection)
                connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            except TimeoutError:
                pass
            if time.monotonic() >= due:
                due = time.monotonic() + 1
                for connection in held:
                    connection.sendall(b"1")

    thread = threading.Thread(target=drip, daemon=True)
    thread.start()
    yield server.getsockname()[1], held
    stop.set()
    thread.join()
    for connection in held:
        connection.close()
    server.close()


def test_a_receiver_that_drips_delays_no_other() -> None:
    with scratch(ENGINE) as (env, _), honest() as (good, told), dripping() as (bad, held):
        worker = subprocess.Popen(loaded("-c", WORK, str(EVENTS), str(bad), str(good)), env=env)
        end = time.monotonic() + 240
        while len(told) < EVENTS and time.monotonic() < end and worker.poll() is None:
            time.sleep(0.2)
        connections = len(held)
        worker.kill()
        worker.wait()

    assert len(told) == EVENTS
    assert 1 <= connections <= 8  # its own few hands, and they still wait
