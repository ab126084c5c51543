"""The check of how long people's keys are kept: what is kept for ever is a choice that somebody looks at once more."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.text import Text
from mamori.law.retention import RETENTIONS
from mamori.site.checks.finding import Found, Level
from mamori.site.retaining import days_of

FOR_EVER = Text(
    "「{title}」は、自動では破棄されません。既定は{days}日です。必要なくなったものは消すよう努めることとされています。"
    "既定にするには `mamori set retention.{code} {days}`。残すべき件は、先に `mamori hold` で消去を止めてください。",
    "“{title}” are kept for ever; the default is {days} days, and the law asks to erase what is not needed. `mamori set "
    "retention.{code} {days}` takes the default up. Put what has to stay under a hold first (`mamori hold`).",
)
FOR_DAYS = Text("「{title}」は{days}日で破棄される", "“{title}” go after {days} days")


def kept_for_ever(at: datetime) -> Found:
    """Name what no timer ever destroys, though it might."""
    for rule in RETENTIONS:
        if rule.least > 0:
            continue
        days = days_of(rule, at=at)
        if days:
            yield Level.GOOD, FOR_DAYS.fill(title=rule.title, days=days)
        else:
            yield Level.LOOK, FOR_EVER.fill(title=rule.title, code=rule.code, days=rule.days)
