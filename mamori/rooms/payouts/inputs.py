"""What the verbs of this room ask of staff."""

from __future__ import annotations

from typing import Annotated

from mamori.grammar.text import Text
from mamori.ground.matters.inputs import ChoiceInput, ReasonInput, WordsInput, YenInput
from mamori.rooms.payouts.rules.settled import Settled

Kept = Annotated[str, ReasonInput(help=Text("記録に残ります。", "It stays in the record."))]
Explained = Annotated[
    str,
    ReasonInput(
        help=Text(
            "記録に残り、出品者に聞かれたときの説明に使います。",
            "It stays in the record, and is what the seller is told when asking.",
        )
    ),
]
Answer = Annotated[
    str,
    WordsInput(
        label=Text("返事", "Answer"),
        help=Text("出品者が読みます。2,000文字までです。", "The seller reads it. At most 2,000 characters."),
    ),
]
Released = Annotated[
    int,
    YenInput(
        label=Text("支払う額（円）", "Amount to be paid (yen)"),
        help=Text("止まっている額までです。", "No more than what waits."),
    ),
]
HowItEnds = Annotated[Settled, ChoiceInput(label=Text("どう終えますか", "How does it end?"))]
