"""What is recorded of accidents, in words, their kind of case, and what their verbs ask of whoever does them."""

from __future__ import annotations

from typing import Annotated

from mamori.grammar.text import Text
from mamori.ground.declared.casekinds import CaseKind, declare
from mamori.ground.matters.inputs import ChoiceInput, ReasonInput, WordsInput
from mamori.japan.written import MOST
from mamori.law.accidents import ACCIDENT_NEXT
from mamori.rooms.safety.accidents.rules import AccidentStep
from mamori.rooms.safety.lifecycle import ACCIDENT

UNSEEN = {
    "safety.accident_join": Text("同じ商品の知らせを合わせた", "What was told of the same goods was joined"),
    "safety.accident_worse": Text("より重い知らせが届いた", "Something graver was told"),
    "safety.accident_remind": Text("確認を催促した", "Staff were reminded to look at it"),
}
"""What may happen while somebody decides: it makes no form stale."""
SEEN = {
    "safety.accident_enter": Text("事故を登録した", "An accident was entered"),
    "safety.accident_look": Text("届いた知らせを確認した", "What was told was looked at"),
    "safety.accident_describe": Text("事故の内容を書いた", "What happened was written down"),
    "safety.accident_add": Text("同じ商品の出品を加えた", "Listings of the same goods were added"),
    "safety.accident_stop": Text("販売を止めた", "The sale was stopped"),
    "safety.accident_ask": Text("メーカーなどに尋ねた", "The maker or importer was asked"),
    "safety.accident_told": Text("事故を知らせたことを記録した", "It was noted that somebody was told"),
    "safety.accident_keep": Text("製品の保管を頼んだ", "It was asked to keep the thing"),
    "safety.accident_warn": Text("購入者への危険の知らせを始めた", "A warning to all buyers was begun"),
    "safety.accident_widen": Text("知らせる出品を加えた", "The warning was widened"),
    "safety.accident_leave": Text("一つの段階をしないと決めた", "A step was left out"),
    "safety.accident_close": Text("事故の対応を終えた", "The accident was closed"),
    "safety.accident_dismiss": Text("事故ではなかったとした", "It was found to be no accident"),
}
ACCIDENT_ACTS = UNSEEN | SEEN
TITLE = Text("製品の事故", "an accident with goods")
ACCIDENT_CASE = CaseKind(
    code="safety.accident",
    title=TITLE,
    states={state.value: text for state, text in ACCIDENT.states.items()},
    topics={"accident": TITLE},
    attentions={
        "look": Text("事故の知らせを確認する", "what was told of an accident has to be looked at"),
        "step": Text("事故への対応の次の段階", "the next step upon an accident"),
        "close": Text("事故の対応を終えるか決める", "decide whether the accident is closed"),
    },
)
declare(ACCIDENT_CASE, acts=ACCIDENT_ACTS, staffs=[ACCIDENT_NEXT.code])

WhatIsDangerous = Annotated[
    str,
    ReasonInput(
        label=Text(
            "何が危険か（出品者が読みます。知らせた人のことは書かないでください）",
            "What is dangerous (the seller reads it; please write nothing of who told)",
        ),
        most=MOST,
    ),
]
ToLeave = Annotated[AccidentStep, ChoiceInput(label=Text("しない段階", "Which step is left out"))]
WhyNot = Annotated[str, ReasonInput(label=Text("しない理由（記録に残ります）", "Why (kept in the record)"))]
WhyOver = Annotated[str, ReasonInput(label=Text("理由（記録に残ります）", "Why (kept in the record)"))]


def _told(ja: str, en: str, most: int = 300) -> WordsInput:
    return WordsInput(label=Text(ja, en), most=most, rows=2)


GoodsJa = Annotated[str, _told("どの商品か（日本語）", "Which goods, in Japanese", 100)]
GoodsEn = Annotated[str, _told("どの商品か（英語）", "Which goods, in English", 100)]
WhatJa = Annotated[str, _told("何が危険か（日本語）", "What is dangerous, in Japanese")]
WhatEn = Annotated[str, _told("何が危険か（英語）", "What is dangerous, in English")]
NextJa = Annotated[str, _told("このあとどうなるか（日本語）", "What comes next, in Japanese")]
NextEn = Annotated[str, _told("このあとどうなるか（英語）", "What comes next, in English")]
