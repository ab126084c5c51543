"""A seller's display: not written, complete, unsure, lacking something, overdue, not asked for; it ends with its seller."""

from enum import StrEnum

from mamori.grammar.hand import Role
from mamori.grammar.statechart import Statechart, Step
from mamori.grammar.text import Text


class DisplayState(StrEnum):
    """How a display stands."""

    UNWRITTEN = "unwritten"
    COMPLETE = "complete"
    UNSURE = "unsure"
    LACKING = "lacking"
    OVERDUE = "overdue"
    NOT_ASKED = "not_asked"
    CLOSED = "closed"


LACKING = frozenset({DisplayState.LACKING, DisplayState.OVERDUE})
"""The states in which something is surely wrong."""

_S = DisplayState
_WRITING = frozenset({Role.SELLER, Role.DELEGATE, Role.MACHINE})
_MACHINE = frozenset({Role.MACHINE})
_OPEN = tuple(state for state in DisplayState if state is not DisplayState.CLOSED)

DISPLAY = Statechart(
    name="display.display",
    title=Text("特定商取引法に基づく表示", "the display that the law asks for"),
    initial=_S.UNWRITTEN,
    states={
        _S.UNWRITTEN: Text("まだ書かれていない", "not written yet"),
        _S.COMPLETE: Text("そろっている", "complete"),
        _S.UNSURE: Text("読み切れないところがある", "not wholly read"),
        _S.LACKING: Text("直すところがある", "to be put right"),
        _S.OVERDUE: Text("期限までに直らなかった", "overdue"),
        _S.NOT_ASKED: Text("表示の義務がない（事業者ではない個人）", "not asked for: a private person"),
        _S.CLOSED: Text("出品者がいなくなった", "its seller is gone"),
    },
    steps=(
        Step("pass", Text("そろったと見る", "find it complete"), dict.fromkeys(_OPEN, _S.COMPLETE), _WRITING),
        Step(
            "fault",
            Text("直すところを見つける", "find something wrong"),
            dict.fromkeys(_OPEN, _S.LACKING) | {_S.OVERDUE: _S.OVERDUE},
            _WRITING,
        ),
        Step(
            "doubt",
            Text("読み切れないところを見つける", "find what cannot be read"),
            dict.fromkeys(_OPEN, _S.UNSURE),
            _WRITING,
        ),
        Step(
            "exempt",
            Text("義務がないと見る", "find it not asked for"),
            dict.fromkeys(_OPEN, _S.NOT_ASKED),
            _WRITING,
        ),
        Step("miss", Text("期限が過ぎる", "miss the time"), {_S.LACKING: _S.OVERDUE}, _MACHINE),
        Step("close", Text("終える", "end it"), dict.fromkeys(_OPEN, _S.CLOSED), _MACHINE),
    ),
)
