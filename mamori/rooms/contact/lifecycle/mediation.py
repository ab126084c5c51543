"""A mediation: the centre helps both sides; it never rules and never charges."""

from enum import StrEnum

from mamori.grammar.actor import STAFF, Role
from mamori.grammar.statechart import Statechart, Step
from mamori.grammar.text import Text


class MediationState(StrEnum):
    """Where a mediation stands."""

    OPEN = "open"
    TAKEN = "taken"
    SETTLED = "settled"
    EXHAUSTED = "exhausted"
    DROPPED = "dropped"


_S = MediationState
_AGENTS = frozenset({Role.AGENT, Role.LEAD})

MEDIATION = Statechart(
    name="contact.mediation",
    title=Text("仲介", "the mediation"),
    initial=_S.OPEN,
    states={
        _S.OPEN: Text("担当者を待っている", "waiting for an agent"),
        _S.TAKEN: Text("担当者が仲介している", "an agent is mediating"),
        _S.SETTLED: Text("解決して終わった", "settled"),
        _S.EXHAUSTED: Text("仲介では解決しなかった", "exhausted"),
        _S.DROPPED: Text("仲介が要らなくなった", "no longer needed"),
    },
    steps=(
        Step(
            "pass",
            Text("担当の交代に従う", "follow the case to whoever has it"),
            {_S.OPEN: _S.TAKEN, _S.TAKEN: _S.TAKEN},
            frozenset({Role.MACHINE}),
        ),
        Step(
            "release",
            Text("担当なしに戻る", "go back to all"),
            {_S.OPEN: _S.OPEN, _S.TAKEN: _S.OPEN},
            frozenset({Role.MACHINE}),
        ),
        Step(
            "propose",
            Text("解決を提案する", "propose a solution"),
            {_S.OPEN: _S.OPEN, _S.TAKEN: _S.TAKEN},
            _AGENTS | {Role.BUYER, Role.SELLER, Role.DELEGATE},
        ),
        Step(
            "counter",
            Text("提案に別の提案で返す", "answer a proposal with another one"),
            {_S.OPEN: _S.OPEN, _S.TAKEN: _S.TAKEN},
            frozenset({Role.BUYER, Role.HELPER, Role.SELLER, Role.DELEGATE}),
        ),
        Step(
            "settle",
            Text("解決して終える", "settle"),
            {_S.OPEN: _S.SETTLED, _S.TAKEN: _S.SETTLED},
            _AGENTS | {Role.BUYER},
        ),
        Step(
            "exhaust",
            Text("仲介では解決しないまま終える", "end unsettled"),
            {_S.OPEN: _S.EXHAUSTED, _S.TAKEN: _S.EXHAUSTED},
            STAFF | {Role.MACHINE},
        ),
        Step(
            "drop",
            Text("取りやめる", "drop"),
            {_S.OPEN: _S.DROPPED, _S.TAKEN: _S.DROPPED},
            frozenset({Role.BUYER, Role.MACHINE}),
        ),
    ),
)
