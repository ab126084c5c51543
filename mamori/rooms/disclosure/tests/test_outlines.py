"""Every practice that runs is told of in plain words, and nothing is told of that no test shows."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from mamori.grammar.figures import Unit
from mamori.grammar.line import State
from mamori.grammar.outline import MonthCount, Outline, PublicFigure
from mamori.grammar.text import Text
from mamori.law.duties import IDENTITY
from mamori.law.gate import families
from mamori.law.practices import PRACTICES
from mamori.law.shown import SHOWN, SHOWN_BY_CODE
from mamori.rooms.contact import facts as contact
from mamori.rooms.disclosure.measures.queries import (
    BY_CODE,
    OUTLINES,
    ROOMS,
    MeasureGroup,
    MeasureOnPage,
    grouped,
)

RUNS_ELSEWHERE = {"P08": "contact"}
"""Practices whose own room is not built: the room that does it now tells of it."""


def faults(outlines: dict[str, Outline]) -> list[str]:
    """Name each practice that runs and is not told of, and each that is told of and does not run as it is told."""
    runs = {one.code: one for one in PRACTICES if one.state is not State.NOT_BEGUN}
    found = [f"{code} is not told of" for code in runs.keys() - outlines.keys()]
    found += [f"{code} does not run" for code in outlines.keys() - runs.keys()]
    return found


def test_what_runs_is_told_of_and_nothing_else() -> None:
    assert faults(dict(OUTLINES)) == []


MISSING = {
    "チャット": r"\bchat\b",
    "メール・電話": r"\bmail and telephone",
    "身分証明書": r"identity documents",
    "情報を求める": r"Ask sellers for what identifies",
    "ビデオ": r"\bvideo\b",
    "住民票": r"residence certificate",
    "許認可": r"\bpermits\b",
}
"""What the seed tells of, and the house does not do."""


def claims(*texts: Text) -> list[str]:
    """Name what is told in these words, and is missing."""
    found = [ja for ja in MISSING if any(ja in text.ja for text in texts)]
    return found + [en for en in MISSING.values() if any(re.search(en, text.en) for text in texts)]


def test_neither_a_heading_nor_a_line_tells_of_what_does_not_run() -> None:
    told = [BY_CODE[code].heading for code in OUTLINES]
    told += [one.title for one in map(heading_of, OUTLINES)]
    told += [text for one in OUTLINES.values() for text in (one.does, *(text for _, text in one.also))]

    assert claims(*told) == []
    assert claims(BY_CODE["P08"].text) == ["チャット", "メール・電話", r"\bchat\b", r"\bmail and telephone"]
    assert claims(IDENTITY.title) == ["情報を求める", "Ask sellers for what identifies"]
    assert claims(BY_CODE["P17"].text) == ["身分証明書", "identity documents"]


def heading_of(code: str) -> MeasureGroup:
    shown = MeasureOnPage(
        practice=BY_CODE[code], outline=OUTLINES[code], does=(), since=None, figures=(), answer=None
    )
    [group] = grouped((shown,))
    return group


def test_a_practice_of_which_something_is_missing_says_what_runs() -> None:
    with pytest.raises(ValueError, match="nothing says what runs"):
        replace(BY_CODE["P08"], runs=None)


def test_a_missing_and_an_invented_outline_are_found() -> None:
    less = {code: one for code, one in OUTLINES.items() if code != "P06"}
    more = dict(OUTLINES) | {"P33": Outline(practice="P33", does=Text("見つける", "finds"))}

    assert faults(less) == ["P06 is not told of"]
    assert faults(more) == ["P33 does not run"]


def test_each_room_tells_of_its_own_practices_once() -> None:
    told = [(room, one.practice) for room, some in ROOMS.items() for one in some]

    assert len({practice for _, practice in told}) == len(told)
    for room, practice in told:
        assert RUNS_ELSEWHERE.get(practice, BY_CODE[practice].room) == room


@pytest.mark.parametrize("code", OUTLINES)
def test_words_name_only_what_is_filled_and_figures_are_declared(code: str) -> None:
    outline = OUTLINES[code]
    texts = [outline.does, *(text for _, text in outline.also)]
    named = {
        name for text in texts for words in (text.ja, text.en) for name in re.findall(r"\{(\w+)\}", words)
    }

    assert named == set(outline.fills)
    assert set(outline.figures) <= SHOWN_BY_CODE.keys()


def test_every_figure_is_shown_by_a_measure_and_stands_after_what_it_is_within() -> None:
    assert {code for one in OUTLINES.values() for code in one.figures} == SHOWN_BY_CODE.keys()
    for family in families(SHOWN):
        assert [one.within for one in family] == ["", *[family[0].code] * (len(family) - 1)]


def test_a_figure_that_is_neither_count_nor_within_one_is_none() -> None:
    title = Text("数", "number")
    for unit, within, percent in ((Unit.COUNT, "a", 0), (Unit.PERCENT, "", 0), (Unit.HOURS, "a", 0)):
        with pytest.raises(ValueError, match="is within nothing"):
            PublicFigure(
                code="x", title=title, means=title, unit=unit, of=title, within=within, percent=percent
            )


@pytest.mark.django_db
def test_the_rooms_count_every_figure_once() -> None:
    from mamori.rooms.disclosure.measures.queries import count
    from mamori.rooms.disclosure.tests.measured import HALF

    found = count(HALF.months[0])

    assert set(found) == SHOWN_BY_CODE.keys()
    assert found["contact.troubles"] == MonthCount(code="contact.troubles")
    assert contact.OUTLINES
