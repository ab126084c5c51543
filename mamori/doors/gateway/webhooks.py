"""Where webhooks go: endpoints added, listed, given a new secret, taken away."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta
from ninja import Schema, Status
from pydantic import Field

from mamori.grammar.hand import Hand
from mamori.ground.declared.records import Part, form, says
from mamori.ground.outbox import actions as outbox
from mamori.ground.outbox import facts as outbox_facts
from mamori.ground.outbox.ids import ENDPOINT

WebhookId = Annotated[int, ENDPOINT]
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


class NewWebhook(Part, frozen=True, kw_only=True):
    """An address for webhooks."""

    url: Annotated[Address, says("送り先のURL", "the address")]
    kinds: Annotated[
        tuple[Kind, ...], says("知らせる出来事", "which events are told"), Meta(max_length=50)
    ] = ("*",)


class Webhook(Schema):
    """An address as it stands; its secret is told to nobody."""

    id: Annotated[str, Field(pattern=ENDPOINT.pattern)]
    url: str
    kinds: list[str]
    switched_off_at: datetime | None
    resting_until: datetime | None


class WebhookSecret(Schema):
    """The secret that signs, shown this once only."""

    id: Annotated[str, Field(pattern=ENDPOINT.pattern)]
    secret: str


class Webhooks(Schema):
    """Every address."""

    items: list[Webhook]


def add_webhook(hand: Hand, body: NewWebhook) -> Status[WebhookSecret]:
    """Add an address; the secret in the answer is shown this once only."""
    number, secret = outbox.add_endpoint(hand, url=body.url, kinds=body.kinds or ("*",))
    return Status(201, WebhookSecret(id=ENDPOINT.of(number), secret=secret))


def list_webhooks(hand: Hand) -> Status[Webhooks]:
    """List the addresses, those switched off too."""
    del hand
    items = [
        Webhook(
            id=ENDPOINT.of(row.number),
            url=row.url,
            kinds=list(row.kinds),
            switched_off_at=row.switched_off_at,
            resting_until=row.resting_until,
        )
        for row in outbox_facts.endpoints()
    ]
    return Status(200, Webhooks(items=items))


def rotate_webhook_secret(hand: Hand, webhook: WebhookId) -> Status[WebhookSecret]:
    """Give an address a new secret; the former one signs beside it for 24 hours."""
    secret = outbox.rotate_secret(hand, endpoint=webhook)
    return Status(200, WebhookSecret(id=ENDPOINT.of(webhook), secret=secret))


def remove_webhook(hand: Hand, webhook: WebhookId) -> Status[None]:
    """Send nothing more to an address."""
    outbox.remove_endpoint(hand, endpoint=webhook, reason="removed over the API")
    return Status(204, None)
