"""What the terms keep of people."""

from __future__ import annotations

from mamori.ground.declared.personal import BY_STAFF, KIND, SELLER, code, staff, table

table(
    "terms_clauseacceptance",
    seller_ref=SELLER,
    clause=KIND,
    source=code("どこから知ったか", "where we know it from"),
)
table(
    "terms_settingvalue",
    code=KIND,
    value=code("運営者の決めた値", "what the operator chose"),
    by=BY_STAFF,
    reason=staff("なぜ値を変えたか", "why a value was changed"),
)
table(
    "terms_termschange",
    ground=KIND,
    reason=staff("なぜ期間を置かないか（出品者に知らせる文）", "why it does not wait, as sellers are told"),
    by=BY_STAFF,
)
OURS = code("規約の文", "the words of the terms")
table("terms_clausewording", clause=KIND, title_ja=OURS, title_en=OURS, text_ja=OURS, text_en=OURS)
table("terms_clausepublished", clause=KIND)
table("terms_termstold", seller_ref=SELLER)
