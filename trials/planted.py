"""Settings of a house with a planted fault, the one that TRIAL_FAULT names: each is what a careless house might do."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import datetime
from itertools import count
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse

from mamori.site import settings

globals().update({name: value for name, value in vars(settings).items() if name.isupper()})

FAULT = os.environ.get("TRIAL_FAULT", "")
MIDDLEWARE = [*settings.MIDDLEWARE, "trials.planted.planted"]
EVERY = 50
LONG = 0.05
"""Seconds between the careless look and the deed, so that whoever comes at once is sure to look in between."""
_sent = count(1)


def with_fault(fault: str) -> dict[str, str]:
    """Return what the environment says to plant it."""
    return {"DJANGO_SETTINGS_MODULE": __name__, "TRIAL_FAULT": fault}


def planted(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Plant it.

    `forgets`: of every trouble it says that it took it, and writes nothing.  `drops`: it leads on from each fiftieth report
    without taking it.  `looks-first`: it looks a key up, does what was asked, and writes the key down afterwards.
    """
    if FAULT == "looks-first":
        _look_first()

    def middleware(request: HttpRequest) -> HttpResponse:
        asked = (FAULT, request.method, request.path)
        if asked == ("forgets", "POST", "/api/v1/threads"):
            return JsonResponse({}, status=201)
        if asked == ("drops", "POST", "/complaints/") and next(_sent) % EVERY == 0:
            return HttpResponseRedirect("/complaints/mine/dropped/")
        return get_response(request)

    return middleware


def _look_first() -> None:
    from mamori.doors.gateway import gate
    from mamori.ground.web.models import Reply

    def careless(
        answer: Callable[[], HttpResponse], *, machine: str, key: str, at: datetime, **more: Any
    ) -> HttpResponse:
        found = Reply.objects.filter(owner=machine, key=key).first()
        if found is not None:
            return HttpResponse(bytes(found.sealed), status=201, content_type="application/json")
        time.sleep(LONG)
        given = answer()
        row = Reply(owner=machine, key=key, at=at, sealed=given.content, **more)
        Reply.objects.bulk_create([row], ignore_conflicts=True)
        return given

    setattr(gate, "once", careless)  # noqa: B010  # before the first request, which loads the addresses
