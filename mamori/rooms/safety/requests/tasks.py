"""The same verbs on a clock or upon news, each done by the machine; no clock ends anything."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.actor import Actor, Role
from mamori.ground.clocks.actions import Fired
from mamori.ground.seal import facts as seals
from mamori.law.requests import REQUEST_DEADLINES, REQUEST_OWN_DAY
from mamori.rooms.safety.events import RequestForged
from mamori.rooms.safety.models import AuthorityRequest
from mamori.rooms.safety.requests import actions as requests
from mamori.rooms.safety.requests.matter import about


def request_waits(fired: Fired) -> None:
    """Ring for a request that is not answered."""
    requests.remind_request(fired.actor, request=int(fired.about.rpartition(":")[2]))


def request_forged(event: RequestForged, at: datetime) -> None:
    """Tell leads what was done upon a request that was forged."""
    actor = Actor(by="machine:safety/forged", role=Role.MACHINE, at=at, via="outbox")
    requests.tell_forged(actor, request=event.request)


def erase_requests(actor: Actor, over: datetime, limit: int) -> int:
    """Erase the words and lists of requests whose time is over; what is held, or concerns a held seller or finding, stays."""
    gone = 0
    for row in (
        AuthorityRequest.objects.filter(closed_at__lt=over, said__isnull=False).order_by("pk").iterator()
    ):
        if gone == limit:
            break
        if not seals.held(_concerned(row)):
            kept = AuthorityRequest.objects.filter(pk=row.pk, said__isnull=False)
            gone += kept.update(said=None, rows=None)
    return gone


def _concerned(row: AuthorityRequest) -> set[str]:
    hits = row.hits.filter(meant_at__isnull=False).values_list("seller_ref", "finding")
    sellers, findings = (
        {f"seller:{one}" for one, _ in hits},
        {f"enforcement.finding:{one}" for _, one in hits if one},
    )
    return {about(row.pk)} | sellers | findings


RINGS = {**{one.code: request_waits for one in REQUEST_DEADLINES}, REQUEST_OWN_DAY: request_waits}
