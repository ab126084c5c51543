"""A payout run: lines are taken, what may be paid is ordered once, the file is written and can be written again.

What was ordered and has no file yet can be called off, whatever keeps the file from being made.
"""

from enum import StrEnum

from mamori.grammar.hand import STAFF, Role
from mamori.grammar.statechart import Statechart, Step
from mamori.grammar.text import Text


class RunState(StrEnum):
    """Where a run stands."""

    TAKING = "taking"
    ORDERED = "ordered"
    WRITTEN = "written"
    CALLED_OFF = "called_off"


_S = RunState
_WHO = STAFF | {Role.MACHINE}

RUN = Statechart(
    name="payouts.run",
    title=Text("振込の作業", "the payout run"),
    initial=_S.TAKING,
    states={
        _S.TAKING: Text("行を受け取っている", "takes lines"),
        _S.ORDERED: Text("支払うものが決まった", "what is paid is fixed"),
        _S.WRITTEN: Text("振込データを作った", "the file is written"),
        _S.CALLED_OFF: Text("取りやめた", "called off"),
    },
    steps=(
        Step("order", Text("支払うものを決める", "fix what is paid"), {_S.TAKING: _S.ORDERED}, _WHO),
        Step("write", Text("振込データを作る", "write the file"), {_S.ORDERED: _S.WRITTEN}, _WHO),
        Step(
            "call_off",
            Text("取りやめる", "call off"),
            {_S.ORDERED: _S.CALLED_OFF},
            frozenset({Role.LEAD, Role.COUNSEL, Role.MACHINE}),
        ),
    ),
)
