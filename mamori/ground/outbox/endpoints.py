"""The marketplace's addresses for webhooks: which may be, added, given a new secret, taken away; and a webhook's steps."""

from __future__ import annotations

import base64
import os
import socket
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from difflib import get_close_matches
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from mamori.grammar.actor import Actor, Role
from mamori.grammar.event import Event as Declared
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.ledger import actions as ledger
from mamori.ground.outbox.events import Pinged
from mamori.ground.outbox.lifecycle import DELIVERY, DeliveryState
from mamori.ground.outbox.models import IS_ON, Delivery, Endpoint, Event
from mamori.ground.outbox.publishing import NOTICE_KIND, TRIES, row_of, send_to
from mamori.ground.seal import actions as seal, facts as sealed

# Which addresses a webhook may go to: the one that a name resolves to is looked at, and that one is called.


type Address = IPv4Address | IPv6Address

TUNNELS = tuple(
    ip_network(net) for net in ("192.88.99.0/24", "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")
)
"""Public by their number, yet they lead to an IPv4 address of anybody's choice."""

FORMER = (ip_network("fec0::/10"),)
"""Internal by an older rule (RFC 3879 ended it), and still routed inside where somebody kept it."""

METADATA = tuple(
    ip_network(net)
    for net in (
        "169.254.0.0/16", "fe80::/10", "fd00:ec2::/32", "fd20:ce::/32", "100.100.100.200/32", "192.0.0.192/32",
        "168.63.129.16/32",
    )
)  # fmt: skip
"""Where machines of a cloud ask for their own passwords: no receiver of webhooks, whatever the operator allows."""

PORTS = frozenset({80, 443, 8080, 8443})
"""Where receivers of webhooks stand; databases, caches, mail and shells do not."""


class BadAddress(Refusal, code="outbox.bad-address", status=422):
    """Given when a webhook's address is not one that we send to."""

    text = Text(
        "「{url}」には送れません。http か https で始まる、利用者名を含まないURLを指定してください。",
        "“{url}” cannot be sent to. Please give a URL that starts with http or https and names no user.",
    )


class HttpsNeeded(Refusal, code="outbox.https-needed", status=422):
    """Given when an address in the open network would be written to in plain."""

    text = Text(
        "「{host}」には https で送ります。https で始まるURLを指定してください。http は、手元で開発しているあいだだけ使えます。",
        "“{host}” is sent to by https. Please give a URL that starts with https; http is for developing on one's own machine.",
    )


class PrivateAddress(Refusal, code="outbox.private-address", status=422):
    """Given when an address lies in a private network and the operator has not allowed that."""

    text = Text(
        "「{host}」は内部のアドレス（{address}）なので送れません。意図したものなら MAMORI_WEBHOOK_PRIVATE=1 を設定してください"
        "（クラウドの設定情報のアドレスには、それでも送りません）。",
        "“{host}” is an internal address ({address}), so nothing is sent there. If it is meant, set "
        "MAMORI_WEBHOOK_PRIVATE=1 (which never opens the addresses where a cloud tells its machines their passwords).",
    )


class PortClosed(Refusal, code="outbox.port-closed", status=422):
    """Given when an address names a port at which no receiver of webhooks is expected."""

    text = Text(
        "ポート {port} には送れません（送れるのは {ports}）。受け取り側がそこにあるなら、MAMORI_WEBHOOK_PORTS に加えてください。",
        "Nothing is sent to port {port}, only to {ports}. If your receiver stands there, add it to MAMORI_WEBHOOK_PORTS.",
    )


def address_parts(url: str) -> SplitResult:
    """Return the parts of an address."""
    try:
        found = urlsplit(url)
        fine = found.scheme in ("http", "https") and found.hostname and found.port != 0
    except ValueError:
        fine = False
    if not fine or found.username is not None or any(c.isspace() or ord(c) < 32 for c in url):
        raise BadAddress(url=url[:200])
    return found


def check_address(url: str, *, private: bool) -> None:
    """Refuse an address that can be seen to be wrong without asking the network.

    While developing, plain http and a receiver on this machine, at any port, will do.
    """
    found = address_parts(url)
    _port(found, private=private)
    host = found.hostname or ""
    with suppress(ValueError):  # a name: looked up, and looked at, whenever something is sent
        _allowed(host, ip_address(host), private=private)
    if found.scheme == "http" and not (private or settings.IS_DEVELOPING):
        raise HttpsNeeded(host=host)


def resolve(url: str, *, private: bool) -> list[str]:
    """Return the addresses behind a URL, all of which may be called."""
    found = address_parts(url)
    host, port = found.hostname or "", _port(found, private=private)
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(answer[4][0]) for answer in answers))
    for address in addresses:
        _allowed(host, ip_address(address.partition("%")[0]), private=private)
    return addresses


def _port(found: SplitResult, *, private: bool) -> int:
    """Return the port, where the operator named ports one of these; inside, where none are named, any."""
    port = found.port or (443 if found.scheme == "https" else 80)
    ports = PORTS | settings.MAMORI_WEBHOOK_PORTS
    is_inside = private or settings.IS_DEVELOPING
    if port not in ports and (settings.MAMORI_WEBHOOK_PORTS or not is_inside):
        raise PortClosed(port=port, ports=", ".join(str(one) for one in sorted(ports)))
    return port


def _allowed(host: str, address: Address, *, private: bool) -> None:
    inner = getattr(address, "ipv4_mapped", None) or address
    outside = inner.is_global and not (
        inner.is_multicast or inner.is_reserved or _in(inner, FORMER + TUNNELS)
    )
    is_here = settings.IS_DEVELOPING and inner.is_loopback
    if _in(inner, METADATA) or not (private or outside or is_here):
        raise PrivateAddress(host=host, address=address)


def _in(address: Address, nets: Sequence[IPv4Network | IPv6Network]) -> bool:
    return any(address.version == net.version and address in net for net in nets)


def step_webhook(delivery: Delivery, name: str, role: Role = Role.MACHINE) -> None:
    """Take a step of the lifecycle, in memory."""
    delivery.state = DELIVERY.take(name, DeliveryState(delivery.state), role).value


def send_again(actor: Actor, delivery: Delivery) -> None:
    """Put a webhook in line at once, under its own id and with all its tries anew."""
    step_webhook(delivery, "retry", actor.role)
    delivery.next_at, delivery.tries_left = actor.at, TRIES
    delivery.save(update_fields=["state", "next_at", "tries_left"])


def record_act(actor: Actor, verb: str, about: str, *, reason: str = "", **payload: Any) -> None:
    """Record that somebody tended the outbox, in the caller's transaction."""
    ledger.record(actor, kind=f"outbox.{verb}", subject="market", about=about, reason=reason, payload=payload)


# The marketplace's addresses for webhooks: added, given a new secret, taken away.


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


def add_endpoint(actor: Actor, *, url: str, kinds: Sequence[str] = ("*",)) -> tuple[int, str]:
    """Add an address for events of `kinds`; return its number and the secret, shown this once only."""
    known_kinds(kinds)
    check_address(url, private=settings.MAMORI_WEBHOOK_PRIVATE)
    secret = _new_secret()
    with memory.act():
        memory.forget("outbox.endpoints")
        endpoint = Endpoint.objects.create(url=url, kinds=list(kinds), secret=b"", added_at=actor.at)
        endpoint.secret = _closed(endpoint.pk, secret)
        endpoint.save(update_fields=["secret"])
        record_act(actor, "endpoint_added", f"outbox.endpoint:{endpoint.pk}", url=url, kinds=list(kinds))
    return endpoint.pk, secret


def change_endpoint(
    actor: Actor, *, endpoint: int, url: str | None = None, kinds: Sequence[str] | None = None
) -> None:
    """Change where an endpoint lies or which events it hears; its secret stays, and what waits goes to the new address."""
    if url is not None:
        check_address(url, private=settings.MAMORI_WEBHOOK_PRIVATE)
    known_kinds(kinds or ())
    with memory.act():
        memory.forget("outbox.endpoints")
        row = _standing(endpoint)
        row.url = row.url if url is None else url
        row.kinds = row.kinds if kinds is None else list(kinds)
        row.failures, row.resting_until = 0, None
        row.save(update_fields=["url", "kinds", "failures", "resting_until"])
        record_act(actor, "endpoint_changed", f"outbox.endpoint:{row.pk}", url=row.url, kinds=row.kinds)


def ping(actor: Actor, *, endpoint: int) -> str:
    """Send a try to one endpoint, whatever it asked for, and return the webhook's id."""
    with memory.act():
        row = _standing(endpoint)
        event = Pinged(subject=f"outbox.endpoint:{row.pk}", webhook=row.pk)
        record_act(actor, "pinged", event.subject)
        return send_to(row, row_of(kind=event.kind, subject=event.subject, data=event.payload(), at=actor.at))


def replay(actor: Actor, *, endpoint: int, message: str) -> str:
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
        record_act(actor, "replayed", f"outbox.endpoint:{row.pk}", message=message)
        if found.closed_at is None:
            row.resting_until = None
            row.save(update_fields=["resting_until"])
            send_again(actor, found)
            return found.message
        told = found.event
        return send_to(row, Event(kind=told.kind, subject=told.subject, body=told.body, at=actor.at))


def rotate_secret(actor: Actor, *, endpoint: int) -> str:
    """Give an endpoint a new secret and return it; the former one signs beside it for 24 hours."""
    secret = _new_secret()
    with memory.act():
        row = _standing(endpoint)
        row.former_secret, row.former_until = row.secret, actor.at + OVERLAP
        row.secret = _closed(row.pk, secret)
        row.save(update_fields=["secret", "former_secret", "former_until"])
        record_act(actor, "secret_rotated", f"outbox.endpoint:{row.pk}")
    return secret


def remove_endpoint(actor: Actor, *, endpoint: int, reason: str) -> None:
    """Send nothing more to an endpoint; what waits for it stays in sight as not delivered."""
    with memory.act():
        memory.forget("outbox.endpoints")
        row = _standing(endpoint)
        switch_off(row, at=actor.at, why=reason)
        record_act(actor, "endpoint_removed", f"outbox.endpoint:{row.pk}", reason=reason)


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
