"""Opening mediation: by itself at the missed answer, or because somebody asked; whoever has the case mediates."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from mamori.grammar.actor import Actor, Role
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.people import facts as people
from mamori.ground.terms import facts as terms
from mamori.law.settings import MEDIATOR_SHOWN
from mamori.rooms.contact import finding_words, keeping, notices
from mamori.rooms.contact.events import MediationOpened
from mamori.rooms.contact.lifecycle import TROUBLE, MediationState, TroubleState
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


def mediates(holder: str) -> bool:
    """Say whether whoever has a case ("agent:12") mediates in it; counsel does not."""
    return holder.partition(":")[0] in (Role.AGENT, Role.LEAD)


def handler(trouble: Trouble) -> str:
    """Return who is told what has to be done about the trouble: its agent, or all of them while it has none."""
    mediation = Mediation.objects.filter(trouble=trouble).first()
    return (mediation and mediation.agent) or Role.AGENT.value


class Cause(StrEnum):
    """Why mediation was opened."""

    MISSED_ANSWER = "missed_answer"
    MISSED_RESOLUTION = "missed_resolution"
    MISSED_AGREEMENT = "missed_agreement"
    ASKED = "asked"
    OFFERED = "offered"


CAUSES = {
    Cause.MISSED_ANSWER: Text("回答の期限を過ぎたため、", "because the answer is overdue, "),
    Cause.MISSED_RESOLUTION: Text("解決の期限を過ぎたため、", "because the solution is overdue, "),
    Cause.MISSED_AGREEMENT: Text("合意の期限を過ぎたため、", "because what was agreed is overdue, "),
    Cause.ASKED: Text("購入者の求めにより、", "at the buyer's request, "),
    Cause.OFFERED: Text("相談窓口の判断で、", "as the centre saw fit, "),
}
ASKED_BY = {Role.AGENT: Cause.OFFERED, Role.LEAD: Cause.OFFERED}
"""Why a mediation is opened that somebody else than the buyer asks for."""


def notify_mediator(trouble: Trouble, mediation: Mediation, at: datetime) -> None:
    """Tell both sides who helps them now, and why the centre has stepped in."""
    about = {"mediator": mediator(mediation.agent, at), "reason": CAUSES[Cause(mediation.cause)]}
    for party in (f"buyer:{trouble.thread.buyer_ref}", f"seller:{trouble.thread.seller_ref}"):
        keeping.notify(party, notices.TAKEN, trouble, at, **about)


def step_in(actor: Actor, trouble: Trouble, cause: Cause) -> list[MediationOpened]:
    """Let the centre step in by itself where it has not."""
    if trouble.state != TroubleState.OPEN:
        return []
    trouble.state = TROUBLE.take("mediate", TroubleState(trouble.state), actor.role)
    trouble.save(update_fields=("state",))
    return open_mediation(actor, trouble, cause)


def open_mediation(actor: Actor, trouble: Trouble, cause: Cause) -> list[MediationOpened]:
    """Open the mediation unless there is one, and tell both sides who mediates and why."""
    if Mediation.objects.filter(trouble=trouble).exists():
        return []
    holder = cases.case_of(keeping.about(trouble)).assignee
    mediation = Mediation(trouble=trouble, cause=cause, opened_at=actor.at)
    if mediates(holder):
        mediation.agent, mediation.state = holder, MediationState.TAKEN
    mediation.save(force_insert=True)
    finding_words.follow(trouble.thread)
    opened = [keeping.news(MediationOpened, trouble, mediation=mediation.pk, cause=cause.value)]
    if mediation.agent:
        notify_mediator(trouble, mediation, actor.at)
        return opened
    for party in (f"buyer:{trouble.thread.buyer_ref}", f"seller:{trouble.thread.seller_ref}"):
        keeping.notify(party, notices.MEDIATED, trouble, actor.at, reason=CAUSES[cause])
    return opened
