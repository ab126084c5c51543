"""What accidents keep of people."""

from __future__ import annotations

from mamori.ground.declared.personal import BY_STAFF, KIND, SELLER, Reach, house, reference, table

LISTING = reference("商品の参照", "the listing's reference")
table(
    "safety_accident",
    listing_ref=LISTING,
    seller_ref=SELLER,
    hurt=KIND,
    said=house(
        "事故の内容、場所、ロット、メーカーとその連絡先、段階をしない理由",
        "what happened, where, the lot, the maker and its contact, why a step was left out",
        reach=Reach.TIME,
        along=True,
    ),
    left_out=KIND,
    entered_by=BY_STAFF,
)
table("safety_accidentlisting", listing_ref=LISTING, seller_ref=SELLER)
table(
    "safety_accidentreport",
    source=KIND,
    about=reference("もとの件", "the matter in which it was told"),
    case=reference("もとの件の受付番号", "the number of its case"),
)
