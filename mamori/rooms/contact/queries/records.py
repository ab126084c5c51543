"""The records of a matter that a party may see, with the numbers of their receipts."""

from __future__ import annotations

from mamori.grammar.hand import Hand
from mamori.ground.ledger import facts as ledger
from mamori.ground.ledger.facts import ActFact
from mamori.ground.web.parts import Entry
from mamori.rooms.contact.acts import ACTS, is_shown
from mamori.rooms.contact.rules.reading import is_told_of_look

LOOK = "contact.look"


def acts_shown(hand: Hand, about: str) -> tuple[ActFact, ...]:
    """Return the acts about a matter of which this party may know that they were done, oldest first."""
    return tuple(
        act
        for act in ledger.acts_about(about)
        if is_shown(act.kind, hand.role)
        or (
            act.kind == LOOK and act.content is not None and is_told_of_look(act.content["ground"], hand.role)
        )
    )


def records(hand: Hand, about: str) -> tuple[Entry, ...]:
    """Return what happened as this party may know it, oldest first; never what somebody said."""
    return tuple(
        Entry(at=act.at, title=ACTS[act.kind].text, receipt=act.address) for act in acts_shown(hand, about)
    )
