"""How a lifecycle is drawn: states one below the other, and beside them a lane for each state that can be reached.

Steps to one state share a lane: a dot where a state joins it, an arrow where it ends.  So a picture stays as narrow as there are
states, however many steps there are, and is read on a telephone and on paper alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mamori.grammar.statechart import Statechart
from mamori.grammar.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class StateRow:
    """A state of the picture: its words, and whether it is where a matter begins or ends."""

    text: Text
    is_initial: bool
    is_end: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """All steps that lead to the state in row `to`: the rows where they begin, and how far to the right it runs."""

    to: int
    starts: tuple[int, ...]
    place: int

    @property
    def top(self) -> int:
        """Return the first row that it touches."""
        return min(self.to, *self.starts)

    @property
    def bottom(self) -> int:
        """Return the last row that it touches."""
        return max(self.to, *self.starts)


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneChart:
    """A lifecycle laid out: its states in their order, and its lanes."""

    rows: tuple[StateRow, ...]
    lanes: tuple[Lane, ...]

    @property
    def breadth(self) -> int:
        """Return how many lanes lie side by side."""
        return max((lane.place + 1 for lane in self.lanes), default=0)

    @property
    def text(self) -> Text:
        """Say each way from one state to another: for whoever does not see the picture."""
        ways = [
            (lane.to, start) for lane in sorted(self.lanes, key=lambda one: one.to) for start in lane.starts
        ]
        return Text.listed(
            Text("{start}から{to}", "{start} to {to}").fill(
                start=self.rows[start].text, to=self.rows[to].text
            )
            for to, start in ways
        )


def lanes(chart: Statechart[Any]) -> LaneChart:
    """Lay a lifecycle out.  Steps that leave a state as it is are not drawn: the table has them."""
    order = {state: row for row, state in enumerate(chart.states)}
    ways = {(order[a], order[b]) for step in chart.steps for a, b in step.moves.items() if a is not b}
    wanted = [
        (to, tuple(sorted(start for start, end in ways if end == to)))
        for to in sorted({end for _, end in ways})
    ]
    wanted.sort(key=lambda one: (max(one[0], *one[1]) - min(one[0], *one[1]), one[0]))
    laid: list[Lane] = []
    for to, starts in wanted:
        lane = Lane(to=to, starts=starts, place=0)
        taken = {one.place for one in laid if one.top <= lane.bottom and lane.top <= one.bottom}
        place = next(free for free in range(len(laid) + 1) if free not in taken)
        laid.append(Lane(to=to, starts=starts, place=place))
    return LaneChart(
        rows=tuple(
            StateRow(text=text, is_initial=state is chart.initial, is_end=state in chart.ends)
            for state, text in chart.states.items()
        ),
        lanes=tuple(laid),
    )
