"""What is recorded of guidance on safe use, in words, and what its verbs ask of whoever does them."""

from __future__ import annotations

from typing import Annotated

from mamori.grammar.text import Text
from mamori.ground.declared.casekinds import declare
from mamori.ground.matters.inputs import ChoiceInput, ReasonInput, WordsInput, YesInput
from mamori.law.guidance import GUIDANCE_LOOK, GoodsKind, GuidanceMoment

GUIDANCE_ACTS = {
    "safety.guidance_begin": Text("順に知らせ始めた", "Buyers began to be told"),
    "safety.guidance_write": Text("知らせを書いた", "News was written"),
    "safety.guidance_release": Text("確かめて送り始めた", "It was released"),
    "safety.guidance_drop": Text("やめた", "It was given up"),
    "safety.guidance_go_on": Text("次の購入者に知らせた", "The next buyers were told"),
    "safety.guidance_tell": Text("購入者に知らせた", "A buyer was told"),
    "safety.guidance_read": Text("購入者が読んだ", "A buyer has read it"),
    "safety.guidance_stop": Text("購入者が止めた", "A buyer turned a kind off"),
    "safety.guidance_resume": Text("購入者がまた受け取ることにした", "A buyer turned a kind on"),
    "safety.guidance_map": Text(
        "カテゴリーと種類の対応を決めた", "It was said to which kind categories belong"
    ),
    "safety.guidance_switch": Text("送る・送らないを切り替えた", "A kind was switched on or off"),
}
declare(acts=GUIDANCE_ACTS, nobodys=[GUIDANCE_LOOK.code], often=["safety.guidance_go_on"])

WhichKind = Annotated[GoodsKind, ChoiceInput(label=Text("商品の種類", "Kind of goods"))]
WhichMoment = Annotated[GuidanceMoment, ChoiceInput(label=Text("いつの案内か", "At which moment"))]
IsOn = Annotated[
    bool, YesInput(label=Text("送る（外すと送らない）", "Tell buyers (without the tick nobody is told)"))
]
WhySwitched = Annotated[str, ReasonInput()]
Categories = Annotated[
    str,
    WordsInput(
        label=Text(
            "カテゴリー（出品のとおりに、1行に1つ）", "Categories (as listings have them, one a line)"
        ),
        rows=4,
    ),
]
IsNone = Annotated[
    bool, YesInput(label=Text("この種類ではなく、どの種類でもない", "They belong to none of these kinds"))
]
NewsJa = Annotated[
    str,
    WordsInput(
        label=Text("知らせたいこと（日本語）", "The news, in Japanese"),
        help=Text(
            "何があったかと、何をすればよいかを一、二文で。販売の言葉とリンクは書けません。",
            "What happened and what to do, in a sentence or two; nothing that sells, and no link.",
        ),
        most=200,
        rows=3,
    ),
]
NewsEn = Annotated[
    str, WordsInput(label=Text("知らせたいこと（英語）", "The news, in English"), most=400, rows=3)
]
