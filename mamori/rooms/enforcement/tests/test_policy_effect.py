"""What a changed table would change: rows, situations, and the last decisions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mamori.rooms.enforcement.policy.rules.judging import (
    InForce,
    Traced,
    Turn,
    changes,
    effect,
    is_milder_everywhere,
    ready,
    turn,
)
from mamori.rooms.enforcement.policy.rules.table import (
    DECLARED,
    SINCE,
    Cure,
    Edges,
    History,
    Reach,
    Severity,
    Situation,
    Table,
)

BEFORE = ready(DECLARED, number=0, since=SINCE)


def with_row(name: str, **values: object) -> Table:
    rows = tuple(replace(row, **values) if row.name == name else row for row in DECLARED.rows)  # type: ignore[arg-type]
    return replace(DECLARED, rows=rows)


def after(table: Table) -> InForce:
    return ready(table, number=1, since=SINCE)


def decision(points: int, severity: Severity = Severity.MINOR) -> Traced:
    situation = Situation(
        breach="unanswered", severity=severity, history=History.NONE, cure=Cure.OPEN, harm=Reach.NONE
    )
    return Traced(situation=situation, before=points, answer=BEFORE.answer(situation))


def test_rows_added_changed_and_taken_away_are_named() -> None:
    table = with_row("6", points=6)
    table = replace(table, rows=(*table.rows[1:], replace(table.rows[0], name="90")))

    found = {one.name: (one.before is None, one.after is None) for one in changes(DECLARED, table)}

    assert found == {"6": (False, False), "90": (True, False), "1": (False, True)}
    assert list(changes(DECLARED, DECLARED)) == []


def test_the_last_decisions_are_asked_anew_with_their_points() -> None:
    new = after(replace(with_row("4", days=21), edges=Edges(few=1, several=30, many=50)))

    found = effect(BEFORE, new, [decision(points, Severity.SERIOUS) for points in (0, 5, 25, 60)])

    assert [one.turn for one in found.decisions] == [Turn.GRAVER, Turn.GRAVER, Turn.MILDER, Turn.SAME]
    assert found.counts == {Turn.GRAVER: 2, Turn.MILDER: 1, Turn.SAME: 1}
    assert found.points == (0, 1, 20, 30, 50)
    conduct, goods = 5 * 2 * 3, 3 * 2 * 3
    assert found.situations == {
        Turn.GRAVER: 2 * conduct,
        Turn.MILDER: conduct + goods,
        Turn.SAME: 5 * 324 - 3 * conduct - goods,
    }
    assert found.is_few


def test_edges_that_come_down_count_at_the_points_that_fall_into_a_graver_band() -> None:
    lower = after(replace(DECLARED, edges=Edges(few=1, several=5, many=10)))

    found = effect(BEFORE, lower, [decision(7, Severity.SERIOUS)])

    assert [text.en for text in found.ranges] == [
        "0 points",
        "1 to 4 points",
        "5 to 9 points",
        "10 to 19 points",
        "20 to 49 points",
        "50 points or more",
    ]
    assert found.tried == 6 * 324
    assert found.situations[Turn.GRAVER] > 0
    assert found.situations[Turn.MILDER] == 0
    assert found.counts == {Turn.GRAVER: 1}


def test_where_no_edge_moves_each_combination_of_bands_is_tried_once() -> None:
    found = effect(BEFORE, after(with_row("3", points=6)), [])

    assert (found.tried, found.ranges) == (1_296, ())
    assert found.situations == {Turn.GRAVER: 7 * 4 * 3, Turn.SAME: 1_296 - 7 * 4 * 3}


def test_thirty_decisions_are_enough_to_say_something() -> None:
    assert not effect(BEFORE, BEFORE, [decision(0)] * 30).is_few


def test_points_decide_where_measure_and_days_are_the_same() -> None:
    answer = BEFORE.known["unanswered", "minor", "none", "open", "none"]

    assert turn(answer, replace(answer, points=answer.points + 1)) is Turn.GRAVER
    assert turn(answer, replace(answer, points=answer.points - 1)) is Turn.MILDER
    assert turn(answer, answer) is Turn.SAME


@pytest.mark.parametrize(
    ("table", "milder"),
    [
        (DECLARED, True),
        (with_row("3", points=4), True),
        (with_row("3", points=6), False),
        (with_row("9", measure="notice", days=0, points=16), False),
        (with_row("13", beside="", beside_days=0), True),
        (with_row("10", beside="payout-held", beside_days=14), False),
        (replace(DECLARED, expires_days=364), True),
        (replace(DECLARED, expires_days=366), False),
        (replace(DECLARED, edges=Edges(few=2, several=21, many=51)), True),
        (replace(DECLARED, edges=Edges(few=2, several=21, many=49)), False),
        (replace(DECLARED, edges=Edges(few=2, several=19, many=51)), False),
    ],
)
def test_milder_everywhere_is_decided_by_every_situation(table: Table, *, milder: bool) -> None:
    assert is_milder_everywhere(BEFORE, after(table)) is milder
