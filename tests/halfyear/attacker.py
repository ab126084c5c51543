"""Who has kept all that was ever published of counts, and reckons of each number the least and the most that it is.

It knows how the cells are made, which time was promised, and nothing else.  Each number is a whole one between bounds; what is
published beside it is an equation or an inequation; HiGHS (scipy) finds the ends.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import inf
from typing import Any

from mamori.grammar.figures import rank

FEW, DUE_HOURS = 5, 48
MANY = 100_000
"""More than there can be."""
type Cell = Mapping[str, Any]
type Sum = Mapping[str, int]
"""Numbers by their names, each so many times."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """All that was ever public: the running figures at several times, every edition, and which months improvements tell of."""

    figures: Sequence[Mapping[str, Any]]
    editions: Sequence[Mapping[str, Any]]
    improvements: Sequence[tuple[str, Sequence[str], Cell]] = ()


@dataclass(frozen=True, slots=True)
class Leak:
    """A number of 1 to 4 that is told by what is around it, and between which ends it lies."""

    what: str
    least: int
    most: int


@dataclass(slots=True)
class Numbers:
    """What is known: each number's bounds, and sums of them between bounds; what is to follow from it is a target."""

    bounds: dict[str, tuple[float, float]] = field(default_factory=dict)
    sums: list[tuple[Sum, float, float]] = field(default_factory=list)
    targets: dict[str, tuple[Sum, bool]] = field(default_factory=dict)

    def number(self, name: str, least: float = 0, most: float = inf) -> str:
        """Know that there is a number, or know it closer."""
        low, high = self.bounds.get(name, (0, MANY))
        self.bounds[name] = max(low, least), min(high, most)
        return name

    def know(self, sum_: Sum, least: float, most: float = inf) -> None:
        """Know between which ends a sum lies."""
        self.sums.append((sum_, least, most))

    def ask(self, what: str, sum_: Sum, *, is_few: bool = False) -> None:
        """Look at a number later: it is told as 1 to 4, or it is not told."""
        self.targets[what] = sum_, is_few

    def leaks(self) -> Iterator[Leak]:
        """Yield each target of which more follows than is told."""
        together = self._together()
        for what, (sum_, is_few) in self.targets.items():
            if all(low == high for low, high in map(self.bounds.__getitem__, sum_)):
                least = most = round(sum(times * self.bounds[name][0] for name, times in sum_.items()))
            else:
                most = self._end(sum_, together, -1)
                if not is_few and (most >= FEW or most == 0):
                    continue  # whatever is the least, it may be none, or not few
                least = self._end(sum_, together, 1)
            is_small = 1 <= least <= most < FEW or -FEW < least <= most <= -1
            if (least, most) != (1, FEW - 1) if is_few else is_small:
                yield Leak(what, least, most)

    def _together(self) -> dict[str, list[int]]:
        """Return of each number the places of all sums that bear on it, however far."""
        parent = {name: name for name in self.bounds}

        def root(name: str) -> str:
            while parent[name] != name:
                parent[name] = parent[parent[name]]
                name = parent[name]
            return name

        for sum_, _, _ in [*self.sums, *((one, 0, 0) for one, _ in self.targets.values())]:
            first, *others = sum_
            for name in others:
                parent[root(name)] = root(first)
        groups: dict[str, list[int]] = defaultdict(list)
        for place, (sum_, _, _) in enumerate(self.sums):
            groups[root(next(iter(sum_)))].append(place)
        return {name: groups[root(name)] for name in self.bounds}

    def _end(self, sum_: Sum, together: Mapping[str, Sequence[int]], sign: int) -> int:
        """Return the least that a sum may be, or with -1 the most."""
        import numpy
        from scipy.optimize import Bounds, LinearConstraint, milp

        rows = [self.sums[place] for place in together[next(iter(sum_))]]
        names = sorted({*sum_, *(name for row, _, _ in rows for name in row)})
        place_of = {name: place for place, name in enumerate(names)}
        matrix, aim = numpy.zeros((len(rows), len(names))), numpy.zeros(len(names))
        for row, (of, _, _) in enumerate(rows):
            for name, times in of.items():
                matrix[row, place_of[name]] = times
        for name, times in sum_.items():
            aim[place_of[name]] = sign * times
        low, high = zip(*(self.bounds[name] for name in names), strict=True)
        found = milp(
            aim,
            constraints=[LinearConstraint(matrix, [one for _, one, _ in rows], [one for _, _, one in rows])]
            if rows
            else [],
            bounds=Bounds(low, high),
            integrality=numpy.ones(len(names)),
        )
        assert found.success, (found.message, sum_)
        return sign * round(float(found.fun))


def leaks(seen: Seen) -> list[Leak]:
    """Return what follows of small numbers from all that was published."""
    known = Numbers()
    families = _families(seen)
    tellings = {family: _tellings(seen, family) for family in families}
    for family, by_month in tellings.items():
        for month, told in by_month.items():
            _month(known, family, month, told)
        for edition in seen.editions:
            _half(known, family, edition, by_month)
    for edition in seen.editions:
        _requests(known, edition)
    _improvements(known, seen)
    return list(known.leaks())


type Family = tuple[tuple[str, str, int], ...]
"""A count and what is within it: code, unit, percent."""


def _families(seen: Seen) -> list[Family]:
    definitions = seen.figures[-1]["definitions"]
    roots = [one["code"] for one in definitions if not one["within"]]
    return [
        tuple(
            (one["code"], one["unit"], one["percent"] or 0)
            for one in definitions
            if root in (one["code"], one["within"])
        )
        for root in roots
    ]


def _cells(family: Family, figures: Mapping[str, Cell]) -> tuple[Cell, ...]:
    return tuple(
        {name: value for name, value in figures[code].items() if name != "corrected"} for code, _, _ in family
    )


def _tellings(seen: Seen, family: Family) -> dict[str, list[tuple[Cell, ...]]]:
    """Return of each month all that was ever told of a family, each once, in its order."""
    found: dict[str, list[tuple[Cell, ...]]] = defaultdict(list)
    for told in [*seen.figures, *seen.editions]:
        for month in told["months"]:
            cells = _cells(family, month["figures"])
            if cells not in found[month["month"]]:
                found[month["month"]].append(cells)
    return found


def _at(code: str, month: str, nth: int) -> str:
    return f"{code} {month} #{nth}"


def _month(known: Numbers, family: Family, month: str, told: Sequence[tuple[Cell, ...]]) -> None:
    """Know what is told of a month's count and its parts, and ask for parts, rests and what was corrected."""
    root = family[0][0]
    for nth, cells in enumerate(told):
        whole, cell = _at(root, month, nth), cells[0]
        known.number(whole, *_bounds(cell))
        known.ask(whole, {whole: 1}, is_few=cell["state"] == "few")
        for (code, unit, _), one in zip(family[1:], cells[1:], strict=True):
            if unit != "percent":
                continue
            part = known.number(_at(code, month, nth), *_bounds(one))
            known.know({whole: 1, part: -1}, 0)
            known.ask(part, {part: 1})
            known.ask(f"{part} rest", {whole: 1, part: -1})
        _ranks(known, family, month, nth, cells)
        for before in range(nth):
            _corrected(known, family, month, before, nth)


def _bounds(cell: Cell) -> tuple[float, float]:
    count = cell.get("count", 0)
    return {
        "exact": (count, count),
        "few": (1, FEW - 1),
        "at-least": (count, inf),
        "at-most": (0, count),
        "none": (0, 0),
    }.get(cell["state"], (0, inf))


def _ranks(known: Numbers, family: Family, month: str, nth: int, cells: Sequence[Cell]) -> None:
    """Know that so many were solved within the time promised, as the time at a rank is within it; or that so many were not."""
    if family[0][0] != "contact.troubles" or cells[0]["state"] != "exact":
        return
    part = _at("contact.resolved_in_time", month, nth)
    for (_, unit, percent), cell in zip(family, cells, strict=True):
        if unit != "hours" or cell["state"] not in ("exact", "not-yet"):
            continue
        place = rank(percent, cells[0]["count"])
        is_within = cell["state"] == "exact" and float(cell["value"]) <= DUE_HOURS
        known.know({part: 1}, place if is_within else 0, inf if is_within else place - 1)


def _corrected(known: Numbers, family: Family, month: str, before: int, now: int) -> None:
    whole, was = (_at(family[0][0], month, nth) for nth in (now, before))
    known.ask(f"{whole} less {was}", {whole: 1, was: -1})
    for code, unit, _ in family[1:]:
        if unit == "percent":
            part, part_was = (_at(code, month, nth) for nth in (now, before))
            known.ask(f"{part} less {part_was}", {part: 1, part_was: -1})
            known.ask(f"{part} rest less {part_was} rest", {whole: 1, part: -1, was: -1, part_was: 1})


def _half(known: Numbers, family: Family, edition: Mapping[str, Any], told: Mapping[str, Any]) -> None:
    """Know what a half-year tells of a count and its parts, and ask for what is left where some of its months are subtracted."""
    months = {one["month"]: _cells(family, one["figures"]) for one in edition["months"]}
    root, at = family[0][0], f"{edition['half']}/{edition['number']}"
    few = [month for month, cells in months.items() if cells[0]["state"] == "few"]
    names = [
        _at(root, month, 0 if month in few else told[month].index(cells)) for month, cells in months.items()
    ]
    _sum(known, dict.fromkeys(names, 1), edition["totals"][root])
    for many in range(2, len(few) + 1):
        for some in combinations(few, many):
            known.ask(f"{root} {at} {'+'.join(some)}", {_at(root, month, 0): 1 for month in some})
    for place, (code, unit, _) in enumerate(family):
        if unit != "percent":
            continue
        hide = all(cells[place]["state"] in ("hidden", "none") for cells in months.values())
        parts = [_at(code, month, 0 if hide else told[month].index(cells)) for month, cells in months.items()]
        _sum(known, dict.fromkeys(parts, 1), edition["totals"][code])
        known.ask(f"{code} {at}", dict.fromkeys(parts, 1))
        known.ask(f"{code} {at} rest", dict.fromkeys(names, 1) | dict.fromkeys(parts, -1))


def _sum(known: Numbers, sum_: Sum, cell: Cell) -> None:
    if cell["state"] not in ("hidden", "none"):
        known.know(sum_, *_bounds(cell))


def _requests(known: Numbers, edition: Mapping[str, Any]) -> None:
    """Know what is told of a half-year's requests, and ask for each outcome and ground, and for what is left without it."""
    cells, at = edition["requests"]["figures"], f"{edition['half']}/{edition['number']}"
    for code, cell in cells.items():
        if not code.startswith("days"):
            known.number(f"{code} {at}", *_bounds(cell))
    received, refused = f"received {at}", f"outcome.refused {at}"
    known.ask(received, {received: 1}, is_few=cells["received"]["state"] == "few")
    outcomes = [f"{code} {at}" for code in cells if code.startswith("outcome.")]
    known.know({received: 1} | dict.fromkeys(outcomes, -1), 0, 0)
    for code in cells:
        whole = received if code.startswith("outcome.") else refused if code.startswith("refused_on.") else ""
        if whole:
            known.know({whole: 1, f"{code} {at}": -1}, 0)
            known.ask(f"{code} {at}", {f"{code} {at}": 1})
            known.ask(f"{code} {at} rest", {whole: 1, f"{code} {at}": -1})


def _improvements(known: Numbers, seen: Seen) -> None:
    """Know what each time tells, and ask for each month and for the difference of each two times of which one holds the other."""
    alone = {(code, months[0]): cell for code, months, cell in seen.improvements if len(months) == 1}
    for code, months, cell in seen.improvements:
        names = [known.number(_at(code, month, 0)) for month in months]
        if cell["state"] == "few":
            for name in names:
                known.number(name, 0, FEW - 1)
            known.know(dict.fromkeys(names, 1), 1)
        else:
            known.know(dict.fromkeys(names, 1), *_bounds(cell))
        for month, name in zip(months, names, strict=True):
            known.ask(name, {name: 1}, is_few=alone.get((code, month), {}).get("state") == "few")
    for code, months, _ in seen.improvements:
        for other, fewer, _ in seen.improvements:
            left = [month for month in months if month not in fewer]
            if other == code and set(fewer) < set(months) and len(left) > 1:
                known.ask(
                    f"{code} {months[0]} to {months[-1]} less {fewer[0]} to {fewer[-1]}",
                    {_at(code, month, 0): 1 for month in left},
                )
