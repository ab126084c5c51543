"""What the verbs of this room ask of staff, and of whoever is asked what is so."""

from __future__ import annotations

from typing import Annotated

from mamori.grammar.text import Text
from mamori.ground.matters.inputs import ChoiceInput, ReasonInput, WordsInput, YesInput
from mamori.japan.written import MOST
from mamori.law.clarifications import EnteredFrom
from mamori.rooms.enforcement.rules.bounds import Dismissed

REASON = Text("理由（記録に残ります）", "Reason (kept in the record)")
Kept = Annotated[str, ReasonInput(label=REASON, most=MOST, rows=3)]
WhyPolicy = Annotated[str, ReasonInput(label=Text("理由", "Why"), most=1_000, rows=3)]
NotPutRight = Annotated[
    str,
    ReasonInput(
        label=Text(
            "何がまだ直っていないか（出品者が読みます）", "What is not put right yet (the seller reads it)"
        ),
        most=MOST,
        rows=3,
    ),
]
PhotoOf = Annotated[
    str,
    ReasonInput(
        label=Text(
            "何が写っていればよいか（出品者が読みます）",
            "What the photograph has to show (the seller reads it)",
        ),
        most=MOST,
        rows=3,
    ),
]
WhyHidden = Annotated[
    str,
    ReasonInput(
        label=Text(
            "何が危険か（出品者が読みます。知らせた人のことは書かないでください）",
            "What is dangerous (the seller reads it; please write nothing of who reported)",
        ),
        most=MOST,
        rows=3,
    ),
]
WhyNothing = Annotated[Dismissed, ChoiceInput(label=Text("措置をとらない理由", "Why nothing is done"))]
ReviewersNote = Annotated[str, WordsInput(label=Text("メモ", "The note"), most=MOST, rows=6)]
ToSeller = Annotated[str, WordsInput(label=Text("出品者への言葉", "Words to the seller"), most=MOST, rows=6)]
AsksForAnswer = Annotated[
    bool, YesInput(label=Text("返事をお願いする（期限が始まります）", "Ask for an answer (a clock begins)"))
]


MOST_OF_ANSWER = 2_000
AnswerWords = Annotated[
    str,
    WordsInput(
        label=Text("ご返答", "Your answer"),
        help=Text(
            "わかることだけでかまいません。わからないときは、そうお書きください。",
            "Whatever you know. Where you do not know, please say so.",
        ),
        most=MOST_OF_ANSWER,
        rows=6,
    ),
]
EnteredWords = Annotated[
    str, WordsInput(label=Text("届いた返答", "The answer as it came"), most=MOST_OF_ANSWER, rows=6)
]
CameByWay = Annotated[EnteredFrom, ChoiceInput(label=Text("どのように届いたか", "How it came"))]
WhyNoMore = Annotated[
    str, ReasonInput(label=Text("取りやめる理由（記録に残ります）", "Why (kept in the record)"), most=500)
]
