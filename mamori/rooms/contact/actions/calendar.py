"""When the calendar changes, due moments move: the room's own copies follow, and the parties are told."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.hand import Hand
from mamori.ground.clocks import facts as clock_facts
from mamori.ground.declared import memory
from mamori.japan.spoken import spoken
from mamori.law.deadlines import (
    AGREEMENT,
    ANSWER,
    FORMAL_ANSWER,
    HEARING,
    PROPOSAL,
    QUESTION_ANSWER,
    RESOLUTION,
)
from mamori.rooms.contact import calling, keeping, stillnotices
from mamori.rooms.contact.finding import the_recovery, the_thread, the_trouble
from mamori.rooms.contact.formal import records as formally
from mamori.rooms.contact.models import Formal, Recovery, Thread, Trouble
from mamori.rooms.contact.rules.calling import Whom

COLUMNS = {ANSWER.code: "answer_due_at", RESOLUTION.code: "resolution_due_at"}
OF_THREAD = frozenset({ANSWER.code, QUESTION_ANSWER.code})
OF_PROPOSAL = frozenset({PROPOSAL.code, AGREEMENT.code})
TOLD = frozenset({ANSWER.code, RESOLUTION.code, QUESTION_ANSWER.code, HEARING.code}) | OF_PROPOSAL


def move_deadline(hand: Hand, *, about: str, clock: str, old_due_at: datetime, new_due_at: datetime) -> None:
    """Follow a due moment that moved, and tell those whom it binds.

    Matters of other rooms are passed over, and so is a clock that was stopped or moved again meanwhile.
    """
    moved = {"old": spoken(old_due_at), "new": spoken(new_due_at)}
    with memory.act():
        thing = _find(hand, about)
        if thing is None or not _still_runs(about, clock, new_due_at):
            return
        if isinstance(thing, Formal):
            if clock == FORMAL_ANSWER.code:
                for party in formally.parties(thing):
                    formally.tell(party, stillnotices.MOVED, thing, hand.at, **moved)
            formally.keep(hand, thing, "move_deadline", clock=clock, **_moments(old_due_at, new_due_at))
            return
        follow(thing, clock, new_due_at, hand.at)
        if clock in TOLD:
            for party in _parties(thing):
                keeping.tell(party, stillnotices.MOVED, thing, hand.at, **moved)
        keeping.keep(hand, thing, "move_deadline", clock=clock, **_moments(old_due_at, new_due_at))


def _moments(old: datetime, new: datetime) -> dict[str, str]:
    return {"old_due_at": old.isoformat(), "new_due_at": new.isoformat()}


def follow(thing: Thread | Trouble | Recovery, clock: str, due_at: datetime, at: datetime) -> None:
    """Bring the room's own copies of a clock's due moment up to date."""
    if isinstance(thing, Trouble) and clock in COLUMNS:
        setattr(thing, COLUMNS[clock], due_at)
        thing.save(update_fields=(COLUMNS[clock],))
        thing.calls.filter(closed_at__isnull=True, whom=Whom.SELLER).update(due_at=calling.due(thing, at))
    if isinstance(thing, Trouble) and clock in OF_PROPOSAL:
        thing.proposals.filter(closed_at__isnull=True).update(due_at=due_at)
    if clock in OF_THREAD and not isinstance(thing, Recovery):
        thread = thing.thread if isinstance(thing, Trouble) else thing
        thread.answer_due_at = due_at
        thread.save(update_fields=("answer_due_at",))


def _still_runs(about: str, clock: str, due_at: datetime) -> bool:
    return any(c.kind == clock and c.due_at == due_at for c in clock_facts.open_clocks(about))


def _find(hand: Hand, about: str) -> Thread | Trouble | Recovery | Formal | None:
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


def _parties(thing: Thread | Trouble | Recovery) -> list[str]:
    if isinstance(thing, Recovery):
        return [f"seller:{thing.seller_ref}"]
    thread = thing.thread if isinstance(thing, Trouble) else thing
    return [f"buyer:{thread.buyer_ref}", f"seller:{thread.seller_ref}"]
