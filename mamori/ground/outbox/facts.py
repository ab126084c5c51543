"""What others may ask of the outbox: what is stuck, what went where, which notices were given."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.db.models import Count, QuerySet

from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.outbox import notices as notices_, publishing
from mamori.ground.outbox.delivering import (
    PAGE_ANSWERED as PAGE_ANSWERED,
    DeliveryAnswer as DeliveryAnswer,
    Parcel as Parcel,
    headers as headers,
    send as send,
    waiting_endpoints as waiting_endpoints,
)
from mamori.ground.outbox.endpoints import NoSuchEndpoint
from mamori.ground.outbox.lifecycle import DeliveryState as DeliveryState, NoticeState as NoticeState
from mamori.ground.outbox.models import IS_DEAD, IS_ON, IS_STUCK, Delivery, Effect, Endpoint, Notice
from mamori.ground.outbox.notices import MASK as MASK, page_of as page_of
from mamori.ground.outbox.publishing import NOTICE_KIND as NOTICE_KIND, RESTS_AFTER


@dataclass(frozen=True, slots=True, kw_only=True)
class Stuck:
    """Something that a person should look at: a handler, a webhook, or an endpoint that does not answer."""

    ref: str
    what: str
    about: str
    since: datetime
    attempts: int
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptFact:
    """One line of the delivery log."""

    number: int
    at: datetime
    status: int | None
    milliseconds: int
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryFact:
    """A webhook: its stable id, what it tells, where it is, and its log."""

    number: int
    message: str
    endpoint: int
    url: str
    kind: str
    subject: str
    at: datetime
    state: DeliveryState
    next_at: datetime | None
    attempts: int
    error: str
    log: tuple[AttemptFact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointFact:
    """An address for webhooks and how it does; its secret is told to nobody."""

    number: int
    url: str
    kinds: tuple[str, ...]
    switched_off_at: datetime | None
    why_off: str
    failures: int
    resting_until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeFact:
    """A notice to a party."""

    number: int
    to: str
    template: str
    kind: str
    title: dict[str, str]
    body: dict[str, str]
    values: dict[str, Any]
    about: str
    at: datetime
    until: datetime | None
    state: NoticeState


def stuck(limit: int = 100) -> tuple[Stuck, ...]:
    """Return what is stuck: handlers that keep failing, webhooks given up, endpoints that do not answer."""
    effects = Effect.objects.filter(IS_STUCK).select_related("event").order_by("stuck_at", "id")[:limit]
    dead = Delivery.objects.filter(IS_DEAD).select_related("event").order_by("id")[:limit]
    silent = Endpoint.objects.filter(IS_ON, failures__gte=RESTS_AFTER).order_by("id")[:limit]
    return (
        *(_stuck(f"effect-{e.pk}", e.handler, e) for e in effects),
        *(_stuck(d.message, d.event.kind, d) for d in dead),
        *(_silent(endpoint) for endpoint in silent),
    )


def count_stuck() -> int:
    """Count what is stuck, in one look."""
    effects, dead = Effect.objects.filter(IS_STUCK), Delivery.objects.filter(IS_DEAD)
    silent = Endpoint.objects.filter(IS_ON, failures__gte=RESTS_AFTER)
    return effects.values("pk").union(dead.values("pk"), silent.values("pk"), all=True).count()


def deliveries(
    *,
    endpoint: int | None = None,
    subject: str | None = None,
    kind: str | None = None,
    state: str | None = None,
    message: str | None = None,
    before: int | None = None,
    limit: int = 50,
) -> tuple[DeliveryFact, ...]:
    """Return webhooks with their logs, the newest first, those before the number `before` where it is given."""
    group = kind is not None and kind.endswith("*")
    wanted = {
        "endpoint": endpoint,
        "event__subject": subject,
        "event__kind": None if group else kind,
        "event__kind__startswith": kind.removesuffix("*") if kind is not None and group else None,
        "state": state,
        "message": message,
        "pk__lt": before,
    }
    rows = Delivery.objects.filter(**{name: value for name, value in wanted.items() if value is not None})
    newest = rows.select_related("event", "endpoint").prefetch_related("log").order_by("-id")[:limit]
    return tuple(_delivery(row) for row in newest)


def endpoints() -> tuple[EndpointFact, ...]:
    """Return every endpoint, those switched off too."""
    return tuple(_endpoint(row) for row in Endpoint.objects.order_by("id"))


def endpoint(number: int) -> EndpointFact:
    """Return an endpoint, switched off or not."""
    row = Endpoint.objects.filter(pk=number).first()
    if row is None:
        raise NoSuchEndpoint
    return _endpoint(row)


def _endpoint(row: Endpoint) -> EndpointFact:
    return EndpointFact(
        number=row.pk,
        url=row.url,
        kinds=tuple(row.kinds),
        switched_off_at=row.switched_off_at,
        why_off=row.why_off,
        failures=row.failures,
        resting_until=row.resting_until,
    )


def notices(
    *,
    about: str | None = None,
    to: str | None = None,
    but_to: Collection[str] = (),
    templates: Collection[str] | None = None,
    before: int | None = None,
    limit: int = 100,
) -> tuple[NoticeFact, ...]:
    """Return notices about a thing or for a party, the newest first: of these templates, older than `before`, where given.

    Those `but_to` these are left out.
    """
    notices_.write_waiting()
    given = {"about": about, "to": to, "template__in": templates, "pk__lt": before}
    wanted = {name: value for name, value in given.items() if value is not None}
    return tuple(_notice(row) for row in _but(but_to).filter(**wanted).order_by("-id")[:limit])


def _but(to: Collection[str]) -> QuerySet[Notice]:
    return Notice.objects.exclude(to__in=list(to)) if to else Notice.objects.all()


def notices_by_number(numbers: Collection[int]) -> dict[int, NoticeFact]:
    """Return the notices of these numbers."""
    return {row.pk: _notice(row) for row in Notice.objects.filter(pk__in=numbers)}


def notices_counted(about: str) -> dict[tuple[str, NoticeState], int]:
    """Count the notices about a thing by their template and by where they are."""
    rows = Notice.objects.filter(about=about).order_by().values_list("template", "state")
    return {(code, NoticeState(state)): many for code, state, many in rows.annotate(many=Count("id"))}


def has_taker() -> bool:
    """Say whether the marketplace's software takes notices."""
    return bool(publishing.takers(NOTICE_KIND))


def secret_of(number: int) -> str:
    """Return the secret of a notice, empty when it has none or it was forgotten; it is for the receiver only."""
    row = Notice.objects.filter(pk=number).first()
    return notices_.secret_of(row) if row else ""


def next_effect(*, until: datetime) -> datetime | None:
    """Return when the next effect is to be worked off, if that is not after `until`."""
    return publishing.due_effects(until).values_list("next_at", flat=True).first()


def next_delivery(*, until: datetime) -> datetime | None:
    """Return when the next webhook is to be sent, if that is not after `until`."""
    due = Delivery.objects.filter(IS_OPEN, endpoint__switched_off_at__isnull=True, next_at__lte=until)
    return due.order_by("next_at").values_list("next_at", flat=True).first()


def _stuck(ref: str, what: str, row: Effect | Delivery) -> Stuck:
    event = row.event
    return Stuck(
        ref=ref, what=what, about=event.subject, since=event.at, attempts=row.attempts, error=row.error
    )


def _silent(endpoint: Endpoint) -> Stuck:
    first = endpoint.deliveries.filter(IS_OPEN).select_related("event").order_by("id").first()
    return Stuck(
        ref=f"endpoint-{endpoint.pk}",
        what="webhook endpoint",
        about=endpoint.url,
        since=first.event.at if first else endpoint.added_at,
        attempts=endpoint.failures,
        error=first.error if first else "",
    )


def _delivery(row: Delivery) -> DeliveryFact:
    log = sorted(row.log.all(), key=lambda line: line.pk)
    return DeliveryFact(
        number=row.pk,
        message=row.message,
        endpoint=row.endpoint_id,
        url=row.endpoint.url,
        kind=row.event.kind,
        subject=row.event.subject,
        at=row.event.at,
        state=DeliveryState(row.state),
        next_at=row.next_at,
        attempts=row.attempts,
        error=row.error,
        log=tuple(
            AttemptFact(number=a.number, at=a.at, status=a.status, milliseconds=a.milliseconds, error=a.error)
            for a in log
        ),
    )


def _notice(row: Notice) -> NoticeFact:
    return NoticeFact(
        number=row.pk,
        to=row.to,
        template=row.template,
        kind=row.kind,
        title=cast("dict[str, str]", row.title),
        body=cast("dict[str, str]", row.body),
        values=cast("dict[str, Any]", row.values),
        about=row.about,
        at=row.at,
        until=row.until,
        state=NoticeState(row.state),
    )
