"""Pictures of few numbers or steps, put together on the server as plain shapes: no script, no library, and a table of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from math import ceil

from mamori.grammar.figures import NONE, NOT_YET, UNITS, Unit, value_text, wilson
from mamori.grammar.text import Text
from mamori.japan.calendar import JAPAN, Month, spoken
from mamori.law.figures import MEDIAN, P95, rank_words

# Pictures of few numbers, put together on the server as plain shapes: no script, no library, and the same numbers as a table.


LEFT, TOP, PLOT, FOOT = 13.0, 1.6, 9.0, 3.4
"""Where the months begin (percent); above them, their height, and below them (em)."""
MARKS = 4
"""At most so many lines divide the height."""
_COUNT, _SHARE, _OF = Text("件数", "count"), Text("割合", "share"), Text("もとの件数", "out of")
_MONTH, _MEDIAN, _P95 = Text("月", "month"), rank_words(MEDIAN), rank_words(P95)
_RANGE = Text("95％信頼区間", "95 % interval")


@dataclass(frozen=True, slots=True)
class Shape:
    """One element of a picture: its tag, its attributes, and the words in it."""

    tag: str
    attributes: dict[str, str]
    words: Text | str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A picture: what it is called, what it says in words, how high it is (em), its shapes, and its numbers as a table.

    `code` is its own on the page; `key` says how it is read.
    """

    code: str
    title: Text
    desc: Text
    height: float
    shapes: tuple[Shape, ...]
    head: tuple[Text, ...]
    rows: tuple[tuple[Text | str, ...], ...]
    key: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One thing that is measured by its length: its name, how long it is, and what is written beside it."""

    name: Text
    value: int
    said: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanSeen:
    """The median and the 95 % of one month, out of `of`; None where there is none, or where it has not happened yet."""

    month: Month
    median: Decimal | None
    p95: Decimal | None
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureSeen:
    """What may be told of a figure of one month: how high it stands, None where it is not told, in words, and in a sign."""

    month: Month
    value: Decimal | None
    said: Text
    sign: str


def counts(code: str, title: Text, found: Sequence[tuple[Month, int]]) -> Drawing:
    """Draw how many there were in each month: a bar for each, with its number above."""
    top, step = scale(max(count for _, count in found))
    shapes = [*_lines(top, step), *_months([month for month, _ in found])]
    for place, (_, count) in enumerate(found):
        left, width = _column(place, len(found))
        y = _down(count / top)
        if count:
            shapes.append(_rect("bar", left + width * 0.14, y, width * 0.72, TOP + PLOT - y))
        shapes.append(shape_of_words("value", left + width / 2, y - 0.35, f"{count:,}"))
    said = [(month, Text(f"{count:,} 件", f"{count:,}")) for month, count in found]
    return Drawing(
        code=code,
        title=title,
        desc=_each(said),
        height=TOP + PLOT + FOOT,
        shapes=tuple(shapes),
        head=(_MONTH, _COUNT),
        rows=tuple((str(month), text) for month, text in said),
    )


def months(
    code: str,
    title: Text,
    found: Sequence[FigureSeen],
    unit: Unit,
    *,
    head: Text = _MONTH,
    key: Text | None = None,
) -> Drawing:
    """Draw a figure by month, a bar for each that may be told and a sign for each that may not; a share reaches up to 100."""
    is_share = unit is Unit.PERCENT
    top, step = (100, 25) if is_share else scale(max(one.value or 0 for one in found))
    shapes = [*_lines(top, step, "%" if is_share else ""), *_months([one.month for one in found])]
    for place, one in enumerate(found):
        left, width = _column(place, len(found))
        y = _down(float(one.value or 0) / top)
        if one.value:
            shapes.append(_rect("bar", left + width * 0.14, y, width * 0.72, TOP + PLOT - y))
        name = "none" if one.value is None else "value"
        shapes.append(shape_of_words(name, left + width / 2, y - 0.35, one.sign))
    return Drawing(
        code=code,
        title=title,
        desc=_each((one.month, one.said) for one in found),
        height=TOP + PLOT + FOOT,
        shapes=tuple(shapes),
        head=(head, title),
        rows=tuple((str(one.month), one.said) for one in found),
        key=key,
    )


def shares(code: str, title: Text, found: Sequence[tuple[Month, int, int]]) -> Drawing:
    """Draw which part of how many in each month: a dot for the share, and a box for where it may lie (Wilson, 95 %).

    A month of nothing has neither, and no line leads through it.

    :raises ValueError: when there is no month, or a part is no part of its whole.
    """
    shapes = [*_lines(100, 25, "%"), *_months([month for month, _, _ in found])]
    dots: list[tuple[float, float] | None] = []
    rows: list[tuple[Text | str, ...]] = []
    said: list[tuple[Month, Text]] = []
    for place, (month, part, whole) in enumerate(found):
        left, width = _column(place, len(found))
        between = wilson(part, whole)
        if between is None:
            dots.append(None)
            shapes.append(shape_of_words("none", left + width / 2, TOP + PLOT - 0.5, "–"))
            rows.append((str(month), NONE, NONE, "0"))
            said.append((month, NONE))
            continue
        low, high = (_down(float(one) / 100) for one in between)
        shapes.append(_rect("band", left + width * 0.14, high, width * 0.72, low - high))
        dots.append((left + width / 2, _down(part / whole)))
        share = value_text(Unit.PERCENT, Decimal(part * 1000 // whole) / 10, of=whole)
        lies = Text(f"{between[0]}〜{between[1]} ％", f"{between[0]}–{between[1]} %")
        rows.append((str(month), share, lies, f"{whole:,}"))
        said.append(
            (
                month,
                Text("{share}（{lies}、{of} 件）", "{share} ({lies}, of {of})").fill(
                    share=share, lies=lies, of=whole
                ),
            )
        )
    return Drawing(
        code=code,
        title=title,
        desc=_each(said),
        height=TOP + PLOT + FOOT,
        shapes=(*shapes, *_joined(dots)),
        head=(_MONTH, _SHARE, _RANGE, _OF),
        rows=tuple(rows),
        key=Text(
            "点は割合、箱は95％信頼区間（ウィルソン法）です。箱が長い月は件数が少なく、割合はあまり当てになりません。「–」は数えるものがない月です。",
            "A dot is the share, its box the 95 % confidence interval (Wilson). Where a box is long there were few cases, and "
            "the share says little. “–” is a month with nothing to count.",
        ),
    )


def spans(code: str, title: Text, found: Sequence[SpanSeen], unit: Unit) -> Drawing:
    """Draw how long it took in each month: a dot for the median, a dash for the 95 %, and a stem between them.

    “△” above a month says that the rank falls on what has not happened yet.
    """
    top, step = scale(
        max((one for seen in found for one in (seen.median, seen.p95) if one), default=Decimal(1))
    )
    shapes = [*_lines(top, step), *_months([seen.month for seen in found])]
    dots: list[tuple[float, float] | None] = []
    for place, seen in enumerate(found):
        left, width = _column(place, len(found))
        middle = left + width / 2
        median, p95 = (None if one is None else _down(float(one) / top) for one in (seen.median, seen.p95))
        dots.append(None if median is None else (middle, median))
        if not seen.of:
            shapes.append(shape_of_words("none", middle, TOP + PLOT - 0.5, "–"))
            continue
        if p95 is None:
            shapes.append(shape_of_words("open", middle, TOP + 0.2, "△"))
        if median is not None:
            shapes.append(_line("stem", middle, median, middle, TOP + 0.4 if p95 is None else p95))
        if p95 is not None:
            shapes.append(_line("dash", left + width * 0.2, p95, left + width * 0.8, p95))
    rows = [_row(one, unit) for one in found]
    pair = Text("{median}（{rank}は{p95}、{of} 件）", "{median} ({rank}: {p95}, of {of})")
    said = [
        (seen.month, pair.fill(rank=_P95, median=row[1], p95=row[2], of=seen.of) if seen.of else NONE)
        for seen, row in zip(found, rows, strict=True)
    ]
    return Drawing(
        code=code,
        title=title,
        desc=_each(said),
        height=TOP + PLOT + FOOT,
        shapes=(*shapes, *_joined(dots)),
        head=(_MONTH, _MEDIAN, _P95, _OF),
        rows=tuple(rows),
        key=Text(
            "縦は{unit}です。点は中央値（半分はこれ以内）、横線は{rank}（100件なら{percent}件がこれ以内）。「△」は{not_yet}月、「–」は数えるものがない月です。",
            "Upwards: {unit}. A dot is the median (half took no longer), a dash the {rank} ({percent} of 100 took no longer). "
            "“△”: {not_yet}. “–” is a month with nothing to count.",
        ).fill(unit=UNITS[unit], not_yet=NOT_YET, rank=_P95, percent=P95),
    )


def _row(seen: SpanSeen, unit: Unit) -> tuple[Text | str, ...]:
    median, p95 = (value_text(unit, one, of=seen.of) for one in (seen.median, seen.p95))
    return str(seen.month), median, p95, f"{seen.of:,}"


def bars(code: str, title: Text, head: tuple[Text, Text], found: Sequence[Bar]) -> Drawing:
    """Draw a few things one below the other, each as long as its value; its name and value stand above its bar."""
    most = max(1, *(bar.value for bar in found))
    shapes: list[Shape] = []
    for place, bar in enumerate(found):
        y = place * 3.0
        shapes.append(shape_of_words("name", 0, y + 1.2, bar.name, anchor="start"))
        shapes.append(shape_of_words("value", 100, y + 1.2, bar.said, anchor="end"))
        shapes.append(_rect("rail", 0, y + 1.6, 100, 0.8))
        if bar.value:
            shapes.append(_rect("bar", 0, y + 1.6, max(0.5, 100 * bar.value / most), 0.8))
    return Drawing(
        code=code,
        title=title,
        desc=_listed(
            Text("{name}は{said}", "{name}: {said}").fill(name=bar.name, said=bar.said) for bar in found
        ),
        height=len(found) * 3.0,
        shapes=tuple(shapes),
        head=head,
        rows=tuple((bar.name, bar.said) for bar in found),
    )


def scale(most: Decimal | int) -> tuple[int, int]:
    """Return how high a picture reaches so that `most` fits in, and how far its lines are apart: 1, 2 or 5 by tens.

    A picture of nothing is one high.
    """
    whole, step = ceil(most), 1
    while step * MARKS < whole:
        step = step * 5 // 2 if str(step)[0] == "2" else step * 2
    return max(1, -(-whole // step)) * step, step


def _column(place: int, count: int) -> tuple[float, float]:
    width = (100 - LEFT) / count
    return LEFT + place * width, width


def _down(part: float) -> float:
    """Return how far below the top (em) a part of the height lies."""
    return TOP + PLOT * (1 - part)


def _lines(top: int, step: int, unit: str = "") -> Iterator[Shape]:
    for value in range(0, top + 1, step):
        y = _down(value / top)
        yield _line("base" if value == 0 else "grid", LEFT, y, 100, y)
        yield shape_of_words("mark", LEFT - 2, y + 0.35, f"{_short(value)}{unit}", anchor="end")


def _short(value: int) -> str:
    return f"{value:,}" if value < 10_000 else f"{value // 1000}k"


def _months(months: Sequence[Month]) -> Iterator[Shape]:
    """Write the months below, and the year where it begins."""
    for place, month in enumerate(months):
        left, width = _column(place, len(months))
        yield shape_of_words("month", left + width / 2, TOP + PLOT + 1.3, str(month.number))
        if month.number == 1 or (place == 0 and month.number < 11):
            yield shape_of_words("year", left + width / 2, TOP + PLOT + 2.7, str(month.year))


def _joined(dots: Iterable[tuple[float, float] | None]) -> Iterator[Shape]:
    """Draw the dots, and a line from each to the next; none through a gap."""
    every = list(dots)
    for one, other in pairwise(every):
        if one and other:
            yield _line("line", *one, *other)
    for dot in every:
        if dot:
            yield Shape(
                "circle", {"class": "dot", "cx": f"{dot[0]:.2f}%", "cy": f"{dot[1]:.2f}em", "r": "0.3em"}
            )


def _line(name: str, x1: float, y1: float, x2: float, y2: float) -> Shape:
    return Shape(
        "line",
        {"class": name, "x1": f"{x1:.2f}%", "y1": f"{y1:.2f}em", "x2": f"{x2:.2f}%", "y2": f"{y2:.2f}em"},
    )


def _rect(name: str, x: float, y: float, width: float, height: float) -> Shape:
    return Shape(
        "rect",
        {
            "class": name,
            "x": f"{x:.2f}%",
            "y": f"{y:.2f}em",
            "width": f"{width:.2f}%",
            "height": f"{height:.2f}em",
        },
    )


def shape_of_words(name: str, x: float, y: float, words: Text | str, *, anchor: str = "middle") -> Shape:
    """Return words at `x` percent from the left with their base line `y` em below the top."""
    return Shape("text", {"class": name, "x": f"{x:.2f}%", "y": f"{y:.2f}em", "text-anchor": anchor}, words)


def _each(said: Iterable[tuple[Month, Text]]) -> Text:
    return _listed(
        Text("{month} {words}", "{month}: {words}").fill(month=month, words=words) for month, words in said
    )


def _listed(said: Iterable[Text]) -> Text:
    each = tuple(said)
    return Text("、".join(one.ja for one in each) + "。", "; ".join(one.en for one in each) + ".")


# A picture of the few steps of one matter: what is done and when, what is next and by when, and what may follow.


HEIGHT, MIDDLE = 6.4, 1.2


class StepStanding(StrEnum):
    """Whether a step is done, is awaited, is late, is late and not for the reader to do, or may come later."""

    DONE = "done"
    NEXT = "next"
    LATE = "late"
    PASSED = "passed"
    LATER = "later"


SIGNS = {
    StepStanding.DONE: "✓",
    StepStanding.NEXT: "●",
    StepStanding.LATE: "!",
    StepStanding.PASSED: "!",
    StepStanding.LATER: "",
}
"""What stands in a step's circle, so that nothing is told by colour alone."""
STANDINGS = {
    StepStanding.DONE: Text("済み", "done"),
    StepStanding.NEXT: Text("次", "next"),
    StepStanding.LATE: Text("期限超過", "overdue"),
    StepStanding.PASSED: Text("期限超過", "overdue"),
    StepStanding.LATER: Text("このあと", "later"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StepSeen:
    """One step: when it was done, or by when it is due, where that is known; `note` stands there where no moment does."""

    name: Text
    standing: StepStanding
    at: datetime | None = None
    note: Text | None = None


def steps(code: str, title: Text, found: Sequence[StepSeen]) -> Drawing:
    """Draw steps from left to right: a sign and a word for each, and below when it was done or by when it is due."""
    if not found:
        raise ValueError(code)
    shapes: list[Shape] = []
    for place, step in enumerate(found):
        x = _across(place, len(found))
        if place:
            kind = "way" if step.standing is StepStanding.DONE else "way ahead"
            shapes.append(_way(kind, _across(place - 1, len(found)), x))
    for place, step in enumerate(found):
        shapes.extend(_step(step, _across(place, len(found))))
    rows = tuple((step.name, STANDINGS[step.standing], _when(step)) for step in found)
    told = [
        Text(f"{name.ja}：{how.ja}（{when.ja}）", f"{name.en}: {how.en} ({when.en})")
        for name, how, when in rows
    ]
    return Drawing(
        code=code,
        title=title,
        desc=Text("、".join(one.ja for one in told) + "。", "; ".join(one.en for one in told) + "."),
        height=HEIGHT,
        shapes=tuple(shapes),
        head=(Text("段階", "step"), Text("状態", "standing"), Text("日時", "when")),
        rows=rows,
    )


def _across(place: int, count: int) -> float:
    return (place + 0.5) * 100 / count


def _way(name: str, x1: float, x2: float) -> Shape:
    ends = {"x1": f"{x1:.2f}%", "x2": f"{x2:.2f}%", "y1": f"{MIDDLE}em", "y2": f"{MIDDLE}em"}
    return Shape("line", {"class": name, **ends})


def _step(step: StepSeen, x: float) -> Iterator[Shape]:
    round_ = {"class": f"step {step.standing}", "cx": f"{x:.2f}%", "cy": f"{MIDDLE}em", "r": "0.85em"}
    yield Shape("circle", round_)
    if sign := SIGNS[step.standing]:
        yield shape_of_words(f"sign {step.standing}", x, MIDDLE + 0.36, sign)
    for line, (name, words) in enumerate(_below(step)):
        yield shape_of_words(f"{name} {step.standing}", x, MIDDLE + 2.3 + line * 1.35, words)


def _below(step: StepSeen) -> Iterator[tuple[str, Text]]:
    yield "name", step.name
    if step.at is None:
        if step.note is not None:
            yield "when", step.note
        return
    day, clock = _brief(step.at)
    if step.standing is StepStanding.DONE:
        yield "when", day
        yield "when", clock
    elif step.standing in (StepStanding.LATE, StepStanding.PASSED):
        yield "when", day
        yield "when", STANDINGS[step.standing]
    else:
        yield "when", day
        yield "when", Text(f"{clock.ja}まで", f"by {clock.en}")


def _brief(at: datetime) -> tuple[Text, Text]:
    """Return the day and the time in Japan, short; midnight is worded as `due_text` has it."""
    local = at.astimezone(JAPAN)
    ended = local.time() == time()
    day = local - timedelta(days=1) if ended else local
    clock = Text("24:00", "0:00") if ended else Text(f"{local:%H:%M}", f"{local:%H:%M}")
    return Text(f"{day.month}月{day.day}日", f"{local.day} {local:%b}"), clock


def _when(step: StepSeen) -> Text:
    if step.at is None:
        return step.note or Text("まだ決まっていません", "not set yet")
    said = spoken(step.at)
    if step.standing is StepStanding.DONE:
        return said
    return Text(f"{said.ja}まで", f"by {said.en}")
