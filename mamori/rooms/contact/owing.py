"""What is owed to the buyer, and the wait for the buyer's word, which runs only while nothing is."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.hand import Hand
from mamori.ground.clocks import actions as clocks
from mamori.law.deadlines import SILENCE
from mamori.rooms.contact import keeping
from mamori.rooms.contact.beside import agreement_of, open_proposal, remedy_of
from mamori.rooms.contact.lifecycle import ProposalState, RemedyState
from mamori.rooms.contact.models import Proposal, Remedy, Thread, Trouble
from mamori.rooms.contact.rules.owed import Owed, owed


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


def await_word(hand: Hand, thread: Thread) -> datetime | None:
    """Begin the wait for the buyer's word anew and return until when; none while something is owed."""
    stop_waiting(hand.at, thread, why="answered again")
    trouble = keeping.trouble_of(thread)
    if trouble is not None and owed_to_buyer(trouble):
        return None
    return keeping.start(SILENCE, keeping.about(thread), hand.at)


def stop_waiting(at: datetime, thing: Thread | Trouble, *, why: str) -> None:
    """Wait for the buyer no more."""
    clocks.stop(about=keeping.about(thing), at=at, why=why, kind=SILENCE.code)
