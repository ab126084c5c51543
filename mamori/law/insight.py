"""What is counted of what people tell, when a count is said to rise, and how soon somebody does something about it.  Pure data.

No statute names these figures or times: they are the operator's own.
"""

from __future__ import annotations

from enum import StrEnum

from mamori.grammar.businesstime import CalendarDays
from mamori.grammar.declaration import Deadline
from mamori.grammar.text import Text
from mamori.law.citations import OWN_RULE


class FigureSource(StrEnum):
    """What is counted."""

    REPORTS = "reports"
    TROUBLES = "troubles"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _SOURCES[self]


_SOURCES = {
    FigureSource.REPORTS: Text("申し出", "reports"),
    FigureSource.TROUBLES: Text("注文の困りごと", "troubles with orders"),
}


class FigureAspect(StrEnum):
    """By what it is told apart."""

    GROUND = "ground"
    WHAT = "what"
    CATEGORY = "category"
    CHANNEL = "channel"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _ASPECTS[self]


_ASPECTS = {
    FigureAspect.GROUND: Text("理由", "reason"),
    FigureAspect.WHAT: Text("対象", "what it is about"),
    FigureAspect.CATEGORY: Text("商品のカテゴリ", "category of the goods"),
    FigureAspect.CHANNEL: Text("受け付けた方法", "how it came"),
}
ASPECTS = {
    FigureSource.REPORTS: tuple(FigureAspect),
    FigureSource.TROUBLES: (FigureAspect.GROUND,),
}
"""What each source is told apart by."""
RISE_MONTHS, RISE_LEAST, RISE_PERCENT = 3, 5, 50
"""A count rises when it is at least `RISE_LEAST`, and by `RISE_PERCENT` in a hundred or more above the mean of so many months
before it."""
RISE_MEANS = Text(
    f"その月に{RISE_LEAST}件以上あり、前の{RISE_MONTHS}か月の平均より{RISE_PERCENT}％以上多いもの",
    f"at least {RISE_LEAST} in the month, and {RISE_PERCENT} % or more above the mean of the {RISE_MONTHS} months before it",
)


class MonthsCompared(StrEnum):
    """How many whole months before and after a change are compared."""

    ONE = "1"
    THREE = "3"
    SIX = "6"
    TWELVE = "12"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return Text(f"{self}か月ずつ", f"{self} month{'' if self is MonthsCompared.ONE else 's'} each")

    @property
    def number(self) -> int:
        """Return how many they are."""
        return int(self)


IMPROVEMENT_OWNER = Deadline(
    code="insight.owner",
    title=Text("気づいたことの担当を決めるまで", "until it is said who owns what was noted for improvement"),
    duration=CalendarDays(14),
    citation=OWN_RULE,
)
IMPROVEMENT_CHANGE = Deadline(
    code="insight.change",
    title=Text("担当の決まった改善を行うまで", "until an improvement that somebody owns is made"),
    duration=CalendarDays(60),
    citation=OWN_RULE,
)
IMPROVEMENT_COMPARISON = Deadline(
    code="insight.comparison",
    title=Text(
        "比べる月がそろってから、改善の前と後を比べるまで",
        "until before and after an improvement are compared, once the months for that are over",
    ),
    duration=CalendarDays(30),
    citation=OWN_RULE,
)
IMPROVEMENT_DEADLINES = (IMPROVEMENT_OWNER, IMPROVEMENT_CHANGE, IMPROVEMENT_COMPARISON)
