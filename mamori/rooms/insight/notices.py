"""What owners and leads are told of an improvement; nobody's words are in it."""

from __future__ import annotations

from mamori.grammar.declaration import NoticeKind, Template
from mamori.grammar.text import Text

IMPROVEMENT_GIVEN = Template(
    code="insight.given",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("改善の担当になりました", "An improvement is yours"),
    body=Text(
        "改善 {number} の担当になりました。{due}までに変えて、「改善」のページに記録してください。",
        "Improvement {number} is yours. Please make the change by {due} and record it on the page “Improvements”.",
    ),
)
IMPROVEMENT_OVERDUE = Template(
    code="insight.overdue",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("改善が期限を過ぎています", "An improvement is overdue"),
    body=Text(
        "改善 {number} が期限を過ぎています（いまの状態：{state}）。「改善」のページで進めるか、取りやめてください。",
        "Improvement {number} is overdue; at present it is “{state}”. Please go on with it on the page “Improvements”, or give "
        "it up.",
    ),
)
TEMPLATES = (IMPROVEMENT_GIVEN, IMPROVEMENT_OVERDUE)
