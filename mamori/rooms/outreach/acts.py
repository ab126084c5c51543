"""What this room's acts and clocks are called, and what its verbs ask of whoever does them."""

from __future__ import annotations

from typing import Annotated

from mamori.grammar.text import Text
from mamori.ground.declared.casekinds import CaseKind, declare
from mamori.ground.matters.inputs import ChoiceInput, ReasonInput, WordsInput, YesInput
from mamori.law.activities import ACTIVITY_CLOCKS, ACTIVITY_FOLLOW_UP, ActivityKind
from mamori.law.help import HelpfulWord
from mamori.law.outreach import Audience, CampaignCode
from mamori.rooms.outreach.lifecycle import ACTIVITY

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

ACTIVITY_ACTS = {
    "outreach.plan_activity": Text("活動を予定した", "An activity was planned"),
    "outreach.correct_activity": Text("活動の記録を直した", "An activity was corrected"),
    "outreach.hold_activity": Text("活動を開いた", "An activity was held"),
    "outreach.add_activity_action": Text(
        "活動で決めたことを書いた", "What was agreed at an activity was added"
    ),
    "outreach.finish_activity_action": Text(
        "活動で決めたことを済ませた", "What was agreed at an activity was done"
    ),
    "outreach.note_guests": Text(
        "招いた人・来た人を記録した", "Who is invited to an activity, or came, was noted"
    ),
    "outreach.attach_activity": Text("活動の資料を添えた", "Materials were put to an activity"),
    "outreach.follow_up_activity": Text(
        "活動が何につながったかを記録した", "It was noted what came of an activity"
    ),
    "outreach.call_off_activity": Text("活動を中止した", "An activity was called off"),
    "outreach.arrange_next": Text(
        "次回を予定した（または定期の活動を終えた）",
        "The next activity of a series was arranged, or the series ended",
    ),
    "outreach.propose_line": Text("活動の公表の一文を書いた", "The public line of an activity was proposed"),
    "outreach.release_line": Text(
        "活動の公表の一文を公開した", "The public line of an activity was released"
    ),
    "outreach.withdraw_line": Text(
        "活動の公表の一文を取り下げた", "The public line of an activity was withdrawn"
    ),
}
REMINDED = {"outreach.remind_activity": Text("活動の期日を知らせた", "Staff were reminded of an activity")}
ACTIVITY_CASE = CaseKind(
    code="outreach.activity",
    title=Text("活動", "activity"),
    states={state.value: text for state, text in ACTIVITY.states.items()},
    topics={f"activity-{kind.value}": kind.text for kind in ActivityKind},
    attentions={
        "hold": Text("開いたことを記録する", "note that it was held"),
        "finish_action": Text("決めたことを済ませる", "do what was agreed"),
        "release": Text("公表の一文を別の人が確かめる", "another person looks at its public line"),
        "follow_up": Text("何につながったかを確かめる", "ask what came of it"),
        "next": Text("次回を手配する", "arrange the next one"),
    },
)
declare(
    ACTIVITY_CASE,
    acts=ACTIVITY_ACTS | REMINDED,
    clocks=ACTIVITY_CLOCKS,
    staffs=[ACTIVITY_FOLLOW_UP.code, *ACTIVITY_CLOCKS],
)

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

NO_NAMES = Text("人の名前は書かないでください。", "Please write no names of persons.")
WhyChanged = Annotated[
    str, ReasonInput(label=Text("直す理由（記録に残ります）", "Why it is corrected (kept in the record)"))
]
WhyOff = Annotated[str, ReasonInput(label=Text("理由（記録に残ります）", "Why (kept in the record)"))]
WhatCame = Annotated[
    str,
    WordsInput(
        label=Text("何につながりましたか", "What came of it?"),
        help=Text(
            "変わったこと、約束したこと、まだのことを書きます。何もなければ、そう書きます。",
            "What changed, what was promised, what is still open. If nothing came of it, please say so.",
        ),
        rows=5,
    ),
]
LineJa = Annotated[
    str,
    WordsInput(
        label=Text("公表の一文（日本語）", "The public line, in Japanese"), help=NO_NAMES, most=200, rows=2
    ),
]
LineEn = Annotated[
    str,
    WordsInput(
        label=Text("公表の一文（英語）", "The public line, in English"), help=NO_NAMES, most=400, rows=2
    ),
]
WhyGone = Annotated[str, ReasonInput(label=Text("取り下げる理由", "Why it is withdrawn"))]
