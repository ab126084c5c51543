"""What the mirror of the marketplace keeps of people."""

from __future__ import annotations

from mamori.ground.declared.personal import ABOUT, KIND, CopyTo, code, digest, reference, sealed, staff, table

SEALED = sealed(
    "名前・登録と確認・連絡先・住所・営業時間・言語・事業者かどうかの経緯・保護の印",
    "name, registration and its check, ways to be reached, address, hours, language, what was said of its being private, "
    "whether it is protected",
    whose="itself",
)
table(
    "market_seller",
    ref=reference("出品者の参照", "the seller's reference", searched=True),
    sealed=SEALED,
    state=code("通販サイトでの利用の状態", "how its account stands at the marketplace"),
    country=code("所在国", "the country where it is"),
)
table("market_buyer", ref=reference("購入者の参照", "the buyer's reference", searched=True), sealed=SEALED)
table(
    "market_listing",
    ref=reference("商品の参照", "the listing's reference", told=(CopyTo.REPLY,)),
    name=code("公開されている商品名", "name of the goods, as published"),
    url=code("公開されている商品ページのアドレス", "the address of its published page"),
    brand=code("公開されているブランド", "the published brand"),
    model=code("公開されている型番", "the published model"),
    gtin=code("GTIN", "its GTIN"),
    nature=code("商品・役務・権利の別", "goods, service or right"),
    condition=code("新品・中古の別", "new or used"),
    pictures=code("公開されている写真のアドレス", "the addresses of its published pictures"),
    code=code("公開されている商品の番号", "the goods' published code"),
    category=code("公開されているカテゴリ", "the published category"),
    state=code("通販サイトでの状態", "how it stands at the marketplace"),
)
table(
    "market_listingcontent",
    digest=digest("公開されている商品の情報の要約", "of what is published of the goods", along=True),
    told=code("公開されている商品の情報", "what is published of the goods"),
)
table(
    "market_order",
    ref=reference("注文の参照", "the order's reference", told=(CopyTo.WEBHOOK, CopyTo.REPLY), searched=True),
    items=code("商品の参照・名前・数・値段", "listings, their names, numbers and prices"),
    sold_as=code("注文のときの出品者の区分", "as what its seller sold then"),
    age=code("購入者の年齢の幅（生年月日はない）", "the buyer's age as a band, no day of birth"),
)
table(
    "market_screen",
    sha256=digest("画面の要約", "digest of the screen", along=True),
    sealed=sealed("最終確認画面の文言", "what the confirmation screen showed", whose="the buyer"),
)
table(
    "market_review",
    ref=reference("レビューの参照", "the review's reference", told=(CopyTo.REPLY,)),
    state=code("通販サイトでの状態", "how it stands at the marketplace"),
    sealed=sealed("本文", "its words", whose="its author"),
)
table(
    "market_reviewedit",
    sealed=sealed(
        "前の本文", "the words before", whose="its author", at=("market_review {review_id} sealed",)
    ),
)
table(
    "market_instruction",
    ref=reference("指示の番号", "number of the instruction", told=(CopyTo.WEBHOOK, CopyTo.REPLY)),
    kind=KIND,
    target=KIND,
    target_ref=reference(
        "対象の参照（注文・商品・レビュー・出品者）",
        "the reference of the order, listing, review or seller",
        told=(CopyTo.WEBHOOK, CopyTo.REPLY),
    ),
    detail=code("カテゴリ", "the category", told=(CopyTo.WEBHOOK, CopyTo.REPLY)),
    about=ABOUT,
    note=sealed(
        "通販サイトが答えに添えた言葉",
        "what the marketplace added to its answer",
        whose="whom the instruction concerns",
    ),
    tracking=reference("返品の追跡番号", "tracking number of a parcel sent back", told=(CopyTo.REPLY,)),
)
table(
    "market_importrun",
    sha256=digest("取り込んだファイルの要約", "digest of the file", along=True),
    encoding=KIND,
    name=code("ファイルの場所", "where the file stood"),
)
table("market_importwaiting", kind=KIND, ref=reference("待っている参照", "the reference that waits"))
table(
    "market_importrefusal",
    kind=KIND,
    ref=reference("断った行の参照", "the reference of the refused line"),
    code=KIND,
    ja=code("断りの文（値は含めない）", "the refusal, without the value"),
    en=code("断りの文（値は含めない）", "the refusal, without the value"),
)
table(
    "market_tablematching",
    table=KIND,
    shape=digest("列の名前の要約", "digest of the headings", along=True),
    columns=code(
        "列の名前と、伝える項目（中身の値は含めない）",
        "headings and the fields they tell, no value of any cell",
    ),
    by=staff("対応を決めた担当者", "who said so"),
)
table(
    "market_impediment",
    about=ABOUT,
    what=KIND,
    code=KIND,
    category=code("カテゴリ", "the category", told=(CopyTo.WEBHOOK, CopyTo.REPLY)),
    listing=reference("商品の参照", "the listing's reference", told=(CopyTo.WEBHOOK, CopyTo.REPLY)),
    ja=code("止まっている理由（決まった文）", "why, in set words"),
    en=code("止まっている理由（決まった文）", "why, in set words"),
    todo_ja=code("できること（決まった文）", "what to do, in set words"),
    todo_en=code("できること（決まった文）", "what to do, in set words"),
)
