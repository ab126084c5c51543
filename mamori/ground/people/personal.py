"""What the tables of people keep of people."""

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
    sealed,
    staff,
    table,
)

table(
    "people_account",
    password=digest(
        "担当者のパスワードの要約（パスキーだけなら空）",
        "digest of the password of a member of staff (none with passkeys only)",
    ),
    email=staff("担当者のメール", "mail address of a member of staff"),
    name=staff("担当者の名前", "name of a member of staff"),
    role=KIND,
    places=code("開いた場所（メニュー）", "places that were opened, for the menu"),
    company=digest(
        "会社での本人の番号の鍵付き要約", "keyed digest of who a member of staff is at the company"
    ),
)
table("people_introduction", by=BY_STAFF)
table("people_invitation", digest=digest("招待の符号の要約", "digest of an invitation", reach=Reach.TIME))
table(
    "people_key",
    kind=KIND,
    name=code("ソフトウェアの名", "name of the software"),
    prefix=digest("鍵の頭の数文字", "the first characters of the key"),
    scopes=KIND,
    digest=digest("鍵の要約", "digest of the key"),
    sealed=house("リンクに署名する鍵", "the key that signs links"),
)
table("people_housesecret", name=KIND, sealed=house("家の秘密", "a secret of the house"))
table("people_tally", name=KIND, key=digest("数える相手の要約", "digest of who is counted", reach=Reach.TIME))
table("people_once", digest=digest("使い終えた符号の要約", "digest of what was used", reach=Reach.TIME))
table(
    "people_signincode",
    ticket=digest("申し込みの番号", "number of the request", reach=Reach.TIME),
    role=KIND,
    ref=reference("名乗った参照", "the reference that was given", reach=Reach.TIME),
    claim=digest("入れたメールの鍵付き要約", "keyed digest of the address given", reach=Reach.TIME),
    browser=digest(
        "そのブラウザーで前に入った人の鍵付き要約",
        "keyed digest of who came in with the browser before",
        reach=Reach.TIME,
    ),
    who=reference("だれか", "who it is", reach=Reach.TIME),
    mac=digest("符号の鍵付き要約", "keyed digest of the code", reach=Reach.TIME),
)
table(
    "people_delegate",
    seller_ref=SELLER,
    name=reference("代理担当の呼び名（英数字）", "the delegate's handle"),
    sealed=sealed(
        "代理担当の名前とメール",
        "the delegate's name and address",
        whose="the seller",
        at=("people_delegate {seller_ref}/{name} sealed",),
    ),
)
table(
    "people_proposal",
    matter=KIND,
    about=reference("対象", "what it is about"),
    role=KIND,
    reason=staff("担当者の書いた理由", "a reason that staff wrote"),
    by=BY_STAFF,
)
table("people_approval", by=BY_STAFF, proposer=BY_STAFF)
