"""What is recorded of screening, in words, its kind of case, and what its verbs ask of whoever does them."""

from __future__ import annotations

from typing import Annotated

from mamori.grammar.text import Text
from mamori.ground.declared.casekinds import CaseKind, declare
from mamori.ground.matters.inputs import ReasonInput
from mamori.law.screening import SCREENING_LOOK
from mamori.rooms.safety.lifecycle import SCREENING
from mamori.rooms.safety.screening.rules import DECLARED, LISTS

SCREENING_ACTS = {
    "safety.screening_add": Text("自社の言葉を下書きした", "Own words were drafted"),
    "safety.screening_try": Text(
        "前の月の出品で効き目を調べた", "It was tried on what was told in the month before"
    ),
    "safety.screening_use": Text("使い始めた", "It was taken into use"),
    "safety.screening_retire": Text("使うのをやめた", "It was retired"),
    "safety.screening_drop": Text("下書きを捨てた", "The draft was dropped"),
    "safety.screening_take_list": Text("名前の一覧を取り込んだ", "A list of names was taken in"),
    "safety.screening_find": Text("新しい候補が見つかった", "New candidates were found"),
    "safety.screening_judge": Text("候補を決めた", "Candidates were decided"),
}
SCREENING_CASE = CaseKind(
    code="safety.screening",
    title=Text("出品の確認", "screening"),
    states={state.value: text for state, text in SCREENING.states.items()},
    topics={one.code: one.title for one in (*DECLARED.values(), *LISTS.values())},
    attentions={"screened": Text("確認の規則に当たった出品を決める", "decide on listings that a rule found")},
)
declare(SCREENING_CASE, acts=SCREENING_ACTS, nobodys=[SCREENING_LOOK.code])

WhyUsed = Annotated[str, ReasonInput(label=Text("理由（記録に残ります）", "Why (kept in the record)"))]
