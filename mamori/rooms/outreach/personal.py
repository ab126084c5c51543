"""What this room keeps of people."""

from __future__ import annotations

from mamori.ground.declared.personal import BY_STAFF, KIND, SELLER, Reach, code, house, reference, table

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
table(
    "outreach_activity",
    kind=KIND,
    title=KIND,
    title_en=KIND,
    place=code("活動の場所", "where an activity is held"),
    said=house(
        "活動の相手、議題、議事、招いた人、来た人、何につながったか",
        "with whom an activity was, its agenda and minutes, who was invited, who came, what came of it",
        reach=Reach.TIME,
        along=True,
    ),
    line=KIND,
    line_en=KIND,
    line_by=BY_STAFF,
    released_by=BY_STAFF,
    entered_by=BY_STAFF,
)
table(
    "outreach_activityaction",
    words=code("活動で決めたこと", "what was agreed at an activity"),
    owner=code("担当の役割・部署", "which role or department does it"),
)
