"""What this room keeps of people."""

from __future__ import annotations

from mamori.ground.declared.personal import BY_STAFF, KIND, SELLER, reference, table

table(
    "outreach_campaign",
    code=KIND,
    audience=KIND,
    reached=reference("順に見て着いた出品者の参照", "the reference of the seller that it has reached"),
    sample=reference("見本として見せる出品者の参照", "the references of a few sellers, as a sample"),
)
table(
    "outreach_announcement",
    topic=KIND,
    title=KIND,
    title_en=KIND,
    body=KIND,
    body_en=KIND,
    note=KIND,
    note_en=KIND,
    claims=KIND,
    writers=BY_STAFF,
    withdrawn_because=KIND,
    digest=KIND,
)
table("outreach_helpfulday", page=KIND, version=KIND, said=KIND)
table("outreach_sellertold", seller_ref=SELLER, by=KIND)
