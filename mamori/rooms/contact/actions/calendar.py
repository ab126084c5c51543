"""When the calendar changes, due moments move: the room's own copies follow, and the parties are told."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.hand import Hand
from mamori.ground.clocks import facts as clock_facts
from mamori.ground.declared import memory
from mamori.japan.spoken import spoken
from mamori.law.deadlines import ANSWER, FORMAL_ANSWER, HEARING, QUESTION_ANSWER, RESOLUTION
from mamori.rooms.contact import owing, stillnotices
from mamori.rooms.contact.owing import OF_PROPOSAL

TOLD = (
    frozenset({ANSWER.code, RESOLUTION.code, QUESTION_ANSWER.code, HEARING.code, FORMAL_ANSWER.code})
    | OF_PROPOSAL
)


def move_deadline(hand: Hand, *, about: str, clock: str, old_due_at: datetime, new_due_at: datetime) -> None:
    """Follow a due moment that moved, and tell those whom it binds.

    Matters of other rooms are passed over, and so is a clock that was stopped or moved again meanwhile.
    """
    moved = {"old": spoken(old_due_at), "new": spoken(new_due_at)}
    with memory.act():
        thing = owing.find(hand, about)
        if thing is None or not _still_runs(about, clock, new_due_at):
            return
        owing.follow(thing, clock, new_due_at, hand.at)
        if clock in TOLD:
            owing.tell_parties(thing, stillnotices.MOVED, hand.at, **moved)
        owing.keep(hand, thing, "move_deadline", clock=clock, **_moments(old_due_at, new_due_at))


def _moments(old: datetime, new: datetime) -> dict[str, str]:
    return {"old_due_at": old.isoformat(), "new_due_at": new.isoformat()}


def _still_runs(about: str, clock: str, due_at: datetime) -> bool:
    return any(c.kind == clock and c.due_at == due_at for c in clock_facts.open_clocks(about))
