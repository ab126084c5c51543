"""The lifecycles of this room: accounts, payouts, transfers, runs."""

from enum import StrEnum

from mamori.grammar.actor import STAFF, Role
from mamori.grammar.statechart import Statechart, Step
from mamori.grammar.text import Text


class AccountState(StrEnum):
    """Where an account stands."""

    COOLING = "cooling"
    IN_USE = "in_use"
    REPLACED = "replaced"
    STOPPED = "stopped"


_A = AccountState
_ASKING = frozenset({Role.SELLER, Role.MACHINE})

ACCOUNT = Statechart(
    name="payouts.account",
    title=Text("振込先の口座", "the account"),
    initial=_A.COOLING,
    states={
        _A.COOLING: Text("変更の確認期間中", "waits after the change"),
        _A.IN_USE: Text("使っている", "in use"),
        _A.REPLACED: Text("別の口座に変わった", "replaced"),
        _A.STOPPED: Text("止めた", "stopped"),
    },
    steps=(
        Step("adopt", Text("使いはじめる", "take into use"), {_A.COOLING: _A.IN_USE}, _ASKING),
        Step(
            "replace",
            Text("別の口座に変える", "replace"),
            {_A.COOLING: _A.REPLACED, _A.IN_USE: _A.REPLACED},
            _ASKING,
        ),
        Step(
            "stop",
            Text("止める", "stop"),
            {_A.COOLING: _A.STOPPED, _A.IN_USE: _A.STOPPED},
            STAFF | {Role.SELLER},
        ),
    ),
)


# A payout: asked for, released, held or looked at by a person; a hold ends by a decision, never in silence.


class PayoutState(StrEnum):
    """Where a payout stands; while anything of it waits, the state says why."""

    ASKED = "asked"
    REVIEW = "review"
    HELD = "held"
    COUNSEL = "counsel"
    RELEASED = "released"
    PAID = "paid"
    SETTLED = "settled"


_P = PayoutState
_GATE = STAFF | {Role.MACHINE, Role.SELLER}
"""Whoever acts, it is the gate that answers."""

WAITING = frozenset({_P.REVIEW, _P.HELD, _P.COUNSEL})

PAYOUT = Statechart(
    name="payouts.payout",
    title=Text("売上金の支払い", "the payout"),
    initial=_P.ASKED,
    states={
        _P.ASKED: Text("求められた", "asked for"),
        _P.REVIEW: Text("担当者が確かめている", "a person looks at it"),
        _P.HELD: Text("保留している", "held"),
        _P.COUNSEL: Text("法務担当の判断待ち", "waits for counsel's decision"),
        _P.RELEASED: Text("支払ってよい", "released"),
        _P.PAID: Text("支払った", "paid"),
        _P.SETTLED: Text("支払いのほかの方法で終えた", "settled otherwise"),
    },
    steps=(
        Step(
            "release",
            Text("支払ってよいとする", "release"),
            {
                _P.ASKED: _P.RELEASED,
                _P.REVIEW: _P.RELEASED,
                _P.HELD: _P.RELEASED,
                _P.COUNSEL: _P.RELEASED,
            },
            _GATE,
        ),
        Step(
            "hold",
            Text("保留する", "hold"),
            {
                _P.ASKED: _P.HELD,
                _P.REVIEW: _P.HELD,
                _P.HELD: _P.HELD,
                _P.RELEASED: _P.HELD,
                _P.PAID: _P.HELD,
            },
            _GATE,
        ),
        Step(
            "doubt",
            Text("人が確かめる", "let a person look"),
            {
                _P.ASKED: _P.REVIEW,
                _P.REVIEW: _P.REVIEW,
                _P.HELD: _P.REVIEW,
                _P.RELEASED: _P.REVIEW,
                _P.PAID: _P.REVIEW,
            },
            _GATE,
        ),
        Step(
            "hand_to_counsel",
            Text("法務担当の判断に回す", "hand to counsel"),
            {_P.HELD: _P.COUNSEL, _P.REVIEW: _P.COUNSEL},
            STAFF | {Role.MACHINE},
        ),
        Step("pay", Text("支払ったと確かめる", "confirm the payment"), {_P.RELEASED: _P.PAID}, _GATE),
        Step(
            "settle",
            Text("支払いのほかの方法で終える", "settle otherwise"),
            {_P.COUNSEL: _P.SETTLED, _P.HELD: _P.SETTLED, _P.REVIEW: _P.SETTLED},
            frozenset({Role.COUNSEL}),
        ),
        Step(
            "settle_rest",
            Text("残りを支払いのほかの方法で終える", "settle the rest otherwise"),
            {_P.COUNSEL: _P.RELEASED, _P.HELD: _P.RELEASED, _P.REVIEW: _P.RELEASED},
            frozenset({Role.COUNSEL}),
        ),
    ),
)


class RunState(StrEnum):
    """Where a run stands."""

    TAKING = "taking"
    ORDERED = "ordered"
    WRITTEN = "written"
    CALLED_OFF = "called_off"


_R = RunState
_WHO = STAFF | {Role.MACHINE}

RUN = Statechart(
    name="payouts.run",
    title=Text("振込の作業", "the payout run"),
    initial=_R.TAKING,
    states={
        _R.TAKING: Text("行を受け取っている", "takes lines"),
        _R.ORDERED: Text("支払うものが決まった", "what is paid is fixed"),
        _R.WRITTEN: Text("振込データを作った", "the file is written"),
        _R.CALLED_OFF: Text("取りやめた", "called off"),
    },
    steps=(
        Step("order", Text("支払うものを決める", "fix what is paid"), {_R.TAKING: _R.ORDERED}, _WHO),
        Step("write", Text("振込データを作る", "write the file"), {_R.ORDERED: _R.WRITTEN}, _WHO),
        Step(
            "call_off",
            Text("取りやめる", "call off"),
            {_R.ORDERED: _R.CALLED_OFF},
            frozenset({Role.LEAD, Role.COUNSEL, Role.MACHINE}),
        ),
    ),
)


class TransferState(StrEnum):
    """Where a transfer stands."""

    READY = "ready"
    ORDERED = "ordered"
    TOLD = "told"
    PAID = "paid"
    RETURNED = "returned"
    TAKEN_BACK = "taken_back"


_T = TransferState

GONE = frozenset({_T.ORDERED, _T.TOLD, _T.PAID})
"""What is out of our hands: no hold reaches it."""
LIVE = GONE | {_T.READY}

TRANSFER = Statechart(
    name="payouts.transfer",
    title=Text("振込", "the transfer"),
    initial=_T.READY,
    states={
        _T.READY: Text("次の振込を待っている", "waits for the next run"),
        _T.ORDERED: Text("振込データに入れた", "ordered from the bank"),
        _T.TOLD: Text("支払ってよいと通販サイトに伝えた", "the marketplace was told to pay"),
        _T.PAID: Text("支払った", "paid"),
        _T.RETURNED: Text("銀行から戻った", "came back from the bank"),
        _T.TAKEN_BACK: Text("振り込む前に取りやめた", "taken back before it was sent"),
    },
    steps=(
        Step("order", Text("振込データに入れる", "order"), {_T.READY: _T.ORDERED}, _GATE),
        Step("tell", Text("通販サイトに伝える", "tell the marketplace"), {_T.READY: _T.TOLD}, _GATE),
        Step(
            "take_back",
            Text("取りやめる", "take back"),
            {_T.READY: _T.TAKEN_BACK, _T.ORDERED: _T.TAKEN_BACK},
            _GATE,
        ),
        Step("put_back", Text("次の振込に回す", "leave to the next run"), {_T.ORDERED: _T.READY}, _GATE),
        Step("pay", Text("支払ったと確かめる", "confirm"), {_T.ORDERED: _T.PAID, _T.TOLD: _T.PAID}, _GATE),
        Step(
            "return",
            Text("銀行から戻る", "come back"),
            {_T.ORDERED: _T.RETURNED, _T.TOLD: _T.RETURNED},
            _GATE,
        ),
        Step(
            "return_after",
            Text("支払ったあとに戻る", "come back after it was confirmed"),
            {_T.PAID: _T.RETURNED},
            _GATE,
            afterwards=True,
        ),
    ),
)
