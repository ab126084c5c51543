"""What is noted when staff bear abuse; none of it touches what the caller reported."""

from __future__ import annotations

from typing import Any

from mamori.grammar.hand import HEADS, STAFF
from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision
from mamori.rooms.complaints import actions
from mamori.rooms.complaints.queries.care import CareShown

FLAG: Decision[dict[str, Any]] = Decision(
    slug="flag",
    title=Text("カスハラを記録する", "Note abuse"),
    lead=Text(
        "あなたを守るための記録です。責任者にすぐ伝わります。申し出そのものは、閉じも遅れもしません。",
        "This protects you: a lead hears of it at once. What was reported is neither closed nor delayed.",
    ),
    button=Text("記録して、責任者に伝える", "Note it, and tell a lead"),
    done={"flag": Text("責任者に伝えました。休んでください。", "A lead was told. Please take a rest.")},
    verb=actions.flag_conduct,
    key="about",
    roles=STAFF,
    is_there=bool,
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
    is_there=lambda page: page.may_care,
)
DECISIONS = (FLAG, GIVE)
