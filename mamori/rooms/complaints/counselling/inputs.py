"""What the verbs of consultations ask of whoever does them."""

from __future__ import annotations

from typing import Annotated

from mamori.grammar.text import Text
from mamori.ground.matters.inputs import ReasonInput, WordsInput

MOST = 4_000
CounsellorWords = Annotated[
    str, WordsInput(label=Text("運営者に伝えること", "What the operator should know"), most=MOST, rows=6)
]
AnswerToCounsellor = Annotated[
    str,
    WordsInput(
        label=Text("回答（相談員が読みます）", "The answer (the counsellor reads it)"),
        help=Text(
            "本人の同意が確かめられるまで、注文ややり取りの中身は書かないでください。",
            "Until the consumer's consent is confirmed, nothing of order or conversation may stand in it.",
        ),
        most=MOST,
        rows=8,
    ),
]
HowConfirmed = Annotated[
    str,
    ReasonInput(
        label=Text(
            "どのように本人に確かめたか（記録に残ります）", "How the consumer was asked (kept in the record)"
        ),
        help=Text(
            "登録されている電話番号にかけて、だれに・何を・いつまで伝えてよいかを本人に確かめます。かかってきた電話では確かめられません。",
            "Call the registered number and ask whom what may be told, until when. A call that came in confirms nothing.",
        ),
    ),
]
WhyOver = Annotated[str, ReasonInput(label=Text("理由（記録に残ります）", "Why (kept in the record)"))]
