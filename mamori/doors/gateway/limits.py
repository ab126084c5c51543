"""How often one key may call."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings

from mamori.doors.gateway.keys import Caller
from mamori.ground.people import actions as people
from mamori.ground.people.facts import API_CALLS
from mamori.ground.web.signs import Visit


def count(caller: Caller, request: Visit) -> None:
    """Count the call in this process; nothing is written for it.

    :raises TooMany: when the key has called more often than is good for all.
    """
    limit = replace(API_CALLS, most=settings.MAMORI_API_CALLS or API_CALLS.most)
    people.count(limit, caller.machine.who, at=request.taken_at)
