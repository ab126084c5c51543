"""Where webhooks go: endpoints added, listed, given a new secret, taken away."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta
from ninja import Schema, Status
from pydantic import Field

from mamori.grammar.actor import Actor
from mamori.ground.declared.records import Number, Paged, Part, cut_page, form, place_of, says
from mamori.ground.outbox import actions as outbox, facts as outbox_facts
from mamori.ground.outbox.facts import DeliveryState
from mamori.ground.outbox.ids import ENDPOINT

WebhookId = Annotated[int, ENDPOINT]
MessageId = Annotated[str, Meta(pattern=r"^msg_[0-9a-f]{32}\Z")]
Kind = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=64,
        pattern=r"^(\*|[a-z_]+\.\*|[a-z_]+(\.[a-z_]+)?)\Z",
        extra=form(
            "*、contact.* のようなまとまり、または出来事の名前", "*, a group such as contact.*, or one event"
        ),
    ),
]
Address = Annotated[
    str,
    Meta(
        min_length=8,
        max_length=2000,
        pattern=r"^https?://[!-~]+\Z",
        extra=form("http か https で始まるURL", "a URL that starts with http or https"),
    ),
]


Kinds = Annotated[
    tuple[Kind, ...],
    Meta(
        min_length=1, max_length=50, extra=form("出来事の名前を1つから50まで", "one to fifty names of events")
    ),
]


class NewWebhook(Part, frozen=True, kw_only=True):
    """An address for webhooks."""

    url: Annotated[Address, says("送り先のURL", "the address")]
    kinds: Annotated[Kinds, says("知らせる出来事", "which events are told")] = ("*",)


class WebhookChange(Part, frozen=True, kw_only=True):
    """What is to be different at an address; what is left out stays."""

    url: Annotated[Address | None, says("送り先のURL", "the address")] = None
    kinds: Annotated[Kinds | None, says("知らせる出来事", "which events are told")] = None


class DeliveriesAsked(Paged, frozen=True, kw_only=True):
    """Which deliveries."""

    state: Annotated[
        DeliveryState | None,
        says("配達の状態", "how it stands"),
        Meta(extra=form("、".join(DeliveryState), ", ".join(DeliveryState))),
    ] = None
    kind: Annotated[Kind | None, says("出来事の名前", "the kind of event")] = None


class Webhook(Schema):
    """An address as it stands; its secret is told to nobody.

    `resting_until`: it failed often and is only probed until then; `why_off` says why it hears nothing any more.
    """

    id: Annotated[str, Field(pattern=ENDPOINT.pattern)]
    url: str
    kinds: list[str]
    failures: int
    switched_off_at: datetime | None
    why_off: str
    resting_until: datetime | None


class TryShown(Schema):
    """One try: the HTTP status of the answer, or an error where there was none."""

    number: int
    at: datetime
    status: int | None
    milliseconds: int
    error: str


class DeliveryShown(Schema):
    """A webhook on its way to one address: `id` is its `webhook-id`, `next_at` when it is tried again."""

    id: str
    kind: str
    at: datetime
    state: DeliveryState
    next_at: datetime | None
    error: str
    attempts: list[TryShown]


class Deliveries(Schema):
    """Deliveries, the newest first; `next` is null on the last page."""

    items: list[DeliveryShown]
    next: str | None


class Sent(Schema):
    """The id under which a webhook goes out now."""

    id: str


class WebhookSecret(Schema):
    """The secret that signs, shown this once only."""

    id: Annotated[str, Field(pattern=ENDPOINT.pattern)]
    secret: str


class Webhooks(Schema):
    """Every address."""

    items: list[Webhook]


def add_webhook(actor: Actor, body: NewWebhook) -> Status[WebhookSecret]:
    """Add an address; the secret in the answer is shown this once only."""
    number, secret = outbox.add_endpoint(actor, url=body.url, kinds=body.kinds)
    return Status(201, WebhookSecret(id=ENDPOINT.of(number), secret=secret))


def list_webhooks(actor: Actor) -> Status[Webhooks]:
    """List the addresses, those switched off too."""
    del actor
    return Status(200, Webhooks(items=[_webhook(row) for row in outbox_facts.endpoints()]))


def change_webhook(actor: Actor, webhook: WebhookId, body: WebhookChange) -> Status[Webhook]:
    """Change where an address lies, or which events it hears; what is left out stays."""
    outbox.change_endpoint(actor, endpoint=webhook, url=body.url, kinds=body.kinds)
    return Status(200, _webhook(outbox_facts.endpoint(webhook)))


def ping_webhook(actor: Actor, webhook: WebhookId) -> Status[Sent]:
    """Send an `outbox.ping` to this address alone; its deliveries say what came of it."""
    return Status(201, Sent(id=outbox.ping(actor, endpoint=webhook)))


def list_deliveries(actor: Actor, webhook: WebhookId, query: DeliveriesAsked) -> Status[Deliveries]:
    """List what went to an address, the newest first, with every try."""
    del actor
    outbox_facts.endpoint(webhook)
    found = outbox_facts.deliveries(
        endpoint=webhook,
        kind=query.kind,
        state=query.state,
        before=place_of(query.cursor, Number),
        limit=query.limit + 1,
    )
    page, more = cut_page(found, query, lambda one: one.number)
    return Status(200, Deliveries(items=[_delivery(one) for one in page], next=more))


def replay_delivery(actor: Actor, webhook: WebhookId, message: str) -> Status[Sent]:
    """Send a webhook once more: under the same id while it was never taken, else under a new one."""
    return Status(201, Sent(id=outbox.replay(actor, endpoint=webhook, message=message)))


def _webhook(row: outbox_facts.EndpointFact) -> Webhook:
    return Webhook(
        id=ENDPOINT.of(row.number),
        url=row.url,
        kinds=list(row.kinds),
        failures=row.failures,
        switched_off_at=row.switched_off_at,
        why_off=row.why_off,
        resting_until=row.resting_until,
    )


def _delivery(found: outbox_facts.DeliveryFact) -> DeliveryShown:
    return DeliveryShown(
        id=found.message,
        kind=found.kind,
        at=found.at,
        state=found.state,
        next_at=found.next_at,
        error=found.error,
        attempts=[TryShown.model_validate(one, from_attributes=True) for one in found.log],
    )


def rotate_webhook_secret(actor: Actor, webhook: WebhookId) -> Status[WebhookSecret]:
    """Give an address a new secret; the former one signs beside it for 24 hours."""
    secret = outbox.rotate_secret(actor, endpoint=webhook)
    return Status(200, WebhookSecret(id=ENDPOINT.of(webhook), secret=secret))


def remove_webhook(actor: Actor, webhook: WebhookId) -> Status[None]:
    """Send nothing more to an address."""
    outbox.remove_endpoint(actor, endpoint=webhook, reason="removed over the API")
    return Status(204, None)
