"""What every answer tells the browser: one table; the policy of scripts and styles is beside it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

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
