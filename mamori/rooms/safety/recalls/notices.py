"""What is written on account of a recall: staff hear that a new listing may be under it."""

from __future__ import annotations

from mamori.grammar.declaration import NoticeKind, Template
from mamori.grammar.text import Text

RELISTED = Template(
    code="safety.recall_relisted",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("リコールの商品かもしれない出品があります", "A listing may be under a recall"),
    body=Text(
        "新しい出品か、書き換えられた出品が、リコール（番号 {number}）の商品かもしれません（{count}件）。"
        "リコールのページで、対象かどうかを決めてください。それまで、出品は表示されたままです。",
        "Listings that are new or were rewritten may be under the recall of number {number} (candidates: {count}). Please say "
        "on its page whether they are meant. Until then they stay on sale.",
    ),
)
TEMPLATES = (RELISTED,)
