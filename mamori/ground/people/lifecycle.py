"""The life of a proposal: what needs a second pair of eyes until it is carried out or not."""

from __future__ import annotations

from enum import StrEnum

from mamori.grammar.actor import STAFF, Role
from mamori.grammar.statechart import Statechart, Step
from mamori.grammar.text import Text


class ProposalState(StrEnum):
    """Where a proposal stands."""

    PROPOSED = "proposed"
    EFFECTED = "effected"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


_P = ProposalState
_STAFF_OR_MACHINE = STAFF | {Role.MACHINE}

PROPOSAL = Statechart(
    name="people.proposal",
    title=Text("承認の申請", "the proposal"),
    states={
        _P.PROPOSED: Text("承認待ち", "proposed"),
        _P.EFFECTED: Text("実行済み", "carried out"),
        _P.DECLINED: Text("却下", "declined"),
        _P.WITHDRAWN: Text("取り下げ", "withdrawn"),
    },
    initial=_P.PROPOSED,
    steps=(
        Step("effect", Text("実行する", "carry out"), {_P.PROPOSED: _P.EFFECTED}, _STAFF_OR_MACHINE),
        Step("decline", Text("却下する", "decline"), {_P.PROPOSED: _P.DECLINED}, STAFF),
        Step("withdraw", Text("取り下げる", "withdraw"), {_P.PROPOSED: _P.WITHDRAWN}, _STAFF_OR_MACHINE),
    ),
)
