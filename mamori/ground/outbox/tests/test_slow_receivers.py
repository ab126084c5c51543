"""A receiver that drips its answer has as long for it as any other, and no longer."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from mamori.ground.outbox import carrying
from mamori.ground.outbox.carrying import Answer, Parcel, send
from mamori.ground.outbox.tests.conftest import NOON

SECRET = "whsec_" + "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo="


@contextmanager
def dripping(head: bytes, drop: bytes) -> Iterator[str]:
    """Run a receiver that answers with `head` at once, and from then on with a drop at a time, for minutes."""
    server, stop = socket.create_server(("127.0.0.1", 0)), threading.Event()

    def answer() -> None:
        connection, _ = server.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(head)
            for _ in range(1200):
                if stop.wait(0.1):
                    return
                try:
                    connection.sendall(drop)
                except OSError:
                    return

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.getsockname()[1]}/hook"
    stop.set()
    thread.join()
    server.close()


def sent(url: str) -> tuple[Answer, float]:
    """Send one parcel there; return the answer, and after how many seconds."""
    parcel = Parcel(delivery=1, attempt=1, message="msg_1", url=url, body=b"{}", secrets=(SECRET,))
    began = time.monotonic()
    return send(parcel, signed_at=NOON, private=True), time.monotonic() - began


@pytest.mark.parametrize(
    ("head", "drop"),
    [
        (b"", b"H"),
        (b"HTTP/1.1 200 OK\r\nX-Slow: ", b"1"),
        (b"HTTP/1.1 200 OK\r\n", b"A: 1\r\n"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
    ids=["status", "header", "headers", "interim answers"],
)
def test_an_answer_whose_head_drips_is_no_answer_once_its_time_is_over(
    monkeypatch: pytest.MonkeyPatch, head: bytes, drop: bytes
) -> None:
    monkeypatch.setattr(carrying, "TRY_SECONDS", 2)

    with dripping(head, drop) as url:
        answer, seconds = sent(url)

    assert (answer.status, answer.is_success) == (None, False)
    assert answer.error
    assert seconds < 60  # a drop came every tenth of a second, for two minutes


def test_an_answer_whose_body_drips_is_taken_by_its_head() -> None:
    with dripping(b"HTTP/1.1 200 OK\r\nContent-Length: 1200\r\n\r\n", b"1") as url:
        answer, _ = sent(url)

    assert answer.status == 200
