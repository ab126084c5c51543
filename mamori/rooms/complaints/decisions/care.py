"""What is done when staff bear abuse, each declared once; none of it touches what the caller reported."""

from __future__ import annotations

from mamori.grammar.hand import HEADS, STAFF
from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision
from mamori.rooms.complaints import actions
from mamori.rooms.complaints.queries.care import CareShown

FLAG: Decision[str] = Decision(
    slug="flag",
    title=Text("カスハラを記録する", "Note abuse"),
    lead=Text(
        "あなたを守るための記録です。責任者にすぐ伝わり、次の画面に、読み上げる注意の言葉が出ます。"
        "申し出そのものは、閉じも遅れもしません。",
        "This protects you: a lead hears of it at once, and the next page has the words to read out. What was reported is "
        "neither closed nor delayed.",
    ),
    button=Text("記録して、責任者に伝える", "Note it, and tell a lead"),
    done={"flag": Text("責任者に伝えました。", "A lead was told.")},
    verb=actions.flag_conduct,
    key="about",
    roles=STAFF,
    is_there=bool,
)
WARN: Decision[CareShown] = Decision(
    slug="warn",
    title=Text("注意を伝えた", "The warning was read out"),
    lead=None,
    button=Text("注意を伝えた", "The warning was read out"),
    done={"warn": Text("記録しました。", "It is noted.")},
    verb=actions.note_warned,
    key="care",
    roles=STAFF,
    is_there=lambda page: page.is_open and page.warned_at is None and page.ended_at is None,
)
END: Decision[CareShown] = Decision(
    slug="end",
    title=Text("電話を終えた", "The call was ended"),
    lead=None,
    button=Text("電話を終えた", "The call was ended"),
    done={"end_call": Text("記録しました。休んでください。", "It is noted. Please take a rest.")},
    verb=actions.note_call_ended,
    key="care",
    roles=STAFF,
    is_there=lambda page: page.is_open and page.ended_at is None,
    closed=lambda page: None if page.may_end else actions.WarnFirst.text,
)
GIVE: Decision[CareShown] = Decision(
    slug="care",
    title=Text("担当者に対応した", "Who bore it was seen to"),
    lead=Text(
        "担当者と話してから記録します。雇い主の務めとしてしたことの記録になります。",
        "Talk to them first. It is the record of what their employer did.",
    ),
    button=Text("対応を記録する", "Note the care"),
    done={"care": Text("対応を記録しました。", "The care is noted.")},
    verb=actions.give_care,
    key="care",
    roles=HEADS,
    is_there=lambda page: page.is_open,
    closed=lambda page: None if page.is_other else actions.CareNeedsAnother.text,
)
OF_CARE = (WARN, END, GIVE)
CARE_BY_SLUG = {one.slug: one for one in OF_CARE}
DECISIONS = (FLAG, *OF_CARE)
