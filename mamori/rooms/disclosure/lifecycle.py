"""How a request for a seller's information goes, an inquiry of somebody else, and what is published: editions and answers."""

from __future__ import annotations

from enum import StrEnum

from mamori.grammar.actor import SELLERS, STAFF, Role
from mamori.grammar.statechart import Statechart, Step
from mamori.grammar.text import Text


class DisclosureState(StrEnum):
    """How a request stands."""

    RECEIVED = "received"
    INCOMPLETE = "incomplete"
    EXAMINING = "examining"
    HEARING = "hearing"
    DECIDING = "deciding"
    PROPOSED = "proposed"
    DISCLOSED = "disclosed"
    PARTLY = "partly"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


_S = DisclosureState
OPEN = (_S.RECEIVED, _S.INCOMPLETE, _S.EXAMINING, _S.HEARING, _S.DECIDING, _S.PROPOSED)
"""The states in which it goes on."""
GIVEN = (_S.DISCLOSED, _S.PARTLY)
"""The states in which something was disclosed."""
EXAMINED = (_S.EXAMINING, _S.HEARING, _S.DECIDING)
"""The states in which its elements are weighed."""
DECIDERS = frozenset({Role.LEAD, Role.COUNSEL})
_BUYER = frozenset({Role.BUYER})
_MACHINE = frozenset({Role.MACHINE})
_SAME = {state: state for state in OPEN}

REQUEST = Statechart(
    name="disclosure.request",
    title=Text("販売業者等情報の開示請求", "the request for a seller's information"),
    initial=_S.RECEIVED,
    states={
        _S.RECEIVED: Text("受け付けた", "received"),
        _S.INCOMPLETE: Text("足りないものをお願いしている", "to be completed"),
        _S.EXAMINING: Text("要件を確かめている", "the requirements are looked at"),
        _S.HEARING: Text("出品者の意見を聴いている", "the seller is heard"),
        _S.DECIDING: Text("開示するかを決めている", "it is being decided"),
        _S.PROPOSED: Text("もう一人の確認を待っている", "a second person has to agree"),
        _S.DISCLOSED: Text("開示した", "disclosed"),
        _S.PARTLY: Text("一部を開示した", "disclosed in part"),
        _S.REFUSED: Text("開示しないと決めた", "refused"),
        _S.WITHDRAWN: Text("取り下げられた", "withdrawn"),
    },
    steps=(
        Step("begin", Text("確かめ始める", "begin to look"), {_S.RECEIVED: _S.EXAMINING}, STAFF),
        Step(
            "ask_more",
            Text("足りないものをお願いする", "ask for what is missing"),
            dict.fromkeys((_S.RECEIVED, _S.EXAMINING), _S.INCOMPLETE),
            STAFF,
        ),
        Step(
            "complete",
            Text("足りないものを送る", "complete it"),
            {_S.INCOMPLETE: _S.EXAMINING},
            _BUYER | STAFF,
        ),
        Step(
            "add",
            Text("書き足す", "add to it"),
            {state: state for state in (_S.RECEIVED, _S.EXAMINING, _S.HEARING, _S.DECIDING)},
            _BUYER | STAFF,
        ),
        Step(
            "miss_completion",
            Text("期限までに届かない", "is not completed in time"),
            {_S.INCOMPLETE: _S.EXAMINING},
            _MACHINE,
        ),
        Step("note", Text("確かめたことを記録する", "note what was seen"), _SAME, STAFF),
        Step("doubt", Text("要件に疑問を記録する", "mark an element doubtful"), _SAME, STAFF),
        Step(
            "weigh",
            Text("要件について判断する", "weigh an element"),
            {state: state for state in EXAMINED},
            DECIDERS,
        ),
        Step(
            "ask_view",
            Text("出品者の意見を聴く", "ask the seller for its view"),
            {_S.EXAMINING: _S.HEARING},
            DECIDERS,
        ),
        Step(
            "try",
            Text("連絡を試みたことを記録する", "note a try to reach it"),
            {_S.HEARING: _S.HEARING},
            STAFF,
        ),
        Step(
            "state_view",
            Text("意見を述べる", "state its view"),
            {_S.HEARING: _S.DECIDING},
            SELLERS | STAFF,
        ),
        Step(
            "late_view",
            Text("期限のあとに意見を述べる", "state its view late"),
            dict.fromkeys((_S.DECIDING, _S.PROPOSED), _S.DECIDING),
            SELLERS,
        ),
        Step(
            "add_view",
            Text("意見を書き足す", "add to its view"),
            {state: state for state in (_S.DECIDING, _S.PROPOSED)},
            SELLERS,
        ),
        Step(
            "confirm",
            Text("古いと言った項目を確かめる", "confirm what it called outdated"),
            {state: state for state in (_S.DECIDING, _S.PROPOSED)},
            SELLERS,
        ),
        Step(
            "end_hearing",
            Text("意見の期限が過ぎる", "the time for a view ends"),
            {_S.HEARING: _S.DECIDING},
            _MACHINE,
        ),
        Step(
            "find_unreachable",
            Text("連絡がとれないと判断する", "find that it cannot be reached"),
            {_S.HEARING: _S.DECIDING},
            DECIDERS,
        ),
        Step(
            "propose",
            Text("開示を提案する", "propose to disclose"),
            {_S.DECIDING: _S.PROPOSED},
            DECIDERS,
        ),
        Step(
            "propose_refusal",
            Text("開示しないことを提案する", "propose to refuse"),
            dict.fromkeys((_S.EXAMINING, _S.DECIDING), _S.PROPOSED),
            DECIDERS,
        ),
        Step(
            "reopen",
            Text("提案を戻す（聴く前）", "send it back, unheard"),
            {_S.PROPOSED: _S.EXAMINING},
            DECIDERS,
        ),
        Step("send_back", Text("提案を戻す", "send it back"), {_S.PROPOSED: _S.DECIDING}, DECIDERS),
        Step("disclose", Text("開示する", "disclose"), {_S.PROPOSED: _S.DISCLOSED}, DECIDERS),
        Step(
            "disclose_partly", Text("一部を開示する", "disclose in part"), {_S.PROPOSED: _S.PARTLY}, DECIDERS
        ),
        Step("refuse", Text("開示しない", "refuse"), {_S.PROPOSED: _S.REFUSED}, DECIDERS),
        Step(
            "give",
            Text("開示した内容を渡す", "give what was disclosed"),
            {state: state for state in GIVEN},
            _BUYER | STAFF,
            afterwards=True,
        ),
        Step(
            "send",
            Text("決定を書面で送る", "send the decision by letter"),
            {state: state for state in (*GIVEN, _S.REFUSED)},
            STAFF,
            afterwards=True,
        ),
        Step("withdraw", Text("取り下げる", "withdraw"), dict.fromkeys(OPEN, _S.WITHDRAWN), _BUYER | STAFF),
        Step("close", Text("終える", "end it"), dict.fromkeys(OPEN, _S.WITHDRAWN), _MACHINE),
    ),
)


class InquiryState(StrEnum):
    """How an inquiry of somebody else stands."""

    ENTERED = "entered"
    WAITING = "waiting"
    DECIDED = "decided"
    GIVEN = "given"
    PARTLY = "partly"
    REFUSED = "refused"
    PASSED = "passed"


_I = InquiryState
_UNDECIDED = (_I.ENTERED, _I.WAITING)
INQUIRY = Statechart(
    name="disclosure.inquiry",
    title=Text("情報の照会", "the inquiry"),
    initial=_I.ENTERED,
    states={
        _I.ENTERED: Text("受け付けた", "received"),
        _I.WAITING: Text("もう一人の確認を待っている", "a second person has to agree"),
        _I.DECIDED: Text("渡すと決めた（まだ渡していない）", "to be given, and not yet handed over"),
        _I.GIVEN: Text("渡した", "given"),
        _I.PARTLY: Text("一部を渡した", "given in part"),
        _I.REFUSED: Text("渡さなかった", "not given"),
        _I.PASSED: Text("ほかの手続きに回した", "passed on to another procedure"),
    },
    steps=(
        Step("correct", Text("記録を直す", "correct it"), {_I.ENTERED: _I.ENTERED}, DECIDERS),
        Step(
            "see", Text("先にすることを記録する", "note what comes first"), {_I.ENTERED: _I.ENTERED}, DECIDERS
        ),
        Step("propose", Text("決定を提案する", "propose a decision"), {_I.ENTERED: _I.WAITING}, DECIDERS),
        Step(
            "take_back",
            Text("提案を戻す", "send it back"),
            dict.fromkeys((_I.WAITING, _I.DECIDED), _I.ENTERED),
            DECIDERS,
        ),
        Step("give", Text("渡すと決める", "decide to give"), {_I.WAITING: _I.DECIDED}, DECIDERS),
        Step("hand_over", Text("渡す", "hand it over"), {_I.DECIDED: _I.GIVEN}, DECIDERS),
        Step("hand_over_partly", Text("一部を渡す", "hand a part over"), {_I.DECIDED: _I.PARTLY}, DECIDERS),
        Step("refuse", Text("渡さない", "give nothing"), dict.fromkeys(_UNDECIDED, _I.REFUSED), DECIDERS),
        Step(
            "pass_on",
            Text("ほかの手続きに回す", "pass it on"),
            dict.fromkeys(_UNDECIDED, _I.PASSED),
            DECIDERS,
        ),
    ),
)


class EditionState(StrEnum):
    """How what is published of a half-year stands."""

    DRAFTED = "drafted"
    RELEASED = "released"
    REPLACED = "replaced"
    DROPPED = "dropped"


_E = EditionState
EDITION = Statechart(
    name="disclosure.edition",
    title=Text("公表版", "the edition"),
    initial=_E.DRAFTED,
    states={
        _E.DRAFTED: Text("もう一人の確認を待っている", "a second person has to release it"),
        _E.RELEASED: Text("公表している", "released"),
        _E.REPLACED: Text("訂正版に替わった", "replaced by a corrected one"),
        _E.DROPPED: Text("取りやめた", "given up"),
    },
    steps=(
        Step("release", Text("公表する", "release it"), {_E.DRAFTED: _E.RELEASED}, DECIDERS),
        Step("drop", Text("取りやめる", "give it up"), {_E.DRAFTED: _E.DROPPED}, DECIDERS),
        Step("replace", Text("訂正版に替える", "replace it"), {_E.RELEASED: _E.REPLACED}, DECIDERS),
    ),
)


class AnswerState(StrEnum):
    """How what the operator answers of a practice stands."""

    PROPOSED = "proposed"
    PUBLISHED = "published"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    DROPPED = "dropped"


_A = AnswerState
ANSWER = Statechart(
    name="disclosure.answer",
    title=Text("取組みについての答え", "the answer on a practice"),
    initial=_A.PROPOSED,
    states={
        _A.PROPOSED: Text("公表を待っている", "waits to be published"),
        _A.PUBLISHED: Text("公表している", "published"),
        _A.REPLACED: Text("新しい答えに替わった", "replaced by a newer one"),
        _A.WITHDRAWN: Text("公表をやめた", "taken back"),
        _A.DROPPED: Text("取りやめた", "given up"),
    },
    steps=(
        Step("publish", Text("公表する", "publish it"), {_A.PROPOSED: _A.PUBLISHED}, DECIDERS),
        Step("drop", Text("取りやめる", "give it up"), {_A.PROPOSED: _A.DROPPED}, DECIDERS),
        Step("replace", Text("新しい答えに替える", "replace it"), {_A.PUBLISHED: _A.REPLACED}, DECIDERS),
        Step("withdraw", Text("公表をやめる", "take it back"), {_A.PUBLISHED: _A.WITHDRAWN}, DECIDERS),
    ),
)
