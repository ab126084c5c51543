"""What an operator may choose, with bounds; each choice is recorded with its day."""

from __future__ import annotations

from mamori.grammar.declaration import Setting
from mamori.grammar.text import Text
from mamori.law.citations import OWN_RULE

REMEDY_CEILING = Setting(
    code="contact.remedy_ceiling",
    title=Text("代わりに返金する上限（円）", "most that is refunded in the seller's place (yen)"),
    default=100_000,
    citation=OWN_RULE,
    least=0,
    most=100_000_000,
)
REMEDY_DAYS = Setting(
    code="contact.remedy_days",
    title=Text("注文から申し出までの日数", "days from the order within which a trouble must be reported"),
    default=90,
    citation=OWN_RULE,
    least=8,
    most=3_650,
)
REMEDY_TIMES = Setting(
    code="contact.remedy_times",
    title=Text("同じ購入者への補償の回数（1年）", "times a year that one buyer may be refunded"),
    default=5,
    citation=OWN_RULE,
    least=1,
    most=1_000,
)
RECOVERY_ON = Setting(
    code="contact.recovery_on",
    title=Text("出品者からの回収を行う", "recover refunds from sellers"),
    default=True,
    citation=OWN_RULE,
)

OPERATOR_NAME = Setting(
    code="operator.name",
    title=Text("メールと手紙に出す運営者の名前", "the operator's name on mails and letters"),
    default="",
    citation=OWN_RULE,
    most=60,
)
OPERATOR_PHONE = Setting(
    code="operator.phone",
    title=Text("相談窓口の電話番号", "telephone number of the customer centre"),
    default="",
    citation=OWN_RULE,
    most=40,
)
OPERATOR_ADDRESS = Setting(
    code="operator.address",
    title=Text("手紙の差出人の住所（〒から）", "the sender's address on letters, with the postal code"),
    default="",
    citation=OWN_RULE,
    most=200,
)
WAYS = ("auto", "webhook", "mail", "both")
"""auto = by webhook where an endpoint takes notices, otherwise by mail or letter."""
NOTICES_TO_BUYERS = Setting(
    code="post.to_buyers",
    title=Text("購入者へのお知らせの送り方", "how notices reach buyers"),
    default="auto",
    citation=OWN_RULE,
    among=WAYS,
)
NOTICES_TO_SELLERS = Setting(
    code="post.to_sellers",
    title=Text("出品者へのお知らせの送り方", "how notices reach sellers"),
    default="auto",
    citation=OWN_RULE,
    among=WAYS,
)
NOTICES_TO_STAFF = Setting(
    code="post.to_staff",
    title=Text("窓口の担当へのお知らせの送り方", "how notices reach the centre's staff"),
    default="auto",
    citation=OWN_RULE,
    among=WAYS,
)
LETTERS_ON = Setting(
    code="post.letters_on",
    title=Text("メールのない人への手紙を用意する", "prepare letters for those who have no mail address"),
    default=True,
    citation=OWN_RULE,
)

SETTINGS = (
    REMEDY_CEILING,
    REMEDY_DAYS,
    REMEDY_TIMES,
    RECOVERY_ON,
    OPERATOR_NAME,
    OPERATOR_PHONE,
    OPERATOR_ADDRESS,
    NOTICES_TO_BUYERS,
    NOTICES_TO_SELLERS,
    NOTICES_TO_STAFF,
    LETTERS_ON,
)

CLOSING_DAYS = "closing-days"
"""The code of the operator's closing days, which are a list of days and not a figure with bounds."""
