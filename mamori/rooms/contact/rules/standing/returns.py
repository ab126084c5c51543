"""What both sides are told while goods are on their way back."""

from __future__ import annotations

from mamori.grammar.text import Text
from mamori.rooms.contact.lifecycle.remedy import RemedyState
from mamori.rooms.contact.rules.standing.told import Standing, Turn

RETURNING = Text("返品の手続き中", "A return is under way")

BUYERS_RETURN = {
    RemedyState.ORDERED: Standing(
        Turn.CENTRE,
        RETURNING,
        Text(
            "商品をお返しいただいてから、{amount}円を返金することになりました。",
            "You send the goods back, and are then refunded {amount} yen.",
        ),
        Text(
            "通販サイトが{confirmation}までに送り状を用意する見込みです。送料はかかりません。用意ができたらお知らせします。",
            "The marketplace should have a label for you by {confirmation}. Sending costs you nothing. We will tell you when "
            "it is ready.",
        ),
    ),
    RemedyState.LABELLED: Standing(
        Turn.YOURS,
        RETURNING,
        Text(
            "送り状ができました。商品をお送りください。追跡番号：{tracking}",
            "The label is ready. Please send the goods. Tracking number: {tracking}",
        ),
        Text(
            "{sending}までにお送りになり、「商品を送った」を選んでください。届いた商品を確かめてから{amount}円を返金します。",
            "Please send them by {sending} and choose “I have sent the goods”. When we have looked at them, you are refunded "
            "{amount} yen.",
        ),
    ),
    RemedyState.SENT: Standing(
        Turn.CENTRE,
        RETURNING,
        Text(
            "商品の到着を待っています。追跡番号：{tracking}",
            "We are waiting for the goods. Tracking number: {tracking}",
        ),
        Text(
            "届いたらお知らせします。確かめてから{amount}円を返金します。{arrival}までに届かないときは、窓口が調べます。",
            "We will tell you when they are here. When we have looked at them, you are refunded {amount} yen. If they are "
            "not here by {arrival}, the centre looks into it.",
        ),
    ),
    RemedyState.ARRIVED: Standing(
        Turn.CENTRE,
        RETURNING,
        Text(
            "商品が届きました。担当者が{inspection}までに確かめます。",
            "The goods are here. A person looks at them by {inspection}.",
        ),
        Text(
            "ご連絡のとおりなら{amount}円を返金します。違うところがあれば、理由を添えてお知らせします。",
            "If they are as you reported, you are refunded {amount} yen. If not, we will tell you and say why.",
        ),
    ),
}

SELLERS_RETURN = Standing(
    Turn.CENTRE,
    RETURNING,
    Text(
        "運営者が、商品の返品を手配しています。",
        "The operator is arranging for the goods to be sent back.",
    ),
    Text(
        "返金や差し引きを決めるときは、あなたにもお知らせします。差し引きの前には意見を聴きます。",
        "You will be told of a refund or a deduction. Before any deduction you will be heard.",
    ),
)
