"""How webhooks go over the network: signed by the Standard Webhooks specification, no redirects, bounded in time."""

from __future__ import annotations

import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPException
from urllib.parse import SplitResult

from standardwebhooks import Webhook
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError
from urllib3.response import BaseHTTPResponse

from mamori.grammar.refusal import Refusal
from mamori.ground.outbox.addresses import parts, resolve

CONNECT_SECONDS, TRY_SECONDS, ALL_SECONDS = 3, 10, 30
"""For a connection, for one try in all, and for all tries of a round."""
HANDS = 8
_HEAD = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A leased webhook: where to, under which stable id, the exact bytes, and the secrets that sign it."""

    delivery: int
    attempt: int
    message: str
    url: str
    body: bytes
    secrets: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of one try: the HTTP status, or an error when there was none."""

    status: int | None
    milliseconds: int
    error: str = ""

    @property
    def is_success(self) -> bool:
        """Say whether the receiver has taken the webhook."""
        return self.status is not None and 200 <= self.status < 300


def carry(
    parcels: Sequence[Parcel], *, signed_at: datetime, private: bool, patience: float = ALL_SECONDS
) -> Iterator[tuple[Parcel, Answer]]:
    """Send parcels side by side and yield each with its answer; after `patience` seconds none is waited for."""
    waiting, answers = queue.SimpleQueue[Parcel](), queue.SimpleQueue[tuple[Parcel, Answer]]()
    for parcel in parcels:
        waiting.put(parcel)

    def hand() -> None:
        while time.monotonic() < deadline:
            try:
                parcel = waiting.get_nowait()
            except queue.Empty:
                return
            answers.put((parcel, send(parcel, signed_at=signed_at, private=private)))

    deadline = time.monotonic() + patience
    for _ in range(min(HANDS, len(parcels))):
        threading.Thread(target=hand, daemon=True).start()
    missing = {parcel.delivery: parcel for parcel in parcels}
    while missing:
        try:
            parcel, answer = answers.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty:
            break
        del missing[parcel.delivery]
        yield parcel, answer
    for parcel in missing.values():
        yield parcel, Answer(status=None, milliseconds=int(patience * 1000), error="no answer in time")


def send(parcel: Parcel, *, signed_at: datetime, private: bool) -> Answer:
    """Post one parcel to the address that was looked at; whatever goes wrong is an answer, not an exception."""
    if not parcel.secrets:
        return Answer(status=None, milliseconds=0, error="the endpoint's secret cannot be opened")
    return _tried(
        parcel.url,
        lambda address, until: _post(address, parcel, headers(parcel, signed_at), until=until),
        private=private,
    )


def _tried(url: str, ask: Callable[[str, float], int], *, private: bool) -> Answer:
    """Ask each address behind a URL until one answers; whatever goes wrong is an answer, not an exception."""
    began, status, error = time.perf_counter(), None, ""
    until = time.monotonic() + TRY_SECONDS
    try:
        for address in resolve(url, private=private):
            if time.monotonic() >= until:  # a name may stand for many addresses, of which none answers
                break
            try:
                status = ask(address, until)
                break
            except (ConnectTimeoutError, NewConnectionError) as failure:
                error = str(failure)
    except (HTTPError, HTTPException, OSError, Refusal, UnicodeError, ValueError) as failure:
        error = f"{type(failure).__name__}: {failure}"
    if status is not None:
        error = "" if 200 <= status < 300 else f"HTTP {status}"
    return Answer(status=status, milliseconds=int((time.perf_counter() - began) * 1000), error=error[:500])


def headers(parcel: Parcel, signed_at: datetime) -> dict[str, str]:
    """Return the headers of a try: the id is the same each time, while a secret changes there are two signatures."""
    moment = signed_at.astimezone(UTC)
    signatures = [Webhook(s).sign(parcel.message, moment, parcel.body.decode()) for s in parcel.secrets]
    return {
        "Host": parts(parcel.url).netloc,
        "Content-Type": "application/json",
        "User-Agent": "Mamori-Webhooks",
        "webhook-id": parcel.message,
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": " ".join(signatures),
    }


def _post(address: str, parcel: Parcel, headers: dict[str, str], *, until: float) -> int:
    """Post to one address and return the status; of the answer's body only whether it is a page for people is looked at.

    :raises TimeoutError: when the answer's head was not there in time, however steadily it dripped.
    :raises ValueError: when a page answered, which takes whatever it is sent and passes nothing on.
    """
    return _ask("POST", address, parcel.url, headers, parcel.body, until=until, wrong=_page_answered)


def _ask(
    method: str,
    address: str,
    url: str,
    headers: dict[str, str],
    body: bytes | None,
    *,
    until: float,
    wrong: Callable[[BaseHTTPResponse], str],
) -> int:
    """Ask one address, let it be said what is `wrong` with the answer while time is left, and return its status.

    :raises TimeoutError: when the answer's head was not there in time.
    :raises ValueError: with what is wrong.
    """
    found = parts(url)
    path = (found.path or "/") + (f"?{found.query}" if found.query else "")
    connection = _connection(address, found)
    try:
        connection.connect()
        left = max(0.01, until - time.monotonic())
        connection.timeout = (
            left  # for each read, as the library sets it anew; all together are cut off below
        )
        cut = threading.Timer(left, _cut, (connection.sock,))
        cut.daemon = True
        cut.start()
        try:
            connection.request(method, path, body=body, headers=headers, preload_content=False)
            answer = connection.getresponse()
            fault = wrong(answer)
        finally:
            cut.cancel()
        if time.monotonic() >= until:  # a head that was cut off looks like one that ended
            raise TimeoutError("no answer in time")
        if fault:
            raise ValueError(fault)
        return answer.status
    finally:
        connection.close()


def _page_answered(answer: BaseHTTPResponse) -> str:
    return "a web page answered, not a receiver of webhooks" if _is_page(answer) else ""


def _is_page(answer: BaseHTTPResponse) -> bool:
    """Say whether a success is that of an HTML page; a receiver may well answer as text/html, with a word or with nothing."""
    if not 200 <= answer.status < 300 or "html" not in answer.headers.get("Content-Type", ""):
        return False
    return answer.read(_HEAD).lstrip().lower().startswith((b"<!doctype html", b"<html"))


def _connection(address: str, found: SplitResult) -> HTTPConnection:
    if found.scheme != "https":
        return HTTPConnection(address, found.port or 80, timeout=CONNECT_SECONDS)
    return HTTPSConnection(
        address,
        found.port or 443,
        timeout=CONNECT_SECONDS,
        ssl_context=ssl.create_default_context(),
        server_hostname=found.hostname,
        assert_hostname=found.hostname,
    )


def _cut(connection: socket.socket) -> None:
    with suppress(OSError):
        socket.socket.shutdown(connection, socket.SHUT_RDWR)
