"""A remedy: the operator's own money, fast; done only when the marketplace has confirmed it."""

from enum import StrEnum

from mamori.grammar.hand import Role
from mamori.grammar.statechart import Statechart, Step
from mamori.grammar.text import Text


class RemedyState(StrEnum):
    """Where a remedy stands."""

    CONSIDERED = "considered"
    INSTRUCTED = "instructed"
    FAILED = "failed"
    DONE = "done"
    REFUSED = "refused"
    DROPPED = "dropped"


_S = RemedyState
_MACHINE = frozenset({Role.MACHINE})

REMEDY = Statechart(
    name="contact.remedy",
    title=Text("出品者に代わる返金", "the refund in the seller's place"),
    initial=_S.CONSIDERED,
    states={
        _S.CONSIDERED: Text("検討中", "under consideration"),
        _S.INSTRUCTED: Text("市場に指示し、確認待ち", "instructed, waiting for the marketplace"),
        _S.FAILED: Text("市場が実行できなかった", "the marketplace could not do it"),
        _S.DONE: Text("返金を確認した", "confirmed"),
        _S.REFUSED: Text("行わないと決めた", "refused"),
        _S.DROPPED: Text("要らなくなった", "no longer needed"),
    },
    steps=(
        Step(
            "ask",
            Text("購入者が求める", "the buyer asks for it"),
            {_S.CONSIDERED: _S.CONSIDERED, _S.FAILED: _S.FAILED},
            frozenset({Role.BUYER}),
        ),
        Step(
            "grant",
            Text("返金を決める", "grant the refund"),
            {_S.CONSIDERED: _S.INSTRUCTED, _S.FAILED: _S.INSTRUCTED},
            frozenset({Role.AGENT, Role.LEAD}),
        ),
        Step(
            "refuse",
            Text("返金しないと決める", "refuse the refund"),
            {_S.CONSIDERED: _S.REFUSED, _S.FAILED: _S.REFUSED},
            frozenset({Role.LEAD, Role.COUNSEL}),
        ),
        Step(
            "confirm", Text("市場が確認する", "the marketplace confirms"), {_S.INSTRUCTED: _S.DONE}, _MACHINE
        ),
        Step("fail", Text("市場が断る", "the marketplace declines"), {_S.INSTRUCTED: _S.FAILED}, _MACHINE),
        Step(
            "drop",
            Text("取りやめる", "drop"),
            {_S.CONSIDERED: _S.DROPPED, _S.FAILED: _S.DROPPED},
            frozenset({Role.BUYER, Role.AGENT, Role.LEAD, Role.MACHINE}),
        ),
    ),
)
