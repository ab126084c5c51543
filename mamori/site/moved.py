"""Addresses that a mail, a notice, a letter or a document may name, and where they lead since their page went."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls.resolvers import RoutePattern

LISTS = ("agreements", "calls", "due", "looks", "mediations", "promises", "recoveries", "refunds")
MOVED: Mapping[str, str] = {
    "desk/identities/": "/desk/held/?show=identities",
    **{f"desk/{one}/": f"/desk/lists/{one}/" for one in LISTS},
    "desk/orphans/": "/desk/people/#left",
    "desk/inquiries/table/": "/desk/reading/inquiry/",
    "news/<int:series>/<int:edition>/": "/news/{series}/?edition={edition}",
    "guide/articles/<int:series>/<int:edition>/": "/guide/articles/{series}/?edition={edition}",
    "displays/orders/<path:order>/bundle.pdf": "/displays/orders/{order}/?format=pdf",
    "desk/displays/orders/<path:order>/bundle.pdf": "/desk/displays/orders/{order}/?format=pdf",
    "seller/display/standing/answer/": "/seller/display/standing/",
    "desk/policy/draft/": "/desk/policy/",
    "desk/policy/proposal/": "/desk/policy/",
    "seller/payouts/object/<str:ref>/": "/seller/payouts/?object={ref}",
}
"""By the former route, written as in `path`, the address of today; what the route found stands in it by its name."""

_ROUTES = [(RoutePattern(former, is_endpoint=True), today) for former, today in MOVED.items()]


def now_at(path: str) -> str | None:
    """Return the address of today of a former one, or None."""
    for former, today in _ROUTES:
        if (found := former.match(path.removeprefix("/"))) is not None:
            return today.format_map({name: quote(str(value)) for name, value in found[2].items()})
    return None


def moved(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Lead whoever follows a former address on to that of today, with what was asked."""

    def middleware(request: HttpRequest) -> HttpResponse:
        today = now_at(request.path_info) if request.method in ("GET", "HEAD") else None
        if today is None:
            return get_response(request)
        asked = request.META.get("QUERY_STRING", "")
        place, mark, part = today.partition("#")
        between = ("&" if "?" in place else "?") if asked else ""
        return HttpResponsePermanentRedirect(f"{place}{between}{asked}{mark}{part}")

    return middleware
