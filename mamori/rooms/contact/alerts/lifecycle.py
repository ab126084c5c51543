"""What becomes of an alert, and of one buyer whom it told; how a buyer is reached, and what came of a call."""

from __future__ import annotations

from enum import StrEnum

from mamori.grammar.actor import STAFF, Role
from mamori.grammar.statechart import Statechart, Step
from mamori.grammar.text import Text


class AlertState(StrEnum):
    """How an alert stands."""

    TELLING = "telling"
    STANDING = "standing"
    ENDING = "ending"
    CLEARING = "clearing"
    DONE = "done"
    CLEARED = "cleared"


_A = AlertState
LOOKING = (_A.TELLING, _A.ENDING)
"""The states in which orders are gone through."""
LIVE = (_A.TELLING, _A.STANDING)
_MACHINE = frozenset({Role.MACHINE})
_OWNER = STAFF | _MACHINE
"""The room above that began it acts for staff, or upon a clock of its own."""

ALERT = Statechart(
    name="contact.alert",
    title=Text("購入者への危険の知らせ", "the warning to buyers"),
    initial=_A.TELLING,
    states={
        _A.TELLING: Text("注文を調べ、順に知らせている", "orders are looked through, and buyers told"),
        _A.STANDING: Text(
            "知らせ終え、その後の注文を毎日調べている", "all are told; later orders are looked for"
        ),
        _A.ENDING: Text("終える前に、もう一度注文を調べている", "orders are looked through for a last time"),
        _A.CLEARING: Text("危険はなかったと知らせている", "it is told that there is no danger after all"),
        _A.DONE: Text("終わった", "done"),
        _A.CLEARED: Text("危険はなかったと知らせ終えた", "all were told that there is no danger after all"),
    },
    steps=(
        Step(
            "look",
            Text("もう一度注文を調べる", "look through the orders again"),
            dict.fromkeys(LIVE, _A.TELLING),
            _OWNER,
        ),
        Step("stand", Text("全員に知らせ終える", "have told everybody"), {_A.TELLING: _A.STANDING}, _MACHINE),
        Step("end", Text("終える", "end it"), dict.fromkeys(LIVE, _A.ENDING), _OWNER),
        Step(
            "clear",
            Text("危険はなかったと知らせる", "tell that there is no danger"),
            dict.fromkeys(LIVE, _A.CLEARING),
            _OWNER,
        ),
        Step("finish", Text("終わる", "come to its end"), {_A.ENDING: _A.DONE}, _MACHINE),
        Step(
            "have_cleared", Text("知らせ終える", "have told all of them"), {_A.CLEARING: _A.CLEARED}, _MACHINE
        ),
    ),
)


class AlertedState(StrEnum):
    """How it stands with one buyer."""

    WAITING = "waiting"
    ANSWERED = "answered"
    ERASED = "erased"


_B = AlertedState
ALERTED = Statechart(
    name="contact.alerted",
    title=Text("危険を知らせた購入者", "a buyer who was warned"),
    initial=_B.WAITING,
    states={
        _B.WAITING: Text("まだ答えがない", "has not answered yet"),
        _B.ANSWERED: Text("答えた", "has answered"),
        _B.ERASED: Text("情報が消去された", "was erased"),
    },
    steps=(
        Step(
            "read",
            Text("読んだ", "read it"),
            {one: one for one in (_B.WAITING, _B.ANSWERED)},
            frozenset({Role.BUYER}),
        ),
        Step(
            "answer",
            Text("答える", "answer"),
            dict.fromkeys((_B.WAITING, _B.ANSWERED), _B.ANSWERED),
            frozenset({Role.BUYER, Role.MACHINE}),
        ),
        Step("hear", Text("電話で聞く", "hear it by telephone"), {_B.WAITING: _B.ANSWERED}, STAFF),
        Step("miss", Text("電話がつながらない", "miss it by telephone"), {_B.WAITING: _B.WAITING}, STAFF),
        Step(
            "erase",
            Text("情報が消去される", "be erased"),
            dict.fromkeys((_B.WAITING, _B.ANSWERED), _B.ERASED),
            _MACHINE,
        ),
    ),
)


class ToldBy(StrEnum):
    """By what a buyer is told first."""

    MAIL = "mail"
    LETTER = "letter"
    MARKET = "market"
    NOBODY = "nobody"

    @property
    def text(self) -> Text:
        """Return it for people."""
        return _WAYS[self]


_WAYS = {
    ToldBy.MAIL: Text("メール", "by mail"),
    ToldBy.LETTER: Text("手紙", "by letter"),
    ToldBy.MARKET: Text("通販サイトのお知らせ", "by the marketplace's own messages"),
    ToldBy.NOBODY: Text("送り先がない", "no way to write to them"),
}


class BuyerAnswer(StrEnum):
    """What a buyer says, or said on the telephone."""

    READ = "read"
    STOPPED = "stopped"
    HURT = "hurt"
    GONE = "gone"


class CallOutcome(StrEnum):
    """What came of a call to a buyer."""

    STOPPED = "stopped"
    HURT = "hurt"
    GONE = "gone"
    MISSED = "missed"
    WRONG = "wrong"

    @property
    def text(self) -> Text:
        """Return it for people."""
        return _OUTCOMES[self]

    @property
    def answer(self) -> BuyerAnswer | None:
        """Return what was heard, None where nobody was reached."""
        return None if self in (CallOutcome.MISSED, CallOutcome.WRONG) else BuyerAnswer(self.value)


_OUTCOMES = {
    CallOutcome.STOPPED: Text("つながり、使うのをやめたと聞いた", "reached: has stopped using it"),
    CallOutcome.HURT: Text(
        "つながり、けがや発火があったと聞いた（困りごとも受ける）",
        "reached: was hurt, or it burnt (take the trouble down as well)",
    ),
    CallOutcome.GONE: Text("つながり、もう手元にないと聞いた", "reached: has it no more"),
    CallOutcome.MISSED: Text("つながらなかった", "nobody answered"),
    CallOutcome.WRONG: Text("番号が違った、または電話番号がない", "the number was wrong, or there is none"),
}


class AlertOutcome(StrEnum):
    """How an alert ends."""

    SAFE = "safe"
    DONE = "done"

    @property
    def text(self) -> Text:
        """Return it for people."""
        return _ENDS[self]


_ENDS = {
    AlertOutcome.SAFE: Text(
        "危険はなかった（知らせた全員に、そう知らせる）", "there was no danger: all who were told hear so"
    ),
    AlertOutcome.DONE: Text("済んだ（もう何も知らせない）", "it is done: nothing more is told"),
}
