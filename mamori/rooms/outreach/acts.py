"""What this room's acts and clocks are called, and what its verbs ask of whoever does them."""

from __future__ import annotations

from typing import Annotated

from mamori.grammar.text import Text
from mamori.ground.declared.casekinds import declare
from mamori.ground.matters.inputs import ChoiceInput, ReasonInput, YesInput
from mamori.law.help import HelpfulWord
from mamori.law.outreach import Audience, CampaignCode

BY_STAFF = {
    "outreach.draft": Text("一斉案内を下書きした", "A campaign was drafted"),
    "outreach.start": Text("一斉案内を始めた", "A campaign was started"),
    "outreach.stop": Text("一斉案内を止めた", "A campaign was stopped"),
    "outreach.resume": Text("一斉案内を再び始めた", "A campaign was resumed"),
    "outreach.finish": Text("一斉案内を終えた", "A campaign was finished"),
}
"""What staff do about a campaign."""
NEWS_ACTS = {
    "outreach.write_announcement": Text("ニュース・記事を書いた", "The announcement or article was written"),
    "outreach.ground_claim": Text(
        "ニュース・記事の根拠を書いた", "A ground of the announcement or article was written"
    ),
    "outreach.propose_announcement": Text(
        "ニュース・記事の公開を提案した", "It was proposed to publish the announcement or article"
    ),
    "outreach.send_back_announcement": Text(
        "ニュース・記事を書き直しに戻した", "The announcement or article was sent back"
    ),
    "outreach.publish_announcement": Text(
        "ニュース・記事を公開した", "The announcement or article was published"
    ),
    "outreach.replace_announcement": Text(
        "訂正した版に替えた", "A corrected version took the place of the announcement or article"
    ),
    "outreach.correct_announcement": Text(
        "ニュース・記事の訂正を始めた", "A correction of the announcement or article was begun"
    ),
    "outreach.withdraw_announcement": Text(
        "ニュース・記事を取り下げた", "The announcement or article was withdrawn"
    ),
    "outreach.drop_announcement": Text(
        "ニュース・記事を公開せずにやめた", "The announcement or article was given up"
    ),
}
"""What is done about an announcement, or an article of the help."""

declare(
    acts={
        **NEWS_ACTS,
        **BY_STAFF,
        "outreach.count": Text("一斉案内を受け取る出品者を数えた", "The sellers of a campaign were counted"),
        "outreach.go_on": Text("次の出品者に知らせた", "A campaign told the next sellers"),
        "outreach.tell": Text("一斉案内を出品者に知らせた", "A campaign told a seller"),
        "outreach.newcomer": Text("新しい出品者に知らせた", "A campaign told a newcomer"),
        "outreach.call_to_mind": Text(
            "返事のない出品者に、もう一度知らせた", "A campaign told sellers once more"
        ),
        "outreach.remind": Text(
            "返事のない出品者に、一斉案内をもう一度知らせた", "A campaign told a seller once more"
        ),
        "outreach.acknowledge": Text(
            "出品者が案内を読み、表示を確かめた", "A seller read it and checked its display"
        ),
        "outreach.close": Text("出品者がいなくなり、案内を終えた", "It ended with its seller"),
    },
)


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
