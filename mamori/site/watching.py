"""What is noted of each request: route, method, status and time, for the log and for the figures; never who or what."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from mamori.site import metrics

log = logging.getLogger(__name__)

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
UNMATCHED = "unmatched"

type Answer = Callable[[HttpRequest], HttpResponse]


def watched(get_response: Answer) -> Answer:
    """Note each request when it is answered."""

    def middleware(request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = get_response(request)
        seconds = time.perf_counter() - began
        route, method = route_of(request), method_of(request)
        metrics.count(route=route, method=method, status=response.status_code, seconds=seconds)
        if route != "static":
            log.info(
                "request",
                extra={
                    "fields": {
                        "request": response.headers.get("X-Request-Id", ""),
                        "route": route,
                        "method": method,
                        "status": response.status_code,
                        "ms": round(seconds * 1000, 1),
                    }
                },
            )
        return response

    return middleware


def route_of(request: HttpRequest) -> str:
    """Return the route's name as the table of addresses has it, never the address itself."""
    match = request.resolver_match
    if match is not None:
        return match.view_name or match.route or UNMATCHED
    return "static" if request.path_info.startswith(settings.STATIC_URL) else UNMATCHED


def method_of(request: HttpRequest) -> str:
    """Return the method, or that it is none of the usual ones."""
    return request.method if request.method in METHODS else "other"
