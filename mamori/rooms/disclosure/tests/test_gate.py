"""What is told of small cells: of who has all publications, and knows how they are made, none learns that a number is 1 to 4."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pytest
from hypothesis import given, strategies as st

from mamori.grammar.figures import rank
from mamori.grammar.outline import MonthCount
from mamori.law import gate
from mamori.law.gate import HIDDEN, CellState, PublicCell, cells_of, corrected, part_cell, totals_of
from mamori.law.shown import MEDIATED, RESOLVED, SOLUTION_MEDIAN, SOLUTION_P95, TROUBLES
from mamori.rooms.disclosure.editions import rules as halfyear
from mamori.rooms.disclosure.editions.rules import RequestCounts, request_cells

MOST = 15
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
    """Name each publication from which a cell of 1 to 4 follows, but for a count that is told so and may be any of them."""
    leaks = []
    for seen, possible in published.items():
        for place, values in enumerate(zip(*map(cells, possible), strict=True)):
            least, most = min(values), max(values)
            is_few = place == 0 and isinstance(seen, tuple) and seen[0] == FEW_TOLD
            is_small = 0 < least <= most < 5 or -5 < least <= most < 0
            if is_small and not (is_few and (least, most) == (1, 4)):
                leaks.append((seen, place, least))
    return leaks


FEW_TOLD = PublicCell(state=CellState.FEW)


def grouped(all_: Iterator[Any], seen: Callable[[Any], Any]) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = defaultdict(list)
    for world in all_:
        found[seen(world)].append(world)
    return found


def mostly_solved() -> Iterator[World]:
    """Yield what may be for who knows that most are solved: of a few that says enough, whatever is told."""
    return (one for one in worlds() if one[0] >= 5 and 2 * one[1] > one[0])


@pytest.mark.parametrize("possible", [worlds, mostly_solved])
def test_no_small_cell_follows_from_a_month_even_for_who_knows_how_it_is_hidden(
    possible: Callable[[], Iterator[World]],
) -> None:
    assert pinned(grouped(possible(), known), small_cells) == []


def pairs() -> Iterator[tuple[World, World]]:
    """Yield what was and what is, where what was solved at all was solved in time: the rank is tried elsewhere."""
    return product([one for one in worlds() if one[1] == one[2]], repeat=2)


def after(pair: tuple[World, World]) -> tuple[object, ...]:
    before, now = (counts(one) for one in pair)
    first = cells_of(before, FIGURES)
    return (*first.values(), *corrected([first], now, FIGURES).values())


def of_both(pair: tuple[World, World]) -> list[int]:
    before, now = (small_cells(one) for one in pair)
    return [*before, *now, *(later - first for first, later in zip(before, now, strict=True))]


def test_no_small_cell_and_no_small_difference_follows_from_a_correction() -> None:
    assert pinned(grouped(pairs(), after), of_both) == []


def test_the_attack_finds_the_rest_of_a_share_that_is_told_to_its_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(gate, "part_cell", _careless)

    assert pinned(grouped(worlds(), known), small_cells)


def _careless(part: int, whole: int) -> PublicCell:
    if whole < 5 or 0 < part < 5:
        return HIDDEN
    return PublicCell(state=CellState.EXACT, count=part)


def test_the_attack_finds_a_small_correction_that_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "_may_follow", lambda *told: True)

    assert pinned(grouped(pairs(), after), of_both)


def test_what_was_told_twice_before_is_not_corrected_to_a_few_more_than_at_first() -> None:
    first, second, third = (counts((whole, 10, 10)) for whole in (20, 30, 22))
    told = [cells_of(first, FIGURES)]
    told.append(corrected(told, second, FIGURES))

    assert told[1][TROUBLES.code].count == 30
    assert corrected(told, third, FIGURES) == told[1]


def of_100() -> Iterator[World]:
    """Yield what may be where somebody knows that most are solved in time."""
    return ((100, part, by_now) for part in range(51, 101) for by_now in range(part, 101))


def seen_of_100(world: World) -> tuple[object, ...]:
    whole, part, by_now = world
    place = rank(95, whole)
    took: Any = None if place > by_now else 7 if place <= part else 60
    found = counts(world) | {SOLUTION_P95.code: MonthCount(code=SOLUTION_P95.code, took=took)}
    return tuple(cells_of(found, (TROUBLES, RESOLVED, SOLUTION_P95)).values())


def test_a_time_within_the_time_promised_does_not_tell_that_few_are_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    safe = pinned(grouped(of_100(), seen_of_100), small_cells)
    monkeypatch.setattr(gate, "part_cell", _as_it_was)
    as_it_was = pinned(grouped(of_100(), seen_of_100), small_cells)

    assert safe == []
    assert as_it_was


def _as_it_was(part: int, whole: int) -> PublicCell:
    may = all(map(gate.is_told, (part, whole, whole - part)))
    return PublicCell(state=CellState.EXACT, count=part) if may else HIDDEN


def test_a_rank_with_few_beyond_it_is_not_told_and_the_attack_shows_why(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def of_61() -> Iterator[World]:
        return ((61, part, by_now) for part in range(31, 62) for by_now in range(part, 62))

    def unsolved(world: World) -> list[int]:
        whole, _, by_now = world
        return [whole, whole - by_now]

    def seen(world: World) -> tuple[object, ...]:
        took: Any = 7 if gate.rank(95, world[0]) <= world[2] else None
        found = counts(world) | {SOLUTION_P95.code: MonthCount(code=SOLUTION_P95.code, took=took)}
        return tuple(cells_of(found, (TROUBLES, SOLUTION_P95)).values())

    assert pinned(grouped(of_61(), seen), unsolved) == []
    monkeypatch.setattr(gate, "FEW", 1)
    assert [one for one in grouped(of_61(), seen) if one[1].state is CellState.EXACT]


type Months = tuple[int, ...]


def few_months() -> Iterator[Months]:
    for many in range(1, 6):
        yield from product(range(1, 5), repeat=many)


def total_of(months: Months) -> tuple[object, ...]:
    counted = [{TROUBLES.code: MonthCount(code=TROUBLES.code, count=one)} for one in months]
    told = [cells_of(one, (TROUBLES,)) for one in counted]
    return len(months), *totals_of(told, counted, (TROUBLES,)).values()


def test_a_half_year_of_small_months_is_told_only_where_it_narrows_none_of_them() -> None:
    published = grouped(few_months(), total_of)

    for possible in published.values():
        for month in zip(*possible, strict=True):
            assert set(month) == {1, 2, 3, 4}
        for place in range(1, len(possible[0])):
            together = {sum(one[: place + 1]) for one in possible}
            assert not together <= {1, 2, 3, 4}
    assert PublicCell(state=CellState.EXACT, count=15) in {cells for _, cells in published}


def test_the_attack_finds_a_total_that_narrows_its_months(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        gate, "_half", lambda cells, counts: PublicCell(state=CellState.EXACT, count=sum(counts))
    )

    found = grouped(few_months(), total_of)

    assert any(
        set(month) != {1, 2, 3, 4} for possible in found.values() for month in zip(*possible, strict=True)
    )


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
def test_what_is_told_of_a_share_is_nothing_few_cannot_be(half: list[dict[str, MonthCount]]) -> None:
    for month in (cells_of(one, OF_TROUBLES) for one in half):
        whole = month[TROUBLES.code].count
        for share in (month[RESOLVED.code], month[MEDIATED.code]):
            if share.state is CellState.EXACT:
                assert whole is not None
                assert share.count is not None
                assert 5 <= share.count <= whole - 5


@given(st.lists(months(), min_size=2, max_size=6))
def test_a_total_is_what_was_counted_or_no_more_than_that(half: list[dict[str, MonthCount]]) -> None:
    told = [cells_of(month, OF_TROUBLES) for month in half]
    total = totals_of(told, half, OF_TROUBLES)
    counted = sum(month[TROUBLES.code].count for month in half)
    part = sum(month[RESOLVED.code].count for month in half)

    whole, share = total[TROUBLES.code], total[RESOLVED.code]
    assert whole.count == counted if whole.state is CellState.EXACT else (whole.count or 0) <= counted
    assert SOLUTION_MEDIAN.code not in total
    match share.state:
        case CellState.EXACT:
            assert share.count == part
        case CellState.AT_LEAST:
            assert (share.count or 0) <= part
        case CellState.AT_MOST:
            assert (share.count or 0) >= part


def test_a_half_year_tells_a_share_that_no_month_of_it_tells() -> None:
    half = [counts((8, 7, 7)) for _ in range(6)]
    told = [cells_of(one, FIGURES) for one in half]

    total = totals_of(told, half, FIGURES)[RESOLVED.code]
    mixed = totals_of([*told[1:], cells_of(counts((20, 10, 10)), FIGURES)], half, FIGURES)[RESOLVED.code]
    none = totals_of([cells_of(counts((0, 0, 0)), FIGURES)], [counts((0, 0, 0))], FIGURES)[RESOLVED.code]

    assert {month[RESOLVED.code].state for month in told} == {CellState.HIDDEN}
    assert (total.state, total.count, str(total.value)) == (CellState.EXACT, 42, "87.5")
    assert mixed == HIDDEN
    assert none.state is CellState.NONE


def test_a_half_year_whose_months_tell_both_ends_tells_no_share_and_one_end_as_far_as_it_is_told() -> None:
    high, low, between = ((20, 19, 19), (20, 1, 1), (20, 10, 10))

    def total(*worlds: World) -> PublicCell:
        some = [counts(one) for one in worlds]
        return totals_of([cells_of(one, FIGURES) for one in some], some, FIGURES)[RESOLVED.code]

    assert total(high, low) == HIDDEN
    assert (total(high, between).state, total(high, between).count) == (CellState.AT_LEAST, 26)
    assert (total(low, between).state, total(low, between).count) == (CellState.AT_MOST, 14)


def test_what_is_told_reads_as_it_should() -> None:
    none, few, high, shown = (
        cells_of(counts(world), FIGURES) for world in ((0, 0, 0), (3, 1, 1), (12, 10, 10), (12, 6, 6))
    )

    assert none[RESOLVED.code].state is CellState.NONE
    assert none[TROUBLES.code].count == 0
    assert few[TROUBLES.code] == FEW_TOLD
    assert few[RESOLVED.code] == HIDDEN
    assert high[TROUBLES.code].count == 12
    assert (high[RESOLVED.code].state, str(high[RESOLVED.code].value)) == (CellState.AT_LEAST, "66.6")
    assert str(shown[RESOLVED.code].value) == "50"
    assert shown[SOLUTION_MEDIAN.code].value == 7
    assert str(part_cell(0, 12).value) == "33.4"


def test_a_correction_of_a_few_leaves_what_was_told_and_is_not_marked() -> None:
    first = counts((12, 6, 6))
    told = [cells_of(first, FIGURES)]

    small = corrected(told, counts((13, 7, 7)), FIGURES)
    great = corrected(told, counts((22, 11, 11)), FIGURES)

    assert small == told[0]
    assert great[TROUBLES.code].count == 22
    assert great[TROUBLES.code].corrected
    assert corrected(told, first, FIGURES) == told[0]


type Requests = tuple[int, int, int, int]
"""How many were disclosed, how many refused, and how many of these on each of two grounds; nothing else came."""


def requests() -> Iterator[Requests]:
    for disclosed in range(11):
        for refused in range(11):
            for claim, need in product(range(refused + 1), repeat=2):
                yield disclosed, refused, claim, need


def parts(world: Requests) -> list[int]:
    disclosed, refused, claim, need = world
    return [disclosed + refused, disclosed, refused, claim, refused - claim, need, refused - need]


def told_of(world: Requests) -> tuple[object, ...]:
    disclosed, refused, claim, need = world
    counted = RequestCounts(
        outcomes={"disclosed": disclosed, "refused": refused}, refused_on={"claim": claim, "need": need}
    )
    return tuple(request_cells(counted).values())


def test_no_small_part_of_the_requests_follows_from_what_is_told_of_them() -> None:
    assert pinned(grouped(requests(), told_of), parts) == []


def test_the_attack_finds_a_part_that_is_told_beside_a_hidden_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def each(name: str, some: dict[str, int], *, told: bool) -> dict[str, PublicCell]:
        del told
        return {f"{name}.{one}": gate.count_cell(count) for one, count in some.items()}

    monkeypatch.setattr(halfyear, "_parts", each)

    assert pinned(grouped(requests(), told_of), parts)


def test_requests_that_were_counted_anew_are_told_only_beside_what_they_were_told_as() -> None:
    def of(disclosed: int, refused: int) -> RequestCounts:
        return RequestCounts(
            outcomes={"disclosed": disclosed, "refused": refused}, refused_on={"claim": refused}
        )

    def on_claim(refused: int, claim: int) -> RequestCounts:
        return RequestCounts(outcomes={"disclosed": 10, "refused": refused}, refused_on={"claim": claim})

    assert halfyear.requests_corrected(of(10, 10), of(15, 10))
    assert halfyear.requests_corrected(on_claim(20, 10), on_claim(25, 15))
    assert not halfyear.requests_corrected(on_claim(20, 10), on_claim(27, 15))  # 2 more on other grounds
    assert not halfyear.requests_corrected(of(10, 10), of(12, 10))  # the difference would be a small count
    assert not halfyear.requests_corrected(of(10, 10), of(10, 3))
    assert not halfyear.requests_corrected(of(10, 3), of(10, 10))
