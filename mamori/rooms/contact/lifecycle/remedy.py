"""A remedy: the operator's own money, fast; done only when the marketplace has confirmed it."""

from enum import StrEnum

from mamori.grammar.actor import Role
from mamori.grammar.statechart import Statechart, Step
from mamori.grammar.text import Text


class RemedyState(StrEnum):
    """Where a remedy stands."""

    CONSIDERED = "considered"
    ORDERED = "ordered"
    LABELLED = "labelled"
    SENT = "sent"
    ARRIVED = "arrived"
    INSTRUCTED = "instructed"
    FAILED = "failed"
    DONE = "done"
    REFUSED = "refused"
    DROPPED = "dropped"


_S = RemedyState
_MACHINE = frozenset({Role.MACHINE})
_AGENTS = frozenset({Role.AGENT, Role.LEAD})

RETURNING = frozenset({_S.ORDERED, _S.LABELLED, _S.SENT, _S.ARRIVED})
"""While goods are to come back."""
UNDER_WAY = RETURNING | {_S.INSTRUCTED}
"""What has been granted and is not done: silence does not end it."""
FIXED = UNDER_WAY - {_S.LABELLED}
"""What nobody can call off any more: goods or money are on their way."""
UNDECIDED = frozenset({_S.CONSIDERED, _S.FAILED})

REMEDY = Statechart(
    name="contact.remedy",
    title=Text("出品者に代わる返金", "the refund in the seller's place"),
    initial=_S.CONSIDERED,
    states={
        _S.CONSIDERED: Text("検討中", "under consideration"),
        _S.ORDERED: Text("返品の送り状を待っている", "waiting for the return label"),
        _S.LABELLED: Text("購入者が送り返すのを待っている", "waiting for the buyer to send the goods"),
        _S.SENT: Text("商品が返送されている", "the goods are on their way back"),
        _S.ARRIVED: Text("届いた商品を確かめている", "the goods are being looked at"),
        _S.INSTRUCTED: Text("通販サイトに指示し、確認待ち", "instructed, waiting for the marketplace"),
        _S.FAILED: Text("通販サイトが実行できなかった", "the marketplace could not do it"),
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
            _AGENTS,
        ),
        Step(
            "arrange",
            Text("返品を手配する", "arrange a return"),
            {_S.CONSIDERED: _S.ORDERED, _S.FAILED: _S.ORDERED},
            _AGENTS,
        ),
        Step(
            "label",
            Text("送り状が届く", "the label comes"),
            {_S.ORDERED: _S.LABELLED, _S.FAILED: _S.LABELLED},
            _MACHINE,
        ),
        Step(
            "send",
            Text("送り返したと伝える", "say that it was sent"),
            {_S.LABELLED: _S.SENT},
            _AGENTS | {Role.BUYER},
        ),
        Step(
            "time_out", Text("返送の期限が過ぎる", "miss the sending"), {_S.LABELLED: _S.CONSIDERED}, _MACHINE
        ),
        Step(
            "call_off",
            Text("送らなかった注文の返品をやめる", "call the return off: the goods were never sent"),
            {_S.LABELLED: _S.CONSIDERED},
            _MACHINE,
        ),
        Step(
            "arrive",
            Text("商品の到着を記録する", "record the arrival"),
            {_S.LABELLED: _S.ARRIVED, _S.SENT: _S.ARRIVED},
            _AGENTS,
        ),
        Step("accept", Text("確かめて返金を決める", "look and refund"), {_S.ARRIVED: _S.INSTRUCTED}, _AGENTS),
        Step(
            "find_otherwise",
            Text("連絡と違うと記録する", "find it otherwise"),
            {_S.ARRIVED: _S.CONSIDERED},
            _AGENTS,
        ),
        Step(
            "stand_down",
            Text("代金が戻っているので返品を終える", "end the return: the money is back"),
            {_S.ARRIVED: _S.CONSIDERED},
            _AGENTS,
        ),
        Step(
            "give_up",
            Text("返品を待つのをやめる", "give the return up"),
            {_S.LABELLED: _S.CONSIDERED, _S.SENT: _S.CONSIDERED},
            _AGENTS,
        ),
        Step(
            "refuse",
            Text("返金しないと決める", "refuse the refund"),
            {_S.CONSIDERED: _S.REFUSED, _S.FAILED: _S.REFUSED},
            frozenset({Role.LEAD, Role.COUNSEL}),
        ),
        Step(
            "confirm",
            Text("通販サイトが確認する", "the marketplace confirms"),
            {_S.INSTRUCTED: _S.DONE, _S.FAILED: _S.DONE},
            _MACHINE,
        ),
        Step(
            "fail",
            Text("通販サイトが断る", "the marketplace declines"),
            {_S.INSTRUCTED: _S.FAILED, _S.ORDERED: _S.FAILED},
            _MACHINE,
        ),
        Step(
            "drop",
            Text("取りやめる", "drop"),
            {_S.CONSIDERED: _S.DROPPED, _S.FAILED: _S.DROPPED, _S.LABELLED: _S.DROPPED},
            frozenset({Role.BUYER, Role.AGENT, Role.LEAD, Role.MACHINE}),
        ),
    ),
)
