"""What is told when money goes back on another way: all of it, or on top of the operator's own refund."""

from __future__ import annotations

from mamori.grammar.text import Text
from mamori.rooms.contact.notices import transactional

PAID_ON_TOP = transactional(
    "paid_on_top",
    Text("返金のあとに、別にお金が戻りました", "Money went back on top of a refund"),
    Text(
        "受付番号 {number}：{amount}円を返金した注文で、ほかからもお金が戻り、支払額を{above}円超えました。"
        "購入者と通販サイトの担当に確かめてください。その分は出品者に請求しません。",
        "Case {number}: {amount} yen were refunded, and more came from elsewhere: {above} yen above what was paid. Please ask "
        "the buyer and the marketplace. So much is not recovered from the seller.",
    ),
)
NOT_RECOVERED = transactional(
    "not_recovered",
    Text("売上金からの差し引きは行いません", "Nothing will be deducted from your proceeds"),
    Text(
        "受付番号 {number}：この注文の代金がほかから購入者に戻ったと、通販サイトから連絡がありました。"
        "差し引きは行いません。ご対応は不要です。",
        "Case {number}: the marketplace tells us that the price of this order went back to the buyer on another way. Nothing "
        "will be deducted. You need not do anything.",
    ),
)
LESS_RECOVERED = transactional(
    "less_recovered",
    Text("差し引きを考える額が減りました", "A smaller deduction is considered"),
    Text(
        "受付番号 {number}：この注文の代金の一部が、ほかからも購入者に戻りました。"
        "差し引きを考えるのは、最大{most}円になりました。ご対応は不要です。",
        "Case {number}: a part of the price of this order went back to the buyer on another way, too. The deduction that is "
        "considered is now at most {most} yen. You need not do anything.",
    ),
)
TOLD_LATE = transactional(
    "told_late",
    Text("断られた指示が、あとから実行されていました", "A declined instruction was carried out after all"),
    Text(
        "受付番号 {number}：通販サイトが、一度断った指示 {instruction} を実行していたと知らせてきました。"
        "そのあいだに別の決定をしているため、"
        "自動では何も支払わず、差し引きもしません。待っていた代わりの指示には取りやめを頼みました。通販サイトの担当に確かめ、判断してください。",
        "Case {number}: the marketplace tells us that it had carried out instruction {instruction} after declining it. As it was "
        "decided otherwise meanwhile, nothing is paid or deducted by itself, and what waits in its place was called back. Please "
        "ask the marketplace and decide.",
    ),
)
DEDUCTED_LATE = transactional(
    "deducted_late",
    Text("差し引きが行われていました", "The deduction had been made"),
    Text(
        "受付番号 {number}：行われなかったとお知らせした{amount}円の差し引きは、"
        "実際には行われていたと通販サイトから連絡がありました。"
        "異議があるときは、この件の画面からお申し出ください。",
        "Case {number}: the marketplace tells us that the deduction of {amount} yen, which we told you was not made, had been "
        "made after all. If you disagree, please object on the page of this case.",
    ),
)
_ALL_BACK = Text("この注文の代金が全額戻りました", "The whole price of the order has gone back")
ALL_BACK_BUYER = transactional(
    "all_back_buyer",
    _ALL_BACK,
    Text(
        "受付番号 {number}：代金の{amount}円が全額戻ったと、通販サイトから連絡がありました。"
        "解決したかどうかを{until}までにお知らせください。ご連絡がないときは、このやり取りを終えます。",
        "Case {number}: the marketplace tells us that the whole price, {amount} yen, has gone back to you. Please tell us by "
        "{until} whether this solves the matter. If we do not hear from you, we will close it.",
    ),
)
ALL_BACK_MEANWHILE = transactional(
    "all_back_meanwhile",
    _ALL_BACK,
    Text(
        "受付番号 {number}：代金の{amount}円が全額戻ったと、通販サイトから連絡がありました。解決したときは、お知らせください。",
        "Case {number}: the marketplace tells us that the whole price, {amount} yen, has gone back to you. Please tell us if "
        "this solves the matter.",
    ),
)
ALL_BACK_SELLER = transactional(
    "all_back_seller",
    _ALL_BACK,
    Text(
        "受付番号 {number}：代金の{amount}円が全額、購入者に戻ったと、通販サイトから連絡がありました。"
        "解決したかどうかを、購入者に尋ねています。ご対応は不要です。",
        "Case {number}: the marketplace tells us that the whole price, {amount} yen, has gone back to the buyer, who is asked "
        "whether this solves the matter. You need not do anything.",
    ),
)

TEMPLATES = (
    PAID_ON_TOP,
    NOT_RECOVERED,
    LESS_RECOVERED,
    TOLD_LATE,
    DEDUCTED_LATE,
    ALL_BACK_BUYER,
    ALL_BACK_MEANWHILE,
    ALL_BACK_SELLER,
)
