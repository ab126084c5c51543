"""How webhooks are taken out and brought back: leased, sent outside of any transaction, the outcome written down."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Min, Q, QuerySet

from mamori.grammar.refusal import Refusal
from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.outbox import notices
from mamori.ground.outbox.carrying import Answer, Parcel, carry
from mamori.ground.outbox.endpoints import opened, switch_off
from mamori.ground.outbox.lifecycle import DeliveryState
from mamori.ground.outbox.models import IS_ON, Attempt, Delivery, Endpoint, Notice
from mamori.ground.outbox.schedule import LEASE, RESTS_AFTER, TRIES, WAITS, rest
from mamori.ground.outbox.steps import step

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


def waiting(at: datetime) -> list[int]:
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
    step(delivery, "lease")
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


def _write_down(parcel: Parcel, answer: Answer, at: datetime) -> None:
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
    step(delivery, "deliver")
    delivery.closed_at, delivery.next_at, delivery.error = at, None, ""
    delivery.save(update_fields=["state", "closed_at", "next_at", "error"])
    if endpoint.failures:
        endpoint.failures, endpoint.resting_until = 0, None
        endpoint.save(update_fields=["failures", "resting_until"])
    for notice in Notice.objects.filter(event=delivery.event_id):
        notices.delivered(notice, at)


def _failed(delivery: Delivery, endpoint: Endpoint, answer: Answer, at: datetime) -> None:
    is_gone = answer.status == GONE
    delivery.error = answer.error
    if is_gone or delivery.tries_left == 0:
        step(delivery, "give_up")
        delivery.next_at = None
    else:
        step(delivery, "put_off")
        delivery.next_at = at + WAITS[min(TRIES - 1 - delivery.tries_left, len(WAITS) - 1)]
    delivery.save(update_fields=["state", "next_at", "error"])
    endpoint.failures += 1
    pause = rest(endpoint.failures)
    endpoint.resting_until = at + pause if pause else None
    endpoint.save(update_fields=["failures", "resting_until"])
    if is_gone:
        switch_off(endpoint, at=at, why="HTTP 410")
