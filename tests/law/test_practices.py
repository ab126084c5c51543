"""Every practice has its number and serves a duty or none; what is said to work rests on tests that `make test` runs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from mamori.grammar.citation import Confidence
from mamori.grammar.declaration import Practice
from mamori.grammar.line import Force, State
from mamori.law.duties import DUTIES, IDENTITY, MEASURES_SHOWN, SELLER_DISCLOSURE, SUSPENSION
from mamori.law.practices import PRACTICES
from tests.law.test_law import ROOMS
from tools.reference.proofs import faults, lanes

ROOT = Path(__file__).parents[2]
GATE = "mamori/rooms/payouts/tests/test_gate.py"


def claims_too_much(practices: Iterable[Practice]) -> list[str]:
    """Name each duty that is said to work although a practice that serves it does not."""
    unfinished = {one.duty for one in practices if one.state is not State.WORKS}
    return [duty.code for duty in DUTIES if duty.state is State.WORKS and duty.code in unfinished]


def test_numbers_run_without_a_gap_and_none_is_given_twice() -> None:
    numbers = [one.code for one in PRACTICES]

    assert sorted(numbers) == [f"P{number:02}" for number in range(1, len(PRACTICES) + 1)]


def test_every_practice_serves_a_duty_that_exists_or_none_and_has_a_room_of_the_house() -> None:
    assert {one.duty for one in PRACTICES} <= {duty.code for duty in DUTIES} | {""}
    assert {one.room for one in PRACTICES} <= ROOMS


def test_practice_is_never_called_law_and_each_article_has_the_force_that_it_has() -> None:
    force = {duty.citation.article: duty.force for duty in DUTIES}

    assert {one.force for one in PRACTICES} == {Force.PRACTICE}
    assert {one.citation.confidence for one in PRACTICES} == {Confidence.PRACTICE}
    assert {force[article] for article in ("3(1)(i)", "3(1)(ii)", "3(1)(iii)")} == {Force.EFFORT}
    assert MEASURES_SHOWN.force is Force.SHALL
    assert SELLER_DISCLOSURE.force is Force.ON_REQUEST
    assert SUSPENSION.force is Force.ASKED_BY_AUTHORITY


def test_every_test_that_a_duty_or_a_practice_names_is_one_that_make_test_runs() -> None:
    assert faults((*DUTIES, *PRACTICES), ROOT) == []


@pytest.mark.parametrize(
    ("name", "why"),
    [
        (f"{GATE}::test_that_nobody_wrote", "no such test"),
        (f"{GATE}::paid", "no such test"),
        (GATE, "no such test"),
        ("mamori/rooms/payouts/tests/test_nowhere.py::test_it", "no such file"),
        ("mamori/rooms/payouts::test_it", "no such file"),
        ("tests/journeys/browser.py::axe", "no such file"),
        ("../pyproject.toml::test_it", "no such file"),
    ],
)
def test_a_planted_name_that_shows_nothing_is_found(name: str, why: str) -> None:
    planted = replace(PRACTICES[0], shown_by=(name,))

    [said] = faults([planted], ROOT)

    assert said.startswith(f"{planted.code} names {name}: ")
    assert why in said


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("import pytest\n\n@pytest.mark.skip\ndef test_it(): ...\n", "passed over"),
        ("import pytest\n\n@pytest.mark.xfail(strict=True)\ndef test_it(): ...\n", "passed over"),
        ("import pytest\npytestmark = [pytest.mark.skipif(True)]\n\ndef test_it(): ...\n", "passed over"),
        ("class TestIt:\n    def test_it(self): ...\n", "no such test"),
    ],
)
def test_a_planted_test_that_may_be_passed_over_shows_nothing(tmp_path: Path, body: str, why: str) -> None:
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests/test_it.py").write_text(body)

    [said] = faults([replace(PRACTICES[0], shown_by=("tests/test_it.py::test_it",))], tmp_path)

    assert why in said


def test_a_planted_test_that_make_test_leaves_out_shows_nothing(tmp_path: Path) -> None:
    (tmp_path / "tools").mkdir()
    (tmp_path / "tests/kept").mkdir(parents=True)
    (tmp_path / "tools/test.sh").write_text('"${sqlite[@]}" tests --ignore=tests/kept\n')
    for path in ("tests/test_it.py", "tests/kept/test_it.py"):
        (tmp_path / path).write_text("def test_it(): ...\n")

    said = faults(
        [replace(PRACTICES[0], shown_by=("tests/test_it.py::test_it", "tests/kept/test_it.py::test_it"))],
        tmp_path,
    )

    assert said == ["P01 names tests/kept/test_it.py::test_it: `make test` does not run it"]


def test_what_make_test_runs_is_read_from_its_script() -> None:
    given = {word for lane in lanes(ROOT) for word in lane.given}

    assert {"mamori", "trials", "tests", "tests/law", "tests/journeys"} <= given


def test_no_duty_is_said_to_work_before_every_practice_that_serves_it() -> None:
    assert claims_too_much(PRACTICES) == []
    assert (IDENTITY.state, SUSPENSION.state) == (State.IN_PART, State.WORKS)

    undone = [replace(one, shown_by=()) if one.code == "P06" else one for one in PRACTICES]

    assert claims_too_much(undone) == ["contact"]
