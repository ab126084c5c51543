"""What guidance on safe use keeps of people: which buyer was told, and what that buyer turned off."""

from __future__ import annotations

from mamori.ground.declared.personal import BUYER, BY_STAFF, KIND, ORDER, code, table

table(
    "safety_guidanceround",
    moment=KIND,
    kind=KIND,
    words=code("担当者が書いた知らせ（だれの名前もない）", "news as staff wrote it, of nobody"),
    written_by=BY_STAFF,
    reached=ORDER,
)
table("safety_guidancetold", kind=KIND, buyer_ref=BUYER, order_ref=ORDER)
table("safety_guidancecategory", category=code("商品のカテゴリー", "a category of listings"), kind=KIND)
table("safety_guidanceoff", kind=KIND, moment=KIND)
table("safety_guidancedeclined", buyer_ref=BUYER, kind=KIND)
