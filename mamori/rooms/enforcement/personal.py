"""What the room of enforcement keeps of people."""

from __future__ import annotations

from mamori.ground.declared.personal import (
    BY_STAFF,
    KIND,
    ORDER,
    SELLER,
    Reach,
    code,
    digest,
    reference,
    sealed,
    table,
)

LISTING = reference("商品の参照", "the listing's reference")
REVIEW = reference("レビューの参照", "the review's reference")
INSTRUCTION = reference("指示の番号", "number of the instruction")

table(
    "enforcement_finding",
    breach=KIND,
    severity=KIND,
    harm=KIND,
    seller_ref=SELLER,
    listing_ref=LISTING,
    review_ref=REVIEW,
    order_ref=ORDER,
    category=code("商品の分野", "a category of goods"),
    origin=reference("もとの案件", "the matter it came from"),
    source=KIND,
    reporter=reference("申し出た人の参照", "reference of who reported it"),
    alleged=sealed("疑いの内容", "what is alleged", whose="the seller"),
    view=sealed("出品者の意見", "the seller's view", whose="the seller"),
    because_unheard=KIND,
    why_dismissed=KIND,
)
table(
    "enforcement_evidence",
    kind=KIND,
    ref=reference("ファイル・記録・案件の番号", "a file's, act's or case's"),
)
table("enforcement_strike", seller_ref=SELLER)
table(
    "enforcement_measure",
    kind=KIND,
    seller_ref=SELLER,
    target_ref=reference("商品・レビューの参照か分野", "the listing's or review's reference, or a category"),
    clause=KIND,
    ground=KIND,
    document=reference("要請・命令の文書の日付や番号", "date and number of an authority's document"),
    at_once=KIND,
    row=code("基準の行", "the row of the policy"),
    proposed=KIND,
    trace=code("基準に尋ねたことと答え（決まった語）", "what the policy was asked and answered"),
    why=sealed(
        "基準と別にした理由・保留する額の理由", "why it is other, why so much is held", whose="the seller"
    ),
    statement=sealed("送った通知そのもの", "the notice exactly as sent", whose="the seller"),
    decided_by=BY_STAFF,
    approved_by=BY_STAFF,
    instruction=INSTRUCTION,
    undoing=INSTRUCTION,
    ended_because=KIND,
    review_span=code("次の見直しまでの長さ", "the span until the next review"),
)
table(
    "enforcement_appeal",
    seller_ref=SELLER,
    first_by=BY_STAFF,
    first_also=BY_STAFF,
    reviewer=BY_STAFF,
    outcome=sealed("結果とその理由", "the outcome and why", whose="the seller"),
)
table(
    "enforcement_appealmessage",
    by=BY_STAFF,
    sealed=sealed(
        "やり取りの言葉",
        "what was said",
        whose="the seller",
        at=("enforcement_appealmessage {appeal_id}/{number} sealed",),
    ),
)
table("enforcement_appealfile")
table(
    "enforcement_clarification",
    about=reference("もとの件", "the matter that it was asked for"),
    ref=digest("事実確認ごとの鍵の名前", "name of a clarification's key", along=True),
    digest=digest("回答のページの秘密の要約", "digest of the secret of its page", reach=Reach.TIME),
    whom=KIND,
    what=KIND,
    seller_ref=SELLER,
    listing_ref=LISTING,
    language=KIND,
    said=sealed(
        "尋ねたこと、相手の名前とメールアドレス、返答",
        "what was asked, name and mail address of who is asked, and the answer",
        whose="who is asked",
        at=("enforcement_clarification {ref} said",),
        but=("page",),
    ),
    asked_by=BY_STAFF,
    channel=KIND,
)
table(
    "enforcement_appealnote",
    by=BY_STAFF,
    sealed=sealed(
        "見直しのメモ",
        "a note on the review",
        whose="the seller",
        at=("enforcement_appealnote {appeal_id}/{nth} sealed",),
    ),
)
table(
    "enforcement_policy",
    table=code("措置の基準の表", "the policy table"),
    drafted_by=BY_STAFF,
    proposed_by=BY_STAFF,
    approved_by=BY_STAFF,
    notice=code("予告期間の長さ", "the span of its notice"),
)
