"""What every answer tells the browser: the headers in one table, and which scripts, styles and pictures it may take."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.csp import CSP

ABSENT = ("camera", "display-capture", "geolocation", "microphone", "payment", "usb", "serial", "midi")

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in ABSENT),
    "Cache-Control": "no-store",
}
"""What an answer carries unless the view said otherwise; files that never change say so themselves."""

ARRIVED = "mamori.arrived"
"""Where the server says when a request began to come in: neither a slow line nor a busy house costs anybody a deadline."""

type Answer = Callable[[HttpRequest], HttpResponse]


def headers(get_response: Answer) -> Answer:
    """Give each answer the headers of the table that it does not bring itself."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return middleware


POLICY = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "require-trusted-types-for": ["'script'"],
    "trusted-types": [CSP.NONE],
}
"""Scripts and styles come from our own files only; nothing is written into a page, and nobody frames one."""
