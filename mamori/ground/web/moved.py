"""Former addresses lead on to those of today."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls.resolvers import RoutePattern

type Answer = Callable[[HttpRequest], HttpResponse]


class FormerAddresses:
    """Leads whoever follows a former address on to that of today, with what was asked.

    `rows` give by the former route, written as in `path`, the address of today; what the route found stands in it by its name.
    """

    def __init__(self, rows: Mapping[str, str]) -> None:
        self.routes = [(RoutePattern(former, is_endpoint=True), today) for former, today in rows.items()]

    def now_at(self, path: str) -> str | None:
        """Return the address of today of a former one, or None."""
        for former, today in self.routes:
            if (found := former.match(path.removeprefix("/"))) is not None:
                return today.format_map({name: quote(str(value)) for name, value in found[2].items()})
        return None

    def __call__(self, get_response: Answer) -> Answer:
        """Return the middleware."""

        def middleware(request: HttpRequest) -> HttpResponse:
            today = self.now_at(request.path_info) if request.method in ("GET", "HEAD") else None
            if today is None:
                return get_response(request)
            asked = request.META.get("QUERY_STRING", "")
            place, mark, part = today.partition("#")
            between = ("&" if "?" in place else "?") if asked else ""
            return HttpResponsePermanentRedirect(f"{place}{between}{asked}{mark}{part}")

        return middleware
