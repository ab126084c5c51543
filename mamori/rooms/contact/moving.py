"""What follows when due moments of a matter move: the room's own copies, and both sides hear."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from mamori.grammar.declaration import Template
from mamori.grammar.hand import Hand
from mamori.ground.clocks import actions as clocks
from mamori.law.deadlines import AGREEMENT, ANSWER, PROPOSAL, QUESTION_ANSWER, RESOLUTION
from mamori.rooms.contact import calling, formally, keeping, standstill, stillnotices
from mamori.rooms.contact.finding import the_recovery, the_thread, the_trouble
from mamori.rooms.contact.models import Formal, Recovery, Standstill, Thread, Trouble
from mamori.rooms.contact.rules.calling import Whom
from mamori.rooms.contact.rules.clocks.kinds import RECALL_CLOCK
from mamori.rooms.contact.rules.standstill import STAND

type Matter = Thread | Trouble | Recovery | Formal

COLUMNS = {ANSWER.code: "answer_due_at", RESOLUTION.code: "resolution_due_at"}
OF_THREAD = frozenset({ANSWER.code, QUESTION_ANSWER.code})
OF_PROPOSAL = frozenset({PROPOSAL.code, AGREEMENT.code})


def find(hand: Hand, about: str) -> Matter | None:
    """Return the matter of that name, locked; nothing where it is another room's."""
    kind, _, number = about.partition(":")
    match kind:
        case "contact.thread":
            return the_thread(hand, int(number))
        case "contact.trouble":
            return the_trouble(hand, int(number))
        case "contact.recovery":
            return the_recovery(hand, int(number))
        case "contact.formal":
            return formally.the_formal(hand, int(number))
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
    if clock in OF_THREAD and isinstance(thing, Thread | Trouble):
        thread = thing.thread if isinstance(thing, Trouble) else thing
        thread.answer_due_at = due_at
        thread.save(update_fields=("answer_due_at",))


def tell_parties(thing: Matter, template: Template, at: datetime, **values: Any) -> None:
    """Write a notice to both sides; of a recovery to the seller alone."""
    parties = thing.thread if isinstance(thing, Trouble) else thing
    buyer = [] if isinstance(parties, Recovery) else [f"buyer:{parties.buyer_ref}"]
    for party in (*buyer, f"seller:{parties.seller_ref}"):
        if isinstance(thing, Formal):
            formally.tell(party, template, thing, at, **values)
        else:
            keeping.tell(party, template, thing, at, **values)


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
    tell_parties(trouble, stillnotices.RUNS_ON, at)
