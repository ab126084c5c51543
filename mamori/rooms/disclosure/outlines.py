"""What this room does for those who buy, as everybody reads it."""

from __future__ import annotations

from mamori.grammar.outline import Outline
from mamori.grammar.text import Text
from mamori.law.article5 import DISCLOSURE_DECISION, DISCLOSURE_HEARING, DISCLOSURE_RECEIPT
from mamori.law.reports import JOMC_LOOK

OUTLINES = (
    Outline(
        practice="P23",
        does=Text(
            "業界団体（JOMC）のページにも取組みを載せ、その文がここと同じかどうかを{look}ごとに人が見て、見た日とともにここに示しています。",
            "Our measures stand on the page of a trade body (JOMC), too. Every {look} somebody looks whether it says the same, "
            "and here stands what they found, and when.",
        ),
        fills={"look": JOMC_LOOK},
        to="/measures/#jomc",
        for_sellers=True,
    ),
    Outline(
        practice="P24",
        does=Text(
            "取組みの内容と実施の状況を、このページにまとめています。数値は月ごとに数えて動かさず、半年ごとに公表版として公表します。"
            "誤りを直したときは、直した版を前の版と並べて出します。",
            "This page gathers what is done and how far. Figures are counted month by month and then stay; every half-year they "
            "are published as an edition. Where one is corrected, the new version stands beside the old one.",
        ),
        for_sellers=True,
    ),
    Outline(
        practice="P26",
        does=Text(
            "返金を求めたいのに相手がわからないとき、出品者の名前や住所などの開示を請求できます。使えるかどうかを7つの質問で確かめられます。"
            "{receipt}以内に確かめ始めます。要件の確認、出品者の意見（{hearing}）のあとの判断、二人目の同意は、それぞれ{decision}以内を目安にします"
            "（日数は運営者が定めたもので、法律の定めではありません）。",
            "Where you want money back and do not know from whom, you may ask who the seller is; seven questions say whether "
            "that helps. It is looked at within {receipt}. Looking at the requirements, deciding once the seller was heard "
            "({hearing}), and the second person's word are each to take no more than {decision}: our own times, not the Act's.",
        ),
        fills={
            "receipt": DISCLOSURE_RECEIPT,
            "hearing": DISCLOSURE_HEARING,
            "decision": DISCLOSURE_DECISION,
        },
        to="/disclosure/",
        by_half=True,
    ),
    Outline(
        practice="P27",
        does=Text(
            "要件に当たるかの判断が分かれるときは、法務の担当者が加わります。開示は必ず二人で決めます。",
            "Where it can be argued whether a requirement is met, counsel weighs it. Two people decide on each disclosure.",
        ),
        by_half=True,
    ),
    Outline(
        practice="P30",
        does=Text(
            "請求を受けてから決めるまでの手順を定めてあり、どの部署の社員も読めます。手順書は、実際に動いている仕組みそのものから作られます。",
            "What is done from a request to its decision is written down where every department can read it: rendered from "
            "what runs, so that the two cannot differ.",
        ),
        by_half=True,
    ),
)
