"""A recovery from the seller: apart from the remedy, after a hearing, on a clause that this seller accepted."""

from enum import StrEnum

from mamori.grammar.hand import Role
from mamori.grammar.statechart import Statechart, Step
from mamori.grammar.text import Text


class RecoveryState(StrEnum):
    """Where a recovery stands."""

    HEARING = "hearing"
    HEARD = "heard"
    CLAIMED = "claimed"
    SETTLED = "settled"
    WAIVED = "waived"
    BORNE = "borne"


_S = RecoveryState
TAKEN = frozenset({_S.CLAIMED, _S.SETTLED})
"""Where something was deducted, or is about to be: what can be appealed against and given back."""
_DECIDERS = frozenset({Role.LEAD, Role.COUNSEL})

RECOVERY = Statechart(
    name="contact.recovery",
    title=Text("出品者への請求", "the recovery from the seller"),
    initial=_S.HEARING,
    states={
        _S.HEARING: Text("出品者の意見を待っている", "waiting for the seller's view"),
        _S.HEARD: Text("意見を聴き、判断待ち", "heard, waiting for a decision"),
        _S.CLAIMED: Text("差し引きを指示した", "deduction instructed"),
        _S.SETTLED: Text("請求額を受け取った", "settled"),
        _S.WAIVED: Text("請求しないと決めた", "waived"),
        _S.BORNE: Text("運営者が負担した", "borne by the operator"),
    },
    steps=(
        Step(
            "state_view",
            Text("意見を述べる", "state a view"),
            {_S.HEARING: _S.HEARD, _S.HEARD: _S.HEARD},
            frozenset({Role.SELLER, Role.DELEGATE}),
        ),
        Step(
            "end_hearing",
            Text("意見の期限が過ぎる", "end the hearing"),
            {_S.HEARING: _S.HEARD},
            frozenset({Role.MACHINE}),
        ),
        Step("claim", Text("差し引きを決める", "claim"), {_S.HEARD: _S.CLAIMED}, _DECIDERS),
        Step(
            "waive",
            Text("請求しないと決める", "waive"),
            {_S.HEARD: _S.WAIVED},
            _DECIDERS,
        ),
        Step(
            "settle",
            Text("通販サイトが確認する", "the marketplace confirms"),
            {_S.CLAIMED: _S.SETTLED},
            frozenset({Role.MACHINE}),
        ),
        Step(
            "bear",
            Text("運営者が負担する", "bear it"),
            {_S.HEARING: _S.BORNE, _S.HEARD: _S.BORNE, _S.CLAIMED: _S.BORNE},
            frozenset({Role.MACHINE}),
        ),
        Step(
            "settle_late",
            Text("断ったあとに、通販サイトが確認する", "the marketplace confirms what it had declined"),
            {_S.BORNE: _S.SETTLED},
            frozenset({Role.MACHINE}),
            afterwards=True,
        ),
    ),
)
