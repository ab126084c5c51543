"""When the buyers of something dangerous are looked for again, and told once more.  No statute names these times."""

from __future__ import annotations

from mamori.grammar.businesstime import CalendarDays, EveryHours
from mamori.grammar.declaration import Deadline
from mamori.grammar.text import Text
from mamori.law.citations import OWN_RULE

ALERT_LOOK = Deadline(
    code="contact.alert_look",
    title=Text(
        "警告した商品のその後の注文を、もう一度調べるまで（毎日、繰り返し）",
        "orders of goods that buyers are warned of are looked through again, every day",
    ),
    duration=EveryHours(24),
    citation=OWN_RULE,
)
ALERT_REMINDER = Deadline(
    code="contact.alert_reminder",
    title=Text(
        "危険の知らせに答えていない購入者に、もう一度知らせるまで",
        "a buyer who has not answered a warning is told once more",
    ),
    duration=CalendarDays(5),
    citation=OWN_RULE,
)
ALERT_DEADLINES = (ALERT_LOOK, ALERT_REMINDER)
