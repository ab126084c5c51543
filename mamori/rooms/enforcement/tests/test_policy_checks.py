"""What is wrong with a table is found by trying every situation, and agrees with a plain look at all rows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings, strategies as st

from conftest import effort
from mamori.grammar.measure import Concerns
from mamori.law.measures import MEASURES, measure
from mamori.rooms.enforcement.policy.rules import checks
from mamori.rooms.enforcement.policy.rules.checks import CheckKind, faults
from mamori.rooms.enforcement.policy.rules.table import (
    BAND_TEXTS,
    CELLS,
    DECLARED,
    FIELDS,
    Edges,
    Field,
    PolicyRow,
    Table,
    said,
)

ANY = ((), (), (), (), ())


def with_row(name: str, **changes: object) -> Table:
    return replace(
        DECLARED,
        rows=tuple(replace(row, **changes) if row.name == name else row for row in DECLARED.rows),  # type: ignore[arg-type]
    )


def kinds(table: Table) -> set[CheckKind]:
    return {fault.kind for fault in faults(table)}


def test_the_declared_table_has_no_fault() -> None:
    assert faults(DECLARED) == ()


def test_a_case_without_a_row_is_named_in_words_with_the_row_that_would_fill_it() -> None:
    without = replace(DECLARED, rows=DECLARED.rows[1:])

    (gap,) = faults(without)

    assert gap.kind is CheckKind.GAP
    assert gap.gap is not None
    assert "minor or serious, put right" in gap.text.en
    filled = replace(DECLARED.rows[0], when=gap.gap)
    assert faults(replace(without, rows=(*without.rows, filled))) == ()


def test_a_table_without_rows_is_one_gap() -> None:
    (gap,) = faults(Table(rows=(), edges=DECLARED.edges, expires_days=365))

    assert gap.text.en == "No row says what happens in this case: every case."


def test_two_rows_for_one_case_are_both_named() -> None:
    double = replace(DECLARED.rows[5], name="90")

    (overlap,) = faults(replace(DECLARED, rows=(*DECLARED.rows, double)))

    assert overlap.kind is CheckKind.OVERLAP
    assert overlap.rows == ("6", "90")
    assert "24 case(s)" in overlap.text.en


@pytest.mark.parametrize(
    ("row", "changes", "words"),
    [
        (
            "5",
            {"measure": "new-listings-stopped", "days": 7},
            "graver than row 4 in “what went before”, yet gives a milder measure",
        ),
        ("4", {"points": 4}, "graver than row 3 in “severity”, yet gives fewer points"),
        ("3", {"points": 2}, "graver than row 1 in “whether put right”, yet gives fewer points"),
        (
            "10",
            {"measure": "correction", "days": 14},
            "graver than row 9 in “harm”, yet gives a milder measure",
        ),
        (
            "13",
            {"beside": "", "beside_days": 0},
            "graver than row 12 in “severity”, yet gives a milder measure",
        ),
        ("13", {"beside_days": 7, "beside": "new-listings-stopped"}, "graver than row 12 in “severity”"),
    ],
)
def test_what_is_graver_is_never_answered_more_mildly(
    row: str, changes: dict[str, object], words: str
) -> None:
    found = faults(with_row(row, **changes))

    assert {fault.kind for fault in found} == {CheckKind.MILDER}
    assert any(words in fault.text.en for fault in found)


@pytest.mark.parametrize(
    ("changes", "kind", "words"),
    [
        ({"measure": "notice", "days": 3}, CheckKind.BOUNDS, "“notice” has no days"),
        ({"measure": "correction", "days": 2}, CheckKind.BOUNDS, "“correction request” lasts 3 to 60 days"),
        ({"beside": "notice"}, CheckKind.UNFIT, "“notice” cannot come beside it"),
        (
            {"measure": "suspended", "days": 30},
            CheckKind.UNFIT,
            "only where a breach is serious, or breaches add up",
        ),
        ({"points": 101}, CheckKind.BOUNDS, "at most 100 points"),
        ({"measure": "listing-hidden", "days": 14}, CheckKind.UNFIT, "concerns a listing and does not fit"),
    ],
)
def test_a_row_out_of_bounds_is_named(changes: dict[str, object], kind: CheckKind, words: str) -> None:
    found = [fault for fault in faults(with_row("3", **changes)) if fault.rows == ("3",)]

    assert [(fault.kind, words in fault.text.en) for fault in found] == [(kind, True)]


@pytest.mark.parametrize("row", DECLARED.rows, ids=lambda row: row.name)
def test_the_declared_table_answers_nothing_that_its_clause_does_not_bear(row: PolicyRow) -> None:
    heavy = {"new-listings-stopped", "suspended", "closed"}
    for cell in row.cells():
        at = dict(zip(FIELDS, cell, strict=True))
        adds_up = at[Field.HISTORY] in ("several", "many")
        if heavy & {row.measure, row.beside}:
            assert at[Field.SEVERITY] != "minor" or adds_up
        if row.measure == "listing-removed":
            of_goods = at[Field.BREACH] in ("unlawful-goods", "dangerous-goods", "counterfeit")
            assert of_goods or at[Field.HARM] == "danger" or at[Field.SEVERITY] != "minor" or adds_up
        if "payout-held" in (row.measure, row.beside):
            assert at[Field.BREACH] != "recovery-refused", "money is held for buyers, not for the operator"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"beside_days": 200}, "“account suspended” lasts 1 to 180 days"),
        ({"beside": "listing-removed", "beside_days": 0}, "“listing removed” cannot come beside it"),
        ({"measure": "suspended", "days": 60, "beside": "", "beside_days": 0}, "would let them come back"),
        ({"measure": "listing-hidden", "days": 90}, "would let them come back"),
    ],
)
def test_what_comes_beside_has_its_bounds_and_nothing_dangerous_comes_back_by_a_timer(
    changes: dict[str, object], words: str
) -> None:
    found = [fault for fault in faults(with_row("13", **changes)) if fault.rows == ("13",)]

    assert words in " ".join(fault.text.en for fault in found)


def test_the_declared_table_is_small_and_takes_goods_down_for_good() -> None:
    assert len(DECLARED.rows) <= 15
    goods = {"unlawful-goods", "dangerous-goods", "counterfeit"}
    for row in DECLARED.rows:
        if goods & set(row.bands(Field.BREACH)) and "open" in row.bands(Field.CURE):
            assert row.measure == "listing-removed"
            assert not row.beside or measure(row.beside).concerns is Concerns.SELLER


def test_nothing_that_ends_by_being_put_right_answers_what_is_put_right() -> None:
    found = [fault for fault in faults(with_row("1", measure="correction", days=14)) if fault.rows == ("1",)]

    assert [fault.kind for fault in found] == [CheckKind.UNFIT]
    assert "ends once the breach is put right" in found[0].text.en


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"edges": Edges(few=0, several=20, many=50)}, "The edges of points"),
        ({"edges": Edges(few=20, several=20, many=50)}, "The edges of points"),
        ({"edges": Edges(few=1, several=20, many=1_001)}, "The edges of points"),
        ({"expires_days": 29}, "30 to 1,095 days"),
        ({"expires_days": 1_096}, "30 to 1,095 days"),
    ],
)
def test_edges_and_expiry_have_bounds(changes: dict[str, object], words: str) -> None:
    (found,) = faults(replace(DECLARED, **changes))  # type: ignore[arg-type]

    assert words in found.text.en


def test_more_rows_than_anybody_reads_are_not_tried() -> None:
    rows = tuple(replace(DECLARED.rows[0], name=str(n)) for n in range(1, 202))

    (found,) = faults(replace(DECLARED, rows=rows))

    assert "at most 200 rows" in found.text.en


BOXES = st.tuples(
    *(st.lists(st.sampled_from(list(BAND_TEXTS[f])), unique=True, max_size=3).map(tuple) for f in FIELDS)
)
BESIDE = st.sampled_from(["", "", "new-listings-stopped", "suspended"])
ROWS = st.lists(
    st.tuples(BOXES, st.sampled_from(MEASURES), st.integers(0, 90), st.integers(0, 9), BESIDE), max_size=6
).map(
    lambda drawn: tuple(
        PolicyRow(
            name=str(at),
            when=when,
            measure=one.code,
            days=days if one.days else 0,
            points=points,
            beside=beside,
            beside_days=days if beside else 0,
        )
        for at, (when, one, days, points, beside) in enumerate(drawn, start=1)
    )
)


def plain_look(rows: tuple[PolicyRow, ...]) -> tuple[set[tuple[str, ...]], set[tuple[str, ...]], bool]:
    """Return gaps, overlapping cells, and whether a graver case is milder: written without the checker's own means."""
    hits = {
        cell: [
            row
            for row in rows
            if all(not bands or band in bands for band, bands in zip(cell, row.when, strict=True))
        ]
        for cell in CELLS
    }
    one = {cell: found[0] for cell, found in hits.items() if len(found) == 1}
    milder = False
    for cell, row in one.items():
        for at in range(1, 5):
            bands = list(BAND_TEXTS[FIELDS[at]])
            rest = bands[bands.index(cell[at]) + 1 :][:1]
            for band in rest:
                other = one.get((*cell[:at], band, *cell[at + 1 :]))
                if other is None:
                    continue
                milder |= lighter(other, row) or other.points < row.points
    return (
        {c for c, found in hits.items() if not found},
        {c for c, found in hits.items() if len(found) > 1},
        milder,
    )


def lighter(one: PolicyRow, than: PolicyRow) -> bool:
    """Say whether a row's graver measure is milder than another's, or, these being the same, the other one or its absence."""

    def steps(row: PolicyRow) -> list[int]:
        both = [(measure(row.measure).gravity, row.days)]
        both += [(measure(row.beside).gravity, row.beside_days)] if row.beside else []
        both.sort(key=lambda each: (-each[0], -each[1]))
        return [*both[0], *(both[1] if len(both) > 1 else (0, -1))]

    differs = [here - there for here, there in zip(steps(one), steps(than), strict=True) if here != there]
    return bool(differs) and differs[0] < 0


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_the_checker_agrees_with_a_plain_look_at_every_row(rows: tuple[PolicyRow, ...]) -> None:
    gaps, overlaps, milder = plain_look(rows)

    found = faults(Table(rows=rows, edges=DECLARED.edges, expires_days=365))

    boxes = [
        PolicyRow(name="1", when=f.gap, measure="", days=0, points=0) for f in found if f.gap is not None
    ]
    assert {cell for box in boxes for cell in box.cells()} == gaps
    assert any(f.kind is CheckKind.OVERLAP for f in found) == bool(overlaps)
    assert any(f.kind is CheckKind.MILDER for f in found) == milder


def test_a_look_that_is_quick_enough_while_somebody_types() -> None:
    rows = (*DECLARED.rows, replace(DECLARED.rows[0], name="90", when=ANY))

    spent = effort(lambda: checks.faults(replace(DECLARED, rows=rows)))

    assert spent < 0.2


def test_conditions_are_said_in_words() -> None:
    assert said(ANY).ja == "すべての場合"
    assert said((("display",), ("grave",), ("several", "many"), (), ())).ja == (
        "「表示の不備・誤り」、きわめて重い、これまでの違反が何度か・何度も"
    )
