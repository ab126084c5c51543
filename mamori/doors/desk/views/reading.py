"""What those may read who work for the operator elsewhere: how the work is done, and nothing about anybody."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from mamori.doors.navigation import READING
from mamori.grammar.hand import INSIDE
from mamori.ground.web.access import open_to
from mamori.ground.web.signs import Visit


@open_to(*INSIDE)
def reading(request: Visit) -> HttpResponse:
    """Show where the procedures stand, and what the public is told."""
    return render(request, "desk/reading.html", {"reading": READING[1:]})
