"""An appeal: read by somebody else than who decided, talked about, and answered with reasons by a clock."""

from enum import StrEnum

from mamori.grammar.hand import SELLERS, Role
from mamori.grammar.statechart import Statechart, Step
from mamori.grammar.text import Text


class AppealState(StrEnum):
    """Where an appeal stands."""

    RECEIVED = "received"
    REVIEW = "review"
    ASKED = "asked"
    GRANTED = "granted"
    PARTLY = "partly"
    KEPT = "kept"
    WITHDRAWN = "withdrawn"
    REVERSED = "reversed"


_S = AppealState
_REVIEWERS = frozenset({Role.LEAD, Role.COUNSEL})

APPEAL = Statechart(
    name="enforcement.appeal",
    title=Text("異議の申出", "the appeal"),
    initial=_S.RECEIVED,
    states={
        _S.RECEIVED: Text("届いた、担当待ち", "received, waits for a reviewer"),
        _S.REVIEW: Text("別の担当者が見直している", "being reviewed by another person"),
        _S.ASKED: Text("出品者に追加をお願いしている", "the seller is asked for more"),
        _S.GRANTED: Text("認めた", "granted"),
        _S.PARTLY: Text("一部を認めた", "granted in part"),
        _S.KEPT: Text("決定を変えない", "the decision stands"),
        _S.WITHDRAWN: Text("取り下げられた", "withdrawn"),
        _S.REVERSED: Text("もとの決定がなくなったので終わった", "over, as the decision no longer stands"),
    },
    steps=(
        Step(
            "take",
            Text("見直しを担当する", "take the review"),
            {_S.RECEIVED: _S.REVIEW, _S.REVIEW: _S.REVIEW, _S.ASKED: _S.ASKED},
            _REVIEWERS,
        ),
        Step("ask_more", Text("追加をお願いする", "ask for more"), {_S.REVIEW: _S.ASKED}, _REVIEWERS),
        Step(
            "write",
            Text("書き足す", "write"),
            {_S.RECEIVED: _S.RECEIVED, _S.REVIEW: _S.REVIEW, _S.ASKED: _S.REVIEW},
            SELLERS,
        ),
        Step(
            "reply",
            Text("出品者に返事をする", "reply to the seller"),
            {_S.REVIEW: _S.REVIEW, _S.ASKED: _S.ASKED},
            _REVIEWERS,
        ),
        Step(
            "go_on",
            Text("返事を待たずに進める", "go on without more"),
            {_S.ASKED: _S.REVIEW},
            _REVIEWERS | {Role.MACHINE},
        ),
        Step("grant", Text("異議を認める", "grant"), {_S.REVIEW: _S.GRANTED}, _REVIEWERS),
        Step("grant_part", Text("一部を認める", "grant in part"), {_S.REVIEW: _S.PARTLY}, _REVIEWERS),
        Step("keep", Text("決定を変えない", "keep the decision"), {_S.REVIEW: _S.KEPT}, _REVIEWERS),
        Step(
            "withdraw",
            Text("取り下げる", "withdraw"),
            {_S.RECEIVED: _S.WITHDRAWN, _S.REVIEW: _S.WITHDRAWN, _S.ASKED: _S.WITHDRAWN},
            SELLERS,
        ),
        Step(
            "end_reversed",
            Text("もとの決定がなくなって終わる", "end, as the decision no longer stands"),
            {_S.RECEIVED: _S.REVERSED, _S.REVIEW: _S.REVERSED, _S.ASKED: _S.REVERSED},
            _REVIEWERS | {Role.MACHINE},
        ),
    ),
)
