"""A transfer: the part of a payout that may be paid, from the gate's word to the bank's."""

from enum import StrEnum

from mamori.grammar.hand import STAFF, Role
from mamori.grammar.statechart import Statechart, Step
from mamori.grammar.text import Text


class TransferState(StrEnum):
    """Where a transfer stands."""

    READY = "ready"
    ORDERED = "ordered"
    TOLD = "told"
    PAID = "paid"
    RETURNED = "returned"
    TAKEN_BACK = "taken_back"


_S = TransferState
_ANY = STAFF | {Role.MACHINE, Role.SELLER}

GONE = frozenset({_S.ORDERED, _S.TOLD, _S.PAID})
"""What is out of our hands: no hold reaches it."""
LIVE = GONE | {_S.READY}

TRANSFER = Statechart(
    name="payouts.transfer",
    title=Text("振込", "the transfer"),
    initial=_S.READY,
    states={
        _S.READY: Text("次の振込を待っている", "waits for the next run"),
        _S.ORDERED: Text("振込データに入れた", "ordered from the bank"),
        _S.TOLD: Text("支払ってよいと通販サイトに伝えた", "the marketplace was told to pay"),
        _S.PAID: Text("支払った", "paid"),
        _S.RETURNED: Text("銀行から戻った", "came back from the bank"),
        _S.TAKEN_BACK: Text("振り込む前に取りやめた", "taken back before it was sent"),
    },
    steps=(
        Step("order", Text("振込データに入れる", "order"), {_S.READY: _S.ORDERED}, _ANY),
        Step("tell", Text("通販サイトに伝える", "tell the marketplace"), {_S.READY: _S.TOLD}, _ANY),
        Step(
            "take_back",
            Text("取りやめる", "take back"),
            {_S.READY: _S.TAKEN_BACK, _S.ORDERED: _S.TAKEN_BACK},
            _ANY,
        ),
        Step("put_back", Text("次の振込に回す", "leave to the next run"), {_S.ORDERED: _S.READY}, _ANY),
        Step("pay", Text("支払ったと確かめる", "confirm"), {_S.ORDERED: _S.PAID, _S.TOLD: _S.PAID}, _ANY),
        Step(
            "return",
            Text("銀行から戻る", "come back"),
            {_S.ORDERED: _S.RETURNED, _S.TOLD: _S.RETURNED},
            _ANY,
        ),
        Step(
            "return_after",
            Text("支払ったあとに戻る", "come back after it was confirmed"),
            {_S.PAID: _S.RETURNED},
            _ANY,
            afterwards=True,
        ),
    ),
)
