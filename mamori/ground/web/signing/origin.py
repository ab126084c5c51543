"""Where a request comes from: the network address that limits are counted for."""

from __future__ import annotations

from ipaddress import IPv6Address, IPv6Network, ip_address

from django.http import HttpRequest

NOBODY = "0.0.0.0"  # noqa: S104  # no address that anybody listens on: what a socket says that names nobody


def came_from(request: HttpRequest) -> str:
    """Return the address that the server saw; what stands in front is the server's to believe (`site/doorstep.py`)."""
    try:
        return str(ip_address(request.META.get("REMOTE_ADDR", "")))
    except ValueError:
        return NOBODY


def neighbourhood(request: HttpRequest) -> str:
    """Return what limits are counted for: an address, or the /64 that one household has of the newer ones."""
    address = ip_address(came_from(request))
    if isinstance(address, IPv6Address):
        return str(IPv6Network((address, 64), strict=False).network_address)
    return str(address)
