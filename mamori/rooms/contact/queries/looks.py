"""Emergency looks as staff see them: when and why somebody read, who is asked about it, when the parties are told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mamori.grammar.hand import Hand
from mamori.ground.cases.facts import CaseFact
from mamori.ground.ledger import facts as ledger
from mamori.ground.ledger.facts import ActFact
from mamori.ground.people import facts as people
from mamori.law.deadlines import LOOK_HELD
from mamori.rooms.contact.actions.second_reader import waiting
from mamori.rooms.contact.actions.telling import for_another, untold, version
from mamori.rooms.contact.models import Thread


@dataclass(frozen=True, slots=True, kw_only=True)
class LookShown:
    """An emergency look, never what was read: the case's `number`, and the `reason` that is on record, "" where that was erased.

    It `waits` for a second reader, `is_for_time` where nobody else could be one.  `told_at` is when the parties are told, or,
    where it is `held`, when that is looked at again; None once they were told: `for_another` when
    somebody else decides on that.  `version` is which telling that is.
    """

    number: str
    thread: int
    key: str
    at: datetime
    reason: str
    is_own: bool
    waits: bool
    is_for_time: bool
    told_at: datetime | None
    held: bool
    for_another: bool
    version: int


def looks_of(hand: Hand, thread: Thread, case: CaseFact, *, also: str = "") -> tuple[LookShown, ...]:
    """Return the emergency looks at a thread for which somebody is still asked, and `also` one that is decided on."""
    proposals = {one.about.rpartition("#")[2]: one for one in waiting(case.about, number=case.number)}
    telling = {clock.key: clock for clock in untold(thread)}
    if not (proposals or telling or also):
        return ()
    recorded = _recorded(case.about)
    keys = dict.fromkeys([*proposals, *telling, *({also} & recorded.keys())])
    shown = []
    for key in keys:
        asked, due, act = proposals.get(key), telling.get(key), recorded.get(key)
        known = [one.at for one in (act, asked) if one is not None]
        shown.append(
            LookShown(
                number=case.number,
                thread=thread.pk,
                key=key,
                at=known[0] if known else hand.at if due is None else due.started_at,
                reason=str(act.content["reason"]) if act is not None and act.content else "",
                is_own=asked is not None and asked.by == people.subject_of(hand),
                waits=asked is not None,
                is_for_time=asked is not None and asked.needs == 0,
                told_at=due.due_at if due else None,
                held=due is not None and due.kind == LOOK_HELD.code,
                for_another=due is not None and act is not None and for_another(hand, [act]),
                version=version(due) if due else 0,
            )
        )
    return tuple(shown)


def _recorded(about: str) -> dict[str, ActFact]:
    """Return the first act of each emergency that can still be read, by its look."""
    found: dict[str, ActFact] = {}
    for act in ledger.acts_about(about, kind="contact.look"):
        if act.content is not None and (look := act.content["payload"].get("look")):
            found.setdefault(look, act)
    return found
