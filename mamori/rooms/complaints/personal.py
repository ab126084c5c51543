"""What this room keeps of people."""

from __future__ import annotations

from mamori.ground.declared.personal import BY_STAFF, KIND, SELLER, Reach, digest, reference, sealed, table

table(
    "complaints_complaint",
    what=KIND,
    reason=KIND,
    thing=reference("申し出の対象の参照・鍵付き要約", "reference or keyed digest of what is reported"),
    seller_ref=SELLER,
    listing_ref=reference("商品の参照", "the listing's reference"),
    review_ref=reference("レビューの参照", "reference of a review"),
    because=KIND,
    decided_by=BY_STAFF,
)
table(
    "complaints_complaintreport",
    ref=digest(
        "申し出ごとの鍵の名前（専用ページの秘密の要約の一部）", "name of a report's key, cut from a digest"
    ),
    digest=digest("専用ページの秘密の要約", "digest of the secret of its own page", reach=Reach.TIME),
    said=sealed(
        "申し出た人の言葉、メールアドレス、けがなどの答え",
        "words and mail address of who reported, and answers about a danger",
        whose="who reported",
    ),
    language=KIND,
    mark=digest(
        "同じ申し出を見分ける鍵付き要約", "keyed digest by which the same report is known", reach=Reach.TIME
    ),
    source=digest(
        "届いたネットワークの鍵付き要約", "keyed digest of the network it came from", reach=Reach.TIME
    ),
    code=digest("メールの確認コードの鍵付き要約", "keyed digest of a code by mail", reach=Reach.TIME),
)
