"""The house with the fault planted that idempotency is measured against: it looks a key up first, and then does it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import datetime

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse

LONG = 0.05
"""Seconds between the look and the deed, so that whoever comes at once is sure to look in between."""


def _careless(
    answer: Callable[[], HttpResponse], *, machine: str, key: str, fingerprint: str, at: datetime
) -> HttpResponse:
    """Look the key up, do it when it is not there, and write it down afterwards: as is often done."""
    from mamori.ground.web.models import Reply

    found = Reply.objects.filter(owner=machine, key=key).first()
    if found is not None:
        return HttpResponse(bytes(found.sealed), status=201, content_type="application/json")
    time.sleep(LONG)
    given = answer()
    row = Reply(owner=machine, key=key, fingerprint=fingerprint, at=at, sealed=given.content)
    Reply.objects.bulk_create([row], ignore_conflicts=True)
    return given


def application() -> WSGIHandler:
    """Return the house with the fault in it; planted here, so that whoever only reads this module has none."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mamori.site.settings")
    served = get_wsgi_application()
    from mamori.doors.gateway import gate

    setattr(gate, "once", _careless)  # noqa: B010  # before the first request, which loads the addresses
    return served
