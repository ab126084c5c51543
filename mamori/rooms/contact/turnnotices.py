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
SOLVED_BY = Text(
    "解決したかどうかを{until}までにお知らせください。お知らせがないときは、このやり取りを終えます。",
    " Please tell us by {until} whether this solves the matter. If we do not hear from you, we will close it.",
)
REVERSED_BUYER = transactional(
    "reversed_buyer",
    Text("カード会社が支払いを取り消しました", "The card company has reversed your payment"),
    Text(
        "受付番号 {number}：代金はカード会社から戻ります。時期はカード会社の明細でお確かめください。"
        "同じお金が二度戻ることはないため、「{what}」はなくなりました。"
        "出品者からもお金が届いたときは、使わずに相談窓口へお知らせください。{ask}",
        "Case {number}: the money comes back from the card company; its statement says when. As the same money is not paid "
        "twice, “{what}” is off. If money comes from the seller too, please leave it and tell the customer centre.{ask}",
    ),
)
REVERSED_SELLER = transactional(
    "reversed_seller",
    Text("カード会社の取消しがありました。お金を返さないでください", "Charged back: please do not refund"),
    Text(
        "受付番号 {number}：この注文の代金は、カード会社から購入者に戻ります。二重になるため、「{what}」はなくなりました。"
        "あなたからはお金を返さないでください。すでに返したときは、すぐに相談窓口へお知らせください。",
        "Case {number}: the card company gives the price of this order back to the buyer. So that nothing is paid twice, "
        "“{what}” is off. Please do not pay it back yourself; if you have, please tell the customer centre at once.",
    ),
)
REVERSED_AGENT = transactional(
    "reversed_agent",
    Text("カード会社が支払いを取り消しました", "An order in mediation was charged back"),
    Text(
        "受付番号 {number}：「{what}」はなくなり、双方に知らせました。商品を返すかなど残ったことと、"
        "出品者がすでに返金していないかを確かめてください。",
        "Case {number}: “{what}” is off, and both sides were told. Please see what is left, such as whether goods go back, "
        "and that the seller has not paid already.",
    ),
)

TEMPLATES = (WROTE_OF_REFUND, REVERSED_BUYER, REVERSED_SELLER, REVERSED_AGENT)
