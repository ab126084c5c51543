"""How an event is written down in the publisher's transaction, who hears it, and how effects are worked off and retried."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet

from mamori.grammar.event import Event, moment
from mamori.ground.declared import memory
from mamori.ground.declared.memory import fault_of
from mamori.ground.outbox import models
from mamori.ground.outbox.models import IS_UNDONE, Effect

STUCK_AFTER = 5
"""Failed tries after which an effect shows up as stuck; it is tried on all the same."""

WAITS = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
"""Between a webhook's ten tries: 75 hours and a half, so that a shop that was down over a weekend gets it."""

TRIES = len(WAITS) + 1

LEASE = timedelta(seconds=60)
"""How long a worker has for a webhook before another takes it over; sending ends well before."""

RESTS_AFTER = 5
"""Failures in a row after which an endpoint rests and is only probed, one webhook at a time."""


def back_off(attempts: int) -> timedelta:
    """Return how long an effect waits after one more failure: 5 s, doubling, at most an hour."""
    return timedelta(seconds=min(5 * 2 ** min(attempts, 12), 3600))


def rest(failures: int) -> timedelta | None:
    """Return how long an endpoint rests after so many failures in a row: a minute, doubling, at most an hour."""
    beyond = failures - RESTS_AFTER
    return None if beyond < 0 else timedelta(minutes=min(2 ** min(beyond, 6), 60))


type Handler[E: Event] = Callable[[E, datetime], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """A handler, the name that its rows carry, and why it may not wait, if it may not."""

    name: str
    handler: Handler[Any]
    together: bool
    why: str


_BY_KIND: dict[str, dict[str, Hearing]] = {}


def hear[E: Event](event: type[E], handler: Handler[E], *, together: bool = False, why: str = "") -> None:
    """Let `handler` hear every event of a class, afterwards in the worker, or together with the publishing.

    :raises ValueError: when it is to run together and no sentence says why it cannot wait.
    """
    if together and not why.strip():
        raise ValueError(f"{handler!r}: say why it cannot wait")
    name = f"{handler.__module__}.{getattr(handler, '__qualname__', repr(handler))}"
    _BY_KIND.setdefault(event.kind, {})[name] = Hearing(
        name=name, handler=handler, together=together, why=why
    )


class NobodyHears(LookupError):
    """The wiring names no hearer of this name for this kind of event."""


def hearers_of(kind: str) -> tuple[Hearing, ...]:
    """Return who hears events of `kind`, in the order of the table."""
    return tuple(_BY_KIND.get(kind, {}).values())


def hearer(kind: str, name: str) -> Hearing:
    """Return the hearing of that name.

    :raises NobodyHears: when the table has none any more; the effect then waits visibly.
    """
    try:
        return _BY_KIND[kind][name]
    except KeyError:
        raise NobodyHears(name, kind) from None


# How an event is written down, in the publisher's own transaction, with all that has to follow from it.


NOTICE_KIND = "notice"
"""The kind under which notices for parties are told."""


def publish(event: Event, *, at: datetime) -> int:
    """Write the event, one effect for each handler and one delivery for each endpoint; return its number.

    What happens to one subject stays in order as long as its publishers take turns, as actions that lock it do.
    """
    (row,) = publish_all([event], at=at)
    return row.pk


def publish_all(events: Sequence[Event], *, at: datetime) -> Sequence[models.Event]:
    """Write events as `publish` does each, all together, and return them."""
    with memory.act():
        rows = write_all([row_of(kind=e.kind, subject=e.subject, data=e.payload(), at=at) for e in events])
        heard = [(event, row, hearers_of(event.kind)) for event, row in zip(events, rows, strict=True)]
        models.Effect.objects.bulk_create(
            _effect(row, hearing, at) for _, row, hearers in heard for hearing in hearers
        )
        for event, _, hearers in heard:
            for hearing in hearers:
                if hearing.together:
                    hearing.handler(event, at)
    return rows


def _effect(row: models.Event, hearing: Hearing, at: datetime) -> models.Effect:
    effect = models.Effect(event=row, handler=hearing.name, subject=row.subject, next_at=at)
    if hearing.together:
        effect.done_at, effect.attempts = at, 1
    return effect


def write_all(rows: Sequence[models.Event]) -> Sequence[models.Event]:
    """Write events and their deliveries, those of the first first, and return them."""
    models.Event.objects.bulk_create(rows)
    models.Delivery.objects.bulk_create(
        _delivery(row, endpoint)
        for row in rows
        if not is_within(row.subject)
        for endpoint in takers(row.kind)
    )
    return rows


_within: tuple[str, ...] = ()


def keep_within(*names: str) -> None:
    """Let no webhook carry what is about matters whose names begin so: whoever runs the marketplace's software learns nothing."""
    global _within  # noqa: PLW0603  # named once at start-up, in site/wiring.py
    _within = names


def is_within(about: str) -> bool:
    """Say whether a matter is one of which nothing leaves the house but to its own readers."""
    return about.startswith(_within) if _within else False


def send_to(endpoint: models.Endpoint, row: models.Event) -> str:
    """Write an event that one endpoint alone hears, and return the id of its webhook."""
    row.save()
    delivery = _delivery(row, endpoint)
    delivery.save()
    return delivery.message


def _delivery(row: models.Event, endpoint: models.Endpoint) -> models.Delivery:
    return models.Delivery(
        message=f"msg_{secrets.token_hex(16)}", endpoint=endpoint, event=row, next_at=row.at, tries_left=TRIES
    )


def row_of(*, kind: str, subject: str, data: dict[str, Any], at: datetime) -> models.Event:
    """Return an event as it is to be written."""
    envelope = {"type": kind, "timestamp": moment(at), "data": data}
    body = json.dumps(envelope, ensure_ascii=False, separators=(",", ":"))
    return models.Event(kind=kind, subject=subject, body=body, at=at)


def takers(kind: str) -> list[models.Endpoint]:
    """Return the endpoints that asked for events of `kind`; what is internal concerns nobody outside."""
    declared = Event.registry.get(kind)
    if declared is not None and declared.internal:
        return []
    return [one for one in memory.of("outbox.endpoints", "on", _endpoints) if wants(one.kinds, kind)]


def _endpoints() -> list[models.Endpoint]:
    return list(models.Endpoint.objects.filter(models.IS_ON).order_by("id"))


def read(row: models.Event) -> Event:
    """Return the event as its declared class."""
    return Event.read(row.kind, json.loads(row.body)["data"], subject=row.subject)


def wants(kinds: list[str], kind: str) -> bool:
    """Say whether an endpoint that asked for `kinds` gets `kind`: `*`, `contact.*` or the kind itself."""
    return any(k in ("*", kind) or (k.endswith(".*") and kind.startswith(k[:-1])) for k in kinds)


def due_effects(at: datetime) -> QuerySet[Effect]:
    """Return effects whose turn it is: no earlier one of the same handler and subject is undone."""
    earlier = Effect.objects.filter(
        IS_UNDONE, handler=OuterRef("handler"), subject=OuterRef("subject"), pk__lt=OuterRef("pk")
    )
    return Effect.objects.filter(IS_UNDONE, ~Exists(earlier), next_at__lte=at).order_by("next_at", "id")


def work(*, at: datetime, limit: int) -> int:
    """Work off up to `limit` effects; return how many were taken in hand, done or failed."""
    for taken in range(limit):
        if not _one(at):
            return taken
    return limit


def _one(at: datetime) -> bool:
    with transaction.atomic():
        turn = due_effects(at)
        if connection.vendor == "postgresql":
            turn = turn.select_for_update(skip_locked=True)
        effect = turn.first()
        if effect is None:
            return False
        try:
            with transaction.atomic():
                Effect.objects.filter(pk=effect.pk).update(
                    done_at=at, attempts=effect.attempts + 1, stuck_at=None
                )
                hearer(effect.event.kind, effect.handler).handler(read(effect.event), at)
        except Exception as error:  # whatever a handler raises must not stop the other subjects
            effect.attempts += 1
            effect.next_at = at + back_off(effect.attempts - 1)
            effect.error = fault_of(error)
            if effect.attempts >= STUCK_AFTER:
                effect.stuck_at = effect.stuck_at or at
            effect.save(update_fields=["attempts", "next_at", "error", "stuck_at"])
    return True
