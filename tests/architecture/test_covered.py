"""The check on branches looks where decisions live, and names what no test went through."""

from __future__ import annotations

from typing import Any

from tools.covered import missing

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
