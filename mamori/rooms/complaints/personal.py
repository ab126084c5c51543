"""What this room keeps of people."""

from __future__ import annotations

from mamori.ground.declared.personal import (
    BUYER,
    BY_STAFF,
    KIND,
    SELLER,
    Reach,
    digest,
    house,
    reference,
    sealed,
    table,
)

table(
    "complaints_complaint",
    what=KIND,
    reason=KIND,
    thing=reference("申し出の対象の参照・鍵付き要約", "reference or keyed digest of what is reported"),
    seller_ref=SELLER,
    listing_ref=reference("商品の参照", "the listing's reference"),
    review_ref=reference("レビューの参照", "reference of a review"),
    named_by=BY_STAFF,
    because=KIND,
    decided_by=BY_STAFF,
)
table(
    "complaints_complaintreport",
    ref=digest(
        "申し出ごとの鍵の名前（専用ページの秘密の要約の一部）",
        "name of a report's key, cut from a digest",
        along=True,
    ),
    digest=digest("専用ページの秘密の要約", "digest of the secret of its own page", reach=Reach.TIME),
    said=sealed(
        "申し出た人の言葉、伝えたときは名前・電話番号・メールアドレス・住所、けがや表示の事項などの答え",
        "words of who reported, name, number, mail and postal address where they gave them, answers about a danger or a display",
        whose="who reported",
        at=("complaints_complaintreport {ref} said",),
        but=("page",),
    ),
    channel=KIND,
    hears=KIND,
    language=KIND,
    mark=digest(
        "同じ申し出を見分ける鍵付き要約", "keyed digest by which the same report is known", reach=Reach.TIME
    ),
    source=digest(
        "届いたネットワークか、かけてきた電話番号の鍵付き要約",
        "keyed digest of the network, or of the number, that it came from",
        reach=Reach.TIME,
    ),
    code=digest("メールの確認コードの鍵付き要約", "keyed digest of a code by mail", reach=Reach.TIME),
)
table(
    "complaints_callsheet",
    call=reference("電話の仕組みでの通話の番号", "the telephone system's name of a call"),
    number=house(
        "かけてきた電話番号（まもなく消える）",
        "the number that called, for a short time",
        reach=Reach.TIME,
        along=True,
    ),
    caller=digest(
        "かけてきた番号の鍵付き要約（まもなく消える）",
        "keyed digest of that number, for a short time",
        reach=Reach.TIME,
    ),
    opened_by=BY_STAFF,
)
table(
    "complaints_carerecord",
    ref=digest("記録ごとの鍵の名前", "name of a record's key, drawn at random", along=True),
    about=reference("案件", "the matter"),
    conduct=KIND,
    said=sealed(
        "カスハラとして言われたこと・されたこと",
        "what was said or done to staff",
        whose="who called",
        at=("complaints_carerecord {ref} said",),
    ),
    staff=BY_STAFF,
)
table(
    "complaints_counsellor",
    ref=digest("相談員ごとの鍵の名前", "name of a counsellor's key, drawn at random", along=True),
    said=sealed(
        "相談員の名前・消費生活センター・メールアドレス",
        "name, centre and mail address of a counsellor",
        whose="the counsellor",
        at=("complaints_counsellor {ref} said",),
    ),
    mark=digest("メールアドレスの鍵付き要約", "keyed digest of the mail address", reach=Reach.TIME),
    invitation=digest("招待のリンクの要約", "digest of the first link", reach=Reach.TIME),
    link=digest("送ったリンクの要約", "digest of a link on its way", reach=Reach.TIME),
    invited_by=BY_STAFF,
)
table(
    "complaints_consultation",
    ref=digest("相談ごとの鍵の名前", "name of a consultation's key, drawn at random", along=True),
    said=sealed(
        "相談者の名前、相談の内容と回答",
        "the consumer's name, what was asked and answered",
        whose="the consumer",
        at=("complaints_consultation {ref} said",),
    ),
    order_ref=reference("注文の参照", "the order's reference"),
    buyer_ref=BUYER,
    consent=KIND,
    given=KIND,
    lasts=KIND,
    confirmed_by=BY_STAFF,
)
