"""The marketplace's addresses for webhooks: added, given a new secret, taken away."""

from __future__ import annotations

import base64
import os
from collections.abc import Sequence
from datetime import datetime, timedelta
from difflib import get_close_matches

from django.conf import settings

from mamori.grammar.event import Event as Declared
from mamori.grammar.hand import Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.outbox import addresses
from mamori.ground.outbox.events import Pinged
from mamori.ground.outbox.lifecycle import DeliveryState
from mamori.ground.outbox.models import IS_ON, Delivery, Endpoint, Event
from mamori.ground.outbox.publishing import NOTICE_KIND, row_of, send_to
from mamori.ground.outbox.recording import record
from mamori.ground.outbox.steps import send_again
from mamori.ground.seal import actions as seal
from mamori.ground.seal import facts as sealed

OWNER = "market"
OVERLAP = timedelta(hours=24)
"""How long the former secret goes on signing beside the new one."""


class NoSuchDelivery(Refusal, code="outbox.no-such-delivery", status=404):
    """Given when no such webhook was meant for the endpoint."""

    text = Text(
        "この送り先に「{message}」という配達はありません。配達の一覧で番号をご確認ください。",
        "There is no delivery “{message}” for this endpoint. Please look its id up in the list of deliveries.",
    )


class NoSuchKind(Refusal, code="outbox.no-such-kind", status=422):
    """Given when an endpoint asks for an event that is never told."""

    text = Text(
        "「{kind}」という出来事はありません。「{nearest}」のことでしょうか。* か、一覧にある名前を書いてください。",
        "There is no event “{kind}”. Did you mean “{nearest}”? Please give * or a name from the list of events.",
    )


class NoSuchEndpoint(Refusal, code="outbox.no-such-endpoint", status=404):
    """Given when there is no such endpoint, or it was switched off."""

    text = Text(
        "その送り先はないか、外されています。`mamori outbox endpoints` か GET /webhooks でご確認ください。",
        "There is no such endpoint, or it was removed. Please look it up with `mamori outbox endpoints` or GET /webhooks.",
    )


def add_endpoint(hand: Hand, *, url: str, kinds: Sequence[str] = ("*",)) -> tuple[int, str]:
    """Add an address for events of `kinds`; return its number and the secret, shown this once only.

    :raises PrivateAddress: when it names an internal address and the operator has not allowed those.
    """
    known_kinds(kinds)
    addresses.check(url, private=settings.MAMORI_WEBHOOK_PRIVATE)
    secret = _new_secret()
    with memory.act():
        memory.forget("outbox.endpoints")
        endpoint = Endpoint.objects.create(url=url, kinds=list(kinds), secret=b"", added_at=hand.at)
        endpoint.secret = _closed(endpoint.pk, secret)
        endpoint.save(update_fields=["secret"])
        record(hand, "endpoint_added", f"outbox.endpoint:{endpoint.pk}", url=url, kinds=list(kinds))
    return endpoint.pk, secret


def change_endpoint(
    hand: Hand, *, endpoint: int, url: str | None = None, kinds: Sequence[str] | None = None
) -> None:
    """Change where an endpoint lies or which events it hears; its secret stays, and what waits goes to the new address."""
    if url is not None:
        addresses.check(url, private=settings.MAMORI_WEBHOOK_PRIVATE)
    known_kinds(kinds or ())
    with memory.act():
        memory.forget("outbox.endpoints")
        row = _standing(endpoint)
        row.url = row.url if url is None else url
        row.kinds = row.kinds if kinds is None else list(kinds)
        row.failures, row.resting_until = 0, None
        row.save(update_fields=["url", "kinds", "failures", "resting_until"])
        record(hand, "endpoint_changed", f"outbox.endpoint:{row.pk}", url=row.url, kinds=row.kinds)


def ping(hand: Hand, *, endpoint: int) -> str:
    """Send a try to one endpoint, whatever it asked for, and return the webhook's id."""
    with memory.act():
        row = _standing(endpoint)
        event = Pinged(subject=f"outbox.endpoint:{row.pk}", webhook=row.pk)
        record(hand, "pinged", event.subject)
        return send_to(row, row_of(kind=event.kind, subject=event.subject, data=event.payload(), at=hand.at))


def replay(hand: Hand, *, endpoint: int, message: str) -> str:
    """Send a webhook to its endpoint once more, and return under which id: the same one while it was never taken.

    One that was taken, or left out, goes out anew under an id of its own, or its receiver would know it already.
    """
    with memory.act():
        row = _standing(endpoint)
        found = (
            row.deliveries.select_related("event")
            .select_for_update(of=("self",))
            .filter(message=message)
            .first()
        )
        if found is None:
            raise NoSuchDelivery(message=message)
        record(hand, "replayed", f"outbox.endpoint:{row.pk}", message=message)
        if found.closed_at is None:
            row.resting_until = None
            row.save(update_fields=["resting_until"])
            send_again(hand, found)
            return found.message
        told = found.event
        return send_to(row, Event(kind=told.kind, subject=told.subject, body=told.body, at=hand.at))


def rotate_secret(hand: Hand, *, endpoint: int) -> str:
    """Give an endpoint a new secret and return it; the former one signs beside it for 24 hours."""
    secret = _new_secret()
    with memory.act():
        row = _standing(endpoint)
        row.former_secret, row.former_until = row.secret, hand.at + OVERLAP
        row.secret = _closed(row.pk, secret)
        row.save(update_fields=["secret", "former_secret", "former_until"])
        record(hand, "secret_rotated", f"outbox.endpoint:{row.pk}")
    return secret


def remove_endpoint(hand: Hand, *, endpoint: int, reason: str) -> None:
    """Send nothing more to an endpoint; what waits for it stays in sight as not delivered."""
    with memory.act():
        memory.forget("outbox.endpoints")
        row = _standing(endpoint)
        switch_off(row, at=hand.at, why=reason)
        record(hand, "endpoint_removed", f"outbox.endpoint:{row.pk}", reason=reason)


def switch_off(endpoint: Endpoint, *, at: datetime, why: str) -> None:
    """Switch an endpoint off and give up what waits for it, inside the caller's transaction."""
    endpoint.switched_off_at, endpoint.why_off = at, why[:200]
    endpoint.save(update_fields=["switched_off_at", "why_off"])
    Delivery.objects.filter(IS_OPEN, endpoint=endpoint).update(
        state=DeliveryState.DEAD, next_at=None, error=f"endpoint off: {why}"[:500]
    )


def opened(endpoint: Endpoint, at: datetime) -> tuple[str, ...]:
    """Return the secrets that sign at `at`, the newest first."""
    now = [bytes(endpoint.secret)]
    if endpoint.former_secret and endpoint.former_until and at < endpoint.former_until:
        now.append(bytes(endpoint.former_secret))
    return tuple(sealed.unseal(subject=OWNER, place=_place(endpoint.pk), sealed=s).decode() for s in now)


def known_kinds(kinds: Sequence[str]) -> None:
    """See that each of the kinds is told at all: `*`, a group such as `contact.*`, or one event."""
    told = {kind for kind, event in Declared.registry.items() if not event.internal} | {NOTICE_KIND}
    groups = {f"{kind.partition('.')[0]}.*" for kind in told if "." in kind}
    known = sorted(told | groups | {"*"})
    for kind in kinds:
        if kind not in known:
            raise NoSuchKind(kind=kind, nearest=get_close_matches(kind, known, n=1, cutoff=0)[0])


def _standing(number: int) -> Endpoint:
    row = Endpoint.objects.select_for_update().filter(IS_ON, pk=number).first()
    if row is None:
        raise NoSuchEndpoint
    return row


def _new_secret() -> str:
    return "whsec_" + base64.b64encode(os.urandom(32)).decode()


def _place(number: int) -> sealed.Place:
    return sealed.Place("outbox_endpoint", number, "secret")


def _closed(number: int, secret: str) -> bytes:
    return seal.seal(subject=OWNER, place=_place(number), plain=secret.encode())
