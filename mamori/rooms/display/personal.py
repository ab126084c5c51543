"""What this room keeps of people."""

from __future__ import annotations

from mamori.ground.declared.personal import BUYER, KIND, SELLER, digest, sealed, table

table("display_display", seller_ref=SELLER, faults=KIND, doubts=KIND)
table(
    "display_content",
    seller_ref=SELLER,
    digest=digest("表示の要約値", "of the display", along=True),
    sealed=sealed(
        "出品者が表示した事項と文章",
        "what the seller displays, item by item, and its text",
        whose="the seller",
        at=("display_content {seller_ref}/{digest} sealed",),
    ),
)
table("display_displayversion", seller_ref=SELLER, by=KIND)
table(
    "display_contactproof",
    seller_ref=SELLER,
    channel=KIND,
    target=digest("確かめた連絡先の要約値", "of the contact that was proved"),
    hours=KIND,
)
table(
    "display_itemrequest",
    seller_ref=SELLER,
    buyer_ref=BUYER,
    items=KIND,
    awaited=KIND,
    given=sealed(
        "請求により購入者に知らせた事項", "what was given to a buyer on request", whose="the seller"
    ),
    reason=sealed(
        "知らせられないと出品者が言う理由", "why the seller would rather not give it", whose="the seller"
    ),
)
table("display_businessdoubt", seller_ref=SELLER, signs=KIND)
table(
    "display_doubtentry",
    seller_ref=SELLER,
    what=KIND,
    choice=KIND,
    by=KIND,
    sealed=sealed(
        "個人か事業者かの問い・出品者の答え・担当者の理由",
        "the question whether it is a business, the seller's answer, the reason of staff",
        whose="the seller",
        at=("display_doubtentry {act} sealed",),
    ),
)
