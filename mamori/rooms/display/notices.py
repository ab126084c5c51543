"""What a seller is told of its display: that something is to be put right, and that the time for it is over."""

from __future__ import annotations

from mamori.grammar.declaration import NoticeKind, Template
from mamori.grammar.text import Text

LACKING = Template(
    code="display.lacking",
    kind=NoticeKind.LEGAL,
    title=Text("お店の表示に直すところがあります", "Something in your shop's display is to be put right"),
    body=Text(
        "特定商取引法に基づく表示に、直すところが{count}件あります：{items}。{due}までに直してください。"
        "どこをどう直すかは「特定商取引法に基づく表示」のページに出ています。",
        "{count} points of the display that the Act on Specified Commercial Transactions asks for are to be put right: {items}. "
        "Please do so by {due}. The page “Display required by law” says where and how.",
    ),
)
MISSED = Template(
    code="display.missed",
    kind=NoticeKind.LEGAL,
    title=Text("お店の表示が期限までに直っていません", "Your shop's display was not put right in time"),
    body=Text(
        "法律（特定商取引法）に基づく表示が、期限の{due}までに直りませんでした：{items}。違反の疑いとして担当者が確かめます。措置の前にご意見を"
        "うかがいます。いまからでも「特定商取引法に基づく表示」のページで直してください。",
        "What is wrong with your display, which the Act on Specified Commercial Transactions asks for, was not put right by "
        "{due}: {items}. It is looked at as a suspected breach; you are heard before any measure. Please put it right on the "
        "page “Display required by law”: it still helps.",
    ),
)
TEMPLATES = (LACKING, MISSED)
