"""The places of a declared text are filled with what is in force, as people say it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from mamori.grammar.businesstime import BusinessDays, EveryHours, Hours
from mamori.grammar.citation import Citation, Confidence
from mamori.grammar.declaration import Deadline, Setting
from mamori.grammar.text import Text
from mamori.ground.terms import facts

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 16, 9, tzinfo=UTC)
TITLE = Text("上限", "ceiling")
LAW = Citation(Text("法", "the Act"), "1", Confidence.STATUTE)


def test_spans_and_figures_are_said_as_people_say_them() -> None:
    fills = {
        "hours": Deadline(code="hours", title=TITLE, duration=Hours(48), citation=LAW),
        "every": Deadline(code="every", title=TITLE, duration=EveryHours(2), citation=LAW),
        "days": Deadline(code="days", title=TITLE, duration=BusinessDays(3), citation=LAW),
        "sum": Setting(code="sum", title=TITLE, default=100_000, citation=LAW, least=0, most=200_000),
        "name": Setting(code="name", title=TITLE, default="見本", citation=LAW),
    }

    assert facts.filled(fills, at=AT) == {
        "hours": Text("48時間", "48 hours"),
        "every": Text("2時間", "2 hours"),
        "days": Text("3営業日", "3 business days"),
        "sum": "100,000",
        "name": "見本",
    }
