"""A display, the proof of a contact, a request for what is left out, and the doubt whether a private account is a business."""

from enum import StrEnum

from mamori.grammar.actor import SELLERS, STAFF, Role
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
_WRITING = SELLERS | {Role.MACHINE}
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
        Step(
            "unask",
            Text("求めるのをやめる", "ask for it no more"),
            dict.fromkeys((_S.UNWRITTEN, _S.LACKING, _S.OVERDUE), _S.UNWRITTEN),
            _MACHINE,
        ),
        Step("miss", Text("期限が過ぎる", "miss the time"), {_S.LACKING: _S.OVERDUE}, _MACHINE),
        Step(
            "withhold",
            Text("個人として書いたものを出さない", "show nothing that was written as a private person"),
            dict.fromkeys(_OPEN, _S.UNWRITTEN),
            frozenset({Role.MACHINE, Role.LEAD, Role.COUNSEL}),
        ),
        Step("close", Text("終える", "end it"), dict.fromkeys(_OPEN, _S.CLOSED), _MACHINE),
    ),
)


class ProofState(StrEnum):
    """How the proof stands that a contact reaches its seller."""

    UNASKED = "unasked"
    ASKED = "asked"
    QUESTIONED = "questioned"
    MISSED = "missed"
    PROVEN = "proven"
    CLOSED = "closed"


ASKED_FOR = frozenset({ProofState.ASKED, ProofState.QUESTIONED, ProofState.MISSED})
"""The states in which the seller owes the proof."""

_P = ProofState
_LIVE = tuple(state for state in ProofState if state is not ProofState.CLOSED)
_SAME = {state: state for state in _LIVE}

PROOF = Statechart(
    name="display.proof",
    title=Text("連絡先の確認", "the proof of a contact"),
    initial=_P.UNASKED,
    states={
        _P.UNASKED: Text("確かめていない", "not proved"),
        _P.ASKED: Text("出品者に確認を求めている", "the seller is asked"),
        _P.QUESTIONED: Text(
            "届かないので、出品者に問い合わせている", "it reached nobody; the seller is questioned"
        ),
        _P.MISSED: Text("期限までに確かめられなかった", "not proved in time"),
        _P.PROVEN: Text("届くと確かめた", "proved"),
        _P.CLOSED: Text("出品者がいなくなった", "its seller is gone"),
    },
    steps=(
        Step("ask", Text("確認を求める", "ask for it"), dict.fromkeys(_LIVE, _P.ASKED), _MACHINE | STAFF),
        Step("send", Text("確認コードをメールで送る", "have a code mailed"), _SAME, SELLERS),
        Step("offer", Text("電話での確認を頼む", "offer to be called"), _SAME, SELLERS),
        Step("take_back", Text("電話での確認をやめる", "take the offer back"), _SAME, SELLERS),
        Step("enter", Text("確認コードを入れる", "enter a code"), _SAME, SELLERS),
        Step("mistake", Text("違う確認コードを伝える", "give a wrong code"), _SAME, SELLERS | STAFF),
        Step("call", Text("確認の電話をかける", "call to prove it"), _SAME, STAFF),
        Step("try_form", Text("フォームから確認コードを送る", "send a code by the form"), _SAME, STAFF),
        Step("prove", Text("届くと確かめる", "prove it"), dict.fromkeys(_LIVE, _P.PROVEN), SELLERS | STAFF),
        Step(
            "question",
            Text("届かないと問い合わせる", "question the seller"),
            dict.fromkeys((_P.UNASKED, _P.ASKED, _P.PROVEN), _P.QUESTIONED),
            _MACHINE | STAFF,
        ),
        Step(
            "resume",
            Text("前の求めに戻る", "owe it as before"),
            {_P.UNASKED: _P.MISSED},
            _MACHINE | STAFF,
        ),
        Step("miss", Text("期限が過ぎる", "miss the time"), {_P.QUESTIONED: _P.MISSED}, _MACHINE),
        Step(
            "lapse",
            Text("確認が古くなる、または要らなくなる", "let it lapse"),
            dict.fromkeys(_LIVE, _P.UNASKED),
            _MACHINE,
        ),
        Step("close", Text("終える", "end it"), dict.fromkeys(_LIVE, _P.CLOSED), _MACHINE),
    ),
)


class RequestState(StrEnum):
    """How a buyer's request for what a display leaves out stands."""

    ASKED = "asked"
    MISSED = "missed"
    REFERRED = "referred"
    GIVEN = "given"
    EXCUSED = "excused"
    CLOSED = "closed"


TO_ANSWER = (RequestState.ASKED, RequestState.MISSED)
"""The states in which the seller owes the answer."""
AWAITED = (*TO_ANSWER, RequestState.REFERRED)
"""The states in which the buyer waits."""

_R = RequestState

REQUEST = Statechart(
    name="display.request",
    title=Text("省略された事項の請求", "the request for omitted items"),
    initial=_R.ASKED,
    states={
        _R.ASKED: Text("出品者の回答を待っている", "the seller is to answer"),
        _R.MISSED: Text("期限までに回答がなかった", "not answered in time"),
        _R.REFERRED: Text("知らせてよいかを運営者が見ている", "the marketplace looks at it"),
        _R.GIVEN: Text("知らせた", "given"),
        _R.EXCUSED: Text("知らせなくてよいとした", "need not be given"),
        _R.CLOSED: Text("知らせる義務か当事者がなくなった", "the seller, the buyer or the duty is gone"),
    },
    steps=(
        Step(
            "give",
            Text("登録から知らせる", "give it from the registration"),
            {_R.ASKED: _R.GIVEN},
            frozenset({Role.BUYER}),
        ),
        Step("answer", Text("知らせる", "answer"), dict.fromkeys(AWAITED, _R.GIVEN), SELLERS),
        Step("show", Text("表示に出たと見る", "find it shown"), dict.fromkeys(AWAITED, _R.GIVEN), _MACHINE),
        Step(
            "refer",
            Text("運営者に見てもらう", "refer it to the marketplace"),
            dict.fromkeys(TO_ANSWER, _R.REFERRED),
            SELLERS,
        ),
        Step(
            "insist",
            Text("知らせるように求める", "ask the seller to give it"),
            {_R.REFERRED: _R.ASKED},
            STAFF,
        ),
        Step(
            "excuse",
            Text("知らせなくてよいとする", "let it not be given"),
            {_R.REFERRED: _R.EXCUSED},
            frozenset({Role.LEAD, Role.COUNSEL}),
        ),
        Step("miss", Text("期限が過ぎる", "miss the time"), {_R.ASKED: _R.MISSED}, _MACHINE),
        Step("close", Text("終える", "end it"), dict.fromkeys(AWAITED, _R.CLOSED), _MACHINE),
    ),
)


class DoubtState(StrEnum):
    """How it stands whether a private account is a business."""

    FLAGGED = "flagged"
    LET_BE = "let_be"
    ASKED = "asked"
    ANSWERED = "answered"
    UNANSWERED = "unanswered"
    BUSINESS = "business"
    PRIVATE = "private"
    UNCLEAR = "unclear"
    MOOT = "moot"
    CLOSED = "closed"


_D = DoubtState
WAITING = (_D.FLAGGED, _D.ANSWERED, _D.UNANSWERED)
"""The states in which somebody of the staff has to look."""
_HEARD = (_D.ANSWERED, _D.UNANSWERED, _D.BUSINESS)
_CONCLUDING = frozenset({Role.LEAD, Role.COUNSEL})
_UNENDED = tuple(state for state in DoubtState if state is not _D.CLOSED)

DOUBT = Statechart(
    name="display.doubt",
    title=Text("個人の出品者が事業者かの確認", "the doubt whether a private account is a business"),
    initial=_D.FLAGGED,
    states={
        _D.FLAGGED: Text("担当者がまだ見ていない", "not looked at yet"),
        _D.LET_BE: Text("見て、そのままにした", "looked at and let be"),
        _D.ASKED: Text("出品者に尋ねている", "the seller is asked"),
        _D.ANSWERED: Text("出品者が答えた", "the seller answered"),
        _D.UNANSWERED: Text("期限までに答えがない", "not answered in time"),
        _D.BUSINESS: Text("事業者と判断した", "concluded: a business"),
        _D.PRIVATE: Text("個人と判断した", "concluded: a private person"),
        _D.UNCLEAR: Text("どちらともいえない", "concluded: it is unclear"),
        _D.MOOT: Text("事業者として登録された", "registered as a business meanwhile"),
        _D.CLOSED: Text("出品者がいなくなった", "its seller is gone"),
    },
    steps=(
        Step(
            "flag",
            Text("一覧に載せる", "list it to be looked at"),
            dict.fromkeys((_D.LET_BE, _D.PRIVATE, _D.UNCLEAR, _D.MOOT), _D.FLAGGED),
            _MACHINE,
        ),
        Step("let_be", Text("そのままにする", "let it be"), {_D.FLAGGED: _D.LET_BE}, STAFF),
        Step(
            "ask",
            Text("出品者に尋ねる", "ask the seller"),
            dict.fromkeys((_D.FLAGGED, _D.LET_BE, _D.PRIVATE, _D.UNCLEAR), _D.ASKED),
            STAFF,
        ),
        Step(
            "answer",
            Text("答える", "answer"),
            dict.fromkeys((_D.ASKED, *_HEARD), _D.ANSWERED),
            SELLERS,
        ),
        Step("miss", Text("期限が過ぎる", "miss the time"), {_D.ASKED: _D.UNANSWERED}, _MACHINE),
        Step(
            "conclude_business",
            Text("事業者と判断する", "conclude that it is a business"),
            dict.fromkeys(_HEARD, _D.BUSINESS),
            _CONCLUDING,
        ),
        Step(
            "conclude_private",
            Text("個人と判断する", "conclude that it is a private person"),
            dict.fromkeys(_HEARD, _D.PRIVATE),
            _CONCLUDING,
        ),
        Step(
            "conclude_unclear",
            Text("どちらともいえないと判断する", "conclude that it is unclear"),
            dict.fromkeys(_HEARD, _D.UNCLEAR),
            _CONCLUDING,
        ),
        Step(
            "end_moot",
            Text("登録が事業者になり、確認を終える", "end it: registered as a business"),
            dict.fromkeys((one for one in _UNENDED if one is not _D.MOOT), _D.MOOT),
            _MACHINE,
        ),
        Step("close", Text("終える", "end it"), dict.fromkeys(_UNENDED, _D.CLOSED), _MACHINE),
    ),
)
