"""What staff are told about their cases."""

from __future__ import annotations

from mamori.grammar.declaration import NoticeKind, Template
from mamori.grammar.text import Text

HANDED_OVER = Template(
    code="cases.handed_over",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("案件を引き継ぎました", "A case was handed to you"),
    body=Text(
        "受付番号 {number}：あなたが担当になりました。引き継ぎの内容は案件のページでご確認ください。",
        "Case {number}: it is yours now. Please see on its page what was handed over.",
    ),
)

TEMPLATES = (HANDED_OVER,)
