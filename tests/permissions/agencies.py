"""The permission table of the directory of agencies, and of the page to use once, written by hand."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.actor import Actor, Role
from mamori.rooms.safety.agencies import actions
from mamori.rooms.safety.agencies.actions import AgencyTold
from mamori.rooms.safety.models import Agency
from tests.permissions.lines import EVERYBODY, STAFF, Line

AGENCY = {"number": "<agency>"}
AGENCIES = (
    Line("/desk/agencies/", STAFF, opens=True),
    Line("/desk/agencies/enter/", STAFF, opens=True),
    Line("/desk/agencies/table/", STAFF, opens=True),
    Line("/desk/agencies/<int:number>/", STAFF, values=AGENCY, opens=True),
    Line("/desk/agencies/<int:number>/<slug:slug>/", STAFF, values=AGENCY | {"slug": "correct"}, opens=True),
    Line("/requests/sent/", EVERYBODY, opens=True),
    Line("/requests/<str:secret>/", EVERYBODY, values={"secret": "forged"}),
)


def numbers() -> dict[str, str]:
    """Return what stands in their addresses."""
    row = Agency.objects.order_by("pk").first()
    return {"agency": str(row.pk if row else 1)}


def entered(at: datetime) -> None:
    """Let an agency have been entered that nobody confirmed."""
    told = AgencyTold(name="消費者庁", phone="03-0000-0000", page="https://example.go.jp/contact")
    actions.enter_agency(Actor(by="agent:1", role=Role.AGENT, at=at, via="test"), told=told)
