"""The same verbs on a clock or upon news, each done by the machine; no clock ends anything."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.actor import Actor, Role
from mamori.ground.clocks.actions import Fired
from mamori.law.requests import REQUEST_DEADLINES, REQUEST_OWN_DAY
from mamori.rooms.safety.events import RequestForged
from mamori.rooms.safety.requests import actions as requests


def request_waits(fired: Fired) -> None:
    """Ring for a request that is not answered."""
    requests.remind_request(fired.actor, request=int(fired.about.rpartition(":")[2]))


def request_forged(event: RequestForged, at: datetime) -> None:
    """Tell leads what was done upon a request that was forged."""
    actor = Actor(by="machine:safety/forged", role=Role.MACHINE, at=at, via="outbox")
    requests.tell_forged(actor, request=event.request)


RINGS = {**{one.code: request_waits for one in REQUEST_DEADLINES}, REQUEST_OWN_DAY: request_waits}
