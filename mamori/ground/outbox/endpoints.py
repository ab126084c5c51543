"""The marketplace's addresses for webhooks: added, given a new secret, taken away."""

from __future__ import annotations

import base64
import os
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings

from mamori.grammar.hand import Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.outbox import addresses
from mamori.ground.outbox.lifecycle import DeliveryState
from mamori.ground.outbox.models import IS_ON, Delivery, Endpoint
from mamori.ground.outbox.recording import record
from mamori.ground.seal import actions as seal
from mamori.ground.seal import facts as sealed

OWNER = "market"
OVERLAP = timedelta(hours=24)
"""How long the former secret goes on signing beside the new one."""


class NoSuchEndpoint(Refusal):
    """Given when there is no such endpoint, or it was switched off."""

    code = "outbox.no-such-endpoint"
    status = 404
    text = Text(
        "送り先 {number} はありません。`mamori outbox endpoints` で番号をご確認ください。",
        "There is no endpoint {number}. Please look its number up with `mamori outbox endpoints`.",
    )


def add_endpoint(hand: Hand, *, url: str, kinds: Sequence[str] = ("*",)) -> tuple[int, str]:
    """Add an address for events of `kinds`; return its number and the secret, shown this once only.

    :raises BadAddress: when the address is not plain http or https with a host.
    :raises PortClosed: when no receiver is expected at its port.
    :raises PrivateAddress: when it names an internal address and the operator has not allowed those.
    """
    addresses.check(url, private=settings.MAMORI_WEBHOOK_PRIVATE)
    secret = _new_secret()
    with memory.act():
        memory.forget("outbox.endpoints")
        endpoint = Endpoint.objects.create(url=url, kinds=list(kinds), secret=b"", added_at=hand.at)
        endpoint.secret = _closed(endpoint.pk, secret)
        endpoint.save(update_fields=["secret"])
        record(hand, "endpoint_added", f"outbox.endpoint:{endpoint.pk}", url=url, kinds=list(kinds))
    return endpoint.pk, secret


def rotate_secret(hand: Hand, *, endpoint: int) -> str:
    """Give an endpoint a new secret and return it; the former one signs beside it for 24 hours.

    :raises NoSuchEndpoint: when there is none that is switched on.
    """
    secret = _new_secret()
    with memory.act():
        row = _standing(endpoint)
        row.former_secret, row.former_until = row.secret, hand.at + OVERLAP
        row.secret = _closed(row.pk, secret)
        row.save(update_fields=["secret", "former_secret", "former_until"])
        record(hand, "secret_rotated", f"outbox.endpoint:{row.pk}")
    return secret


def remove_endpoint(hand: Hand, *, endpoint: int, reason: str) -> None:
    """Send nothing more to an endpoint; what waits for it stays in sight as not delivered.

    :raises NoSuchEndpoint: when there is none that is switched on.
    """
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


def _standing(number: int) -> Endpoint:
    row = Endpoint.objects.select_for_update().filter(IS_ON, pk=number).first()
    if row is None:
        raise NoSuchEndpoint(number=number)
    return row


def _new_secret() -> str:
    return "whsec_" + base64.b64encode(os.urandom(32)).decode()


def _place(number: int) -> sealed.Place:
    return sealed.Place("outbox_endpoint", number, "secret")


def _closed(number: int, secret: str) -> bytes:
    return seal.seal(subject=OWNER, place=_place(number), plain=secret.encode())
