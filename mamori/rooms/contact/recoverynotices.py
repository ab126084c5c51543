"""What a seller is told about a recovery: that it is heard, what was decided, and what could not be deducted."""

from __future__ import annotations

from mamori.grammar.text import Text
from mamori.rooms.contact.noticekinds import legal, transactional

HEARING = legal(
    "hearing",
    Text("回収についてご意見をお聞かせください", "Please give your view on a recovery"),
    Text(
        "受付番号 {number}：購入者に{amount}円を返金しました。条項「{clause}」第{version}版により、"
        "最大{most}円の差し引きを検討しています。"
        "{due}までにご意見をお寄せください。",
        "Case {number}: we refunded the buyer {amount} yen. Under the clause “{clause}”, version {version}, we are "
        "considering a deduction of at most {most} yen. Please give your view by {due}.",
    ),
)
CLAIMED = legal(
    "claimed",
    Text("売上金からの差し引きを決めました", "A deduction from your proceeds has been decided"),
    Text(
        "受付番号 {number}：規約の回収の条項により、{amount}円を差し引きます。理由：{reason} 見直し日：{review}。"
        "不服があるときは相談窓口にお申し出ください。",
        "Case {number}: under the clause on recovery in the terms, {amount} yen will be deducted. Reason: {reason} "
        "Review: {review}. If you object, please tell the customer centre.",
    ),
)
NOT_DEDUCTED = transactional(
    "not_deducted",
    Text("差し引きは行われませんでした", "The deduction was not made"),
    Text(
        "受付番号 {number}：{amount}円の差し引きを、通販サイトが行えませんでした。"
        "差し引きはなくなり、運営者が負担します。ご対応は不要です。",
        "Case {number}: the marketplace could not make the deduction of {amount} yen. "
        "There will be none; the operator bears it. You need not do anything.",
    ),
)
WAIVED = transactional(
    "waived",
    Text("差し引きは行いません", "There will be no deduction"),
    Text(
        "受付番号 {number}：売上金からの差し引きは行いません。ご対応は不要です。",
        "Case {number}: nothing will be deducted from your proceeds. You need not do anything.",
    ),
)

TEMPLATES = (HEARING, CLAIMED, NOT_DEDUCTED, WAIVED)
