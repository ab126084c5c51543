"""What the verbs of this room ask of whoever does them."""

from __future__ import annotations

from typing import Annotated

from mamori.grammar.text import Text
from mamori.ground.matters.inputs import ReasonInput

WhyCorrected = Annotated[
    str, ReasonInput(label=Text("直す理由（記録に残ります）", "Why it is corrected (kept in the record)"))
]
WhyEnded = Annotated[str, ReasonInput(label=Text("理由（記録に残ります）", "Why (kept in the record)"))]
HowConfirmed = Annotated[
    str,
    ReasonInput(
        label=Text("どのページの、どこで確かめたか", "On which page, and where on it, you saw it"),
        help=Text(
            "機関の公式ページを自分で開き、名前・電話・メールを見比べます。届いた要請に書かれた番号やリンクは使いません。",
            "Open the agency's own page yourself and compare name, telephone and mail. Use no number or link of a request.",
        ),
    ),
]
HowCalled = Annotated[
    str,
    ReasonInput(
        label=Text("いつ、だれに、何を確かめたか", "When, to whom you spoke, and what they confirmed"),
        help=Text(
            "ここに大きく出ている番号にかけます。文書の番号と、担当者がその機関にいることを確かめます。",
            "Call the number that stands large here. Ask for the paper's number and whether the officer works there.",
        ),
    ),
]
WhyForged = Annotated[str, ReasonInput(label=Text("偽物とわかった理由", "How you know that it is forged"))]
HowLooked = Annotated[
    str,
    ReasonInput(
        label=Text("どれをどう見直したか", "What you looked at, and what was undone"),
        help=Text(
            "一つずつの件を開き、自社の規約で続けるか、元に戻すかを決めてから書きます。",
            "Open each of the matters and decide whether our own terms carry it, or it is undone; then write this.",
        ),
    ),
]
HowAnswered = Annotated[
    str,
    ReasonInput(
        label=Text("いつ、だれに、どう送ったか", "When, to whom and how you sent it"),
        help=Text(
            "回答の文と表を、確かめた宛先に送ってから記録します。",
            "Send the letter and the table to the address that was confirmed, and note it then.",
        ),
    ),
]
WhereShown = Annotated[
    str,
    ReasonInput(label=Text("どこで公表されたか（ページや資料）", "Where it was published (page or paper)")),
]
WhyClosed = Annotated[
    str,
    ReasonInput(
        label=Text("どう終わったか（記録に残ります）", "How it ended (kept in the record)"),
    ),
]
