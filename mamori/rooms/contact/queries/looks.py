"""Emergency looks as staff see them: when and why somebody read, and who is asked about it; never what was read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mamori.grammar.hand import Hand
from mamori.ground.cases.facts import CaseFact
from mamori.ground.clocks import facts as clock_facts
from mamori.ground.ledger import facts as ledger
from mamori.ground.people import facts as people
from mamori.rooms.contact.actions.second_reader import awaited, waiting
from mamori.rooms.contact.models import Thread


@dataclass(frozen=True, slots=True, kw_only=True)
class LookShown:
    """An emergency look: the case's `number`, and each `reason` that is on record, "" where they were erased.

    `version` is how often it was read so far.  It `waits` for a second reader, until `due_at`,
    and `is_closed` to who read and where nobody else could be one.
    """

    number: str
    thread: int
    key: str
    at: datetime
    reason: str
    version: int
    due_at: datetime | None
    waits: bool
    is_closed: bool


def looks_of(hand: Hand, thread: Thread, case: CaseFact, *, also: str = "") -> tuple[LookShown, ...]:
    """Return the emergency looks at a thread that wait for a second reader, and `also` one that is decided on."""
    asked = waiting(case.about, number=case.number)
    read: dict[str, tuple[datetime, list[str]]] = {}
    for act in ledger.acts_about(case.about, kind="contact.look") if asked or also else ():
        if act.content is not None and (key := act.content["payload"].get("look")):
            read.setdefault(key, (act.at, []))[1].append(str(act.content["reason"]))
    erased: dict[str, tuple[datetime, list[str]]] = {
        key: (one.at, []) for key, one in asked.items() if key not in read
    }
    own = people.subject_of(hand)
    due = {clock.key: clock.due_at for clock in clock_facts.open_clocks(awaited(thread))} if asked else {}
    return tuple(
        LookShown(
            number=case.number,
            thread=thread.pk,
            key=key,
            at=at,
            reason="／".join(dict.fromkeys(reasons)),
            version=len(reasons),
            due_at=due.get(key),
            waits=key in asked,
            is_closed=key in asked and (asked[key].by == own or asked[key].needs == 0),
        )
        for key, (at, reasons) in (read | erased).items()
        if key in asked or key == also
    )
