"""What was done about a matter, as people of the operator read it beside it: each act in words, by whom, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from mamori.grammar.text import Text
from mamori.ground.ledger import facts as ledger
from mamori.ground.people import facts as people


@dataclass(frozen=True, slots=True, kw_only=True)
class PastAct:
    """Something that was done: when, what, by which hand, by whom (a name, "" where it was nobody of ours), and why."""

    at: datetime
    text: Text
    verb: str
    hand: str
    by: str
    reason: str = field(repr=False)


def past_of(about: str, acts: Mapping[str, Text]) -> tuple[PastAct, ...]:
    """Return which of these acts were done about a matter, the oldest first; what was erased is left out."""
    names = people.names()
    return tuple(
        PastAct(
            at=act.at,
            text=acts[act.kind],
            verb=act.kind.partition(".")[2],
            hand=act.content["by"],
            by=people.called(act.content["by"], names),
            reason=act.content["reason"],
        )
        for act in ledger.acts_about(about)
        if act.content and act.kind in acts
    )
