"""A trouble: from the buyer's first inquiry to its solution; an answer alone never ends it."""

from enum import StrEnum

from mamori.grammar.actor import SELLERS, Role
from mamori.grammar.statechart import Statechart, Step
from mamori.grammar.text import Text


class TroubleState(StrEnum):
    """Where a trouble stands."""

    OPEN = "open"
    MEDIATED = "mediated"
    OVERDUE = "overdue"
    SOLVED = "solved"
    MADE_GOOD = "made_good"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


_S = TroubleState
_MACHINE = frozenset({Role.MACHINE})


def _all_to(end: TroubleState) -> dict[TroubleState, TroubleState]:
    return dict.fromkeys((_S.OPEN, _S.MEDIATED, _S.OVERDUE), end)


_STAYS = {state: state for state in (_S.OPEN, _S.MEDIATED, _S.OVERDUE)}

TROUBLE = Statechart(
    name="contact.trouble",
    title=Text("困りごと", "the trouble"),
    initial=_S.OPEN,
    states={
        _S.OPEN: Text("解決待ち", "waiting for a solution"),
        _S.MEDIATED: Text("窓口が仲介中", "the centre is mediating"),
        _S.OVERDUE: Text("解決の期限を過ぎた", "the solution is overdue"),
        _S.SOLVED: Text("解決した", "solved"),
        _S.MADE_GOOD: Text("出品者に代わって返金した", "refunded in the seller's place"),
        _S.DECLINED: Text("補償せずに終えた", "ended without a remedy"),
        _S.WITHDRAWN: Text("取り下げられた", "withdrawn"),
        _S.LAPSED: Text("返事がなく終えた", "ended for want of a reply"),
    },
    steps=(
        Step(
            "mediate",
            Text("仲介を始める", "open mediation"),
            {_S.OPEN: _S.MEDIATED},
            frozenset({Role.BUYER, Role.AGENT, Role.LEAD, Role.MACHINE}),
        ),
        Step(
            "miss",
            Text("解決の期限が過ぎる", "miss the resolution"),
            {_S.OPEN: _S.OVERDUE, _S.MEDIATED: _S.OVERDUE},
            _MACHINE,
        ),
        Step(
            "solve",
            Text("解決したと伝える", "say that it is solved"),
            _all_to(_S.SOLVED),
            frozenset({Role.BUYER, Role.AGENT, Role.LEAD}),
        ),
        Step("withdraw", Text("取り下げる", "withdraw"), _all_to(_S.WITHDRAWN), frozenset({Role.BUYER})),
        Step("lapse", Text("返事がなく終える", "let it lapse"), _all_to(_S.LAPSED), _MACHINE),
        Step("make_good", Text("立替返金を終える", "make good"), _all_to(_S.MADE_GOOD), _MACHINE),
        Step("offer_refund", Text("返金を申し出る", "offer a refund"), _STAYS, SELLERS),
        Step(
            "raise_harm",
            Text("危険だと伝える", "say that it is dangerous"),
            _STAYS,
            frozenset({Role.BUYER, Role.HELPER, Role.AGENT, Role.LEAD}),
        ),
        Step("lower_harm", Text("程度を下げる", "lower the harm"), _STAYS, frozenset({Role.LEAD})),
        Step(
            "decline",
            Text("補償せずに終える", "end without a remedy"),
            {_S.MEDIATED: _S.DECLINED, _S.OVERDUE: _S.DECLINED},
            frozenset({Role.LEAD, Role.COUNSEL}),
        ),
    ),
)


class CallState(StrEnum):
    """Where a call stands."""

    WAITING = "waiting"
    DONE = "done"
    DROPPED = "dropped"


_C = CallState

CALL = Statechart(
    name="contact.call",
    title=Text("架電", "the call"),
    initial=_C.WAITING,
    states={
        _C.WAITING: Text("架電待ち", "to be made"),
        _C.DONE: Text("架電した", "made"),
        _C.DROPPED: Text("要らなくなった", "no longer needed"),
    },
    steps=(
        Step(
            "record",
            Text("結果を記録する", "record the outcome"),
            {_C.WAITING: _C.DONE},
            frozenset({Role.AGENT, Role.LEAD}),
        ),
        Step(
            "rule_out",
            Text("危険はないとして取りやめる", "rule the danger out"),
            {_C.WAITING: _C.DROPPED},
            frozenset({Role.LEAD}),
        ),
        Step(
            "drop",
            Text("取りやめる", "drop"),
            {_C.WAITING: _C.DROPPED},
            frozenset(
                {Role.BUYER, Role.SELLER, Role.DELEGATE, Role.AGENT, Role.LEAD, Role.COUNSEL, Role.MACHINE}
            ),
        ),
    ),
)
