"""What the verbs of this room ask of whoever does them."""

from __future__ import annotations

from typing import Annotated

from mamori.grammar.text import Text
from mamori.ground.matters.inputs import ChoiceInput, CodeInput, ReasonInput, WordsInput
from mamori.rooms.display.hidden.rules import StandingAnswer
from mamori.rooms.display.proofs.rules import CODE_DAYS, CallHours, FormCheck, ProofCall

CodeMailed = Annotated[
    str,
    CodeInput(
        label=Text("届いた確認コード", "The code that came"),
        help=Text("6桁です。{n}日のあいだ使えます。", "Six digits; it holds for {n} days.").fill(
            n=CODE_DAYS.days
        ),
    ),
]
CodeHeard = Annotated[
    str,
    CodeInput(
        label=Text("出品者が読み上げた確認コード", "The code that the seller read out"),
        help=Text(
            "出品者の画面にだけ出ている6桁です。こちらから言わないでください。",
            "Six digits that only the seller's page shows. Do not say them first.",
        ),
        is_needed=False,
    ),
]
CallWent = Annotated[ProofCall, ChoiceInput(label=Text("電話はどうなりましたか", "How did the call go?"))]
FormWent = Annotated[FormCheck, ChoiceInput(label=Text("フォームから送れましたか", "Could it be sent?"))]
LetBeReason = Annotated[
    str,
    ReasonInput(label=Text("そのままにする理由（記録に残ります）", "Why it is let be (kept in the record)")),
]
WordsOfQuestion = Annotated[
    str,
    ReasonInput(
        label=Text(
            "何を見て、何を尋ねるか（出品者が読みます）",
            "What you saw and what you ask (the seller reads it)",
        ),
        most=2_000,
        rows=5,
    ),
]
SaidToBe = Annotated[StandingAnswer, ChoiceInput(label=Text("いちばん近いもの", "What fits best"))]
StandingWords = Annotated[
    str,
    WordsInput(
        label=Text("くわしい事情", "How it is"),
        help=Text(
            "どこから手に入れ、どのくらい続けているかを書いてください。担当者だけが読みます。",
            "Please say where the things come from and how long you have done this. Only staff read it.",
        ),
        rows=6,
    ),
]
AtHours = Annotated[CallHours, ChoiceInput(label=Text("電話に出られる時間", "When can you be called?"))]
WhyNotGiven = Annotated[
    str,
    ReasonInput(
        label=Text(
            "知らせられない事情（運営者だけが読みます）",
            "Why you would rather not (the marketplace alone reads it)",
        ),
        rows=4,
    ),
]
WhyRequired = Annotated[
    str,
    ReasonInput(
        label=Text(
            "知らせるように求める理由（記録に残ります）", "Why it has to be given (kept in the record)"
        )
    ),
]
WhyExcused = Annotated[
    str,
    ReasonInput(
        label=Text("知らせなくてよい理由（記録に残ります）", "Why it need not be given (kept in the record)")
    ),
]
