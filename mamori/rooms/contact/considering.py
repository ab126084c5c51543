"""A refund in the seller's place comes under consideration: by itself at the missed resolution, or by an agent."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.actor import Actor
from mamori.ground.clocks import actions as clocks, facts as clock_facts
from mamori.law.deadlines import REMEDY_DECISION
from mamori.rooms.contact import keeping
from mamori.rooms.contact.events import RemedyConsidered
from mamori.rooms.contact.lifecycle import UNDER_WAY, RemedyState
from mamori.rooms.contact.models import Remedy, Trouble


def consider(actor: Actor, trouble: Trouble) -> tuple[Remedy, list[RemedyConsidered]]:
    """Return the trouble's remedy and, when it is new, the event that tells of it."""
    remedy, is_new = Remedy.objects.get_or_create(
        trouble=trouble, defaults={"buyer_ref": trouble.thread.buyer_ref, "opened_at": actor.at}
    )
    if not is_new:
        return remedy, []
    return remedy, [keeping.news(RemedyConsidered, trouble, remedy=remedy.pk)]


def decide_anew(trouble: Trouble, at: datetime) -> datetime:
    """Start the clock of the decision, anew where it runs, and return by when somebody decides."""
    name = keeping.about(trouble)
    clocks.stop(about=name, at=at, why="decision awaited anew", kind=REMEDY_DECISION.code)
    return keeping.start(REMEDY_DECISION, name, at)


def await_decision(remedy: Remedy, trouble: Trouble, at: datetime) -> bool:
    """Start the clock of an undecided refund, anew where it runs; say whether it is undecided.

    A refund or return that is under way waits for its own next step instead.
    """
    if remedy.state in UNDER_WAY:
        return False
    decide_anew(trouble, at)
    return True


def set_aside(trouble: Trouble, at: datetime) -> None:
    """Let there be nothing to decide, nor anything asked for or granted before: both agreed, or the money is back."""
    asked = Remedy.objects.filter(trouble=trouble, state=RemedyState.CONSIDERED)
    if asked.update(wish="", wished_amount=0, asked_at=None, amount=0, because=""):
        clocks.stop(about=keeping.about(trouble), at=at, why="set aside", kind=REMEDY_DECISION.code)


def see_decided(trouble: Trouble, at: datetime) -> None:
    """See that the clock of the decision runs; asking again does not put it off."""
    if not is_decision_awaited(trouble):
        keeping.start(REMEDY_DECISION, keeping.about(trouble), at)


def is_decision_awaited(trouble: Trouble) -> bool:
    """Say whether the clock of the decision runs."""
    running = clock_facts.open_clocks(keeping.about(trouble))
    return any(clock.kind == REMEDY_DECISION.code for clock in running)
