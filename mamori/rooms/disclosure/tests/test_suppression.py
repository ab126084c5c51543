"""What is told of small cells: somebody who has all publications, and knows how they are made, pins none of them down."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mamori.grammar.figures import rank
from mamori.grammar.outline import MonthCount
from mamori.law.shown import MEDIATED, RESOLVED, SOLUTION_MEDIAN, SOLUTION_P95, TROUBLES
from mamori.rooms.disclosure.rules import halfyear, suppression
from mamori.rooms.disclosure.rules.halfyear import RequestCounts, request_cells
from mamori.rooms.disclosure.rules.suppression import (
    HIDDEN,
    CellState,
    PublicCell,
    cells_of,
    corrected,
    totals_of,
)

MOST = 11
"""Above this no cell is small, nor any rest of it: what can happen happens below."""
FIGURES = (TROUBLES, RESOLVED, SOLUTION_MEDIAN)
type World = tuple[int, int, int]
"""How many there were, how many of them were solved in time, and how many by now."""


def counts(world: World) -> dict[str, MonthCount]:
    whole, part, by_now = world
    took: Any = 7 if whole and rank(50, whole) <= by_now else None
    return {
        TROUBLES.code: MonthCount(code=TROUBLES.code, count=whole),
        RESOLVED.code: MonthCount(code=RESOLVED.code, count=part),
        SOLUTION_MEDIAN.code: MonthCount(code=SOLUTION_MEDIAN.code, took=took),
    }


def worlds() -> Iterator[World]:
    for whole in range(MOST + 1):
        for part in range(whole + 1):
            for by_now in range(part, whole + 1):
                yield whole, part, by_now


def small_cells(world: World) -> list[int]:
    whole, part, _ = world
    return [whole, part, whole - part]


def known(world: World) -> tuple[object, ...]:
    return tuple(cells_of(counts(world), FIGURES).values())


def pinned(
    published: dict[Any, list[Any]], cells: Callable[[Any], list[int]]
) -> list[tuple[object, int, int]]:
    """Name each publication from which a cell of 1 to 4 follows exactly, whatever else is possible."""
    leaks = []
    for seen, possible in published.items():
        for place, values in enumerate(zip(*map(cells, possible), strict=True)):
            if len(set(values)) == 1 and 0 < abs(values[0]) < 5:
                leaks.append((seen, place, values[0]))
    return leaks


def grouped(all_: Iterator[Any], seen: Callable[[Any], Any]) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = defaultdict(list)
    for world in all_:
        found[seen(world)].append(world)
    return found


def mostly_solved() -> Iterator[World]:
    return (one for one in worlds() if 2 * one[1] > one[0])


@pytest.mark.parametrize("possible", [worlds, mostly_solved])
def test_no_small_cell_follows_from_a_month_even_for_who_knows_how_it_is_hidden(
    possible: Callable[[], Iterator[World]],
) -> None:
    assert pinned(grouped(possible(), known), small_cells) == []


def pairs() -> Iterator[tuple[World, World]]:
    """Yield what was and what is, where what was solved at all was solved in time: the rank is tried above."""
    return product([one for one in worlds() if one[1] == one[2]], repeat=2)


def after(pair: tuple[World, World]) -> tuple[object, ...]:
    before, now = (counts(one) for one in pair)
    first = cells_of(before, FIGURES)
    return (*first.values(), *corrected(first, before, now, FIGURES).values())


def of_both(pair: tuple[World, World]) -> list[int]:
    before, now = (small_cells(one) for one in pair)
    return [*before, *now, *(later - first for first, later in zip(before, now, strict=True))]


def test_no_small_cell_and_no_small_difference_follows_from_a_correction() -> None:
    assert pinned(grouped(pairs(), after), of_both) == []


def test_the_attack_finds_the_rest_of_a_share_that_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suppression, "_within", _careless)

    assert pinned(grouped(worlds(), known), small_cells)


def _careless(figure: Any, found: Any) -> PublicCell:
    whole, part = found[figure.within].count, found[figure.code].count
    if whole < 5 or 0 < part < 5 or figure.percent:
        return HIDDEN
    return suppression.share_cell(part, whole)


def test_the_attack_finds_a_small_correction_that_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suppression, "_may_follow", lambda *told: True)

    assert pinned(grouped(pairs(), after), of_both)


def of_61() -> Iterator[World]:
    """Yield what may be where somebody knows that most are solved in time."""
    return ((61, part, by_now) for part in range(31, 62) for by_now in range(part, 62))


def seen_of_61(world: World) -> tuple[object, ...]:
    whole, _, by_now = world
    took: Any = 7 if rank(95, whole) <= by_now else None
    found = counts(world) | {SOLUTION_P95.code: MonthCount(code=SOLUTION_P95.code, took=took)}
    return tuple(cells_of(found, (TROUBLES, RESOLVED, SOLUTION_P95)).values())


def test_a_rank_with_few_beyond_it_is_not_told_and_the_attack_shows_why(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    safe = pinned(grouped(of_61(), seen_of_61), small_cells)
    monkeypatch.setattr(suppression, "rank", lambda percent, whole: whole // 2)
    careless = pinned(grouped(of_61(), seen_of_61), small_cells)

    assert safe == []
    assert careless


WHOLES = st.integers(0, 60)


@st.composite
def months(draw: st.DrawFn) -> dict[str, MonthCount]:
    whole = draw(WHOLES)
    part = draw(st.integers(0, whole))
    helped = draw(st.integers(0, whole))
    return counts((whole, part, part)) | {
        MEDIATED.code: MonthCount(code=MEDIATED.code, count=helped),
        SOLUTION_P95.code: MonthCount(code=SOLUTION_P95.code),
    }


OF_TROUBLES = (TROUBLES, RESOLVED, MEDIATED, SOLUTION_MEDIAN, SOLUTION_P95)


@given(st.lists(months(), min_size=1, max_size=6))
def test_every_difference_of_what_is_told_is_nothing_or_five(half: list[dict[str, MonthCount]]) -> None:
    told = [cells_of(month, OF_TROUBLES) for month in half]

    for month in told:
        whole = month[TROUBLES.code]
        for share in (month[RESOLVED.code], month[MEDIATED.code]):
            if share.count is not None:
                assert whole.count is not None
                for one in (whole.count, share.count, whole.count - share.count):
                    assert one == 0 or one >= 5


@given(st.lists(months(), min_size=2, max_size=6))
def test_a_total_says_no_more_than_the_months_do(half: list[dict[str, MonthCount]]) -> None:
    told = [cells_of(month, OF_TROUBLES) for month in half]
    total = totals_of(told, OF_TROUBLES)
    exact = all(month[TROUBLES.code].state is CellState.EXACT for month in told)

    assert total[TROUBLES.code].count == sum(month[TROUBLES.code].count or 0 for month in told)
    assert (total[TROUBLES.code].state is CellState.EXACT) is exact
    assert SOLUTION_MEDIAN.code not in total
    if any(month[RESOLVED.code] == HIDDEN for month in told):
        assert total[RESOLVED.code] == HIDDEN


def test_what_is_told_reads_as_it_should() -> None:
    none, few, hidden, shown = (
        cells_of(counts(world), FIGURES) for world in ((0, 0, 0), (3, 1, 1), (12, 10, 10), (12, 6, 6))
    )

    assert none[RESOLVED.code].state is CellState.NONE
    assert none[TROUBLES.code].count == 0
    assert few[TROUBLES.code] == PublicCell(state=CellState.FEW)
    assert few[RESOLVED.code] == HIDDEN
    assert hidden[TROUBLES.code].count == 12
    assert hidden[RESOLVED.code] == HIDDEN
    assert str(shown[RESOLVED.code].value) == "50"
    assert shown[SOLUTION_MEDIAN.code].value == 7


def test_a_correction_of_a_few_leaves_what_was_told_and_is_marked() -> None:
    told, first = cells_of(counts((12, 6, 6)), FIGURES), counts((12, 6, 6))

    small = corrected(told, first, counts((13, 7, 7)), FIGURES)
    great = corrected(told, first, counts((20, 14, 14)), FIGURES)
    same = corrected(told, first, first, FIGURES)

    assert small[TROUBLES.code].count == 12
    assert small[TROUBLES.code].unshown
    assert great[TROUBLES.code].count == 20
    assert great[TROUBLES.code].corrected
    assert same == told


type Requests = tuple[int, int, int]
"""How many were disclosed, how many refused, and how many of these on one ground; nothing else came."""


def requests() -> Iterator[Requests]:
    for disclosed in range(11):
        for refused in range(11):
            for ground in range(refused + 1):
                yield disclosed, refused, ground


def parts(world: Requests) -> list[int]:
    disclosed, refused, ground = world
    return [disclosed + refused, disclosed, refused, ground, refused - ground]


def told_of(world: Requests) -> tuple[object, ...]:
    disclosed, refused, ground = world
    counted = RequestCounts(
        outcomes={"disclosed": disclosed, "refused": refused}, refused_on={"claim": ground}
    )
    return tuple(request_cells(counted).values())


def test_no_small_part_of_the_requests_follows_from_what_is_told_of_them() -> None:
    assert pinned(grouped(requests(), told_of), parts) == []


def test_the_attack_finds_a_part_that_is_told_beside_a_hidden_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def each(name: str, some: dict[str, int], *, told: bool) -> dict[str, PublicCell]:
        del told
        return {f"{name}.{one}": suppression._count(count) for one, count in some.items()}

    monkeypatch.setattr(halfyear, "_parts", each)

    assert pinned(grouped(requests(), told_of), parts)


def test_requests_that_were_counted_anew_are_told_only_beside_what_they_were_told_as() -> None:
    def of(disclosed: int, refused: int) -> RequestCounts:
        return RequestCounts(
            outcomes={"disclosed": disclosed, "refused": refused}, refused_on={"claim": refused}
        )

    assert halfyear.requests_corrected(of(10, 10), of(15, 10))
    assert not halfyear.requests_corrected(of(10, 10), of(12, 10))  # the difference would be a small count
    assert not halfyear.requests_corrected(of(10, 10), of(10, 3))
    assert not halfyear.requests_corrected(of(10, 3), of(10, 10))
