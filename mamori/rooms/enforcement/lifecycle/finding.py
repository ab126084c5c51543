"""A finding: something that looks like a breach, on which the seller is heard and a person decides."""

from enum import StrEnum

from mamori.grammar.hand import SELLERS, Role
from mamori.grammar.statechart import Statechart, Step
from mamori.grammar.text import Text


class FindingState(StrEnum):
    """Where a finding stands."""

    FOUND = "found"
    HEARING = "hearing"
    HEARD = "heard"
    PROPOSED = "proposed"
    DECIDED = "decided"
    DISMISSED = "dismissed"


_S = FindingState
_DECIDERS = frozenset({Role.LEAD, Role.COUNSEL})
_STAFF = _DECIDERS | {Role.AGENT}
_MACHINE = frozenset({Role.MACHINE})

_HIDDEN = {state: state for state in (_S.HEARING, _S.HEARD, _S.PROPOSED)}
"""Where a listing may be hidden provisionally: the seller is asked in the act that hides it, at the latest."""

GATHERING = frozenset({_S.FOUND, _S.HEARING})
"""While staff put files to a finding: what comes later, the seller could not answer."""
HIDDEN_FROM_SELLER = {_S.PROPOSED: _S.HEARD}
"""What a seller is not told of: a proposal is no decision yet, and whoever knew of it could act before it comes."""

FINDING = Statechart(
    name="enforcement.finding",
    title=Text("違反の疑い", "the finding"),
    initial=_S.FOUND,
    states={
        _S.FOUND: Text("見つかった、扱い待ち", "found, to be looked at"),
        _S.HEARING: Text("出品者の意見を待っている", "waiting for the seller's view"),
        _S.HEARD: Text("判断待ち", "heard, to be decided"),
        _S.PROPOSED: Text("もう一人の承認待ち", "waits for a second person"),
        _S.DECIDED: Text("措置を決めた", "decided"),
        _S.DISMISSED: Text("違反ではない・措置なし", "dismissed"),
    },
    steps=(
        Step("ask", Text("出品者の意見を聴く", "hear the seller"), {_S.FOUND: _S.HEARING}, _STAFF),
        Step(
            "state_view",
            Text("意見を述べる", "state a view"),
            {_S.HEARING: _S.HEARD, _S.HEARD: _S.HEARD, _S.PROPOSED: _S.PROPOSED},
            SELLERS,
        ),
        Step(
            "state_view_after",
            Text("決定のあとに意見を述べる", "state a view afterwards"),
            {_S.DECIDED: _S.DECIDED},
            SELLERS,
            afterwards=True,
        ),
        Step(
            "read_view",
            Text("決定のあとの意見を読む", "read a view given afterwards"),
            {_S.DECIDED: _S.DECIDED},
            _STAFF,
            afterwards=True,
        ),
        Step(
            "hide",
            Text("商品を暫定的に非表示にする", "hide the listing provisionally"),
            {
                _S.FOUND: _S.HEARING,
                _S.HEARING: _S.HEARING,
                _S.HEARD: _S.HEARD,
                _S.PROPOSED: _S.PROPOSED,
            },
            _STAFF,
        ),
        Step(
            "confirm_hiding", Text("暫定非表示を続ける", "let a provisional hiding stand"), _HIDDEN, _DECIDERS
        ),
        Step("lift_hiding", Text("暫定非表示を解く", "lift a provisional hiding"), _HIDDEN, _DECIDERS),
        Step(
            "end_hearing",
            Text("意見の期限が過ぎる", "end the hearing"),
            {_S.HEARING: _S.HEARD},
            _MACHINE,
        ),
        Step(
            "propose",
            Text("措置を提案する", "propose a measure"),
            {_S.FOUND: _S.PROPOSED, _S.HEARING: _S.PROPOSED, _S.HEARD: _S.PROPOSED},
            _STAFF,
        ),
        Step(
            "decide",
            Text("措置を決める", "decide on a measure"),
            {_S.FOUND: _S.DECIDED, _S.HEARING: _S.DECIDED, _S.HEARD: _S.DECIDED},
            _STAFF,
        ),
        Step("approve", Text("承認する", "approve"), {_S.PROPOSED: _S.DECIDED}, _DECIDERS),
        Step("send_back", Text("承認しない", "send back"), {_S.PROPOSED: _S.HEARD}, _DECIDERS | _MACHINE),
        Step(
            "send_back_unheard",
            Text("承認せず、意見を聴くところへ戻す", "send back, to be heard first"),
            {_S.PROPOSED: _S.FOUND},
            _DECIDERS | _MACHINE,
        ),
        Step(
            "send_back_asked",
            Text("承認せず、意見を待つところへ戻す", "send back, where the seller is asked already"),
            {_S.PROPOSED: _S.HEARING},
            _DECIDERS | _MACHINE,
        ),
        Step(
            "dismiss",
            Text("措置をとらない", "dismiss"),
            {_S.FOUND: _S.DISMISSED, _S.HEARING: _S.DISMISSED, _S.HEARD: _S.DISMISSED},
            _STAFF,
        ),
    ),
)
