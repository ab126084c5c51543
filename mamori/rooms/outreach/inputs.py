"""What the verbs of this room ask of whoever does them."""

from __future__ import annotations

from typing import Annotated

from mamori.grammar.text import Text
from mamori.ground.matters.inputs import ChoiceInput, ReasonInput, YesInput
from mamori.law.help import HelpfulWord
from mamori.law.outreach import Audience, CampaignCode

WhatToTell = Annotated[CampaignCode, ChoiceInput(label=Text("何を知らせますか", "What is to be told?"))]
ToWhom = Annotated[
    Audience,
    ChoiceInput(
        label=Text("だれに知らせますか", "To whom?"),
        help=Text(
            "事業者だけに届きます。個人の出品者には届きません。",
            "It goes to businesses only, never to private persons.",
        ),
    ),
]
WhyMoved = Annotated[str, ReasonInput(label=Text("理由（記録に残ります）", "Why (kept in the record)"))]
ToldAgain = Annotated[
    bool,
    YesInput(
        label=Text(
            "同じ案内をすでに受け取った事業者にも、もう一度知らせる",
            "Tell those again that were told the same before",
        ),
    ),
]
WasHelpful = Annotated[
    HelpfulWord, ChoiceInput(label=Text("このページは役に立ちましたか", "Did this page help?"))
]
WhySentBack = Annotated[
    str,
    ReasonInput(
        label=Text(
            "何を書き直しますか（書いた人が読みます）", "What is to be written anew? (its writer reads it)"
        )
    ),
]
WhyWithdrawn = Annotated[
    str,
    ReasonInput(label=Text("取り下げる理由（だれでも読めます）", "Why it is withdrawn (everybody reads it)")),
]
