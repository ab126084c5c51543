"""The measures that may be taken against a breach: what each touches, on which clause, within which bounds, and its undoing."""

from __future__ import annotations

from mamori.grammar.businesstime import BusinessDays, EveryHours
from mamori.grammar.declaration import Deadline
from mamori.grammar.measure import Concerns, Days, Measure, Weight
from mamori.grammar.text import Text
from mamori.law.citations import OWN_RULE
from mamori.law.clauses import BEFORE_CLOSING

NOTICE = Measure(
    code="notice",
    gravity=10,
    title=Text("注意", "notice"),
    text=Text(
        "違反とされた点をお知らせし、記録に残します。", "You are told of the breach, and it is recorded."
    ),
    concerns=Concerns.SELLER,
    clause="notice-and-correction",
)
CORRECTION = Measure(
    code="correction",
    gravity=20,
    title=Text("是正のお願い", "correction request"),
    text=Text(
        "期限までに直していただきます。直ったことが確かめられれば、それで終わります。",
        "It has to be put right in time; once that is seen, it is over.",
    ),
    concerns=Concerns.SELLER,
    clause="notice-and-correction",
    days=Days(3, 14, 60),
    ends_by_cure=True,
)
DEMOTION = Measure(
    code="demotion",
    gravity=30,
    title=Text("検索での表示順位の引き下げ", "search demotion"),
    text=Text("検索での順位を下げます。", "The listing stands lower in searches."),
    concerns=Concerns.LISTING,
    clause="listing-measures",
    days=Days(1, 14, 90),
    hearing=True,
    order="demote_listing",
    ends_by_cure=True,
    dsa="decision_visibility:DECISION_VISIBILITY_CONTENT_DEMOTED",
)
LISTING_HIDDEN = Measure(
    code="listing-hidden",
    gravity=40,
    title=Text("商品の一時非表示", "listing hidden"),
    text=Text("商品を一時的に見えなくします。", "The listing is not shown for a time."),
    concerns=Concerns.LISTING,
    clause="listing-measures",
    days=Days(1, 14, 90),
    hearing=True,
    order="hide_listing",
    ends_by_cure=True,
    dsa="decision_visibility:DECISION_VISIBILITY_CONTENT_DISABLED",
)
PROVISIONAL_HIDING = Measure(
    code="listing-hidden-provisionally",
    gravity=35,
    title=Text("商品の暫定非表示", "listing provisionally hidden"),
    text=Text(
        "危険のおそれがあるため、判断が出るまで商品を見えなくします。措置ではなく、点数も付きません。",
        "There may be a danger: the listing is not shown until it is decided. It is no measure and brings no points.",
    ),
    concerns=Concerns.LISTING,
    clause="listing-measures",
    order="hide_listing",
    dsa="decision_visibility:DECISION_VISIBILITY_CONTENT_DISABLED",
)
"""What protects until a finding is decided: no policy answers it, nobody decides on it, and no time ends it."""
HIDING_LOOK = Deadline(
    code="enforcement.hiding_look",
    title=Text(
        "暫定非表示を責任者か法務担当が確かめるまで", "the look of a lead or counsel at a provisional hiding"
    ),
    duration=EveryHours(4),
    citation=OWN_RULE,
)
HIDING_DECISION = Deadline(
    code="enforcement.hiding_decision",
    title=Text(
        "意見の期限から、暫定非表示にした件の判断まで",
        "the decision on what is provisionally hidden, from when the seller's view was due",
    ),
    duration=BusinessDays(5),
    citation=OWN_RULE,
)
HIDING_DEADLINES = (HIDING_LOOK, HIDING_DECISION)
REVIEW_REMOVED = Measure(
    code="review-removed",
    gravity=45,
    title=Text("レビューの削除", "review removed"),
    text=Text("レビューを削除します。", "The review is removed."),
    concerns=Concerns.REVIEW,
    clause="reviews",
    hearing=True,
    order="remove_review",
    dsa="decision_visibility:DECISION_VISIBILITY_CONTENT_REMOVED",
)
LISTING_REMOVED = Measure(
    code="listing-removed",
    gravity=50,
    title=Text("商品の削除", "listing removed"),
    text=Text("商品の掲載をやめます。", "The listing is taken down."),
    concerns=Concerns.LISTING,
    clause="listing-measures",
    weight=Weight.HEAVY_OR_GOODS,
    hearing=True,
    order="remove_listing",
    dsa="decision_visibility:DECISION_VISIBILITY_CONTENT_REMOVED",
)
CATEGORY_CLOSED = Measure(
    code="category-closed",
    gravity=60,
    title=Text("分野の出品停止", "category closed"),
    text=Text(
        "ある分野の商品を、決めた日まで出品できなくなります。必要な確認ができれば、その前に終わります。",
        "Goods of one category cannot be offered until a set day, or until what was missing is confirmed.",
    ),
    concerns=Concerns.CATEGORY,
    clause="category",
    days=Days(7, 30, 365),
    reviewed=True,
    hearing=True,
    order="close_category",
    ends_by_cure=True,
    dsa="decision_provision:DECISION_PROVISION_PARTIAL_SUSPENSION",
)
NEW_LISTINGS_STOPPED = Measure(
    code="new-listings-stopped",
    gravity=65,
    title=Text("新規出品の停止", "new listings stopped"),
    text=Text(
        "新しい商品を、決めた日まで出品できなくなります。", "Nothing new can be offered until a set day."
    ),
    concerns=Concerns.SELLER,
    clause="new-listings",
    weight=Weight.HEAVY,
    days=Days(3, 14, 180),
    reviewed=True,
    hearing=True,
    order="stop_listings",
    dsa="decision_provision:DECISION_PROVISION_PARTIAL_SUSPENSION",
)
PAYOUT_HELD = Measure(
    code="payout-held",
    gravity=70,
    title=Text("売上金の支払いの保留", "payout held"),
    text=Text(
        "売上金の支払いを、見直し日まで保留します。没収ではありません。",
        "The payout of proceeds waits until a day of review. It is not forfeited.",
    ),
    concerns=Concerns.MONEY,
    clause="payout-hold",
    days=Days(1, 14, 60),
    reviewed=True,
    hearing=True,
    eyes=2,
    order="hold_payouts",
    ends_by_cure=True,
    dsa="decision_monetary:DECISION_MONETARY_SUSPENSION",
)
SUSPENDED = Measure(
    code="suspended",
    gravity=80,
    title=Text("利用の一時停止", "account suspended"),
    text=Text("決めた日まで出品・販売ができなくなります。", "Nothing can be sold until a set day."),
    concerns=Concerns.SELLER,
    clause="suspension",
    weight=Weight.HEAVY,
    days=Days(1, 30, 180),
    reviewed=True,
    hearing=True,
    eyes=2,
    order="suspend_seller",
    dsa="decision_account:DECISION_ACCOUNT_SUSPENDED",
)
CLOSED = Measure(
    code="closed",
    gravity=100,
    title=Text("利用契約の終了", "account closed"),
    text=Text(
        "利用契約を終えます。売上金は保留の定めがないかぎり支払います。",
        "The account ends. Proceeds are paid unless a hold stands.",
    ),
    concerns=Concerns.SELLER,
    clause="closing",
    weight=Weight.HEAVY,
    hearing=True,
    eyes=2,
    announced_days=BEFORE_CLOSING,
    waits_for_appeal=True,
    order="close_seller",
    dsa="decision_account:DECISION_ACCOUNT_TERMINATED",
)

MEASURES = (
    NOTICE,
    CORRECTION,
    DEMOTION,
    LISTING_HIDDEN,
    REVIEW_REMOVED,
    LISTING_REMOVED,
    CATEGORY_CLOSED,
    NEW_LISTINGS_STOPPED,
    PAYOUT_HELD,
    SUSPENDED,
    CLOSED,
)
"""Every measure that may be decided on, from the mildest to the gravest."""


def measure(code: str) -> Measure:
    """Return the measure of that code."""
    return _BY_CODE[code]


_BY_CODE = {one.code: one for one in (*MEASURES, PROVISIONAL_HIDING)}
