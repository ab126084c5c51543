"""What recalls keep of people: nothing but who of the staff did it; a notice is published, and names no person."""

from __future__ import annotations

from mamori.ground.declared.personal import BY_STAFF, KIND, SELLER, code, reference, table

PUBLISHED = code("公表された内容", "what was published")
table(
    "safety_recall",
    source=KIND,
    **dict.fromkeys(("number", "known_by", "maker", "goods", "lots", "danger", "advice", "link"), PUBLISHED),
    rows=code("探すもの", "what is looked for"),
    missing=KIND,
    alerts=reference("購入者への知らせ", "the warnings of its buyers"),
    entered_by=BY_STAFF,
)
table(
    "safety_recallcandidate",
    listing_ref=reference("商品の参照", "the listing's reference"),
    seller_ref=SELLER,
    why=KIND,
    judged_by=BY_STAFF,
)
