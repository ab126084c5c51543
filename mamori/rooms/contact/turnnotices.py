"""What is told when a matter takes another turn: words while the operator refunds, a charge back, a danger."""

from __future__ import annotations

from mamori.grammar.text import Text
from mamori.rooms.contact.noticekinds import transactional

WROTE_OF_REFUND = transactional(
    "wrote_of_refund",
    Text("返金の手続き中に、購入者が書き足しました", "A buyer wrote while the refund is under way"),
    Text(
        "受付番号 {number}：運営者の返金・返品を進めている間に、購入者が書き足しました。内容を確かめてください。"
        "出品者には知らせていません。",
        "Case {number}: the buyer wrote while the operator's refund or return is under way. Please look into it. The seller "
        "was not told.",
    ),
)

TEMPLATES = (WROTE_OF_REFUND,)
