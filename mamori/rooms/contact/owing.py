"""What is owed to the buyer, the wait for the buyer's word, and what follows when a due moment moves."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from mamori.grammar.actor import Actor
from mamori.grammar.declaration import Template
from mamori.ground.clocks import actions as clocks
from mamori.law.deadlines import AGREEMENT, ANSWER, PROPOSAL, QUESTION_ANSWER, RESOLUTION, SILENCE
from mamori.rooms.contact import calling, keeping, notices, standstill
from mamori.rooms.contact.finding import the_recovery, the_thread, the_trouble
from mamori.rooms.contact.formal import records as formally
from mamori.rooms.contact.keeping import agreement_of, open_proposal, remedy_of
from mamori.rooms.contact.lifecycle import ProposalState, RemedyState
from mamori.rooms.contact.models import Formal, Proposal, Recovery, Remedy, Standstill, Thread, Trouble
from mamori.rooms.contact.rules.calling import Whom
from mamori.rooms.contact.rules.clocks import RECALL_CLOCK
from mamori.rooms.contact.rules.owed import Owed, owed
from mamori.rooms.contact.rules.standstill import STAND

type Matter = Thread | Trouble | Recovery | Formal

COLUMNS = {ANSWER.code: "answer_due_at", RESOLUTION.code: "resolution_due_at"}
OF_PROPOSAL = frozenset({PROPOSAL.code, AGREEMENT.code})


def owed_by(remedy: Remedy | None, agreement: Proposal | None, offer: Proposal | None = None) -> Owed | None:
    """Return what these make somebody owe the buyer."""
    return owed(
        remedy=RemedyState(remedy.state) if remedy else None,
        asked=was_asked(remedy),
        agreement=ProposalState(agreement.state) if agreement else None,
        paid=was_paid(agreement),
        replying=offer is not None and offer.buyer_agreed_at is not None and offer.seller_agreed_at is None,
    )


def was_paid(agreement: Proposal | None) -> bool:
    """Say whether its money has gone back."""
    return agreement is not None and agreement.paid_at is not None


def was_asked(remedy: Remedy | None) -> bool:
    """Say whether the buyer asked for it, or it was granted once."""
    return remedy is not None and (remedy.asked_at is not None or remedy.amount > 0)


def owed_to_buyer(trouble: Trouble) -> Owed | None:
    """Return what is owed to the buyer now."""
    return owed_by(remedy_of(trouble), agreement_of(trouble), open_proposal(trouble))


def await_word(actor: Actor, thread: Thread) -> datetime | None:
    """Begin the wait for the buyer's word anew and return until when; none while something is owed."""
    stop_waiting(actor.at, thread, why="answered again")
    trouble = keeping.trouble_of(thread)
    if trouble is not None and owed_to_buyer(trouble):
        return None
    return keeping.start(SILENCE, keeping.about(thread), actor.at)


def stop_waiting(at: datetime, thing: Thread | Trouble, *, why: str) -> None:
    """Wait for the buyer no more."""
    clocks.stop(about=keeping.about(thing), at=at, why=why, kind=SILENCE.code)


def find(actor: Actor, about: str) -> Matter | None:
    """Return the matter of that name, locked; nothing where it is another room's."""
    kind, _, number = about.partition(":")
    match kind:
        case "contact.thread":
            return the_thread(actor, int(number))
        case "contact.trouble":
            return the_trouble(actor, int(number))
        case "contact.recovery":
            return the_recovery(actor, int(number))
        case "contact.formal":
            return formally.the_formal(actor, int(number))
        case _:
            return None


def follow(thing: Matter, clock: str, due_at: datetime, at: datetime) -> None:
    """Bring the room's own copies of a clock's due moment up to date."""
    if isinstance(thing, Trouble) and clock in COLUMNS:
        setattr(thing, COLUMNS[clock], due_at)
        thing.save(update_fields=(COLUMNS[clock],))
        thing.calls.filter(closed_at__isnull=True, whom=Whom.SELLER).update(due_at=calling.due(thing, at))
    if isinstance(thing, Trouble) and clock == RECALL_CLOCK:
        thing.calls.filter(closed_at__isnull=True, whom=Whom.SELLER).update(not_before=due_at)
    if isinstance(thing, Trouble) and clock in OF_PROPOSAL:
        thing.proposals.filter(closed_at__isnull=True).update(due_at=due_at)
    if clock in (ANSWER.code, QUESTION_ANSWER.code) and isinstance(thing, Thread | Trouble):
        thread = thing.thread if isinstance(thing, Trouble) else thing
        thread.answer_due_at = due_at
        thread.save(update_fields=("answer_due_at",))


def notify_parties(thing: Matter, template: Template, at: datetime, **values: Any) -> None:
    """Write a notice to both sides; of a recovery to the seller alone."""
    parties = thing.thread if isinstance(thing, Trouble) else thing
    buyer = [] if isinstance(parties, Recovery) else [f"buyer:{parties.buyer_ref}"]
    for party in (*buyer, f"seller:{parties.seller_ref}"):
        if isinstance(thing, Formal):
            formally.notify(party, template, thing, at, **values)
        else:
            keeping.notify(party, template, thing, at, **values)


def keep(actor: Actor, thing: Matter, verb: str, **told: Any) -> None:
    """Record an act on the matter, and let its case follow."""
    if isinstance(thing, Formal):
        formally.keep(actor, thing, verb, **told)
    else:
        keeping.keep(actor, thing, verb, **told)


def stand(thing: Matter, one: Standstill, at: datetime) -> None:
    """Let the clocks of a matter stand still for as long as its case does, and the copies follow."""
    for moved in clocks.stand(about=one.about, kinds=STAND, pause=standstill.pause_of(one), at=at):
        follow(thing, moved.kind, moved.new_due_at, at)


def run_on(trouble: Trouble, at: datetime) -> None:
    """Let a case that stands still do so no longer, as a danger waits for nothing; both sides hear."""
    one = standstill.of_case(keeping.about(trouble), at)
    if one is None:
        return
    one.until = at
    one.save(update_fields=("until",))
    standstill.none_yet(one.about)
    stand(trouble, one, at)
    notify_parties(trouble, notices.RUNS_ON, at)
