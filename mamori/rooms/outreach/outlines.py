"""What this room does for those who buy, as everybody reads it."""

from __future__ import annotations

from mamori.grammar.outline import Outline
from mamori.grammar.text import Text
from mamori.law import shown

OUTLINES = (
    Outline(
        practice="P25",
        does=Text(
            "困りごとを伝えたあとのこと、返品や取消しの通知、開示請求、売上金の保留、異議などを、ヘルプで説明しています。"
            "期限や金額は、いま実際に使われているものが出ます。運営者が書いた記事は、そうとわかるように分けています。",
            "The help explains what happens after a report, formal notices, asking who a seller is, held proceeds, appeals and "
            "more. Times and sums are those in force; what we wrote ourselves stands apart and says so.",
        ),
        to="/guide/",
        for_sellers=True,
    ),
    Outline(
        practice="P28",
        does=Text(
            "事業者の出品者に、法律（取引DPF法）により、購入者の請求で名前や住所などが開示されることがあると、前もって知らせます。"
            "あとから出品を始めた事業者にも知らせます。",
            "Sellers that are businesses are told beforehand that under the Act their name, address and more may be disclosed "
            "when a buyer asks, and so are businesses that come later.",
        ),
        figures=(shown.TOLD.code, shown.ACKNOWLEDGED.code),
        for_sellers=True,
    ),
    Outline(
        practice="P29",
        does=Text(
            "その案内で、特定商取引法の表示を見直すようあわせて頼みます。読んだという返事がない出品者には、もう一度知らせます。",
            "The same notice asks them to look through what they display by law. Who has not answered is told once more.",
        ),
        for_sellers=True,
    ),
    Outline(
        practice="P31",
        does=Text(
            "購入者を守る取組みを、そのつどお知らせします。数や「必ず」のような言葉には根拠を添え、書いた人とは別の人が確かめて公開します。"
            "訂正は前の版と並べて残します。",
            "What is done to protect those who buy is told as it happens. Numbers, and words such as “always”, stand with their "
            "ground; another person than its writer looks at it and publishes it; a correction stands beside the version before.",
        ),
        to="/news/",
    ),
)
