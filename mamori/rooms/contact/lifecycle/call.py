"""An entry of the call list: one telephone call that somebody owes."""

from enum import StrEnum

from mamori.grammar.hand import Role
from mamori.grammar.statechart import Statechart, Step
from mamori.grammar.text import Text


class CallState(StrEnum):
    """Where a call stands."""

    WAITING = "waiting"
    DONE = "done"
    DROPPED = "dropped"


_S = CallState

CALL = Statechart(
    name="contact.call",
    title=Text("架電", "the call"),
    initial=_S.WAITING,
    states={
        _S.WAITING: Text("架電待ち", "to be made"),
        _S.DONE: Text("架電した", "made"),
        _S.DROPPED: Text("要らなくなった", "no longer needed"),
    },
    steps=(
        Step(
            "record",
            Text("結果を記録する", "record the outcome"),
            {_S.WAITING: _S.DONE},
            frozenset({Role.AGENT, Role.LEAD}),
        ),
        Step(
            "rule_out",
            Text("危険はないとして取りやめる", "rule the danger out"),
            {_S.WAITING: _S.DROPPED},
            frozenset({Role.LEAD}),
        ),
        Step(
            "drop",
            Text("取りやめる", "drop"),
            {_S.WAITING: _S.DROPPED},
            frozenset(
                {Role.BUYER, Role.SELLER, Role.DELEGATE, Role.AGENT, Role.LEAD, Role.COUNSEL, Role.MACHINE}
            ),
        ),
    ),
)
