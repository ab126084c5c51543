"""A bank of 120 cases: facts from the law and from life, keys by somebody else, neither of whom had seen the rules."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import pytest

from mamori.law.article5 import Element, ElementVerdict
from mamori.rooms.disclosure.rules.asked import RequestKnown
from mamori.rooms.disclosure.rules.deciding import letter
from mamori.rooms.disclosure.rules.elements import ElementFound, judged, outcome_of, to_give

HERE = Path(__file__).parent
CASES: list[dict[str, Any]] = json.loads((HERE / "cases.json").read_text("utf-8"))
LETTERS = HERE / "letters.md"
"""What the buyer reads in each case, looked at by a person; a change of a sentence is seen there."""
AGREED = 0.95
LEAST = 100


def found_of(case: dict[str, Any]) -> dict[Element, ElementFound]:
    return judged(msgspec.convert(case["facts"], RequestKnown, strict=False))


def compared() -> list[tuple[str, str, str, str]]:
    """Return each verdict: the case, the element, what the rules say and what the key says."""
    return [
        (case["code"], element.value, one.verdict.value, case["expected"]["elements"][element.value])
        for case in CASES
        for element, one in found_of(case).items()
    ]


def test_nothing_is_called_met_that_the_key_does_not_call_met() -> None:
    false = [one for one in compared() if one[2] == ElementVerdict.MET and one[3] != ElementVerdict.MET]

    assert len(CASES) >= LEAST
    assert false == []


def test_the_rules_agree_with_the_keys() -> None:
    verdicts = compared()
    agreed = sum(rule == key for _, _, rule, key in verdicts)
    shares = Counter(outcome_of(found_of(case)).value for case in CASES)

    print(f"{agreed} of {len(verdicts)} agree; outcomes {dict(shares)}")
    assert agreed / len(verdicts) >= AGREED


def test_what_may_be_given_is_what_is_asked_for_and_held() -> None:
    for case in CASES:
        known = msgspec.convert(case["facts"], RequestKnown, strict=False)
        assert [one.value for one in to_give(known)] == case["expected"]["give"], case["code"]


def test_nothing_is_met_without_evidence() -> None:
    cited = [one for case in CASES for one in found_of(case).values() if one.verdict is ElementVerdict.MET]

    assert len(cited) > len(CASES)
    assert all(one.evidence for one in cited)
    with pytest.raises(ValueError, match="without evidence"):
        ElementFound(ElementVerdict.MET, cited[0].why)


def test_each_case_ends_with_the_text_that_the_buyer_reads() -> None:
    assert written() == LETTERS.read_text("utf-8")


def written() -> str:
    parts = ["# What the buyer reads in each case\n"]
    for case in CASES:
        sentences = letter(found_of(case))
        body = [*(f"- {one.ja}" for one in sentences), "", *(f"- {one.en}" for one in sentences)]
        parts.append("\n".join((f"## {case['code']}", "", case["story"], "", *body, "")))
    return "\n".join(parts)


if __name__ == "__main__":
    LETTERS.write_text(written(), "utf-8")
