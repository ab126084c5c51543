"""A clarification: somebody is asked, answers or stays silent; an answer that comes late is taken all the same."""

from enum import StrEnum

from mamori.grammar.hand import SELLERS, STAFF, Role
from mamori.grammar.statechart import Statechart, Step
from mamori.grammar.text import Text


class ClarificationState(StrEnum):
    """How a clarification stands."""

    ASKED = "asked"
    ANSWERED = "answered"
    SILENT = "silent"
    WITHDRAWN = "withdrawn"


_C = ClarificationState
_MACHINE = frozenset({Role.MACHINE})
_ANSWERS = SELLERS | STAFF | {Role.ANONYMOUS}
CLARIFICATION = Statechart(
    name="enforcement.clarification",
    title=Text("事実確認", "the clarification"),
    initial=_C.ASKED,
    states={
        _C.ASKED: Text("返答を待っている", "an answer is awaited"),
        _C.ANSWERED: Text("返答があった", "answered"),
        _C.SILENT: Text("期限までに返答がなかった", "no answer came in time"),
        _C.WITHDRAWN: Text("事実確認を取りやめた", "withdrawn"),
    },
    steps=(
        Step("remind", Text("催促する", "remind them"), {_C.ASKED: _C.ASKED}, _MACHINE),
        Step("answer", Text("答える", "answer it"), {_C.ASKED: _C.ANSWERED}, _ANSWERS),
        Step("lapse", Text("期限が過ぎる", "let the time pass"), {_C.ASKED: _C.SILENT}, _MACHINE),
        Step(
            "answer_late",
            Text("期限のあとに答える", "answer it late"),
            {_C.SILENT: _C.ANSWERED},
            _ANSWERS,
            afterwards=True,
        ),
        Step("withdraw", Text("取りやめる", "withdraw it"), {_C.ASKED: _C.WITHDRAWN}, STAFF),
    ),
)
