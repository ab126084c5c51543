"""The living page of components: each in each state, drawn by the templates that the pages use."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from mamori.ground.web.access import STAFF, open_to, takes
from mamori.ground.web.samples import samples
from mamori.ground.web.signs import Visit


@open_to(*STAFF)
@takes("GET", "HEAD")
def components(request: Visit) -> HttpResponse:
    """Show every component."""
    return render(request, "web/components/page.html", samples(request.received_at))
