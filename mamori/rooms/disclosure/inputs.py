"""What the verbs of this room ask of whoever does them."""

from __future__ import annotations

from typing import Annotated

from mamori.grammar.text import Text
from mamori.ground.matters.inputs import ChoiceInput, ReasonInput, WordsInput, YesInput
from mamori.law.article5 import Element
from mamori.rooms.disclosure.rules.elements import EvidenceKind
from mamori.rooms.disclosure.rules.facts import Identity, Signal
from mamori.rooms.disclosure.rules.hearing import ReachResult, ReachWay
from mamori.rooms.disclosure.rules.weighing import Weighed

WhatIsMissing = Annotated[
    str,
    ReasonInput(
        label=Text("何を送ってほしいか（請求した人が読みます）", "What is missing (who asks reads it)"),
        most=2_000,
        rows=6,
    ),
]
IdentitySeen = Annotated[
    Identity, ChoiceInput(label=Text("請求した人を何で確かめましたか", "By what was who asks identified?"))
]
AuthoritySeen = Annotated[
    bool,
    YesInput(
        label=Text("代わりに請求できることを書類で確かめた", "Documents show that it may ask for another")
    ),
]
SignedSeen = Annotated[
    bool, YesInput(label=Text("請求書に名前と住所がある", "The letter bears a name and an address"))
]
MinorSeen = Annotated[bool, YesInput(label=Text("買った人は未成年", "Who bought is a minor"))]
SearchedSeen = Annotated[
    bool,
    YesInput(
        label=Text(
            "注文をもう一度尋ねたが、記録に見つからない", "The order was asked for again, and not found"
        )
    ),
]
ElsewhereSeen = Annotated[
    bool,
    YesInput(
        label=Text("契約はこの通販サイトの外で結ばれた", "The contract was made outside this marketplace")
    ),
]
OperatorSeen = Annotated[bool, YesInput(label=Text("売ったのは運営者自身", "The operator itself sold it"))]
AssignedSeen = Annotated[
    bool, YesInput(label=Text("求めているのは別の人の権利", "The claim is somebody else's"))
]
SignalSeen = Annotated[Signal, ChoiceInput(label=Text("気づいたこと", "What was noticed"))]
WhySigned = Annotated[
    str,
    ReasonInput(
        label=Text("どこからそう見えるか（記録に残ります）", "What makes one think so (kept in the record)")
    ),
]
WhyDoubted = Annotated[
    str,
    ReasonInput(
        label=Text(
            "なぜ疑わしいか（記録に残ります。判断する人が読みます）",
            "Why it is doubtful (kept in the record; whoever weighs it reads it)",
        ),
        most=1_000,
    ),
]
OfElement = Annotated[Element, ChoiceInput(label=Text("要件", "Element"))]
WeighedAs = Annotated[Weighed, ChoiceInput(label=Text("判断", "Decision"))]
OnEvidence = Annotated[EvidenceKind, ChoiceInput(label=Text("もとにした証拠", "On which evidence"))]
WhyWeighed = Annotated[
    str,
    ReasonInput(
        label=Text(
            "理由（開示しないときは、請求した人も読みます）",
            "Why (where it is refused, who asks reads it too)",
        ),
        most=1_000,
    ),
]
ViewAgrees = Annotated[bool, YesInput(label=Text("開示されてもかまわない", "I agree that it is disclosed"))]
ViewWords = Annotated[
    str,
    WordsInput(
        label=Text("ご意見と理由", "Your view and why"),
        help=Text(
            "お店の事情、取引の経緯、開示されると困る事情などを書いてください。運営者だけが読みます。",
            "Your side of the order, and what would harm you if it were disclosed. Only the marketplace reads it.",
        ),
        rows=6,
    ),
]
TriedBy = Annotated[ReachWay, ChoiceInput(label=Text("どの方法で連絡しましたか", "By which way?"))]
CameOf = Annotated[ReachResult, ChoiceInput(label=Text("どうなりましたか", "What came of it?"))]
WhatWasTried = Annotated[
    str,
    ReasonInput(
        label=Text(
            "いつ、どの宛先に、どうしたか（記録に残ります）", "When, where to and how (kept in the record)"
        )
    ),
]
WhyProposed = Annotated[
    str,
    ReasonInput(label=Text("提案の理由（記録に残ります）", "Why this is proposed (kept in the record)")),
]
WhySentBack = Annotated[
    str,
    ReasonInput(label=Text("戻す理由（記録に残ります）", "Why it is sent back (kept in the record)")),
]
WhyWithdrawn = Annotated[
    str,
    ReasonInput(
        label=Text("取り下げ・重なりの事情（記録に残ります）", "How it was withdrawn, or came twice (kept)")
    ),
]
WhyInquiry = Annotated[
    str,
    ReasonInput(
        label=Text(
            "どの根拠で、なぜそう決めるか（記録に残ります。本人からの求めでは、答えにも書かれます）",
            "On which ground and why (kept in the record; where a person asks about itself it is told so too)",
        )
    ),
]
HowSeen = Annotated[
    str,
    ReasonInput(
        label=Text(
            "いつ、何で確かめたか・どう聴いたか（記録に残ります）",
            "When and by what it was seen to, or how it was heard (kept in the record)",
        )
    ),
]
HowHandedOver = Annotated[
    str,
    ReasonInput(
        label=Text(
            "いつ、どの方法で、だれに渡したか・何をしたか（記録に残ります）",
            "When, how and to whom it was handed over, or what was done (kept in the record)",
        )
    ),
]
WhyDropped = Annotated[
    str,
    ReasonInput(label=Text("取りやめる理由（記録に残ります）", "Why it is given up (kept in the record)")),
]
WhyTakenBack = Annotated[
    str,
    ReasonInput(
        label=Text("公表をやめる理由（記録に残ります）", "Why it is taken back (kept in the record)")
    ),
]
HowSent = Annotated[
    str,
    ReasonInput(
        label=Text(
            "いつ、どの方法で、どこへ送ったか（記録に残ります）",
            "When, how and where to (kept in the record)",
        )
    ),
]
