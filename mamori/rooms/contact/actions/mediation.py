"""Mediation is asked for and taken on."""

from __future__ import annotations

from mamori.grammar.actor import Actor
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.rooms.contact import keeping
from mamori.rooms.contact.actions.reading import set_consent
from mamori.rooms.contact.finding import the_trouble
from mamori.rooms.contact.lifecycle import MEDIATION, TROUBLE, MediationState, TroubleState
from mamori.rooms.contact.mediating import ASKED_BY, Cause, mediates, notify_mediator, open_mediation
from mamori.rooms.contact.models import Mediation


class NoMediation(Refusal, code="no-mediation", status=409):
    """Given when something is proposed that needs a mediation."""

    text = Text(
        "仲介はまだ始まっていません。購入者の求め、または回答期限の経過で始まります。それまで提案できるのは、出品者からの返金だけです。",
        "Mediation has not begun. It begins when the buyer asks or when the answer is overdue. Until then the seller may offer a "
        "refund, and nothing else is proposed.",
    )


def request_mediation(actor: Actor, *, trouble: int, centre_may_read: bool | None = None) -> None:
    """Open mediation at the buyer's request; the buyer may now also let the centre read."""
    with memory.act():
        found = the_trouble(actor, trouble)
        found.state = TROUBLE.take("mediate", TroubleState(found.state), actor.role)
        found.save(update_fields=("state",))
        if centre_may_read is not None:
            set_consent(actor, found.thread, centre_may_read)
        opened = open_mediation(actor, found, ASKED_BY.get(actor.role, Cause.ASKED))
        keeping.keep(
            actor,
            found,
            "request_mediation",
            *opened,
            centre_may_read=found.thread.centre_may_read,
        )


def follow_case(actor: Actor, *, trouble: int, to: str) -> None:
    """Let the mediation follow its case to whoever has it now, or back to all; both sides are told who it is.

    Counsel may have a case, and mediates nothing: then the mediation waits for an agent again.
    """
    with memory.act():
        found = the_trouble(actor, trouble)
        mediation = Mediation.objects.filter(trouble=found, closed_at__isnull=True).first()
        agent = to if mediates(to) else ""
        if mediation is None or mediation.agent == agent:
            return
        step = "pass" if agent else "release"
        mediation.state = MEDIATION.take(step, MediationState(mediation.state), actor.role)
        before, mediation.agent = mediation.agent, agent
        mediation.save(update_fields=("state", "agent"))
        if agent:
            notify_mediator(found, mediation, actor.at)
        keeping.keep(actor, found, "follow_case", agent_before=before, agent=agent)
