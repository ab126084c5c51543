"""A clock of which the rows do not keep all that a rule needs, and the columns that they lack for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass
from datetime import datetime

from mamori.grammar.businesstime import Duration
from mamori.grammar.declaration import Deadline
from mamori.ground.matters.standing import Stands


@dataclass(frozen=True, slots=True)
class Partly:
    """A clock that should run, of which `lacks` names the column that would say since when, or how long.

    `since`, `span` and `due` are what the rows do keep.  With `again` it runs anew after it fired.  With `perhaps` the rows do
    not even say whether it runs: nothing can be compared until that column is there.
    """

    kind: Deadline | str
    _: KW_ONLY
    lacks: str
    key: str = ""
    since: datetime | None = None
    span: Duration | None = None
    due: datetime | None = None
    again: bool = False
    perhaps: bool = False

    @property
    def code(self) -> str:
        """Return the kind as the clock's row names it."""
        return self.kind if isinstance(self.kind, str) else self.kind.code


type Standing = Stands | Partly

LACKING: Mapping[str, str] = {
    "thread.asked_at": "since when the seller owes this answer: only the first is owed since the inquiry",
    "thread.awaits_since": "since when the buyer's word is awaited; today `awaits_buyer` says only that it is",
    "trouble.urged_at": "since when the seller is urged by this row of the table, which begins anew with each turn",
    "trouble.resolution_since": "since when the time for a solution runs that was begun anew after all had been paid back",
    "proposal.agreed_at": "when the last of the two agreed, where the centre had proposed: their own moments do not say who",
    "call.ready_at": "since when a call that was put off, or was urgent once, may be made, and how urgent it was then",
    "call.wait": "for how long a call was put off: only the moment until which is kept",
    "remedy.undecided_at": "since when a refund waits to be decided on, and whether it does after an agreement failed",
    "remedy.moved_at": "since when a return stands where it stands, and whether the buyer was reminded of it",
    "instruction.given_at": "when the marketplace was last given an instruction that it had been given before",
    "look.told_at": "that an emergency look was told: a look has no row of its own",
}
"""The columns that a port has to add, each with what would be kept in it."""
