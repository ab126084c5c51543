"""What the verbs of this room ask of whoever does them."""

from __future__ import annotations

from typing import Annotated

from mamori.grammar.text import Text
from mamori.ground.matters.inputs import ChoiceInput, CodeInput, ReasonInput, WordsInput, YesInput
from mamori.law.care import ConductKind
from mamori.law.complaints import GoneBecause, NothingBecause, OutsideBecause

_HEARD = Text("理由（知らせた人が読みます）", "Why (who reported reads it)")
NothingWhy = Annotated[NothingBecause, ChoiceInput(label=_HEARD)]
OutsideWhy = Annotated[OutsideBecause, ChoiceInput(label=_HEARD)]
GoneWhy = Annotated[GoneBecause, ChoiceInput(label=_HEARD)]
WhySo = Annotated[
    str,
    ReasonInput(
        label=Text(
            "何をどう確かめたか（記録に残り、だれにも送られません）",
            "What was looked at and how (kept, sent to nobody)",
        ),
        most=1_000,
    ),
]
OfSeller = Annotated[
    str,
    WordsInput(
        label=Text("見つけたこと（お店が読みます）", "What was found (the shop reads it)"),
        help=Text(
            "あなたが確かめたことを、あなたの言葉で書いてください。知らせた人の言葉・日時・人数は書かないでください。",
            "What you found, in your own words. Nothing of who reported: neither their words, nor when, nor how many.",
        ),
        most=500,
        rows=4,
    ),
]
MoreWords = Annotated[
    str, WordsInput(label=Text("書き足すこと", "What you would like to add"), most=1_000, rows=5)
]
WhyAgain = Annotated[
    str,
    WordsInput(label=Text("どこを見直してほしいか", "What should be looked at again"), most=1_000, rows=5),
]
WhyErased = Annotated[
    str,
    ReasonInput(
        label=Text(
            "だれから、どう頼まれ、本人とどう確かめたか（記録に残ります。名前・連絡先は書かないでください）",
            "How it was asked for, and how you know that it is them (kept in the record; no name, no address)",
        ),
        most=500,
        rows=3,
    ),
]
MailCode = Annotated[
    str, CodeInput(label=Text("メールに届いた8桁のコード", "The 8 digits that came by mail"))
]
WasTold = Annotated[
    str,
    ReasonInput(
        label=Text("だれに、何を伝えたか（記録に残ります）", "Whom you told, and what (kept in the record)"),
        most=500,
        rows=3,
    ),
]
ConductSeen = Annotated[ConductKind, ChoiceInput(label=Text("何がありましたか", "What happened?"))]
WhatHappened = Annotated[
    str,
    WordsInput(
        label=Text("言われたこと・されたこと", "What was said or done"),
        help=Text(
            "あなたと責任者・法務担当だけが読みます。申し出の中身は、ここではなく受付票に書いてください。",
            "Read by you, leads and counsel alone. What is reported belongs on the sheet, not here.",
        ),
        most=1_000,
        rows=4,
    ),
]
WasWarned = Annotated[bool, YesInput(label=Text("注意の言葉を伝えた", "The warning was read out"))]
HasEnded = Annotated[bool, YesInput(label=Text("電話を終えた", "The call was ended"))]
HowCared = Annotated[
    str,
    ReasonInput(label=Text("どう話し、これからどうするか", "What was said, and what comes next"), most=1_000),
]


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
