"""What is told when due moments move, stand still after a disaster, and run on."""

from __future__ import annotations

from mamori.grammar.declaration import NoticeKind, Template
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
    Text("期限を止めています", "A due moment stands still"),
    Text(
        "受付番号 {number}：{why}、期限を止めています。再開するときに新しい期限をお知らせします。"
        "お困りのときは、いつでもこのページから窓口に相談できます。",
        "Case {number}: {why}, due moments stand still. We will tell you the new ones when they run on. "
        "You can ask the centre for help on this page at any time.",
    ),
)
RUNS_ON = transactional(
    "runs_on",
    Text("止めていた期限を再開しました", "A due moment that stood still runs on"),
    Text(
        "受付番号 {number}：災害による停止が終わりました。新しい期限は{due}です。ご確認ください。",
        "Case {number}: the suspension after a disaster is over. The new due moment is {due}. Please note it.",
    ),
)
SUSPENSION_STANDS = Template(
    code="operator.suspension_stands",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("災害による停止が続いています", "A suspension after a disaster is still in force"),
    body=Text(
        "{why}、{since}から期限を止めています。まだ必要か確かめ、要らなければ解除してください。",
        "{why}, clocks have stood still since {since}. Please check whether this is still needed, and lift it if not.",
    ),
)

TEMPLATES = (
    MOVED,
    STANDS_STILL,
    RUNS_ON,
    SUSPENSION_STANDS,
)
