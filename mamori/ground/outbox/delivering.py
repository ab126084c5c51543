"""How webhooks are taken out, signed, sent outside of any transaction and brought back; and what people do about the stuck."""

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

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Min, Q, QuerySet
from standardwebhooks import Webhook
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError
from urllib3.response import BaseHTTPResponse

from mamori.grammar.actor import Actor
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.outbox import notices
from mamori.ground.outbox.endpoints import (
    NoSuchEndpoint,
    address_parts,
    opened,
    record_act,
    resolve,
    send_again,
    step_webhook,
    switch_off,
)
from mamori.ground.outbox.lifecycle import DeliveryState
from mamori.ground.outbox.models import IS_ON, IS_UNDONE, Attempt, Delivery, Effect, Endpoint, Notice
from mamori.ground.outbox.publishing import LEASE, RESTS_AFTER, TRIES, WAITS, rest

# How webhooks go over the network: signed by the Standard Webhooks specification, no redirects, bounded in time.


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
class DeliveryAnswer:
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
) -> Iterator[tuple[Parcel, DeliveryAnswer]]:
    """Send parcels side by side and yield each with its answer; after `patience` seconds none is waited for."""
    waiting, answers = queue.SimpleQueue[Parcel](), queue.SimpleQueue[tuple[Parcel, DeliveryAnswer]]()
    for parcel in parcels:
        waiting.put(parcel)

    def actor() -> None:
        while time.monotonic() < deadline:
            try:
                parcel = waiting.get_nowait()
            except queue.Empty:
                return
            answers.put((parcel, send(parcel, signed_at=signed_at, private=private)))

    deadline = time.monotonic() + patience
    for _ in range(min(HANDS, len(parcels))):
        threading.Thread(target=actor, daemon=True).start()
    missing = {parcel.delivery: parcel for parcel in parcels}
    while missing:
        try:
            parcel, answer = answers.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty:
            break
        del missing[parcel.delivery]
        yield parcel, answer
    for parcel in missing.values():
        yield (
            parcel,
            DeliveryAnswer(status=None, milliseconds=int(patience * 1000), error="no answer in time"),
        )


def send(
    parcel: Parcel,
    *,
    signed_at: datetime,
    private: bool,
    signed: Callable[[Parcel, datetime], Headers] | None = None,
) -> DeliveryAnswer:
    """Post one parcel to the address that was looked at; whatever goes wrong is an answer, not an exception.

    `signed` makes other headers than those that are sent in earnest.
    """
    if not parcel.secrets:
        return DeliveryAnswer(status=None, milliseconds=0, error="the endpoint's secret cannot be opened")
    return _tried(
        parcel.url,
        lambda address, until: _post(address, parcel, (signed or headers)(parcel, signed_at), until=until),
        private=private,
    )


def _tried(url: str, ask: Callable[[str, float], int], *, private: bool) -> DeliveryAnswer:
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
    return DeliveryAnswer(
        status=status, milliseconds=int((time.perf_counter() - began) * 1000), error=error[:500]
    )


type Headers = dict[str, str]

PAGE_ANSWERED = "a web page answered, not a receiver of webhooks"


def headers(parcel: Parcel, signed_at: datetime) -> Headers:
    """Return the headers of a try: the id is the same each time, while a secret changes there are two signatures."""
    moment = signed_at.astimezone(UTC)
    signatures = [Webhook(s).sign(parcel.message, moment, parcel.body.decode()) for s in parcel.secrets]
    return {
        "Host": address_parts(parcel.url).netloc,
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
    """Ask one address, let it be said what is `wrong` with the answer while time is left, and return its status."""
    found = address_parts(url)
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
    return PAGE_ANSWERED if _is_page(answer) else ""


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


# How webhooks are taken out and brought back: leased, sent outside of any transaction, the outcome written down.


GONE = 410


def deliver(*, at: datetime, limit: int, signed_at: datetime, to: int | None = None) -> int:
    """Send webhooks that are due, each leased to this worker alone, to one endpoint or to all; return how many were tried.

    The network is never inside a transaction.  When the worker dies, its leases end and others take over.
    """
    parcels = list(_lease(at, limit, to))
    for parcel, answer in carry(parcels, signed_at=signed_at, private=settings.MAMORI_WEBHOOK_PRIVATE):
        with transaction.atomic():
            _write_down(parcel, answer, at)
    return len(parcels)


def waiting_endpoints(at: datetime) -> list[int]:
    """Return the endpoints to which something is due, the one that waits longest first."""
    due = Delivery.objects.filter(IS_OPEN, next_at__lte=at, endpoint__in=_awake(at))
    rows = due.values("endpoint").annotate(first=Min("next_at")).order_by("first", "endpoint")
    return [row["endpoint"] for row in rows]


def _awake(at: datetime) -> QuerySet[Endpoint]:
    return Endpoint.objects.filter(IS_ON, Q(resting_until__isnull=True) | Q(resting_until__lte=at))


def _lease(at: datetime, limit: int, to: int | None = None) -> Iterator[Parcel]:
    chosen = _awake(at) if to is None else _awake(at).filter(pk=to)
    endpoints = list(chosen.order_by("id"))
    share = max(1, limit // max(1, len(endpoints)))
    for endpoint in endpoints:  # each gets its share: a slow shop must not hold up the others
        yield from _lease_for(endpoint, at, share)


def _lease_for(endpoint: Endpoint, at: datetime, share: int) -> list[Parcel]:
    due = Delivery.objects.filter(IS_OPEN, endpoint=endpoint, next_at__lte=at).order_by("next_at", "id")
    if not due.exists():
        return []
    try:
        secrets = opened(endpoint, at)
    except Refusal:  # a key that is missing or wrong must stop this endpoint only, and visibly
        secrets = ()
    with transaction.atomic():
        if endpoint.failures >= RESTS_AFTER:
            share = 1
            probes = Endpoint.objects.filter(pk=endpoint.pk, resting_until=endpoint.resting_until)
            if not probes.update(resting_until=at + LEASE):
                return []  # another worker is probing it
        if connection.vendor == "postgresql":
            due = due.select_for_update(skip_locked=True, of=("self",))
        return [_taken(delivery, at, secrets) for delivery in due.select_related("event", "endpoint")[:share]]


def _taken(delivery: Delivery, at: datetime, secrets: tuple[str, ...]) -> Parcel:
    if delivery.state == DeliveryState.LEASED:
        Attempt.objects.create(
            delivery=delivery, number=delivery.attempts, at=at, error="the worker ended before it could tell"
        )
    step_webhook(delivery, "lease")
    delivery.attempts += 1
    delivery.tries_left = max(0, delivery.tries_left - 1)
    delivery.next_at = at + LEASE
    delivery.save(update_fields=["state", "attempts", "tries_left", "next_at"])
    return Parcel(
        delivery=delivery.pk,
        attempt=delivery.attempts,
        message=delivery.message,
        url=delivery.endpoint.url,
        body=delivery.event.body.encode(),
        secrets=secrets,
    )


def _write_down(parcel: Parcel, answer: DeliveryAnswer, at: datetime) -> None:
    endpoint = Endpoint.objects.select_for_update().get(
        deliveries__pk=parcel.delivery
    )  # first, as who switches it off does
    delivery = Delivery.objects.select_for_update().get(pk=parcel.delivery)
    Attempt.objects.create(
        delivery=delivery,
        number=parcel.attempt,
        at=at,
        status=answer.status,
        milliseconds=answer.milliseconds,
        error=answer.error,
    )
    is_ours = delivery.state == DeliveryState.LEASED and delivery.attempts == parcel.attempt
    if answer.is_success and delivery.closed_at is None:
        _succeeded(delivery, endpoint, at)
    elif is_ours:
        _failed(delivery, endpoint, answer, at)


def _succeeded(delivery: Delivery, endpoint: Endpoint, at: datetime) -> None:
    step_webhook(delivery, "deliver")
    delivery.closed_at, delivery.next_at, delivery.error = at, None, ""
    delivery.save(update_fields=["state", "closed_at", "next_at", "error"])
    if endpoint.failures:
        endpoint.failures, endpoint.resting_until = 0, None
        endpoint.save(update_fields=["failures", "resting_until"])
    for notice in Notice.objects.filter(event=delivery.event_id):
        notices.delivered(notice, at)


def _failed(delivery: Delivery, endpoint: Endpoint, answer: DeliveryAnswer, at: datetime) -> None:
    is_gone = answer.status == GONE
    delivery.error = answer.error
    if is_gone or delivery.tries_left == 0:
        step_webhook(delivery, "give_up")
        delivery.next_at = None
    else:
        step_webhook(delivery, "put_off")
        delivery.next_at = at + WAITS[min(TRIES - 1 - delivery.tries_left, len(WAITS) - 1)]
    delivery.save(update_fields=["state", "next_at", "error"])
    endpoint.failures += 1
    pause = rest(endpoint.failures)
    endpoint.resting_until = at + pause if pause else None
    endpoint.save(update_fields=["failures", "resting_until"])
    if is_gone:
        switch_off(endpoint, at=at, why="HTTP 410")


# What a person does about that which is stuck: send it again, or leave it out with a reason.


EFFECT = "effect-"
ENDPOINT = "endpoint-"


class NothingWaits(Refusal, code="outbox.nothing-waits", status=404):
    """Given when nothing undone has that id."""

    text = Text(
        "「{ref}」という未処理のものはありません。`mamori outbox stuck` で番号をご確認ください。",
        "Nothing called “{ref}” is waiting. Please look its id up with `mamori outbox stuck`.",
    )


class ReasonMissing(Refusal, code="outbox.reason-missing", status=422):
    """Given when something is to be left out without a reason."""

    text = Text("取りやめる理由を書いてください。", "Please say why it is left out.")


class EndpointStays(Refusal, code="outbox.endpoint-stays", status=422):
    """Given when an endpoint is to be left out: it is removed instead, so that it gets nothing more."""

    text = Text(
        "送り先は取りやめられません。もう送らないときは、`mamori outbox remove-endpoint {number} --reason …` で外してください。",
        "An endpoint is not left out. If nothing should go there any more, take it away with "
        "`mamori outbox remove-endpoint {number} --reason …`.",
    )


def retry(actor: Actor, *, ref: str) -> None:
    """Let an effect (`effect-12`), a webhook (`msg_…`) or all that waits for an endpoint (`endpoint-3`) be tried at once.

    A webhook gets ten new tries.  An endpoint that keeps failing rests no longer, and is probed with one webhook.
    """
    with transaction.atomic():
        if ref.startswith(EFFECT):
            effect = _effect(ref)
            effect.next_at = actor.at
            effect.save(update_fields=["next_at"])
        elif ref.startswith(ENDPOINT):
            _wake(_endpoint(ref), actor.at)
        else:
            delivery = _delivery(ref)
            if delivery.endpoint.switched_off_at:
                raise NoSuchEndpoint
            send_again(actor, delivery)
        record_act(actor, "retried", f"outbox:{ref}")


def skip(actor: Actor, *, ref: str, reason: str) -> None:
    """Leave an effect or a webhook out for good, because of `reason`; what waits behind it goes on."""
    if not reason.strip():
        raise ReasonMissing
    with transaction.atomic():
        if ref.startswith(ENDPOINT):
            raise EndpointStays(number=_endpoint(ref).pk)
        if ref.startswith(EFFECT):
            effect = _effect(ref)
            effect.done_at, effect.skipped_because, effect.stuck_at = actor.at, reason, None
            effect.save(update_fields=["done_at", "skipped_because", "stuck_at"])
        else:
            delivery = _delivery(ref)
            step_webhook(delivery, "skip", actor.role)
            delivery.closed_at, delivery.next_at = actor.at, None
            delivery.save(update_fields=["state", "closed_at", "next_at"])
        record_act(actor, "skipped", f"outbox:{ref}", reason=reason)


def _wake(endpoint: Endpoint, at: datetime) -> None:
    """Let what waits for an endpoint go out now; what was given up stays so until it is sent again itself."""
    if endpoint.switched_off_at:
        raise NoSuchEndpoint
    endpoint.resting_until = None
    endpoint.save(update_fields=["resting_until"])
    Delivery.objects.filter(IS_OPEN, endpoint=endpoint, state=DeliveryState.WAITING).update(next_at=at)


def _effect(ref: str) -> Effect:
    return _found(Effect.objects.select_for_update().filter(IS_UNDONE, pk=_number(ref, EFFECT)).first(), ref)


def _endpoint(ref: str) -> Endpoint:
    return _found(Endpoint.objects.select_for_update().filter(pk=_number(ref, ENDPOINT)).first(), ref)


def _number(ref: str, kind: str) -> int:
    number = ref.removeprefix(kind)
    return int(number) if number.isdecimal() and len(number) < 19 else 0


def _delivery(ref: str) -> Delivery:
    rows = Delivery.objects.select_for_update(of=("self",)).select_related("endpoint")
    return _found(rows.filter(IS_OPEN, message=ref).first(), ref)


def _found[Row](row: Row | None, ref: str) -> Row:
    if row is None:
        raise NothingWaits(ref=ref)
    return row
