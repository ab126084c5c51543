"""What is recorded of this room, in words, and what its verbs ask of whoever does them."""

from __future__ import annotations

from typing import Annotated

from mamori.grammar.text import Text
from mamori.ground.declared.casekinds import declare
from mamori.ground.matters.inputs import ReasonInput, WordsInput

IMPROVEMENT_ACTS = {
    "insight.note": Text("気づいたことを書き留めた", "It was noted for improvement"),
    "insight.own": Text("改善の担当を決めた", "It was said who owns the improvement"),
    "insight.change": Text("変えたことを記録した", "It was recorded what was changed"),
    "insight.compare": Text("前と後を比べた", "Before and after were compared"),
    "insight.drop": Text("改善を取りやめた", "The improvement was given up"),
    "insight.publish": Text("改善を公開した", "The improvement was published"),
    "insight.withdraw": Text("改善の公開をやめた", "The improvement was withdrawn from the public"),
    "insight.remind": Text("改善の期限が過ぎ、催促した", "Somebody was reminded of an improvement"),
}
declare(acts=IMPROVEMENT_ACTS)


NOBODY = Text(
    "購入者・出品者・知らせた人の名前や連絡先は書かないでください。",
    "Please write no name of, and no way to reach, a buyer, a seller or somebody who reported.",
)
WhatCame = Annotated[
    str,
    WordsInput(
        label=Text("どうなったか", "What came of it"),
        help=Text(
            "数は画面が数えるので、書かなくてかまいません。数に表れないことも書いてください。",
            "The house counts: no numbers are needed here. Please say also what no number shows.",
        ),
        most=1_000,
        rows=4,
    ),
]
WhyDropped = Annotated[str, ReasonInput(label=Text("取りやめる理由", "Why it is given up"))]
WhyWithdrawn = Annotated[str, ReasonInput(label=Text("公開をやめる理由", "Why it is withdrawn"))]
