"""What was done about a matter, as people of the operator read it beside it: each act in words, by whom, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from mamori.grammar.text import Text
from mamori.ground.declared.casekinds import often_done
from mamori.ground.ledger import facts as ledger
from mamori.ground.people import facts as people


@dataclass(frozen=True, slots=True, kw_only=True)
class PastAct:
    """Something that was done: when, what, by which actor, by whom (a name, "" where it was nobody of ours), and why.

    What is done often is told once for all `times`, from the first to the `last`, of nobody.
    """

    at: datetime
    text: Text
    verb: str
    actor: str = ""
    by: str = ""
    times: int = 1
    last: datetime | None = None
    reason: str = field(repr=False, default="")


def past_of(about: str, acts: Mapping[str, Text]) -> tuple[PastAct, ...]:
    """Return which of these acts were done about a matter, the oldest first; what was erased is left out."""
    names, often = people.names(), often_done(about).intersection(acts)
    found = [
        PastAct(
            at=act.at,
            text=acts[act.kind],
            verb=act.kind.partition(".")[2],
            actor=act.content["by"],
            by=people.called(act.content["by"], names),
            reason=act.content["reason"],
        )
        for act in ledger.acts_about(about, but=often)
        if act.content and act.kind in acts
    ]
    folded = [
        PastAct(
            at=one.first,
            text=acts[one.kind],
            verb=one.kind.partition(".")[2],
            times=one.times,
            last=one.last if one.times > 1 else None,
        )
        for one in (ledger.folded_about(about, often) if often else ())
    ]
    return tuple(sorted([*folded, *found], key=lambda act: act.at) if folded else found)
