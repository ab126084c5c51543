"""What is written on account of screening: staff hear that candidates wait."""

from __future__ import annotations

from mamori.grammar.declaration import NoticeKind, Template
from mamori.grammar.text import Text

SCREENED = Template(
    code="safety.screened",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("確認の規則に当たった出品があります", "Rules found listings to look at"),
    body=Text(
        "新しい出品か、書き換えられた出品などが、確認の規則に当たりました（規則 {rules}、候補 {count}件、最も多い規則の番号 {number}）。"
        "「出品の確認」のページで、一つずつ決めてください。それまで、出品は表示されたままです。",
        "Listings that are new or were rewritten, or that a new rule means, were found (rules: {rules}; candidates: {count}; the "
        "rule with most of them: {number}). Please decide on them under “Screening”. Until then they stay on sale.",
    ),
)
TEMPLATES = (SCREENED,)
