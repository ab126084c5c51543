"""The table is kept as a decision model, and read so strictly that only bands, measures and figures get in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest
import zen

from mamori.law.breaches import BREACHES
from mamori.law.measures import MEASURES
from mamori.rooms.enforcement.policy.rules import table as rules_table
from mamori.rooms.enforcement.policy.rules.judging import TableNotWhole, answers, read_trace, ready, traced
from mamori.rooms.enforcement.policy.rules.table import (
    CELLS,
    DECLARED,
    FIELDS,
    MOST_BYTES,
    MOST_ROWS,
    NUMBER,
    SINCE,
    Cure,
    History,
    Reach,
    Severity,
    Situation,
    TableUnreadable,
    said,
)

SITUATION = Situation(
    breach="counterfeit",
    severity=Severity.SERIOUS,
    history=History.FEW,
    cure=Cure.OPEN,
    harm=Reach.MONEY,
)
KEPT = rules_table.stored(DECLARED)


def table_node(raw: dict[str, Any]) -> dict[str, Any]:
    content: dict[str, Any] = raw["decision"]["nodes"][1]["content"]
    return content


def test_there_are_1296_situations() -> None:
    assert len(CELLS) == len(set(CELLS)) == 18 * 3 * 4 * 2 * 3


def test_what_is_kept_is_read_again_as_it_was() -> None:
    assert rules_table.load(json.dumps(KEPT)) == DECLARED


def test_the_declared_table_is_never_changed_once_released() -> None:
    digest = hashlib.sha256(json.dumps(KEPT, sort_keys=True).encode()).hexdigest()

    assert digest == "25b055e7c836541cfe4be9f44afb991a12ddd1933ce1cfb59e977f6cb25eab10"


def test_what_is_kept_runs_in_zen_as_it_lies_there_and_answers_the_same() -> None:
    decision = zen.ZenEngine().create_decision(zen.ZenDecisionContent(json.dumps(KEPT["decision"])))
    known = answers(DECLARED)

    for cell in CELLS[::7]:
        asked = dict(zip((field.value for field in FIELDS), cell, strict=True))
        found = decision.evaluate(asked)["result"]
        assert (found["measure"], found["days"], found["row"]) == (
            known[cell].measure,
            known[cell].days,
            f"row-{known[cell].row}",
        )


def test_a_version_answers_with_the_row_that_fired() -> None:
    policy = ready(DECLARED, number=NUMBER, since=SINCE)

    answer = policy.answer(SITUATION)

    assert (answer.measure, answer.days, answer.points) == ("listing-removed", 0, 15)
    assert said(DECLARED.row(answer.row).when).en == (  # type: ignore[union-attr]
        "“goods that may not be sold or dangerous goods or counterfeits and infringement”, minor or serious, "
        "before: none or a few, not put right"
    )


def test_a_breach_that_nobody_declared_is_never_answered_by_a_default() -> None:
    policy = ready(DECLARED, number=NUMBER, since=SINCE)

    with pytest.raises(KeyError):
        policy.answer(replace(SITUATION, breach="rudeness"))


def test_points_count_by_the_edges_of_the_version() -> None:
    policy = ready(DECLARED, number=NUMBER, since=SINCE)

    bands = [policy.history(points) for points in (0, 1, 19, 20, 49, 50, 999)]

    assert [band.value for band in bands] == ["none", "few", "few", "several", "several", "many", "many"]
    assert policy.bands == DECLARED.edges
    assert policy.expires_days == 365


@pytest.mark.parametrize(
    "rows", [DECLARED.rows[1:], (*DECLARED.rows, replace(DECLARED.rows[0], name="99")), ()]
)
def test_a_table_with_a_gap_or_an_overlap_is_never_asked(rows: Any) -> None:
    with pytest.raises(TableNotWhole):
        ready(replace(DECLARED, rows=rows), number=1, since=SINCE)


def test_what_was_asked_and_answered_is_recorded_and_read_again() -> None:
    answer = ready(DECLARED, number=NUMBER, since=SINCE).answer(SITUATION)

    found = read_trace(json.loads(json.dumps(traced(SITUATION, 15, answer))))

    assert found is not None
    assert (found.situation, found.before, found.answer) == (SITUATION, 15, answer)


@pytest.mark.parametrize(
    "raw", [{}, traced(SITUATION, 0, answers(DECLARED)[CELLS[0]]) | {"severity": "awful"}]
)
def test_what_was_recorded_otherwise_is_left_out(raw: dict[str, Any]) -> None:
    assert read_trace(raw) is None


def spoil_rule(**cells: Any) -> Callable[[dict[str, Any]], None]:
    return lambda raw: table_node(raw)["rules"][4].update(cells)


def spoil_input(field: str) -> Callable[[dict[str, Any]], None]:
    return lambda raw: table_node(raw)["inputs"][0].update(field=field)


def add_node(raw: dict[str, Any]) -> None:
    raw["decision"]["nodes"].append(
        {"id": "f", "type": "functionNode", "content": "export const handler = 1"}
    )


def many_rows(raw: dict[str, Any]) -> None:
    table_node(raw)["rules"] = [dict(table_node(raw)["rules"][0], _id=str(n)) for n in range(1, 10_001)]


@pytest.mark.parametrize(
    ("spoil", "place", "why"),
    [
        (spoil_rule(breach='"rudeness"'), "row 5", "“breach” cannot be"),
        (spoil_rule(severity='"grave" or true'), "row 5", "only the declared bands"),
        (spoil_rule(severity="$ != null"), "row 5", "only the declared bands"),
        (spoil_rule(harm='"none", "none"'), "row 5", "only the declared bands"),
        (spoil_rule(days="fourteen"), "row 5", "“days” needs a number, and “fourteen” is none"),
        (spoil_rule(days="１４"), "row 5", "“days” needs a number"),
        (spoil_rule(points="-1"), "row 5", "“points” needs a number"),
        (spoil_rule(points=""), "row 5", "“points” needs a number"),
        (spoil_rule(days=14), "row 5", "“days” has to be written as text"),
        (spoil_rule(measure='"flogging"'), "row 5", "there is no measure"),
        (spoil_rule(measure='cure == "open" ? "notice" : "closed"'), "row 5", "there is no measure"),
        (spoil_rule(beside='"flogging"'), "row 5", "there is no measure"),
        (spoil_rule(beside_days="x"), "row 5", "“beside_days” needs a number"),
        (spoil_rule(colour='"red"'), "row 5", "no field “colour”"),
        (spoil_rule(_id="five"), "row 5", "a row's number is a figure"),
        (spoil_rule(_id="1"), "the whole table", "two rows have the same number"),
        (spoil_input("colour"), "the headings", "no column “colour”"),
        (spoil_input("severity"), "the headings", "no column “severity”"),
        (lambda raw: table_node(raw)["inputs"].append("x"), "the headings", "no column “None”"),
        (lambda raw: table_node(raw)["inputs"].pop(), "the headings", "the column harm is missing"),
        (lambda raw: table_node(raw)["outputs"].pop(0), "the headings", "the column measure is missing"),
        (lambda raw: table_node(raw).pop("rules"), "the whole table", "lacks inputs, outputs or rules"),
        (lambda raw: table_node(raw)["rules"].append("x"), "row 16", "it is no row"),
        (add_node, "the whole table", "only an input, one table and an output"),
        (lambda raw: raw["decision"]["nodes"].append(7), "the whole table", "only an input"),
        (many_rows, "the whole table", f"at most {MOST_ROWS}"),
        (lambda raw: raw["bands"].update(few="one"), "edges of points", "a whole number is needed"),
        (lambda raw: raw["bands"].update(few=True), "edges of points", "a whole number is needed"),
        (lambda raw: raw["bands"].update(some=3), "the whole table", "it needs few, many, several"),
        (lambda raw: raw.update(expires_days=10**9), "days that points count", "a whole number is needed"),
        (lambda raw: raw.update(script="x"), "the whole table", "and nothing else"),
        (lambda raw: raw["decision"].update(settings={}), "the whole table", "and nothing else"),
    ],
)
def test_a_bad_table_is_refused_with_its_row_and_the_reason(spoil: Any, place: str, why: str) -> None:
    raw = deepcopy(KEPT)
    spoil(raw)

    with pytest.raises(TableUnreadable) as refused:
        rules_table.read(raw)

    assert place in refused.value.sentence.en
    assert why in refused.value.sentence.en
    assert refused.value.sentence.ja


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("no table", "no JSON"),
        ("[" * 100_000, "no JSON"),
        ("[1, 2]", "it needs bands, decision, expires_days"),
        ('{"bands": {}, "expires_days": 1, "decision": {"nodes": []}}', "it needs contentType, edges, nodes"),
        (json.dumps("x" * MOST_BYTES), "too large"),
    ],
)
def test_a_file_that_is_no_table_is_refused(text: str, why: str) -> None:
    with pytest.raises(TableUnreadable) as refused:
        rules_table.load(text)

    assert why in refused.value.sentence.en


def test_what_somebody_else_drew_is_read_by_its_columns() -> None:
    raw = deepcopy(KEPT)
    node = table_node(raw)
    node["inputs"][0]["id"] = "c1"
    for rule in node["rules"]:
        if "breach" in rule:
            rule["c1"] = rule.pop("breach")
        rule.pop("row")
        rule["_description"] = "a remark"
    node["outputs"].pop()

    assert rules_table.read(raw) == DECLARED


def known_only_as_display() -> dict[str, Any]:
    """Return a table of before the six kinds of display were told apart, and before a measure came beside another."""
    raw, parts = deepcopy(KEPT), {f'"{one.code}"' for one in BREACHES if one.part_of}
    node = table_node(raw)
    node["outputs"] = [one for one in node["outputs"] if not one["field"].startswith("beside")]
    for rule in node["rules"]:
        rule["breach"] = ", ".join(word for word in rule["breach"].split(", ") if word not in parts)
        del rule["beside"], rule["beside_days"]
    return raw


def test_a_policy_that_knows_only_display_answers_its_parts_by_its_rows_for_that() -> None:
    table = rules_table.read(known_only_as_display())

    known = answers(table)

    for code in (one.code for one in BREACHES if one.part_of):
        for cell in CELLS:
            if cell[0] == code:
                assert known[cell] == known["display", *cell[1:]]
    assert rules_table.load(json.dumps(rules_table.stored(table))) == table


def test_a_policy_that_names_one_of_the_parts_owes_an_answer_to_each() -> None:
    raw = known_only_as_display()
    rules = table_node(raw)["rules"]
    rules[7]["breach"] += ', "effects"'

    with pytest.raises(TableNotWhole):
        answers(rules_table.read(raw))


def test_every_measure_has_a_gravity_of_its_own() -> None:
    assert len({one.gravity for one in MEASURES}) == len(MEASURES)
