"""What is recorded of activities, in words, and what their verbs ask."""

from __future__ import annotations

from typing import Annotated

from mamori.grammar.text import Text
from mamori.ground.declared.casekinds import CaseKind, declare
from mamori.ground.matters.inputs import ReasonInput, WordsInput
from mamori.law.activities import ACTIVITY_CLOCKS, ACTIVITY_FOLLOW_UP, ActivityKind
from mamori.rooms.outreach.lifecycle import ACTIVITY

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
