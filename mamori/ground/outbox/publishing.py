"""How an event is written down, in the publisher's own transaction, with all that has to follow from it."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from mamori.grammar.event import Event, moment
from mamori.ground.declared import memory
from mamori.ground.outbox import models, registry
from mamori.ground.outbox.schedule import TRIES

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
        heard = [(event, row, registry.hearers(event.kind)) for event, row in zip(events, rows, strict=True)]
        models.Effect.objects.bulk_create(
            _effect(row, hearing, at) for _, row, hearers in heard for hearing in hearers
        )
        for event, _, hearers in heard:
            for hearing in hearers:
                if hearing.together:
                    hearing.handler(event, at)
    return rows


def _effect(row: models.Event, hearing: registry.Hearing, at: datetime) -> models.Effect:
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
    """Return the event as its declared class.

    :raises KeyError: when no event of its kind is declared any more.
    """
    return Event.read(row.kind, json.loads(row.body)["data"], subject=row.subject)


def wants(kinds: list[str], kind: str) -> bool:
    """Say whether an endpoint that asked for `kinds` gets `kind`: `*`, `contact.*` or the kind itself."""
    return any(k in ("*", kind) or (k.endswith(".*") and kind.startswith(k[:-1])) for k in kinds)
