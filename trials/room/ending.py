"""The end of a trouble, with everything that hangs on it but the recovery."""

from __future__ import annotations

from mamori.grammar.hand import Role
from mamori.rooms.contact.lifecycle import (
    FIXED,
    MEDIATION,
    REMEDY,
    THREAD,
    TROUBLE,
)
from trials.room.offers import overtake
from trials.room.state import RECOVERY_CLOCKS, NotNow, Room, trying


def end(room: Room, step: str, role: Role, *, mediation: str) -> None:
    """End the trouble with everything that hangs on it, but the recovery."""
    room.trouble = TROUBLE.take(step, room.trouble, role)
    if room.remedy is not None and room.remedy not in REMEDY.ends:
        if room.remedy in FIXED:
            raise NotNow
        room.remedy = REMEDY.take("drop", room.remedy, role)
    overtake(room, role, solved=step == "solve")
    if room.mediation is not None and room.mediation not in MEDIATION.ends:
        room.mediation = MEDIATION.take(mediation, room.mediation, role)
    room.thread = THREAD.take("close", room.thread, role)
    room.clocks &= RECOVERY_CLOCKS


@trying
def solve(room: Room, role: Role) -> None:
    """Say that it is solved."""
    end(room, "solve", role, mediation="settle")


@trying
def withdraw(room: Room, role: Role) -> None:
    """Withdraw the trouble."""
    end(room, "withdraw", role, mediation="drop")
