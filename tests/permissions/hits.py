"""The permission table of the listings that a request may mean, written by hand."""

from __future__ import annotations

from mamori.grammar.actor import Actor
from mamori.rooms.safety.hits import actions
from mamori.rooms.safety.models import RequestHit
from mamori.rooms.safety.tests import requested
from tests.permissions.lines import STAFF, Line

REQUEST = {"number": "<hits_request>"}
HITS = (
    Line("/desk/requests/<int:number>/hits/", STAFF, values=REQUEST, opens=True),
    Line("/desk/requests/<int:number>/hits/table/", STAFF, values=REQUEST, opens=True),
    *(
        Line("/desk/requests/<int:number>/hits/<slug:slug>/", STAFF, values=REQUEST | {"slug": slug})
        for slug in ("list", "judge", "sure", "rest", "confirm", "act", "undone")
    ),
)


def numbers() -> dict[str, str]:
    """Return the number of the request whose list was read."""
    return {"hits_request": str(RequestHit.objects.values_list("request", flat=True)[0])}


def listed(agent: Actor) -> None:
    """Lay a request whose list names L-1."""
    number = requested.request(at=agent.at)
    actions.list_goods(agent, request=number, pasted="L-1")
