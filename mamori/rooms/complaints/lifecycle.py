"""A complaint until it is decided, a call back until somebody is reached, and a consultation of a counsellor."""

from enum import StrEnum

from mamori.grammar.actor import STAFF, Role
from mamori.grammar.statechart import Statechart, Step
from mamori.grammar.text import Text

# A complaint: what several people reported of one thing on one ground, until it is decided; another look may change that.


class ComplaintState(StrEnum):
    """How a complaint stands; its ends are the outcomes of the law."""

    RECEIVED = "received"
    ASKING = "asking"
    UPHELD = "upheld"
    NOT_UPHELD = "not_upheld"
    OUTSIDE = "outside"
    GONE = "gone"


_C = ComplaintState
WAITING = (_C.RECEIVED, _C.ASKING)
"""The states in which nothing is decided yet."""
ASKED_AGAIN = (_C.NOT_UPHELD, _C.OUTSIDE, _C.GONE)
"""The ends of which another look may be asked."""
COMPLAINT = Statechart(
    name="complaints.complaint",
    title=Text("申し出", "the complaint"),
    initial=_C.RECEIVED,
    states={
        _C.RECEIVED: Text("受け付けた", "received"),
        _C.ASKING: Text("事実確認の返答を待っている", "an answer is awaited"),
        _C.UPHELD: Text("取り上げた", "taken up"),
        _C.NOT_UPHELD: Text("取り上げなかった", "not taken up"),
        _C.OUTSIDE: Text("この窓口の範囲の外", "outside our remit"),
        _C.GONE: Text("すでになかった", "already gone"),
    },
    steps=(
        Step("begin", Text("見始める", "begin to look at it"), {one: one for one in WAITING}, STAFF),
        Step(
            "rule_out",
            Text("危険はないとする", "find that there is no danger"),
            {one: one for one in WAITING},
            frozenset({Role.LEAD}),
        ),
        Step("name", Text("お店を特定する", "say which shop it is"), {one: one for one in WAITING}, STAFF),
        Step("ask", Text("事実を尋ねる", "ask what is so"), dict.fromkeys(WAITING, _C.ASKING), STAFF),
        Step(
            "hear",
            Text("返答がそろう", "have every answer"),
            {_C.ASKING: _C.RECEIVED},
            frozenset({Role.MACHINE}),
        ),
        Step("uphold", Text("取り上げる", "take it up"), dict.fromkeys(WAITING, _C.UPHELD), STAFF),
        Step(
            "find_nothing",
            Text("取り上げない", "not take it up"),
            dict.fromkeys(WAITING, _C.NOT_UPHELD),
            STAFF,
        ),
        Step(
            "find_outside",
            Text("範囲の外とする", "find it outside our remit"),
            dict.fromkeys(WAITING, _C.OUTSIDE),
            STAFF,
        ),
        Step(
            "find_gone",
            Text("すでにないとする", "find it gone already"),
            dict.fromkeys(WAITING, _C.GONE),
            STAFF,
        ),
        Step(
            "ask_again",
            Text("見直しを求める", "ask for another look"),
            {one: one for one in ASKED_AGAIN},
            frozenset({Role.ANONYMOUS}),
            afterwards=True,
        ),
        Step(
            "keep",
            Text("結論を変えない", "let the outcome stand"),
            {one: one for one in ASKED_AGAIN},
            STAFF,
            afterwards=True,
        ),
        Step(
            "name_again",
            Text("見直してお店を特定する", "say upon another look which shop it is"),
            {one: one for one in ASKED_AGAIN},
            STAFF,
            afterwards=True,
        ),
        *(
            Step(
                f"{name}_again",
                Text("見直して結論を変える", "change the outcome upon another look"),
                {one: to for one in ASKED_AGAIN if one is not to},
                STAFF,
                afterwards=True,
            )
            for name, to in (
                ("uphold", _C.UPHELD),
                ("find_nothing", _C.NOT_UPHELD),
                ("find_outside", _C.OUTSIDE),
                ("find_gone", _C.GONE),
            )
        ),
    ),
)


class CallBackState(StrEnum):
    """How a call back stands."""

    DUE = "due"
    REACHED = "reached"
    NOT_REACHED = "not_reached"
    WRONG_NUMBER = "wrong_number"


_B = CallBackState
CALL_BACK = Statechart(
    name="complaints.callback",
    title=Text("折り返しの電話", "the call back"),
    initial=_B.DUE,
    states={
        _B.DUE: Text("かける", "to be called"),
        _B.REACHED: Text("つながって伝えた", "reached and told"),
        _B.NOT_REACHED: Text("つながらなかった", "not reached"),
        _B.WRONG_NUMBER: Text("番号が違った", "the number was wrong"),
    },
    steps=(
        Step("reach", Text("つながって伝える", "reach and tell"), {_B.DUE: _B.REACHED}, STAFF),
        Step("miss", Text("つながらない", "reach nobody"), {_B.DUE: _B.DUE}, STAFF),
        Step("find_wrong", Text("番号違いと知る", "find the number wrong"), {_B.DUE: _B.WRONG_NUMBER}, STAFF),
        Step(
            "give_up",
            Text("試し終える", "try no more"),
            {_B.DUE: _B.NOT_REACHED},
            STAFF | {Role.MACHINE},
        ),
    ),
)


# A consultation: a counsellor asks, staff answer, the consumer says what may be told, and it ends.


class ConsultationState(StrEnum):
    """How a consultation stands."""

    RECEIVED = "received"
    ANSWERED = "answered"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


_CONSULT = ConsultationState
_COUNSELLOR = frozenset({Role.COUNSELLOR})
_CONSUMER = STAFF | {Role.BUYER}
CONSULTATION = Statechart(
    name="complaints.consultation",
    title=Text("相談員からの相談", "the consultation"),
    initial=_CONSULT.RECEIVED,
    states={
        _CONSULT.RECEIVED: Text("運営者の回答を待っている", "the operator's answer is awaited"),
        _CONSULT.ANSWERED: Text("運営者が回答した", "the operator answered"),
        _CONSULT.CLOSED: Text("終わった", "ended"),
        _CONSULT.WITHDRAWN: Text("本人が同意を取り消した", "the consumer took consent back"),
        _CONSULT.LAPSED: Text("本人の同意の期限が過ぎた", "the consumer's consent ran out"),
    },
    steps=(
        Step(
            "write",
            Text("書き足す", "write"),
            {_CONSULT.RECEIVED: _CONSULT.RECEIVED, _CONSULT.ANSWERED: _CONSULT.RECEIVED},
            _COUNSELLOR,
        ),
        Step(
            "answer",
            Text("回答する", "answer"),
            {_CONSULT.RECEIVED: _CONSULT.ANSWERED, _CONSULT.ANSWERED: _CONSULT.ANSWERED},
            STAFF,
        ),
        Step(
            "confirm",
            Text("本人の同意を確かめる", "confirm the consumer's consent"),
            {_CONSULT.RECEIVED: _CONSULT.RECEIVED, _CONSULT.ANSWERED: _CONSULT.ANSWERED},
            _CONSUMER,
        ),
        Step(
            "withdraw",
            Text("同意を取り消す", "take consent back"),
            {_CONSULT.RECEIVED: _CONSULT.WITHDRAWN, _CONSULT.ANSWERED: _CONSULT.WITHDRAWN},
            _CONSUMER | _COUNSELLOR | {Role.MACHINE},
        ),
        Step(
            "close",
            Text("相談を終える", "end the consultation"),
            {_CONSULT.RECEIVED: _CONSULT.CLOSED, _CONSULT.ANSWERED: _CONSULT.CLOSED},
            STAFF | _COUNSELLOR,
        ),
        Step(
            "lapse",
            Text("同意の期限が過ぎる", "let consent run out"),
            {_CONSULT.RECEIVED: _CONSULT.LAPSED, _CONSULT.ANSWERED: _CONSULT.LAPSED},
            frozenset({Role.MACHINE}),
        ),
    ),
)
