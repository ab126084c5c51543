"""A payout: asked for, released, held or looked at by a person; a hold ends by a decision, never in silence.

What was paid may come back from the bank, so that only what was settled otherwise is at its end for good.
"""

from enum import StrEnum

from mamori.grammar.hand import STAFF, Role
from mamori.grammar.statechart import Statechart, Step
from mamori.grammar.text import Text


class PayoutState(StrEnum):
    """Where a payout stands; while anything of it waits, the state says why."""

    ASKED = "asked"
    REVIEW = "review"
    HELD = "held"
    COUNSEL = "counsel"
    RELEASED = "released"
    PAID = "paid"
    SETTLED = "settled"


_S = PayoutState
_GATE = STAFF | {Role.MACHINE, Role.SELLER}
"""Whoever acts, it is the gate that answers."""

WAITING = frozenset({_S.REVIEW, _S.HELD, _S.COUNSEL})

PAYOUT = Statechart(
    name="payouts.payout",
    title=Text("売上金の支払い", "the payout"),
    initial=_S.ASKED,
    states={
        _S.ASKED: Text("求められた", "asked for"),
        _S.REVIEW: Text("担当者が確かめている", "a person looks at it"),
        _S.HELD: Text("保留している", "held"),
        _S.COUNSEL: Text("法務担当の判断待ち", "waits for counsel's decision"),
        _S.RELEASED: Text("支払ってよい", "released"),
        _S.PAID: Text("支払った", "paid"),
        _S.SETTLED: Text("支払いのほかの方法で終えた", "settled otherwise"),
    },
    steps=(
        Step(
            "release",
            Text("支払ってよいとする", "release"),
            {
                _S.ASKED: _S.RELEASED,
                _S.REVIEW: _S.RELEASED,
                _S.HELD: _S.RELEASED,
                _S.COUNSEL: _S.RELEASED,
            },
            _GATE,
        ),
        Step(
            "hold",
            Text("保留する", "hold"),
            {
                _S.ASKED: _S.HELD,
                _S.REVIEW: _S.HELD,
                _S.HELD: _S.HELD,
                _S.RELEASED: _S.HELD,
                _S.PAID: _S.HELD,
            },
            _GATE,
        ),
        Step(
            "doubt",
            Text("人が確かめる", "let a person look"),
            {
                _S.ASKED: _S.REVIEW,
                _S.REVIEW: _S.REVIEW,
                _S.HELD: _S.REVIEW,
                _S.RELEASED: _S.REVIEW,
                _S.PAID: _S.REVIEW,
            },
            _GATE,
        ),
        Step(
            "hand_to_counsel",
            Text("法務担当の判断に回す", "hand to counsel"),
            {_S.HELD: _S.COUNSEL, _S.REVIEW: _S.COUNSEL},
            STAFF | {Role.MACHINE},
        ),
        Step("pay", Text("支払ったと確かめる", "confirm the payment"), {_S.RELEASED: _S.PAID}, _GATE),
        Step(
            "settle",
            Text("支払いのほかの方法で終える", "settle otherwise"),
            {_S.COUNSEL: _S.SETTLED, _S.HELD: _S.SETTLED, _S.REVIEW: _S.SETTLED},
            frozenset({Role.COUNSEL}),
        ),
        Step(
            "settle_rest",
            Text("残りを支払いのほかの方法で終える", "settle the rest otherwise"),
            {_S.COUNSEL: _S.RELEASED, _S.HELD: _S.RELEASED, _S.REVIEW: _S.RELEASED},
            frozenset({Role.COUNSEL}),
        ),
    ),
)
