"""How often one key may call."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings

from mamori.doors.gateway.keys import Caller
from mamori.ground.people import actions as people
from mamori.ground.people import facts as people_facts
from mamori.ground.people.facts import API_CALLS, Limit
from mamori.ground.web.signs import Visit


def told(caller: Caller, request: Visit) -> dict[str, str]:
    """Return the headers that say how often the key may call, how often still, and when counting begins anew.

    Source: draft-ietf-httpapi-ratelimit-headers; seconds.
    """
    limit = _limit()
    left, wait = (
        people_facts.calls_left(limit, caller.machine.who, at=request.taken_at),
        limit.wait(request.taken_at),
    )
    policy = f'"key";q={limit.most};w={int(limit.per.total_seconds())}'
    return {"RateLimit-Policy": policy, "RateLimit": f'"key";r={left};t={wait}'}


def _limit() -> Limit:
    return replace(API_CALLS, most=settings.MAMORI_API_CALLS or API_CALLS.most)


def count(caller: Caller, request: Visit) -> None:
    """Count the call in this process; nothing is written for it."""
    people.count(_limit(), caller.machine.who, at=request.taken_at)
