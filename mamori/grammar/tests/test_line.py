"""A line says how strongly it is asked and what shows it; what no test shows has not begun, and practice is no law."""

from __future__ import annotations

from typing import Any

import pytest

from mamori.grammar.citation import Citation, Confidence
from mamori.grammar.declaration import Duty, Practice
from mamori.grammar.line import Force, Line, State
from mamori.grammar.text import Text

WORD = Text("語", "word")
STATUTE = Citation(WORD, "1", Confidence.STATUTE)
CUSTOM = Citation(WORD, "", Confidence.PRACTICE)


def line(**changed: Any) -> Line:
    asked: dict[str, Any] = {
        "code": "L1",
        "text": WORD,
        "citation": STATUTE,
        "force": Force.SHALL,
        "room": "contact",
    }
    return Line(**asked | changed)


def test_what_no_test_shows_has_not_begun_and_what_lacks_something_is_done_in_part() -> None:
    shown = ("tests/test_one.py::test_it",)

    assert line().state is State.NOT_BEGUN
    assert line(shown_by=shown).state is State.WORKS
    assert line(shown_by=shown, missing=WORD).state is State.IN_PART


def test_nothing_is_done_in_part_without_a_test() -> None:
    with pytest.raises(ValueError, match="no test shows"):
        line(missing=WORD)


def test_practice_cites_no_law_and_what_the_law_asks_cites_it() -> None:
    assert line(force=Force.PRACTICE, citation=CUSTOM).state is State.NOT_BEGUN
    for force, citation in ((Force.PRACTICE, STATUTE), (Force.EFFORT, CUSTOM)):
        with pytest.raises(ValueError, match="does not go with"):
            line(force=force, citation=citation)


def test_force_and_state_are_said_in_words() -> None:
    words = [*(one.text for one in Force), *(one.text for one in State)]

    assert len({word.ja for word in words}) == len({word.en for word in words}) == len(words)


def test_a_practice_has_a_number() -> None:
    base: dict[str, Any] = {"text": WORD, "citation": CUSTOM, "force": Force.PRACTICE, "room": "contact"}

    assert Practice(code="P01", **base).duty == ""
    for code in ("", "P1", "P001", "48-hours"):
        with pytest.raises(ValueError, match="needs a number"):
            Practice(code=code, **base)


def test_what_is_only_practice_is_no_duty() -> None:
    with pytest.raises(ValueError, match="is no duty"):
        Duty(
            code="d",
            title=WORD,
            text=WORD,
            citation=CUSTOM,
            force=Force.PRACTICE,
            room="contact",
            no_deadline_because=WORD,
        )
