"""What a change of the policy is called in a sentence: which row, what it answered, what it would."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mamori.rooms.enforcement.policy.rules.judging import called, said_changes
from mamori.rooms.enforcement.policy.rules.table import DECLARED, Edges, Table

ROW = DECLARED.rows[8]
assert ROW.name == "9"


def with_row(**values: object) -> Table:
    rows = (*DECLARED.rows[:8], replace(ROW, **values), *DECLARED.rows[9:])  # type: ignore[arg-type]
    return replace(DECLARED, rows=rows)


@pytest.mark.parametrize(
    ("table", "ja", "en"),
    [
        (with_row(days=21), "9番：商品の一時非表示、14→21日", "row 9: listing hidden, 14 → 21 days"),
        (
            with_row(points=20),
            "9番：商品の一時非表示、15→20点",
            "row 9: listing hidden, 15 → 20 points",
        ),
        (
            with_row(measure="correction", days=7),
            "9番：商品の一時非表示 14日・15点→是正のお願い 7日・15点",
            "row 9: listing hidden, 14 days, 15 points → correction request, 7 days, 15 points",
        ),
        (
            with_row(when=(*ROW.when[:4], ("none",))),
            "9番：商品の一時非表示、当てはまる場合が変わります",
            "row 9: listing hidden, the cases it is meant for change",
        ),
        (
            with_row(beside="new-listings-stopped", beside_days=14),
            "9番：商品の一時非表示 14日・15点→商品の一時非表示 14日＋新規出品の停止 14日・15点",
            "listing hidden, 14 days; beside it new listings stopped, 14 days, 15 points",
        ),
        (with_row(name="90"), "90番（追加）", "row 9 (deleted)"),
        (
            replace(DECLARED, edges=Edges(few=1, several=5, many=10)),
            "点数の区切り：1/20/50→1/5/10",
            "1/20/50 → 1/5/10",
        ),
        (
            replace(DECLARED, expires_days=400),
            "点数が有効な日数：365→400日",
            "points count for 365 → 400 days",
        ),
    ],
)
def test_each_difference_is_named(table: Table, ja: str, en: str) -> None:
    found = said_changes(DECLARED, table, most=5)

    assert ja in found.ja
    assert en in found.en


def test_a_long_list_ends_with_how_many_more_there_are() -> None:
    all_rows = replace(DECLARED, rows=tuple(replace(row, points=row.points + 1) for row in DECLARED.rows))

    found = said_changes(DECLARED, all_rows, most=5)

    assert found.en.count("row ") == 5
    assert found.en.endswith("; and 10 more")
    assert found.ja.endswith("／ほか10件")


def test_the_version_that_nobody_made_is_called_as_delivered() -> None:
    assert called(0).en == "the policy as delivered"
    assert called(3).ja == "第3版"
