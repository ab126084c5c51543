"""Who mediates: whom the house tells of it, and what the parties call them, by number or name as the operator chose."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.hand import Role
from mamori.grammar.text import Text
from mamori.ground.people import facts as people
from mamori.ground.terms import facts as terms
from mamori.law.settings import MEDIATOR_SHOWN
from mamori.rooms.contact.models import Mediation, Trouble

CENTRE = Text("相談窓口", "the customer centre")


def mediator(agent: str, at: datetime) -> Text:
    """Return what the parties call the one who mediates (`agent:12`); the centre itself while nobody does."""
    number = agent.partition(":")[2]
    if not number:
        return CENTRE
    name = people.names().get(int(number)) if number.isdecimal() else None
    if name and terms.setting(MEDIATOR_SHOWN, at=at) == "name":
        return Text(f"相談窓口の{name}", f"{name} of the customer centre")
    return Text(f"相談窓口の担当 {number}", f"Agent {number} of the customer centre")


def handler(trouble: Trouble) -> str:
    """Return who is told what has to be done about the trouble: its agent, or all of them while it has none."""
    mediation = Mediation.objects.filter(trouble=trouble).first()
    return (mediation and mediation.agent) or Role.AGENT.value
