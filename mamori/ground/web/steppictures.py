"""A picture of the few steps of one matter: what is done and when, what is next and by when, and what may follow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from mamori.grammar.text import Text
from mamori.ground.web.pictures import Drawing, Shape, shape_of_words
from mamori.japan.calendar import JAPAN
from mamori.japan.spoken import spoken

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
