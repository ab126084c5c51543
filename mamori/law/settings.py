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

SETTINGS = (REMEDY_CEILING, REMEDY_DAYS, REMEDY_TIMES, RECOVERY_ON)

CLOSING_DAYS = "closing-days"
"""The code of the operator's closing days, which are a list of days and not a figure with bounds."""
