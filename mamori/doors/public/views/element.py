"""The script of `<mamori-help>`, by which a shop's own page offers to report, to ask and to read what the seller displays."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from django.http import HttpResponse
from django.views.decorators.http import etag

from mamori.ground.web.access import EVERYONE, open_to, takes
from mamori.ground.web.signs import Visit

FILE = Path(__file__).parents[1] / "static" / "public" / "element.js"
KEPT_SECONDS = 3600
"""How long a browser goes by what it has: an upgrade reaches every shop's page within this time."""


@cache
def script() -> bytes:
    """Return the script as it is served."""
    return FILE.read_bytes()


@cache
def _mark() -> str:
    return f'"{hashlib.sha256(script()).hexdigest()[:32]}"'


@open_to(*EVERYONE)
@takes("GET", "HEAD")
@etag(lambda request: _mark())
def element(request: Visit) -> HttpResponse:
    """Give the script to any page that asks for it."""
    answer = HttpResponse(script(), content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer
