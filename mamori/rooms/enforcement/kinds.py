"""The cases of this room in words, for lists that hold the cases of all rooms, and what its acts are called."""

from __future__ import annotations

from mamori.grammar.text import Text
from mamori.ground.declared.casekinds import CaseKind, declare
from mamori.law.breaches import BREACHES
from mamori.law.deadlines import DEADLINES
from mamori.rooms.enforcement.acts import ACTS
from mamori.rooms.enforcement.lifecycle import APPEAL, FINDING
from mamori.rooms.enforcement.rules.standing import END_CLOCK, START_CLOCK

FINDING_CASE = CaseKind(
    code="enforcement.finding",
    title=Text("違反の疑い", "finding"),
    states={state.value: text for state, text in FINDING.states.items()},
    topics=tuple(breach.title for breach in BREACHES),
    attentions={
        "look": Text("扱いを決める必要がある", "somebody has to look at it"),
        "decide": Text("判断が必要", "a decision is needed"),
        "approve": Text("もう一人の承認が必要", "a second person has to approve"),
        "not-confirmed": Text("市場の確認がない", "the marketplace has not confirmed"),
        "not-carried-out": Text("市場が実行できなかった", "the marketplace could not do it"),
        "review": Text("措置の見直しが必要", "a measure has to be reviewed"),
        "overdue": Text("判断が遅れている", "the decision is overdue"),
        "view": Text("決定のあとに届いた意見を読む", "a view that came afterwards has to be read"),
        "cure": Text("直したとの知らせを確かめる", "a cure has to be looked at"),
    },
)
APPEAL_CASE = CaseKind(
    code="enforcement.appeal",
    title=Text("異議の申出", "appeal"),
    states={state.value: text for state, text in APPEAL.states.items()},
    topics=(Text("異議の申出", "appeal"),),
    attentions={
        "take": Text("別の担当者が必要", "another reviewer is needed"),
        "answered": Text("出品者が書き足した", "the seller has written"),
        "overdue": Text("見直しが遅れている", "the review is overdue"),
    },
)

declare(
    FINDING_CASE,
    APPEAL_CASE,
    acts={code: words.text for code, words in ACTS.items()},
    clocks={
        deadline.code: deadline.title for deadline in DEADLINES if deadline.code.startswith("enforcement.")
    }
    | {
        START_CLOCK: Text("予告した措置の開始", "an announced measure's beginning"),
        END_CLOCK: Text("措置の終わり・是正の期限", "the end of a measure, or the time for a correction"),
    },
)
