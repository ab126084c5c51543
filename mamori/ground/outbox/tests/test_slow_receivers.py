"""A receiver that drips its answer has as long for it as any other, and no longer."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from urllib3.exceptions import ConnectTimeoutError

from mamori.ground.outbox import delivering
from mamori.ground.outbox.delivering import DeliveryAnswer, Parcel, send
from mamori.ground.outbox.tests.conftest import NOON

MOST_DROPS = 1_200
SECRET = "whsec_" + "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo="


@contextmanager
def dripping(head: bytes, drop: bytes) -> Iterator[tuple[str, list[int]]]:
    """Run a receiver that answers with `head` at once, and then with a drop at a time, for minutes; give where, and its drops."""
    drops: list[int] = []
    server, stop = socket.create_server(("127.0.0.1", 0)), threading.Event()

    def answer() -> None:
        connection, _ = server.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(head)
            for number in range(MOST_DROPS):
                if stop.wait(0.1):
                    return
                try:
                    connection.sendall(drop)
                    drops.append(number)
                except OSError:
                    return

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.getsockname()[1]}/hook", drops
    stop.set()
    thread.join()
    server.close()


def sent(url: str) -> DeliveryAnswer:
    """Send one parcel there."""
    parcel = Parcel(delivery=1, attempt=1, message="msg_1", url=url, body=b"{}", secrets=(SECRET,))
    return send(parcel, signed_at=NOON, private=True)


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
    monkeypatch.setattr(delivering, "TRY_SECONDS", 2)

    with dripping(head, drop) as (url, drops):
        answer = sent(url)
        so_far = len(drops)

    assert (answer.status, answer.is_success) == (None, False)
    assert answer.error
    assert so_far < MOST_DROPS / 2  # it would have gone on


def test_an_answer_whose_body_drips_is_taken_by_its_head() -> None:
    with dripping(b"HTTP/1.1 200 OK\r\nContent-Length: 1200\r\n\r\n", b"1") as (url, _):
        answer = sent(url)

    assert answer.status == 200


def test_a_name_of_many_addresses_that_none_answers_at_is_given_up_in_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    now = [0.0]

    def unanswered(address: str, *_: object, **__: object) -> int:
        asked.append(address)
        now[0] += delivering.CONNECT_SECONDS
        raise ConnectTimeoutError("no answer")

    monkeypatch.setattr(
        delivering, "time", SimpleNamespace(monotonic=lambda: now[0], perf_counter=lambda: now[0])
    )
    monkeypatch.setattr(delivering, "resolve", lambda url, private: [f"192.0.2.{n}" for n in range(50)])
    monkeypatch.setattr(delivering, "_post", unanswered)
    parcel = Parcel(
        delivery=1, attempt=1, message="m", url="http://many.example/", body=b"{}", secrets=(SECRET,)
    )

    answer = send(parcel, signed_at=NOON, private=False)

    assert len(asked) == 4
    assert (answer.status, answer.error) == (None, "no answer")
