"""What a seller is told about a recovery: that it is heard, what was decided, what could not be deducted, what goes back."""

from __future__ import annotations

from mamori.grammar.text import Text
from mamori.rooms.contact.notices import legal, transactional

HEARING = legal(
    "hearing",
    Text("立替返金の請求についてご意見をお聞かせください", "Please give your view on a recovery"),
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
        "受付番号 {number}：規約の「立替返金の回収」の条項により、{amount}円を差し引きます。理由：{reason} 見直し日：{review}。"
        "納得できないときは、{until}までにこのページから異議をお申し出ください。決めた人とは別の人が見直します。",
        "Case {number}: under the clause on recovery in the terms, {amount} yen will be deducted. Reason: {reason} "
        "Review: {review}. If you object, you can appeal on this page until {until}; somebody else than who decided reviews it.",
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
GIVING_BACK = legal(
    "giving_back",
    Text("差し引いたお金をお戻しします", "Money goes back to your proceeds"),
    Text(
        "受付番号 {number}：見直しの結果、規約により差し引いた（差し引くことにした）額のうち{amount}円を売上金にお戻しします。"
        "戻ったらお知らせします。ご対応は不要です。",
        "Case {number}: after a review, {amount} yen of what was deducted under the terms, or was to be, go back to your "
        "proceeds. You will hear when they are back. You need not do anything.",
    ),
)
GIVEN_BACK = transactional(
    "given_back",
    Text("差し引いたお金が売上金に戻りました", "The money is back in your proceeds"),
    Text(
        "受付番号 {number}：{amount}円が売上金に戻りました。差し引きの明細にも載っています。ご対応は不要です。",
        "Case {number}: {amount} yen are back in your proceeds; your statement shows it too. You need not do anything.",
    ),
)
CALLED_OFF = transactional(
    "deduction_called_off",
    Text("差し引きは取りやめになりました", "The deduction was called off"),
    Text(
        "受付番号 {number}：差し引きが行われる前に取りやめました。売上金からは何も差し引かれていません。ご対応は不要です。",
        "Case {number}: the deduction was called off before it was made. Nothing was taken from your proceeds. "
        "You need not do anything.",
    ),
)
BACK_DELAYED = transactional(
    "back_delayed",
    Text("売上金への戻しに時間がかかっています", "Giving the money back takes longer"),
    Text(
        "受付番号 {number}：{amount}円を売上金に戻すよう指示しましたが、通販サイトがまだ行えていません。"
        "申し訳ありません。戻るまで担当者が続けて対応します。そのままお待ちください。",
        "Case {number}: the marketplace has not been able to give back the {amount} yen yet. "
        "We are sorry; staff see to it until they are back. You need not do anything.",
    ),
)
NOT_GIVEN_BACK = transactional(
    "not_given_back",
    Text("売上金に戻せませんでした", "Money could not go back to a seller"),
    Text(
        "受付番号 {number}：通販サイトが{amount}円を売上金に戻せませんでした。理由を確かめ、もう一度指示してください。",
        "Case {number}: the marketplace could not give the seller {amount} yen back. Please find out why and instruct it again.",
    ),
)

TEMPLATES = (
    *(HEARING, CLAIMED, NOT_DEDUCTED, WAIVED),
    *(GIVING_BACK, GIVEN_BACK, CALLED_OFF, BACK_DELAYED, NOT_GIVEN_BACK),
)
