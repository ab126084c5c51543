"""What is done with authorities, bodies and the public for those who buy: its kinds, the practice each serves, its times."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from mamori.grammar.businesstime import CalendarDays
from mamori.grammar.declaration import Deadline
from mamori.grammar.text import Text
from mamori.law.citations import OWN_RULE
from mamori.law.news import NewsTopic


class ActivityKind(StrEnum):
    """What kind of activity it is; each serves one practice."""

    AGENCY = "agency"
    BODY = "body"
    GUIDELINE = "guideline"
    PRODUCT_SAFETY = "product-safety"
    RIGHTS_SEMINAR = "rights-seminar"
    SELLERS_ABROAD = "sellers-abroad"
    SYMPOSIUM = "symposium"
    EDUCATION = "education"
    EDUCATION_REVIEWS = "education-reviews"
    EDUCATION_COUNTERFEITS = "education-counterfeits"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _KINDS[self][2]

    @property
    def practice(self) -> str:
        """Return the number of the practice that it serves."""
        return _KINDS[self][0]

    @property
    def topic(self) -> NewsTopic:
        """Return among which news its line stands."""
        return _KINDS[self][1]


_KINDS: Mapping[ActivityKind, tuple[str, NewsTopic, Text]] = {
    ActivityKind.AGENCY: (
        "P10",
        NewsTopic.TRADE,
        Text("行政機関との定期的な意見交換", "a regular exchange of views with an authority"),
    ),
    ActivityKind.BODY: (
        "P15",
        NewsTopic.TRADE,
        Text("業界などの団体への参加", "taking part in a body of industry"),
    ),
    ActivityKind.GUIDELINE: ("P15", NewsTopic.TRADE, Text("指針づくりへの協力", "work on a guideline")),
    ActivityKind.PRODUCT_SAFETY: (
        "P35",
        NewsTopic.PRODUCT_SAFETY,
        Text("製品安全のための行政・団体との協力", "work with authorities and bodies on product safety"),
    ),
    ActivityKind.RIGHTS_SEMINAR: (
        "P39",
        NewsTopic.COUNTERFEITS,
        Text(
            "権利者の団体（IIPPFなど）とのセミナー",
            "a seminar with a body of rights holders, such as IIPPF",
        ),
    ),
    ActivityKind.SELLERS_ABROAD: (
        "P40",
        NewsTopic.SEMINAR,
        Text("海外の出品者向けのセミナー", "a seminar for sellers abroad"),
    ),
    ActivityKind.SYMPOSIUM: ("P41", NewsTopic.SEMINAR, Text("シンポジウム", "a symposium")),
    ActivityKind.EDUCATION: ("P42", NewsTopic.SEMINAR, Text("消費者教育", "education of consumers")),
    ActivityKind.EDUCATION_REVIEWS: (
        "P42",
        NewsTopic.FAKE_REVIEWS,
        Text("消費者教育（レビュー）", "education of consumers on reviews"),
    ),
    ActivityKind.EDUCATION_COUNTERFEITS: (
        "P42",
        NewsTopic.COUNTERFEITS,
        Text("消費者教育（偽物）", "education of consumers on counterfeits"),
    ),
}
ACTIVITY_PRACTICES = tuple(sorted({one.practice for one in ActivityKind}))
"""The practices that activities serve."""

ACTIVITY_FOLLOW_UP = Deadline(
    code="outreach.activity_follow_up",
    title=Text("活動のあと、何につながったかの確認", "what came of an activity after it was held"),
    duration=CalendarDays(30),
    citation=OWN_RULE,
)
ACTIVITY_DEADLINES = (ACTIVITY_FOLLOW_UP,)
ACTIVITY_DAY = "outreach.activity_day"
ACTIVITY_ACTION = "outreach.activity_action"
ACTIVITY_NEXT = "outreach.activity_next"
ACTIVITY_CLOCKS = {
    ACTIVITY_DAY: Text("活動の当日（開いたことの記録）", "the day of an activity: that it was held"),
    ACTIVITY_ACTION: Text("活動で決めたことの期日", "the day of what was agreed at an activity"),
    ACTIVITY_NEXT: Text("次回の意見交換などの手配", "the next one of a series: to be arranged"),
}
"""The clocks whose length nobody declares: each runs until a day that somebody has entered."""
