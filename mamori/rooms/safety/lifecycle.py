"""A request of an authority until it is closed, an accident until every buyer was told, and a recall, which is watched on."""

from enum import StrEnum

from mamori.grammar.actor import STAFF, Role
from mamori.grammar.statechart import Statechart, Step
from mamori.grammar.text import Text

HEADS = frozenset({Role.LEAD, Role.COUNSEL})


class AuthorityState(StrEnum):
    """How a request of an authority stands."""

    RECEIVED = "received"
    VERIFIED = "verified"
    CONFIRMED = "confirmed"
    ACTED = "acted"
    ANSWERED = "answered"
    CLOSED = "closed"
    FORGED = "forged"


_R = AuthorityState
OPEN_REQUEST = (_R.RECEIVED, _R.VERIFIED, _R.CONFIRMED, _R.ACTED, _R.ANSWERED)
REQUEST = Statechart(
    name="safety.request",
    title=Text("行政機関の要請", "the authority's request"),
    initial=_R.RECEIVED,
    states={
        _R.RECEIVED: Text(
            "受け付けた（送り主をまだ確かめていない）", "received; who sent it is not verified"
        ),
        _R.VERIFIED: Text("送り主を確かめた", "who sent it is verified"),
        _R.CONFIRMED: Text("対象の出品を確かめた", "which listings it means is confirmed"),
        _R.ACTED: Text("対応した", "acted upon"),
        _R.ANSWERED: Text("回答した", "answered"),
        _R.CLOSED: Text("終わった", "closed"),
        _R.FORGED: Text("偽物だった", "it was forged"),
    },
    steps=(
        Step(
            "correct",
            Text("記録を直す", "correct it"),
            {_R.RECEIVED: _R.RECEIVED, _R.VERIFIED: _R.VERIFIED},
            STAFF,
        ),
        Step(
            "list",
            Text("一覧を照らし合わせる", "hold its list against the listings"),
            {one: one for one in OPEN_REQUEST[:4]},
            STAFF,
        ),
        Step("verify", Text("送り主を確かめる", "verify who sent it"), {_R.RECEIVED: _R.VERIFIED}, STAFF),
        Step(
            "find_forged",
            Text("偽物と決める", "find that it is forged"),
            dict.fromkeys(OPEN_REQUEST, _R.FORGED),
            HEADS,
        ),
        Step(
            "judge",
            Text("候補を確かめる", "judge the candidates"),
            {one: one for one in OPEN_REQUEST[:4]},
            STAFF,
        ),
        Step("confirm", Text("対象を確かめ終える", "finish confirming"), {_R.VERIFIED: _R.CONFIRMED}, STAFF),
        Step("act", Text("対応する", "act upon it"), {one: one for one in OPEN_REQUEST[:4]}, STAFF),
        Step("finish", Text("対応を終える", "finish acting"), {_R.CONFIRMED: _R.ACTED}, STAFF),
        Step("answer", Text("回答する", "answer it"), {_R.ACTED: _R.ANSWERED}, STAFF),
        Step(
            "close",
            Text("終える", "close it"),
            {_R.RECEIVED: _R.CLOSED, _R.VERIFIED: _R.CLOSED, _R.ANSWERED: _R.CLOSED},
            STAFF,
        ),
    ),
)


class AccidentState(StrEnum):
    """How an accident stands."""

    OPEN = "open"
    CLOSED = "closed"
    DISMISSED = "dismissed"


_A = AccidentState
ACCIDENT = Statechart(
    name="safety.accident",
    title=Text("製品の事故", "the accident"),
    initial=_A.OPEN,
    states={
        _A.OPEN: Text("対応中", "being dealt with"),
        _A.CLOSED: Text("終わった", "closed"),
        _A.DISMISSED: Text("事故ではなかった", "it was none"),
    },
    steps=(
        Step("work", Text("一つ進める", "take one step"), {_A.OPEN: _A.OPEN}, STAFF),
        Step(
            "join",
            Text("同じ商品の知らせを合わせる", "join what is told of the same goods"),
            {_A.OPEN: _A.OPEN},
            STAFF | {Role.MACHINE},
        ),
        Step("close", Text("終える", "close it"), {_A.OPEN: _A.CLOSED}, HEADS),
        Step(
            "dismiss", Text("事故ではなかったとする", "find that it was none"), {_A.OPEN: _A.DISMISSED}, HEADS
        ),
    ),
)


class RecallState(StrEnum):
    """How a recall stands."""

    ENTERED = "entered"
    CONFIRMED = "confirmed"
    WATCHED = "watched"
    DISMISSED = "dismissed"


_L = RecallState
LIVE_RECALL = (_L.ENTERED, _L.CONFIRMED, _L.WATCHED)
_OPEN_RECALL = {one: one for one in LIVE_RECALL[:2]}
_LIVE_RECALL = {one: one for one in LIVE_RECALL}
RECALL = Statechart(
    name="safety.recall",
    title=Text("リコール", "the recall"),
    initial=_L.ENTERED,
    states={
        _L.ENTERED: Text("対象の出品を確かめている", "it is being seen which listings it means"),
        _L.CONFIRMED: Text("対象の出品を確かめた", "which listings it means is confirmed"),
        _L.WATCHED: Text("対応を終えた（新しい出品を見続ける）", "closed; new listings are watched"),
        _L.DISMISSED: Text("取り上げないことにした", "dismissed"),
    },
    steps=(
        Step("correct", Text("記録を直す", "correct it"), _OPEN_RECALL, STAFF),
        Step("judge", Text("候補を確かめる", "judge the candidates"), _LIVE_RECALL, STAFF),
        Step(
            "confirm",
            Text("対象を確かめ終える", "finish confirming"),
            {_L.ENTERED: _L.CONFIRMED, _L.WATCHED: _L.CONFIRMED},
            STAFF,
        ),
        Step("act", Text("対応する", "act upon it"), {_L.CONFIRMED: _L.CONFIRMED}, STAFF),
        Step(
            "find",
            Text("新しい候補を見つける", "find a new candidate"),
            _LIVE_RECALL,
            frozenset({Role.MACHINE}),
        ),
        Step("close", Text("対応を終える", "close it"), dict.fromkeys(_OPEN_RECALL, _L.WATCHED), HEADS),
        Step(
            "dismiss",
            Text("取り上げないことにする", "dismiss it"),
            dict.fromkeys(LIVE_RECALL, _L.DISMISSED),
            HEADS,
        ),
    ),
)


class ScreeningState(StrEnum):
    """How a rule by which listings are looked at stands."""

    DRAFT = "draft"
    USED = "used"
    RETIRED = "retired"
    DROPPED = "dropped"


_N = ScreeningState
SCREENING = Statechart(
    name="safety.screening",
    title=Text("確認の規則", "the screening rule"),
    initial=_N.DRAFT,
    states={
        _N.DRAFT: Text("下書き（まだ使っていない）", "a draft, not used yet"),
        _N.USED: Text("使っている", "used"),
        _N.RETIRED: Text("使うのをやめた", "retired"),
        _N.DROPPED: Text("捨てた", "dropped"),
    },
    steps=(
        Step("use", Text("使い始める", "use it"), {_N.DRAFT: _N.USED, _N.RETIRED: _N.USED}, HEADS),
        Step("retire", Text("使うのをやめる", "retire it"), {_N.USED: _N.RETIRED}, HEADS),
        Step("drop", Text("捨てる", "drop it"), {_N.DRAFT: _N.DROPPED, _N.RETIRED: _N.DROPPED}, HEADS),
        Step(
            "judge",
            Text("候補を決める", "decide on candidates"),
            {_N.USED: _N.USED, _N.RETIRED: _N.RETIRED},
            STAFF,
        ),
        Step(
            "take_list",
            Text("名前の一覧を取り込む", "take in a list of names"),
            {_N.USED: _N.USED, _N.RETIRED: _N.RETIRED},
            HEADS | {Role.MACHINE},
        ),
    ),
)
