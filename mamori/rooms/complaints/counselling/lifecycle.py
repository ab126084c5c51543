"""A consultation: a counsellor asks, staff answer, the consumer says what may be told, and it ends."""

from enum import StrEnum

from mamori.grammar.hand import STAFF, Role
from mamori.grammar.statechart import Statechart, Step
from mamori.grammar.text import Text


class ConsultationState(StrEnum):
    """How a consultation stands."""

    RECEIVED = "received"
    ANSWERED = "answered"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


_C = ConsultationState
_COUNSELLOR = frozenset({Role.COUNSELLOR})
_CONSUMER = STAFF | {Role.BUYER}
CONSULTATION = Statechart(
    name="complaints.consultation",
    title=Text("相談員からの相談", "the consultation"),
    initial=_C.RECEIVED,
    states={
        _C.RECEIVED: Text("運営者の回答を待っている", "the operator's answer is awaited"),
        _C.ANSWERED: Text("運営者が回答した", "the operator answered"),
        _C.CLOSED: Text("終わった", "ended"),
        _C.WITHDRAWN: Text("本人が同意を取り消した", "the consumer took consent back"),
        _C.LAPSED: Text("本人の同意の期限が過ぎた", "the consumer's consent ran out"),
    },
    steps=(
        Step(
            "write",
            Text("書き足す", "write"),
            {_C.RECEIVED: _C.RECEIVED, _C.ANSWERED: _C.RECEIVED},
            _COUNSELLOR,
        ),
        Step(
            "answer", Text("回答する", "answer"), {_C.RECEIVED: _C.ANSWERED, _C.ANSWERED: _C.ANSWERED}, STAFF
        ),
        Step(
            "confirm",
            Text("本人の同意を確かめる", "confirm the consumer's consent"),
            {_C.RECEIVED: _C.RECEIVED, _C.ANSWERED: _C.ANSWERED},
            _CONSUMER,
        ),
        Step(
            "withdraw",
            Text("同意を取り消す", "take consent back"),
            {_C.RECEIVED: _C.WITHDRAWN, _C.ANSWERED: _C.WITHDRAWN},
            _CONSUMER | _COUNSELLOR | {Role.MACHINE},
        ),
        Step(
            "close",
            Text("相談を終える", "end the consultation"),
            {_C.RECEIVED: _C.CLOSED, _C.ANSWERED: _C.CLOSED},
            STAFF | _COUNSELLOR,
        ),
        Step(
            "lapse",
            Text("同意の期限が過ぎる", "let consent run out"),
            {_C.RECEIVED: _C.LAPSED, _C.ANSWERED: _C.LAPSED},
            frozenset({Role.MACHINE}),
        ),
    ),
)
