"""A formal notice: it has taken effect by arriving; what the seller says of it and what became of it is followed here."""

from enum import StrEnum

from mamori.grammar.actor import SELLERS, Role
from mamori.grammar.statechart import Statechart, Step
from mamori.grammar.text import Text


class FormalState(StrEnum):
    """Where a formal notice stands; none of them says whether it is valid.

    A seller that disputed may still go along; what it went along with stays its word.
    """

    ARRIVED = "arrived"
    UNANSWERED = "unanswered"
    ACKNOWLEDGED = "acknowledged"
    DISPUTED = "disputed"
    SETTLED = "settled"
    RESTED = "rested"


_S = FormalState
_MACHINE = frozenset({Role.MACHINE})

FORMAL = Statechart(
    name="contact.formal",
    title=Text("返品・取消しなどの通知", "the formal notice"),
    initial=_S.ARRIVED,
    states={
        _S.ARRIVED: Text("届いた", "arrived"),
        _S.UNANSWERED: Text("出品者の返事がない", "the seller has not answered"),
        _S.ACKNOWLEDGED: Text("出品者が応じると答えた", "the seller goes along with it"),
        _S.DISPUTED: Text("出品者が争っている", "the seller disputes it"),
        _S.SETTLED: Text("手続きが済んだ", "settled"),
        _S.RESTED: Text("その後の知らせがない", "nothing more was heard"),
    },
    steps=(
        Step(
            "go_along",
            Text("応じると答える", "go along with it"),
            {_S.ARRIVED: _S.ACKNOWLEDGED, _S.UNANSWERED: _S.ACKNOWLEDGED, _S.DISPUTED: _S.ACKNOWLEDGED},
            SELLERS,
        ),
        Step(
            "dispute",
            Text("争うと答える", "dispute it"),
            {_S.ARRIVED: _S.DISPUTED, _S.UNANSWERED: _S.DISPUTED},
            SELLERS,
        ),
        Step("miss", Text("返事の期限が過ぎる", "miss the answer"), {_S.ARRIVED: _S.UNANSWERED}, _MACHINE),
        Step(
            "settle",
            Text("手続きが済んだと伝える", "say that it is settled"),
            dict.fromkeys((_S.ARRIVED, _S.UNANSWERED, _S.ACKNOWLEDGED, _S.DISPUTED), _S.SETTLED),
            frozenset({Role.BUYER}),
        ),
        Step(
            "settle_by_telephone",
            Text("手続きが済んだと電話で伺う", "hear by telephone that it is settled"),
            dict.fromkeys((_S.ARRIVED, _S.UNANSWERED, _S.ACKNOWLEDGED, _S.DISPUTED), _S.SETTLED),
            frozenset({Role.AGENT, Role.LEAD}),
        ),
        Step(
            "rest",
            Text("そのままにする", "let it rest"),
            dict.fromkeys((_S.UNANSWERED, _S.ACKNOWLEDGED, _S.DISPUTED), _S.RESTED),
            _MACHINE,
        ),
    ),
)
