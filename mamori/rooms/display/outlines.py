"""What this room does for those who buy, as everybody reads it."""

from __future__ import annotations

from mamori.grammar.outline import Outline
from mamori.grammar.text import Text
from mamori.law import shown
from mamori.law.deadlines import DISPLAY_MENDING, DISPLAY_RENEWAL, DISPLAY_REQUEST
from mamori.law.display import DISPLAY_HINDERS, DISPLAY_PROOFS, DISPLAY_REQUIRED

OUTLINES = (
    Outline(
        practice="P01",
        does=Text(
            "事業者の出品者すべてに、名前・住所・電話番号など、特定商取引法で表示すべき事項を書くよう求めます。"
            "足りないところや誤りは、{mending}以内に直すよう知らせます。直らないときは、担当者が違反として調べます。"
            "省略された事項は、あなたが請求すれば{request}以内に知らせるよう求めます。",
            "Every seller that is a business is asked to show what the Act on Specified Commercial Transactions wants: name, "
            "address, telephone and more. What is missing or wrong has to be put right within {mending}; what is not is looked "
            "into as a breach. What may be left out has to be given to you within {request} when you ask.",
        ),
        fills={"mending": DISPLAY_MENDING, "request": DISPLAY_REQUEST},
        switch=DISPLAY_REQUIRED,
        also=(
            (
                DISPLAY_HINDERS,
                Text(
                    "直すまで、新しい商品は出品できません。",
                    "Until it is put right, nothing new can be offered.",
                ),
            ),
        ),
        figures=(shown.DISPLAYS.code, shown.ITEMS_ASKED.code, shown.ITEMS_GIVEN.code),
        for_sellers=True,
    ),
    Outline(
        practice="P02",
        does=Text(
            "事業者の出品者が登録したメールアドレスと電話番号は、困りごとを伝える前にも、伝えたあとのやり取りの画面にも出ます。"
            "あなたから直接、連絡することもできます。",
            "The mail address and telephone number that a business has registered stand on the page before you report a trouble "
            "and beside the conversation afterwards, so that you may also reach it directly.",
        ),
        also=(
            (
                DISPLAY_PROOFS,
                Text(
                    "表示された連絡先に本当に届くかを、{renewal}ごとと変えたときに、確認コードを使って確かめます。確かめた日は表示の画面で読めます。",
                    "That a displayed contact reaches the seller is proved by a code, every {renewal} and after each change; the "
                    "day of the proof stands on its display.",
                ),
            ),
        ),
        fills={"renewal": DISPLAY_RENEWAL},
        for_sellers=True,
    ),
)
