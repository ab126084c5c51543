"""What screening keeps of people: nothing but references, and who of the staff decided; lists of names are published."""

from __future__ import annotations

from mamori.ground.declared.personal import BY_STAFF, KIND, SELLER, code, reference, table

OWN_WORDS = code(
    "自社の規則の言葉と、公表された名前", "words of the operator's own rules, and published names"
)
table(
    "safety_screening",
    code=KIND,
    **dict.fromkeys(("title", "why", "ask", "terms", "but"), OWN_WORDS),
    entered_by=BY_STAFF,
    used_by=BY_STAFF,
)
table(
    "safety_screenedlisting",
    listing_ref=reference("商品の参照", "the listing's reference"),
    seller_ref=SELLER,
    digest=code("商品の言葉の要約値", "a digest of the listing's words"),
    term=OWN_WORDS,
    field=KIND,
    outcome=KIND,
    judged_by=BY_STAFF,
)
table("safety_listingwatch", name=KIND, again=reference("商品の参照", "the listing's reference"))
