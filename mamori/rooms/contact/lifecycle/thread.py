"""A thread: whose turn it is to write."""

from enum import StrEnum

from mamori.grammar.actor import SELLERS, STAFF, Role
from mamori.grammar.statechart import Statechart, Step
from mamori.grammar.text import Text


class ThreadState(StrEnum):
    """Where a conversation stands."""

    WAITING = "waiting"
    MISSED = "missed"
    ANSWERED = "answered"
    CLOSED = "closed"


_S = ThreadState

THREAD = Statechart(
    name="contact.thread",
    title=Text("やり取り", "the thread"),
    initial=_S.WAITING,
    states={
        _S.WAITING: Text("出品者の回答待ち", "waiting for the seller"),
        _S.MISSED: Text("回答の期限を過ぎた", "the answer is overdue"),
        _S.ANSWERED: Text("回答済み", "answered"),
        _S.CLOSED: Text("終了", "closed"),
    },
    steps=(
        Step(
            "write",
            Text("書き足す", "write"),
            {_S.WAITING: _S.WAITING, _S.MISSED: _S.MISSED, _S.ANSWERED: _S.WAITING},
            frozenset({Role.BUYER, Role.HELPER}),
        ),
        Step(
            "take_down",
            Text("聞き取りを書き足す", "take down"),
            {_S.WAITING: _S.WAITING, _S.MISSED: _S.MISSED, _S.ANSWERED: _S.WAITING},
            frozenset({Role.AGENT, Role.LEAD}),
        ),
        Step(
            "acknowledge",
            Text("受け取ったと伝える", "acknowledge"),
            {_S.WAITING: _S.WAITING, _S.MISSED: _S.MISSED, _S.ANSWERED: _S.ANSWERED},
            SELLERS,
        ),
        Step(
            "answer",
            Text("回答する", "answer"),
            {_S.WAITING: _S.ANSWERED, _S.MISSED: _S.ANSWERED, _S.ANSWERED: _S.ANSWERED},
            SELLERS,
        ),
        Step(
            "add",
            Text("合意のあとに書き足す", "write after an agreement"),
            {_S.ANSWERED: _S.ANSWERED},
            frozenset({Role.BUYER, Role.HELPER, Role.AGENT, Role.LEAD}),
        ),
        Step(
            "give_back",
            Text("出品者の番に戻す", "give the turn back"),
            {_S.ANSWERED: _S.WAITING},
            SELLERS | {Role.MACHINE},
        ),
        Step(
            "give_back_late",
            Text("期限を過ぎた番に戻す", "give an overdue turn back"),
            {_S.ANSWERED: _S.MISSED},
            SELLERS,
        ),
        Step(
            "ask",
            Text("窓口が出品者に尋ね、番を戻す", "ask the seller, whose turn it is again"),
            {_S.ANSWERED: _S.WAITING},
            STAFF,
        ),
        Step(
            "pay",
            Text("合意したお金が戻る", "have the agreed money go back"),
            {_S.WAITING: _S.ANSWERED, _S.MISSED: _S.ANSWERED, _S.ANSWERED: _S.ANSWERED},
            frozenset({Role.MACHINE}),
        ),
        Step(
            "agree",
            Text("双方が合意する", "have both agree"),
            {_S.WAITING: _S.ANSWERED, _S.MISSED: _S.ANSWERED},
            frozenset({Role.BUYER, Role.HELPER, Role.AGENT, Role.LEAD}),
        ),
        Step(
            "miss",
            Text("回答の期限が過ぎる", "miss the answer"),
            {_S.WAITING: _S.MISSED},
            frozenset({Role.MACHINE}),
        ),
        Step(
            "close",
            Text("終える", "close"),
            {_S.WAITING: _S.CLOSED, _S.MISSED: _S.CLOSED, _S.ANSWERED: _S.CLOSED},
            frozenset({Role.BUYER, Role.AGENT, Role.LEAD, Role.COUNSEL, Role.MACHINE}),
        ),
    ),
)
