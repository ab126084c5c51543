"""Which addresses a webhook may go to: the one that a name resolves to is looked at, and that one is called."""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text

type Address = IPv4Address | IPv6Address

TUNNELS = tuple(
    ip_network(net) for net in ("192.88.99.0/24", "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")
)
"""Public by their number, yet they lead to an IPv4 address of anybody's choice."""


class BadAddress(Refusal):
    """Given when a webhook's address is not one that we send to."""

    code = "outbox.bad-address"
    status = 422
    text = Text(
        "「{url}」には送れません。http か https で始まる、利用者名を含まないURLを指定してください。",
        "“{url}” cannot be sent to. Please give a URL that starts with http or https and names no user.",
    )


class PrivateAddress(Refusal):
    """Given when an address lies in a private network and the operator has not allowed that."""

    code = "outbox.private-address"
    status = 422
    text = Text(
        "「{host}」は内部のアドレス（{address}）なので送れません。意図したものなら MAMORI_WEBHOOK_PRIVATE=1 を設定してください。",
        "“{host}” is an internal address ({address}), so nothing is sent there. If it is meant, set "
        "MAMORI_WEBHOOK_PRIVATE=1.",
    )


def parts(url: str) -> SplitResult:
    """Return the parts of an address.

    :raises BadAddress: when it is not plain http or https with a host.
    """
    try:
        found = urlsplit(url)
        fine = found.scheme in ("http", "https") and found.hostname and found.port != 0
    except ValueError:
        fine = False
    if not fine or found.username is not None or any(c.isspace() or ord(c) < 32 for c in url):
        raise BadAddress(url=url[:200])
    return found


def check(url: str, *, private: bool) -> None:
    """Refuse an address that can be seen to be wrong without asking the network.

    :raises BadAddress: when it is not plain http or https with a host.
    :raises PrivateAddress: when it names an internal address outright.
    """
    host = parts(url).hostname or ""
    try:
        address = ip_address(host)
    except ValueError:
        return  # a name: looked up, and looked at, whenever something is sent
    if not private:
        _public(host, address)


def resolve(url: str, *, private: bool) -> list[str]:
    """Return the addresses behind a URL, all of which may be called.

    :raises PrivateAddress: when one of them is internal.
    :raises OSError: when the name is not known.
    """
    found = parts(url)
    host, port = found.hostname or "", found.port or (443 if found.scheme == "https" else 80)
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(answer[4][0]) for answer in answers))
    if not private:
        for address in addresses:
            _public(host, ip_address(address.partition("%")[0]))
    return addresses


def _public(host: str, address: Address) -> None:
    inner = getattr(address, "ipv4_mapped", None) or address
    tunnelled = any(inner.version == net.version and inner in net for net in TUNNELS)
    if tunnelled or not inner.is_global or inner.is_multicast or inner.is_reserved:
        raise PrivateAddress(host=host, address=address)
