"""What this room keeps of people."""

from __future__ import annotations

from mamori.ground.declared.personal import (
    BY_STAFF,
    KIND,
    SELLER,
    Reach,
    code,
    digest,
    house,
    reference,
    table,
)

OF_AGENCY = code("機関の公式ページにあること", "what the agency's own page says")
table(
    "safety_agency",
    name=OF_AGENCY,
    office=OF_AGENCY,
    phone=OF_AGENCY,
    mail=OF_AGENCY,
    address=OF_AGENCY,
    page=OF_AGENCY,
    entered_by=BY_STAFF,
    confirmed_by=BY_STAFF,
)
table(
    "safety_authorityrequest",
    basis=KIND,
    channel=KIND,
    said=house(
        "要請した機関と担当者、連絡先、文書番号、内容",
        "which agency and officer asks, how to reach them, the paper's number, its words",
        reach=Reach.TIME,
        along=True,
    ),
    rows=house(
        "要請の一覧（届いたとおり）", "the list of the request, as it came", reach=Reach.TIME, along=True
    ),
    mark=digest("文書番号の鍵付き要約", "keyed digest of the paper's number"),
    entered_by=BY_STAFF,
    verified_by=BY_STAFF,
)
table("safety_requestline", missing=KIND)
table(
    "safety_requesthit",
    listing_ref=reference("商品の参照", "the listing's reference"),
    seller_ref=SELLER,
    category=KIND,
    why=KIND,
    judged_by=BY_STAFF,
    way=KIND,
    outcome=KIND,
    clause=KIND,
    acted_by=BY_STAFF,
)
