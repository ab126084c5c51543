"""The living page of components: each in each state, drawn by the templates that the pages use."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mamori.ground.web.access import STAFF, open_to
from mamori.ground.web.samples import samples
from mamori.ground.web.signs import Visit


@open_to(*STAFF)
@require_safe
def components(request: Visit) -> HttpResponse:
    """Show every component."""
    return render(request, "web/components/page.html", samples(request.received_at))
