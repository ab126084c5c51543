"""A happening to publish, an actor to act, keys of one's own, and a receiver on the loopback."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from mamori.grammar.actor import Actor, Role
from mamori.grammar.event import Event
from mamori.grammar.text import Text
from mamori.ground.outbox import publishing
from mamori.ground.seal import actions as seal

NOON = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
LEAD = Actor(by="lead-1", role=Role.LEAD, at=NOON, via="test")


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class LampLit(Event):
    """A lamp was lit."""

    kind = "test.lamp_lit"
    text = Text("灯がともった", "a lamp was lit")
    lamp: int = 0


@dataclass
class Receiver:
    """A shop's receiver: keeps what it was sent and answers with `status`, and as text/html with `page` where it has one."""

    url: str = ""
    status: int = 200
    page: bytes = b""
    wait: float = 0
    bodies: list[bytes] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Run a receiver on the loopback."""
    kept = Receiver()

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            kept.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            kept.headers.append(dict(self.headers.items()))
            time.sleep(kept.wait)
            self.send_response(kept.status)
            if kept.status == 302:
                self.send_header("Location", kept.url)
            if kept.page:
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(kept.page)))
            self.end_headers()
            self.wfile.write(kept.page)

        def log_message(self, *words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    kept.url = f"http://127.0.0.1:{server.server_port}/hook?shop=1"
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield kept
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def house(settings: Settings, tmp_path: Path) -> Iterator[None]:
    """Give the test keys of its own and an empty table of handlers."""
    settings.KEYS, settings.MAMORI_WEBHOOK_PRIVATE = tmp_path / "keys", True
    former = dict(publishing._BY_KIND)
    publishing._BY_KIND.clear()
    yield
    publishing._BY_KIND.clear()
    publishing._BY_KIND.update(former)


@pytest.fixture
def keys(house: None, db: None) -> None:
    """Make the keys of the house."""
    seal.prepare_keys()
