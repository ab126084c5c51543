"""How webhooks go over the network: signed by the Standard Webhooks specification, no redirects, bounded in time."""

from __future__ import annotations

import queue
import ssl
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from standardwebhooks import Webhook
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, Timeout
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError

from mamori.grammar.refusal import Refusal
from mamori.ground.outbox.addresses import parts, resolve

CONNECT_SECONDS, READ_SECONDS, ALL_SECONDS = 3, 10, 30
HANDS = 8


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
    began, status, error = time.perf_counter(), None, ""
    try:
        for address in resolve(parcel.url, private=private):
            try:
                status = _post(address, parcel, headers(parcel, signed_at))
                break
            except (ConnectTimeoutError, NewConnectionError) as failure:
                error = str(failure)
    except (HTTPError, OSError, Refusal, UnicodeError, ValueError) as failure:
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


def _post(address: str, parcel: Parcel, headers: dict[str, str]) -> int:
    found = parts(parcel.url)
    timeout = Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS)
    pool = (
        HTTPSConnectionPool(
            address,
            found.port or 443,
            timeout=timeout,
            ssl_context=ssl.create_default_context(),
            server_hostname=found.hostname,
            assert_hostname=found.hostname,
        )
        if found.scheme == "https"
        else HTTPConnectionPool(address, found.port or 80, timeout=timeout)
    )
    path = (found.path or "/") + (f"?{found.query}" if found.query else "")
    with pool:
        response = pool.urlopen(
            "POST",
            path,
            body=parcel.body,
            headers=headers,
            redirect=False,
            retries=False,
            preload_content=False,
        )
        response.close()  # the answer's body is nobody's business here
        return response.status
