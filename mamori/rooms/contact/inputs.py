"""What the verbs of this room ask of staff."""

from __future__ import annotations

from typing import Annotated

from mamori.grammar.text import Text
from mamori.ground.matters.inputs import ChoiceInput, ReasonInput, YenInput
from mamori.rooms.contact.rules.reasons import DeductBecause, Inspected, NoRemedyBecause

MOST_REASONED = 1_000

Reason = Annotated[
    str,
    ReasonInput(
        help=Text(
            "記録に残ります。当事者には送られません。", "It stays in the record and is sent to no party."
        ),
        most=MOST_REASONED,
    ),
]
Evidence = Annotated[
    str,
    ReasonInput(
        help=Text(
            "何をどう確かめたか、写真の番号など。記録に残ります。",
            "What was looked at and how, numbers of photos and so on. It stays in the record.",
        ),
        most=MOST_REASONED,
    ),
]
Found = Annotated[Inspected, ChoiceInput(label=Text("確かめた結果", "What was found?"))]
WhyNoRefund = Annotated[
    NoRemedyBecause, ChoiceInput(label=Text("購入者に伝える理由", "What the buyer is told"))
]
Deduction = Annotated[int, YenInput(label=Text("差し引く額（円）", "Deduction (yen)"))]
WhyDeducted = Annotated[
    DeductBecause, ChoiceInput(label=Text("出品者に伝える理由", "What the seller is told"))
]
