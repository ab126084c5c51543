"""Which addresses a webhook may go to: the one that a name resolves to is looked at, and that one is called."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text

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


def parts(url: str) -> SplitResult:
    """Return the parts of an address."""
    try:
        found = urlsplit(url)
        fine = found.scheme in ("http", "https") and found.hostname and found.port != 0
    except ValueError:
        fine = False
    if not fine or found.username is not None or any(c.isspace() or ord(c) < 32 for c in url):
        raise BadAddress(url=url[:200])
    return found


def check(url: str, *, private: bool) -> None:
    """Refuse an address that can be seen to be wrong without asking the network."""
    found = parts(url)
    _port(found, private=private)
    host = found.hostname or ""
    try:
        address = ip_address(host)
    except ValueError:
        return  # a name: looked up, and looked at, whenever something is sent
    _allowed(host, address, private=private)


def resolve(url: str, *, private: bool) -> list[str]:
    """Return the addresses behind a URL, all of which may be called.

    :raises OSError: when the name is not known.
    """
    found = parts(url)
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
    if port not in ports and (settings.MAMORI_WEBHOOK_PORTS or not private):
        raise PortClosed(port=port, ports=", ".join(str(one) for one in sorted(ports)))
    return port


def _allowed(host: str, address: Address, *, private: bool) -> None:
    inner = getattr(address, "ipv4_mapped", None) or address
    outside = inner.is_global and not (
        inner.is_multicast or inner.is_reserved or _in(inner, FORMER + TUNNELS)
    )
    if _in(inner, METADATA) or not (private or outside):
        raise PrivateAddress(host=host, address=address)


def _in(address: Address, nets: Sequence[IPv4Network | IPv6Network]) -> bool:
    return any(address.version == net.version and address in net for net in nets)
