"""What is recorded of recalls, in words, their kind of case, and what their verbs ask of whoever does them."""

from __future__ import annotations

from typing import Annotated

from mamori.grammar.text import Text
from mamori.ground.declared.casekinds import CaseKind, declare
from mamori.ground.matters.inputs import ReasonInput, YesInput
from mamori.law.recalls import RECALL_WATCH
from mamori.rooms.safety.lifecycle import RECALL

RECALL_ACTS = {
    "safety.recall_enter": Text("リコールの公表を登録した", "A notice of a recall was entered"),
    "safety.recall_correct": Text("記録を直した", "It was corrected"),
    "safety.recall_search": Text("出品と照らし合わせた", "It was held against the listings"),
    "safety.recall_judge": Text("候補を確かめた", "Candidates were judged"),
    "safety.recall_hide": Text("対象の出品を非表示にした", "The listings that it means were hidden"),
    "safety.recall_warn": Text("購入者への危険の知らせを始めた", "A warning to all buyers was begun"),
    "safety.recall_find": Text("新しい候補が見つかった", "A new candidate was found"),
    "safety.recall_close": Text("対応を終えた", "It was closed"),
    "safety.recall_dismiss": Text("取り上げないことにした", "It was dismissed"),
}
TITLE = Text("リコール", "a recall")
RECALL_CASE = CaseKind(
    code="safety.recall",
    title=TITLE,
    states={state.value: text for state, text in RECALL.states.items()},
    topics={"recall": TITLE},
    attentions={
        "relisted": Text("リコールの新しい候補を確かめる", "a new listing may be under a recall"),
        "step": Text("リコールへの対応の次の段階", "the next step upon a recall"),
        "close": Text("リコールの対応を終えるか決める", "decide whether the recall is closed"),
    },
)
declare(RECALL_CASE, acts=RECALL_ACTS, nobodys=[RECALL_WATCH.code])

WhyDone = Annotated[str, ReasonInput(label=Text("理由（記録に残ります）", "Why (kept in the record)"))]
Anyway = Annotated[
    bool,
    YesInput(
        label=Text(
            "残っている段階をしないまま終える（理由に書く）", "Close it with steps left out (say why above)"
        )
    ),
]
