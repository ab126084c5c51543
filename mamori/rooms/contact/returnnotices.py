"""What the buyer and a lead are told of goods that go back: the label, the reminder, the arrival, what came to a halt."""

from __future__ import annotations

from mamori.grammar.text import Text
from mamori.rooms.contact.noticekinds import transactional

NUMBER_LATER = Text("発送のときに分かります", "known when you hand it over")
RETURN_LABEL = transactional(
    "return_label",
    Text("返品の送り状ができました", "Your return label is ready"),
    Text(
        "受付番号 {number}：商品を{due}までにお送りください。送料はかかりません。追跡番号：{tracking}。"
        "届いた商品を確かめてから返金します。",
        "Case {number}: please send the goods by {due}. It costs you nothing. Tracking number: {tracking}. You are "
        "refunded when we have looked at them.",
    ),
)
RETURN_REMINDER = transactional(
    "return_reminder",
    Text("商品はもうお送りになりましたか", "Have you sent the goods?"),
    Text(
        "受付番号 {number}：まだのときは{due}までにお送りください。お送りになったあとなら、このページでお知らせください。",
        "Case {number}: if not, please send them by {due}. If you have, please say so on this page.",
    ),
)
RETURN_UNSENT = transactional(
    "return_unsent",
    Text("返品の期限を過ぎました", "The time for sending the goods is over"),
    Text(
        "受付番号 {number}：担当者が次にどうするかを決めます。もう送ったときや、ご事情があるときは、お知らせください。",
        "Case {number}: a person decides what to do next. If you have sent them, or could not, please tell us.",
    ),
)
RETURN_ARRIVED = transactional(
    "return_arrived",
    Text("商品が届きました", "The goods have arrived"),
    Text(
        "受付番号 {number}：{due}までに商品を確かめ、結果をお知らせします。ご対応は不要です。",
        "Case {number}: we look at them by {due} and will tell you the result. You need not do anything.",
    ),
)
RETURN_WAITS = transactional(
    "return_waits",
    Text("返品が止まっています", "A return has come to a halt"),
    Text(
        "受付番号 {number}：期限を過ぎました（{what}）。確かめて、次に進めてください。",
        "Case {number}: overdue ({what}). Please look into it and move it on.",
    ),
)

TEMPLATES = (
    RETURN_LABEL,
    RETURN_REMINDER,
    RETURN_UNSENT,
    RETURN_ARRIVED,
    RETURN_WAITS,
)
