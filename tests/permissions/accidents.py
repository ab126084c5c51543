"""The permission table of accidents, written by hand."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.actor import Actor, Role
from mamori.law.accidents import AccidentSource, Hurt
from mamori.rooms.safety.accidents import actions
from mamori.rooms.safety.accidents.rules import AccidentInput
from mamori.rooms.safety.models import Accident
from tests.permissions.lines import STAFF, Line

ACCIDENT = {"number": "<accident>"}
ACCIDENTS = (
    Line("/desk/accidents/", STAFF, opens=True),
    Line("/desk/accidents/enter/", STAFF, opens=True),
    Line("/desk/accidents/<int:number>/", STAFF, values=ACCIDENT, opens=True),
    Line("/desk/accidents/<int:number>/papers/<slug:whom>/", STAFF, values=ACCIDENT | {"whom": "nite"}),
    Line("/desk/accidents/<int:number>/<slug:slug>/", STAFF, values=ACCIDENT | {"slug": "look"}, opens=True),
)


def burnt(at: datetime) -> None:
    """Let an accident with goods of S-1 have been entered."""
    told = AccidentInput(hurt=Hurt.MINOR, fire=True, what="ふたが飛んだ。")
    actor = Actor(by="agent:1", role=Role.AGENT, at=at, via="test")
    actions.enter_accident(actor, listing="L-1", source=AccidentSource.TELEPHONE, told=told)


def numbers() -> dict[str, str]:
    """Return what stands in their addresses."""
    row = Accident.objects.order_by("pk").first()
    return {"accident": str(row.pk if row else 1)}
