"""What the terms keep of people."""

from __future__ import annotations

from mamori.ground.declared.personal import BY_STAFF, KIND, SELLER, code, table

table(
    "terms_clauseacceptance",
    seller_ref=SELLER,
    clause=KIND,
    source=code("どこから知ったか", "where we know it from"),
)
table("terms_settingvalue", code=KIND, value=code("運営者の決めた値", "what the operator chose"), by=BY_STAFF)
