"""What is told when a matter takes another turn: words while the operator refunds, a charge back, a danger."""

from __future__ import annotations

from mamori.grammar.text import Text
from mamori.rooms.contact.notices import transactional

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
    "解決したかどうかを{until}までにお知らせください。ご連絡がないときは、このやり取りを終えます。",
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
DANGER_SELLER = transactional(
    "danger_seller",
    Text("危険の知らせがありました", "A danger was reported"),
    Text(
        "受付番号 {number}：{topic}。けがや火災などの危険があると知らせがありました。"
        "すぐにこのページで内容を読み、お答えください。同じ商品の販売や発送を続けてよいかも、お確かめください。",
        "Case {number}: {topic}. Danger of injury or fire was reported. Please read it on this page and answer at once, and "
        "see whether you can go on selling and sending the same goods.",
    ),
)
DANGER_STAFF = transactional(
    "danger_staff",
    Text("危険の知らせがありました", "A danger was reported"),
    Text(
        "受付番号 {number}：{topic}。けがや火災などの危険があると知らせがありました。すぐに案件を開いて対応してください。",
        "Case {number}: {topic}. Danger of injury or fire was reported. Please open the case and act at once.",
    ),
)
DANGER_NOT_REACHED = transactional(
    "danger_not_reached",
    Text("危険を知らせた購入者につながりません", "A buyer in danger cannot be reached"),
    Text(
        "受付番号 {number}：危険を知らせた購入者に{times}回電話しましたが、つながりませんでした。架電は続きます。"
        "ほかの連絡の方法を決めてください。",
        "Case {number}: the buyer who told of a danger was called {times} times and not reached. The calls go on. Please decide "
        "how else to reach them.",
    ),
)
DANGER_HARMED = transactional(
    "danger_harmed",
    Text("けが、または火や煙があったと伺いました", "There was injury, fire or smoke"),
    Text(
        "受付番号 {number}：購入者に確かめたところ、けが、または火や煙があったとのことです。案件を開き、進め方を決めてください。",
        "Case {number}: the buyer was reached and says that there was injury, fire or smoke. Please open the case and decide how "
        "to go on.",
    ),
)
DANGER_BUYER = transactional(
    "danger_buyer",
    Text("危険のある件として扱います", "Your case is held for dangerous"),
    Text(
        "受付番号 {number}：けがや火災の危険があるものとして、相談窓口と出品者が急いで対応します。使うのをやめ、商品は捨てずに"
        "取っておいてください。けがや火のおそれがあるときは、先に119番へ電話してください。",
        "Case {number}: the centre and the seller act on it urgently, as there may be danger of injury or fire. Please stop "
        "using the goods and keep them. If there is injury or fire, please call 119 first.",
    ),
)
HARM_LOWERED = transactional(
    "harm_lowered",
    Text("困りごとの程度を改めました", "How grave your case is was changed"),
    Text(
        "受付番号 {number}：「{old}」から「{new}」に改めました。{reason}納得できないときや、危険が続いているときは、"
        "このページか電話で、相談窓口にお知らせください。",
        "Case {number}: it was “{old}” and is “{new}” now. {reason} If you do not agree, or there is still danger, please tell "
        "the customer centre on this page or by telephone.",
    ),
)

TEMPLATES = (
    WROTE_OF_REFUND,
    REVERSED_BUYER,
    REVERSED_SELLER,
    REVERSED_AGENT,
    DANGER_SELLER,
    DANGER_STAFF,
    DANGER_NOT_REACHED,
    DANGER_HARMED,
    DANGER_BUYER,
    HARM_LOWERED,
)
