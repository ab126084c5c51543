"""The picture of a lifecycle for a page: states as boxes, and lanes that lead from one to another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mamori.grammar.statechart import Statechart
from mamori.grammar.text import Text
from mamori.ground.web.pictures import Drawing, Shape
from mamori.rooms.disclosure.queries.handbook import ProcedureShown
from mamori.rooms.disclosure.rules.handbook import HandbookPart
from mamori.rooms.disclosure.rules.lanes import Lane, StateRow, lanes

ROW, BOX, TOP, APART, BESIDE = 2.6, 1.8, 0.4, 1.1, 1.4
"""Em: from one state to the next, the height of a box, above the first, between lanes, and from the boxes to the first lane."""
IN, OUT = 0.55, 1.25
"""Em below the top of a box: where a step arrives, and where it leaves."""
KEY = Text(
    "● 始まり、◎ 終わり。右の線は、点のある状態から矢印の状態への手順です。同じ状態への手順は一本の線にまとめています。",
    "● begins, ◎ ends. A line leads from each state with a dot to the one with the arrow; all steps to one state share a line.",
)


type PartDrawn = tuple[HandbookPart, Drawing | None, list[tuple[tuple[Text, Text], ...]]]
"""A table of a procedure, its picture, and its rows with each cell beside its column."""


def drawn_of(shown: ProcedureShown) -> list[PartDrawn]:
    """Return the tables of a procedure as a page draws them."""
    return [
        (
            part,
            picture(part.drawing) if part.drawing else None,
            [tuple(zip(part.rows.heads, row, strict=True)) for row in part.rows.rows],
        )
        for part in shown.parts
    ]


def picture(chart: Statechart[Any]) -> Drawing:
    """Draw a lifecycle."""
    laid = lanes(chart)
    wide = max(_breadth(row.text) for row in laid.rows) + 2.6
    shapes = [shape for row in enumerate(laid.rows) for shape in _state(*row, wide)]
    shapes += [shape for lane in laid.lanes for shape in _lane(lane, wide)]
    return Drawing(
        code=f"lanes-{chart.name.replace('.', '-')}",
        title=Text(f"{chart.title.ja}の移り変わり", f"How the state of {chart.title.en} changes"),
        desc=laid.text,
        height=TOP + ROW * len(laid.rows),
        width=wide + BESIDE + APART * laid.breadth,
        shapes=tuple(shapes),
        head=(),
        rows=(),
        key=KEY,
    )


def _breadth(text: Text) -> float:
    """Return about how broad the words are, in em, in the language in which they are broader."""
    return max(sum(0.58 if sign.isascii() else 1.0 for sign in said) for said in (text.ja, text.en))


def _state(row: int, state: StateRow, wide: float) -> Iterator[Shape]:
    y = TOP + row * ROW
    kind = "state end" if state.is_end else "state"
    yield Shape(
        "rect",
        {"class": kind, "x": "0.1em", "y": _em(y), "width": _em(wide), "height": _em(BOX), "rx": "0.4em"},
    )
    mark = "●" if state.is_initial else "◎" if state.is_end else ""
    if mark:
        yield Shape("text", {"class": "mark", "x": "0.6em", "y": _em(y + 1.25)}, mark)
    yield Shape("text", {"class": "name", "x": "2em", "y": _em(y + 1.25)}, state.text)


def _lane(lane: Lane, wide: float) -> Iterator[Shape]:
    x = wide + BESIDE + APART * lane.place
    into = TOP + lane.to * ROW + IN
    ends = [into, *(TOP + start * ROW + OUT for start in lane.starts)]
    yield _line(x, min(ends), x, max(ends))
    yield _line(wide + 0.8, into, x, into)
    yield Shape("text", {"class": "arrow", "x": _em(wide + 0.05), "y": _em(into + 0.35)}, "◀")
    for start in lane.starts:
        y = TOP + start * ROW + OUT
        yield _line(wide + 0.1, y, x, y)
        yield Shape("circle", {"class": "dot", "cx": _em(x), "cy": _em(y), "r": "0.28em"})


def _line(x1: float, y1: float, x2: float, y2: float) -> Shape:
    return Shape("line", {"class": "lane", "x1": _em(x1), "y1": _em(y1), "x2": _em(x2), "y2": _em(y2)})


def _em(size: float) -> str:
    return f"{size:.2f}em"
