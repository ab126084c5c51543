"""The check on branches looks where decisions live, and names what no test went through."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.architecture.source import files, short
from tools.covered import missing, unseen

WHOLE: dict[str, Any] = {"missing_lines": [], "missing_branches": []}
GAP: dict[str, Any] = {"missing_lines": [7], "missing_branches": [[3, 5], [4, -1], [7, 8]]}


def test_a_line_or_branch_that_is_missing_is_named() -> None:
    report = {"files": {"mamori/rooms/contact/rules/urging.py": GAP, "mamori/grammar/text.py": WHOLE}}

    gaps = missing(report)

    assert gaps == [
        "mamori/rooms/contact/rules/urging.py:7",
        "mamori/rooms/contact/rules/urging.py:3 never went on to line 5",
        "mamori/rooms/contact/rules/urging.py:4 never went on to its end",
    ]


def test_pages_and_tests_are_not_held_to_it() -> None:
    report = {
        "files": {
            "mamori/site/settings.py": GAP,
            "mamori/grammar/tests/test_text.py": GAP,
            "tools/rules.py": GAP,
        }
    }

    assert missing(report) == []


def test_a_module_of_which_the_report_says_nothing_is_named() -> None:
    here = {short(path): WHOLE for path in files("mamori")}
    assert list(unseen({"files": here})) == []

    moved = {path: found for path, found in here.items() if path != "mamori/rooms/payouts/rules/gate.py"}

    assert list(unseen({"files": moved})) == [
        "mamori/rooms/payouts/rules/gate.py: the report says nothing of it"
    ]


def test_a_kind_of_decision_that_is_nowhere_is_named(tmp_path: Path) -> None:
    (tmp_path / "mamori/rooms/contact/rules").mkdir(parents=True)
    (tmp_path / "mamori/rooms/contact/rules/urging.py").touch()

    found = list(unseen({"files": {"mamori/rooms/contact/rules/urging.py": WHOLE}}, tmp_path))

    assert found == [f"no module of {kind} was found" for kind in ("grammar", "lifecycle", "actions")]
