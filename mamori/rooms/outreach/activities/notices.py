"""What staff are told of activities; nobody's words are in it."""

from __future__ import annotations

from mamori.grammar.declaration import NoticeKind, Template
from mamori.grammar.text import Text

DUE = Template(
    code="outreach.activity_due",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("活動の期日です", "Something about an activity is due"),
    body=Text(
        "活動（受付番号 {number}、{kind}）で、期日が来ました：{what}。"
        "デスクの「活動」の画面を開いて進めてください。期日が来ても、何も自動では終わりません。",
        "For the activity {number} ({kind}) something is due: {what}. Please open “Activities” at the desk and go on with "
        "it. Nothing ends by itself.",
    ),
)
TEMPLATES = (DUE,)
