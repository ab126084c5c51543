"""What the verbs of this room ask of whoever does them."""

from __future__ import annotations

from typing import Annotated

from mamori.grammar.text import Text
from mamori.ground.matters.inputs import ReasonInput, WordsInput

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
