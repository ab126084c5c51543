"""No part of the house grows unseen: each has a budget of lines, and more needs a decision record."""

from __future__ import annotations

from pathlib import Path

from tests.architecture import budgets
from tests.architecture.source import ROOT


def test_no_part_of_the_house_is_larger_than_its_budget() -> None:
    assert budgets.faults(budgets.known()) == []


def test_every_room_and_storey_has_a_budget() -> None:
    parts = [
        path
        for top in (ROOT / "mamori", ROOT / "mamori/rooms")
        for path in top.iterdir()
        if (path / "__init__.py").exists()
    ]

    assert {path.relative_to(ROOT).as_posix() for path in parts} - {"mamori/rooms"} < set(budgets.known())


def test_a_room_that_grew_and_crowded_lines_are_found(tmp_path: Path) -> None:
    room = tmp_path / "mamori"
    (room / "tests").mkdir(parents=True)
    (room / "tests/test_it.py").write_text("pass\n" * 9, "utf-8")
    (room / "rules.py").write_text("# nothing\n" + "a = b(c, d, e, f)\n" * 3, "utf-8")

    assert budgets.faults({"mamori": (4, 1)}, tmp_path) == ["mamori has 9.00 tokens a line"]
    assert budgets.faults({"mamori": (3, 1)}, tmp_path)[0] == "mamori has 4 lines, 1 more than it may"
