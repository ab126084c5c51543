"""What the verbs of clarifications ask of whoever does them."""

from __future__ import annotations

from typing import Annotated

from mamori.grammar.text import Text
from mamori.ground.matters.inputs import ChoiceInput, ReasonInput, WordsInput
from mamori.law.clarifications import EnteredFrom

MOST = 2_000
AnswerWords = Annotated[
    str,
    WordsInput(
        label=Text("ご返答", "Your answer"),
        help=Text(
            "わかることだけでかまいません。わからないときは、そうお書きください。",
            "Whatever you know. Where you do not know, please say so.",
        ),
        most=MOST,
        rows=6,
    ),
]
EnteredWords = Annotated[
    str, WordsInput(label=Text("届いた返答", "The answer as it came"), most=MOST, rows=6)
]
CameByWay = Annotated[EnteredFrom, ChoiceInput(label=Text("どのように届いたか", "How it came"))]
WhyNoMore = Annotated[
    str, ReasonInput(label=Text("取りやめる理由（記録に残ります）", "Why (kept in the record)"), most=500)
]
