"""A page of the desk that no cache may keep."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from mamori.ground.web.signs import Visit


def private(request: Visit, name: str, shown: Mapping[str, object], status: int = 200) -> HttpResponse:
    """Render one of this room's pages for staff so that no cache keeps it."""
    answer = render(request, f"contact/staff/{name}.html", dict(shown), status=status)
    add_never_cache_headers(answer)
    return answer
