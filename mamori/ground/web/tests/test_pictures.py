"""Pictures show what their tables say: no zero where nothing was counted, no line through a gap, and words for all of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from itertools import accumulate, repeat
from pathlib import Path
from typing import Any

import pytest
from django.template import Context, Template
from django.utils import translation
from hypothesis import given, strategies as st

from mamori.grammar.figures import NONE, NOT_YET, Unit
from mamori.grammar.text import Text
from mamori.ground.web.pictures import (
    PLOT,
    TOP,
    Bar,
    Drawing,
    Shape,
    SpanSeen,
    StepSeen,
    StepStanding,
    bars,
    counts,
    scale,
    shares,
    spans,
    steps,
)
from mamori.japan.calendar import JAPAN, Month
from tests.reading import tidy

ROOT = Path(__file__).parents[4]
TITLE = Text("題", "Title")
MONTHS = list(accumulate(repeat(Month(2025, 12), 12), lambda month, _: month.next))
AT = datetime(2026, 11, 17, tzinfo=JAPAN)


def of_class(picture: Drawing, name: str) -> list[Shape]:
    return [shape for shape in picture.shapes if name in shape.attributes["class"].split()]


def em(shape: Shape, name: str) -> float:
    return float(shape.attributes[name].removesuffix("em"))


def drawn(picture: Drawing, lang: str = "ja") -> str:
    with translation.override(lang):
        return Template("{% load house %}{% picture one %}").render(Context({"one": picture}))


def every() -> list[Drawing]:
    seen = SpanSeen(month=MONTHS[0], median=Decimal("1.5"), p95=None, of=3)
    return [
        counts("counts", TITLE, [(MONTHS[0], 1_200)]),
        shares("shares", TITLE, [(MONTHS[0], 1, 2), (MONTHS[1], 0, 0)]),
        spans("spans", TITLE, [seen], Unit.DAYS),
        bars("bars", TITLE, (TITLE, TITLE), [Bar(name=TITLE, value=3, said=Text("3円", "3 yen"))]),
        steps("steps", TITLE, [StepSeen(name=TITLE, standing=one, at=AT) for one in StepStanding]),
    ]


def test_a_month_of_nothing_is_a_gap_and_not_a_share_of_nought() -> None:
    picture = shares(
        "s", TITLE, [(MONTHS[0], 9, 10), (MONTHS[1], 0, 0), (MONTHS[2], 0, 4), (MONTHS[3], 4, 4)]
    )

    assert len(of_class(picture, "dot")) == 3
    assert len(of_class(picture, "band")) == 3
    assert len(of_class(picture, "line")) == 1, "from the third month to the fourth alone"
    assert len(of_class(picture, "none")) == 1
    assert picture.rows[1] == ("2026-01", NONE, NONE, "0")
    assert picture.rows[2][1] == Text("0.0 ％", "0.0 %")
    assert [em(dot, "cy") for dot in of_class(picture, "dot")] == [TOP + PLOT * 0.1, TOP + PLOT, TOP]


def test_the_box_of_a_share_reaches_as_far_as_its_interval() -> None:
    picture = shares("s", TITLE, [(MONTHS[0], 0, 20)])  # Newcombe 1998: 0 to 16.11 %

    (band,) = of_class(picture, "band")
    assert em(band, "y") == pytest.approx(TOP + PLOT * (1 - 0.162), abs=0.01)
    assert em(band, "height") == pytest.approx(PLOT * 0.162, abs=0.01)
    assert picture.rows[0][2] == Text("0.0〜16.2 ％", "0.0–16.2 %")


def test_a_bar_is_as_high_as_its_count_and_nought_has_none() -> None:
    picture = counts("c", TITLE, [(MONTHS[0], 0), (MONTHS[1], 5), (MONTHS[2], 20)])

    assert [em(bar, "height") for bar in of_class(picture, "bar")] == [PLOT / 4, PLOT]
    assert [shape.words for shape in of_class(picture, "value")] == ["0", "5", "20"]
    assert [shape.words for shape in of_class(picture, "year")] == ["2026"], "where it begins"


def test_what_has_not_happened_stands_open_above_and_is_no_dot() -> None:
    found = [
        SpanSeen(month=MONTHS[0], median=Decimal(2), p95=Decimal(8), of=20),
        SpanSeen(month=MONTHS[1], median=None, p95=None, of=3),
        SpanSeen(month=MONTHS[2], median=None, p95=None, of=0),
    ]

    picture = spans("d", TITLE, found, Unit.DAYS)

    assert [len(of_class(picture, name)) for name in ("dot", "dash", "open", "none")] == [1, 1, 1, 1]
    assert [row[1] for row in picture.rows] == [Text("2.0 日", "2.0 days"), NOT_YET, NONE]


def test_a_picture_of_no_money_and_no_time_can_be_drawn() -> None:
    nothing = [SpanSeen(month=month, median=None, p95=None, of=0) for month in MONTHS]

    assert of_class(spans("d", TITLE, nothing, Unit.HOURS), "dot") == []
    assert of_class(bars("b", TITLE, (TITLE, TITLE), [Bar(name=TITLE, value=0, said=TITLE)]), "bar") == []
    assert of_class(counts("c", TITLE, [(MONTHS[0], 0)]), "bar") == []


@given(st.decimals(0, 10**6, places=1))
def test_a_scale_holds_the_most_in_a_few_round_steps(most: Decimal) -> None:
    top, step = scale(most)

    assert most <= top
    assert top % step == 0
    assert top // step <= 4
    assert re.fullmatch(r"[125]0*", str(step))


@pytest.mark.parametrize("picture", every(), ids=lambda one: one.code)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_what_is_said_of_a_picture_is_what_its_table_says(picture: Drawing, lang: Any) -> None:
    with translation.override(lang):
        cells = [cell.in_(lang) if isinstance(cell, Text) else cell for row in picture.rows for cell in row]

    counted = [cell for cell in cells if cell not in (NONE.in_(lang), "0")]
    assert [cell for cell in counted if cell not in picture.desc.in_(lang)] == []


@pytest.mark.parametrize("picture", every(), ids=lambda one: one.code)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_picture_has_its_title_its_words_and_its_table(picture: Drawing, lang: Any) -> None:
    page = tidy(drawn(picture, lang))

    assert f'role="img" aria-labelledby="{picture.code}-title {picture.code}-desc"' in page
    assert f'<title id="{picture.code}-title">{TITLE.in_(lang)}</title>' in page
    assert f'<desc id="{picture.code}-desc">{picture.desc.in_(lang)}</desc>' in page
    assert page.count("<tr>") == 1 + len(picture.rows)
    assert " style=" not in page
    assert "<script" not in page


def test_words_in_a_picture_are_escaped() -> None:
    evil = Text("<b>&", "<b>&")

    page = drawn(bars("b", evil, (evil, evil), [Bar(name=evil, value=1, said=evil)]))

    assert "<b>" not in page
    assert "&lt;b&gt;&amp;</text>" in page


def test_no_picture_in_a_template_lacks_title_and_words() -> None:
    pages = (ROOT / "mamori").rglob("templates/**/*.html")
    found = [
        tag for page in pages for tag in re.findall(r"<svg\b.*?</svg>", page.read_text("utf-8"), re.DOTALL)
    ]

    assert found
    for tag in found:
        assert 'role="img"' in tag
        assert "<title" in tag
        assert "<desc" in tag


def signs(found: Sequence[StepSeen]) -> list[str]:
    return [str(shape.words) for shape in of_class(steps("w", TITLE, found), "sign")]


def test_a_step_says_by_a_sign_and_by_words_how_it_stands() -> None:
    found = [StepSeen(name=TITLE, standing=one, at=AT) for one in StepStanding]

    assert signs(found) == ["✓", "●", "!", "!"]
    picture = steps("w", TITLE, found)
    lines = [shape.words for shape in of_class(picture, "when")]
    assert lines[:4] == [
        Text("11月16日", "17 Nov"),
        Text("24:00", "0:00"),
        Text("11月16日", "17 Nov"),
        Text("24:00まで", "by 0:00"),
    ], "midnight is 24:00 of the day that ends in Japanese, and 0:00 of the next in English"
    assert lines[5] == lines[7] == Text("期限超過", "overdue")
    assert picture.rows[1][2] == Text("2026年11月16日（月）24:00まで", "by Tue 17 Nov 2026 0:00")


def test_a_way_is_whole_up_to_what_is_done_and_there_is_none_without_steps() -> None:
    done, next_ = (StepSeen(name=TITLE, standing=one) for one in (StepStanding.DONE, StepStanding.NEXT))

    ways = of_class(steps("w", TITLE, [done, done, next_, next_]), "way")

    assert ["ahead" in way.attributes["class"] for way in ways] == [False, True, True]
    with pytest.raises(ValueError, match="w"):
        steps("w", TITLE, [])
