"""The lifecycles of this room: findings, measures, appeals, versions of the policy, clarifications."""

from enum import StrEnum

from mamori.grammar.actor import HEADS, SELLERS, STAFF, Role
from mamori.grammar.statechart import Statechart, Step
from mamori.grammar.text import Text

# An appeal: read by somebody else than who decided, talked about, and answered with reasons by a clock.


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


_A = AppealState
_UNDECIDED = (_A.RECEIVED, _A.REVIEW, _A.ASKED)

APPEAL = Statechart(
    name="enforcement.appeal",
    title=Text("異議の申出", "the appeal"),
    initial=_A.RECEIVED,
    states={
        _A.RECEIVED: Text("届いた、担当待ち", "received, waits for a reviewer"),
        _A.REVIEW: Text("別の担当者が見直している", "being reviewed by another person"),
        _A.ASKED: Text("出品者に追加をお願いしている", "the seller is asked for more"),
        _A.GRANTED: Text("認めた", "granted"),
        _A.PARTLY: Text("一部を認めた", "granted in part"),
        _A.KEPT: Text("決定を変えない", "the decision stands"),
        _A.WITHDRAWN: Text("取り下げられた", "withdrawn"),
        _A.REVERSED: Text("もとの決定がなくなったので終わった", "over, as the decision no longer stands"),
    },
    steps=(
        Step(
            "take",
            Text("見直しを担当する", "take the review"),
            {_A.RECEIVED: _A.REVIEW, _A.REVIEW: _A.REVIEW, _A.ASKED: _A.ASKED},
            HEADS,
        ),
        Step("ask_more", Text("追加をお願いする", "ask for more"), {_A.REVIEW: _A.ASKED}, HEADS),
        Step(
            "write",
            Text("書き足す", "write"),
            {_A.RECEIVED: _A.RECEIVED, _A.REVIEW: _A.REVIEW, _A.ASKED: _A.REVIEW},
            SELLERS,
        ),
        Step(
            "reply",
            Text("出品者に返事をする", "reply to the seller"),
            {_A.REVIEW: _A.REVIEW, _A.ASKED: _A.ASKED},
            HEADS,
        ),
        Step(
            "go_on",
            Text("返事を待たずに進める", "go on without more"),
            {_A.ASKED: _A.REVIEW},
            HEADS | {Role.MACHINE},
        ),
        Step("grant", Text("異議を認める", "grant"), {_A.REVIEW: _A.GRANTED}, HEADS),
        Step("grant_part", Text("一部を認める", "grant in part"), {_A.REVIEW: _A.PARTLY}, HEADS),
        Step("keep", Text("決定を変えない", "keep the decision"), {_A.REVIEW: _A.KEPT}, HEADS),
        Step("withdraw", Text("取り下げる", "withdraw"), dict.fromkeys(_UNDECIDED, _A.WITHDRAWN), SELLERS),
        Step(
            "end_reversed",
            Text("もとの決定がなくなって終わる", "end, as the decision no longer stands"),
            dict.fromkeys(_UNDECIDED, _A.REVERSED),
            HEADS | {Role.MACHINE},
        ),
    ),
)


# A finding: something that looks like a breach, on which the seller is heard and a person decides.


class FindingState(StrEnum):
    """Where a finding stands."""

    FOUND = "found"
    HEARING = "hearing"
    HEARD = "heard"
    PROPOSED = "proposed"
    DECIDED = "decided"
    DISMISSED = "dismissed"


_F = FindingState
_BEFORE = (_F.FOUND, _F.HEARING, _F.HEARD)
_MACHINE = frozenset({Role.MACHINE})

_HIDDEN = {state: state for state in (_F.HEARING, _F.HEARD, _F.PROPOSED)}
"""Where a listing may be hidden provisionally: the seller is asked in the act that hides it, at the latest."""

GATHERING = frozenset({_F.FOUND, _F.HEARING})
"""While staff put files to a finding: what comes later, the seller could not answer."""
HIDDEN_FROM_SELLER = {_F.PROPOSED: _F.HEARD}
"""What a seller is not told of: a proposal is no decision yet, and whoever knew of it could act before it comes."""

FINDING = Statechart(
    name="enforcement.finding",
    title=Text("違反の疑い", "the finding"),
    initial=_F.FOUND,
    states={
        _F.FOUND: Text("見つかった、扱い待ち", "found, to be looked at"),
        _F.HEARING: Text("出品者の意見を待っている", "waiting for the seller's view"),
        _F.HEARD: Text("判断待ち", "heard, to be decided"),
        _F.PROPOSED: Text("もう一人の承認待ち", "waits for a second person"),
        _F.DECIDED: Text("措置を決めた", "decided"),
        _F.DISMISSED: Text("違反ではない・措置なし", "dismissed"),
    },
    steps=(
        Step("ask", Text("出品者の意見を聴く", "hear the seller"), {_F.FOUND: _F.HEARING}, STAFF),
        Step(
            "state_view",
            Text("意見を述べる", "state a view"),
            {_F.HEARING: _F.HEARD, _F.HEARD: _F.HEARD, _F.PROPOSED: _F.PROPOSED},
            SELLERS,
        ),
        Step(
            "state_view_after",
            Text("決定のあとに意見を述べる", "state a view afterwards"),
            {_F.DECIDED: _F.DECIDED},
            SELLERS,
            afterwards=True,
        ),
        Step(
            "read_view",
            Text("決定のあとの意見を読む", "read a view given afterwards"),
            {_F.DECIDED: _F.DECIDED},
            STAFF,
            afterwards=True,
        ),
        Step(
            "hide",
            Text("商品を暫定的に非表示にする", "hide the listing provisionally"),
            {_F.FOUND: _F.HEARING, _F.HEARING: _F.HEARING, _F.HEARD: _F.HEARD, _F.PROPOSED: _F.PROPOSED},
            STAFF,
        ),
        Step("confirm_hiding", Text("暫定非表示を続ける", "let a provisional hiding stand"), _HIDDEN, HEADS),
        Step("lift_hiding", Text("暫定非表示を解く", "lift a provisional hiding"), _HIDDEN, HEADS),
        Step("end_hearing", Text("意見の期限が過ぎる", "end the hearing"), {_F.HEARING: _F.HEARD}, _MACHINE),
        Step(
            "propose", Text("措置を提案する", "propose a measure"), dict.fromkeys(_BEFORE, _F.PROPOSED), STAFF
        ),
        Step(
            "decide", Text("措置を決める", "decide on a measure"), dict.fromkeys(_BEFORE, _F.DECIDED), STAFF
        ),
        Step("approve", Text("承認する", "approve"), {_F.PROPOSED: _F.DECIDED}, HEADS),
        Step("send_back", Text("承認しない", "send back"), {_F.PROPOSED: _F.HEARD}, HEADS | _MACHINE),
        Step(
            "send_back_unheard",
            Text("承認せず、意見を聴くところへ戻す", "send back, to be heard first"),
            {_F.PROPOSED: _F.FOUND},
            HEADS | _MACHINE,
        ),
        Step(
            "send_back_asked",
            Text("承認せず、意見を待つところへ戻す", "send back, where the seller is asked already"),
            {_F.PROPOSED: _F.HEARING},
            HEADS | _MACHINE,
        ),
        Step("dismiss", Text("措置をとらない", "dismiss"), dict.fromkeys(_BEFORE, _F.DISMISSED), STAFF),
    ),
)


# A measure: agreed on by as many people as it needs, carried out by the shop, lifted by itself, or undone.


class MeasureState(StrEnum):
    """Where a measure stands."""

    PROPOSED = "proposed"
    ANNOUNCED = "announced"
    ORDERED = "ordered"
    IN_FORCE = "in_force"
    LIFTING = "lifting"
    UNDOING = "undoing"
    REJECTED = "rejected"
    CALLED_OFF = "called_off"
    OVER = "over"
    REVERSED = "reversed"


_M = MeasureState

STANDING = frozenset({_M.ANNOUNCED, _M.ORDERED, _M.IN_FORCE})
"""Where a measure keeps the same one from being decided on: not while it is only proposed, nor once it is being taken back."""

MEASURE = Statechart(
    name="enforcement.measure",
    title=Text("措置", "the measure"),
    initial=_M.PROPOSED,
    states={
        _M.PROPOSED: Text("もう一人の承認待ち", "waits for a second person"),
        _M.ANNOUNCED: Text("予告した", "announced"),
        _M.ORDERED: Text("通販サイトに指示した、確認待ち", "ordered, to be confirmed by the marketplace"),
        _M.IN_FORCE: Text("実施中", "in force"),
        _M.LIFTING: Text("解除を指示した、確認待ち", "being lifted, to be confirmed by the marketplace"),
        _M.UNDOING: Text("取消しを指示した、確認待ち", "being undone, to be confirmed by the marketplace"),
        _M.REJECTED: Text("承認されなかった", "not approved"),
        _M.CALLED_OFF: Text("実施の前に取りやめた", "called off before it began"),
        _M.OVER: Text("終わった", "over"),
        _M.REVERSED: Text("取り消した", "reversed"),
    },
    steps=(
        Step("announce", Text("予告する", "announce"), {_M.PROPOSED: _M.ANNOUNCED}, STAFF | _MACHINE),
        Step(
            "order",
            Text("通販サイトに指示する", "order it from the marketplace"),
            {_M.PROPOSED: _M.ORDERED, _M.ANNOUNCED: _M.ORDERED},
            STAFF | _MACHINE,
        ),
        Step(
            "order_again",
            Text("通販サイトにもう一度指示する", "order it again"),
            {_M.ORDERED: _M.ORDERED, _M.LIFTING: _M.LIFTING, _M.UNDOING: _M.UNDOING},
            STAFF,
        ),
        Step(
            "begin",
            Text("実施する", "begin"),
            {_M.PROPOSED: _M.IN_FORCE, _M.ANNOUNCED: _M.IN_FORCE, _M.ORDERED: _M.IN_FORCE},
            STAFF | _MACHINE,
        ),
        Step(
            "give_anew",
            Text(
                "通販サイトが元に戻したので、もう一度指示される", "be given anew, as the marketplace undid it"
            ),
            {_M.IN_FORCE: _M.ORDERED},
            _MACHINE,
        ),
        Step(
            "review",
            Text("見直して、続ける", "review it and let it stay"),
            {_M.ORDERED: _M.ORDERED, _M.IN_FORCE: _M.IN_FORCE},
            HEADS,
        ),
        Step("reject", Text("承認しない", "reject"), {_M.PROPOSED: _M.REJECTED}, HEADS | _MACHINE),
        Step(
            "call_off",
            Text("実施の前に取りやめる", "call off"),
            {_M.ANNOUNCED: _M.CALLED_OFF},
            HEADS | _MACHINE,
        ),
        Step(
            "lift",
            Text("解除する", "lift"),
            {_M.ORDERED: _M.LIFTING, _M.IN_FORCE: _M.LIFTING},
            STAFF | _MACHINE,
        ),
        Step(
            "undo",
            Text("取り消す", "undo"),
            {_M.ORDERED: _M.UNDOING, _M.IN_FORCE: _M.UNDOING, _M.LIFTING: _M.UNDOING},
            HEADS | _MACHINE,
        ),
        Step("end", Text("終わる", "end"), {_M.IN_FORCE: _M.OVER, _M.LIFTING: _M.OVER}, STAFF | _MACHINE),
        Step(
            "reverse",
            Text("取消しを終える", "reverse"),
            {_M.IN_FORCE: _M.REVERSED, _M.UNDOING: _M.REVERSED},
            HEADS | _MACHINE,
        ),
        Step(
            "reverse_after",
            Text("終わったあとに取り消す", "reverse it after its end"),
            {_M.OVER: _M.REVERSED, _M.CALLED_OFF: _M.REVERSED},
            HEADS,
            afterwards=True,
        ),
    ),
)


class PolicyState(StrEnum):
    """Where a version of the table stands."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    ANNOUNCED = "announced"
    IN_FORCE = "in_force"
    REPLACED = "replaced"
    DISCARDED = "discarded"


_P = PolicyState

POLICY = Statechart(
    name="enforcement.policy",
    title=Text("措置の基準", "the policy"),
    initial=_P.DRAFT,
    states={
        _P.DRAFT: Text("下書き", "draft"),
        _P.PROPOSED: Text("もう一人の承認待ち", "waits for a second person"),
        _P.ANNOUNCED: Text("公表した、実施前", "published, not yet in force"),
        _P.IN_FORCE: Text("実施中", "in force"),
        _P.REPLACED: Text("新しい版に替わった", "replaced"),
        _P.DISCARDED: Text("取りやめた", "discarded"),
    },
    steps=(
        Step("edit", Text("書き直す", "edit"), {_P.DRAFT: _P.DRAFT}, HEADS),
        Step("propose", Text("承認を求める", "propose"), {_P.DRAFT: _P.PROPOSED}, HEADS),
        Step("send_back", Text("下書きに戻す", "send back"), {_P.PROPOSED: _P.DRAFT}, HEADS | _MACHINE),
        Step("publish", Text("承認して公表する", "approve and publish"), {_P.PROPOSED: _P.ANNOUNCED}, HEADS),
        Step("begin", Text("実施する", "come into force"), {_P.ANNOUNCED: _P.IN_FORCE}, _MACHINE),
        Step("replace", Text("新しい版に替わる", "be replaced"), {_P.IN_FORCE: _P.REPLACED}, _MACHINE),
        Step(
            "discard",
            Text("取りやめる", "discard"),
            {_P.DRAFT: _P.DISCARDED, _P.PROPOSED: _P.DISCARDED, _P.ANNOUNCED: _P.DISCARDED},
            HEADS | _MACHINE,
        ),
    ),
)


class ClarificationState(StrEnum):
    """How a clarification stands."""

    ASKED = "asked"
    ANSWERED = "answered"
    SILENT = "silent"
    WITHDRAWN = "withdrawn"


_C = ClarificationState
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
