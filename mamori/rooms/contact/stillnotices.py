"""What is told when due moments move, stand still after a disaster, and run on."""

from __future__ import annotations

from mamori.grammar.text import Text
from mamori.rooms.contact.noticekinds import transactional

MOVED = transactional(
    "moved",
    Text("期限が変わりました", "A due moment has moved"),
    Text(
        "受付番号 {number}：営業日の暦が変わったため、期限が{old}から{new}に変わりました。新しい期限をご確認ください。",
        "Case {number}: the calendar of business days has changed, so the due moment moves from {old} to {new}. "
        "Please note the new one.",
    ),
)
STANDS_STILL = transactional(
    "stands_still",
    Text("期限を止めています", "Due moments stand still"),
    Text(
        "受付番号 {number}：{why}、{until}の終わりまで期限を止めています。その分、期限は後になります。"
        "新しい期限は案件のページにあります。解決の期限、通知が届いた日時、法律で決まった日数は変わりません。お困りのときは、いつでも窓口に相談できます。",
        "Case {number}: {why}, due moments stand still to the end of {until}, and are later by as much: the page of the case has "
        "them. The time for a solution, the moment at which a notice arrived and days counted by law do not change. You can ask "
        "the centre for help at any time.",
    ),
)
RUNS_ON = transactional(
    "runs_on",
    Text("止めていた期限を再開しました", "Due moments that stood still run on"),
    Text(
        "受付番号 {number}：期限の停止は、予定より早く終わりました。新しい期限は案件のページにあります。ご確認ください。",
        "Case {number}: due moments run on, earlier than we told you. The page of the case has the new ones. Please note them.",
    ),
)

TEMPLATES = (
    MOVED,
    STANDS_STILL,
    RUNS_ON,
)
