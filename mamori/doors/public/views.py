"""The first pages that anyone sees."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from mamori.ground.web.access import EVERYONE, open_to
from mamori.ground.web.signs import Visit


@open_to(*EVERYONE)
def home(request: Visit) -> HttpResponse:
    """Show what can be done here."""
    return render(request, "public/home.html")
