"""A recovery from the seller: apart from the remedy, after a hearing, on a clause that this seller accepted."""

from enum import StrEnum

from mamori.grammar.actor import Role
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


class GiveBackState(StrEnum):
    """Where giving back stands."""

    AWAITED = "awaited"
    INSTRUCTED = "instructed"
    STALLED = "stalled"
    DONE = "done"
    NEEDLESS = "needless"


_G = GiveBackState
_MACHINE = frozenset({Role.MACHINE})

GIVE_BACK = Statechart(
    name="contact.giveback",
    title=Text("売上金への戻し", "giving back to the seller"),
    initial=_G.AWAITED,
    states={
        _G.AWAITED: Text("差し引きの結果を待っている", "waits for what becomes of the deduction"),
        _G.INSTRUCTED: Text("戻すよう指示した", "instructed"),
        _G.STALLED: Text("通販サイトが戻せなかった", "the marketplace could not give it back"),
        _G.DONE: Text("戻した", "given back"),
        _G.NEEDLESS: Text("差し引きがなかった", "nothing had been deducted"),
    },
    steps=(
        Step(
            "instruct",
            Text("通販サイトに戻すよう指示する", "instruct the marketplace"),
            {_G.AWAITED: _G.INSTRUCTED, _G.STALLED: _G.INSTRUCTED},
            _DECIDERS | _MACHINE,
        ),
        Step(
            "confirm",
            Text("通販サイトが確認する", "the marketplace confirms"),
            {_G.INSTRUCTED: _G.DONE, _G.STALLED: _G.DONE},
            _MACHINE,
        ),
        Step(
            "fail",
            Text("通販サイトが断る", "the marketplace declines"),
            {_G.INSTRUCTED: _G.STALLED},
            _MACHINE,
        ),
        Step(
            "spare", Text("戻すものがない", "find nothing to give back"), {_G.AWAITED: _G.NEEDLESS}, _MACHINE
        ),
    ),
)
