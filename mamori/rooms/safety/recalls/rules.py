"""Pure rules of recalls: the steps of the road, what is left of it, what should stand, and what the seller reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from mamori.grammar.businesstime import EveryHours
from mamori.grammar.text import Text
from mamori.ground.matters.standing import Runs, Stands
from mamori.law.recalls import RECALL_WATCH
from mamori.rooms.safety.lifecycle import RecallState

STEPS = {
    "searched_at": Text("照らし合わせる", "hold it against listings"),
    "confirmed_at": Text("対象を確かめる", "confirm what it means"),
    "hidden_at": Text("非表示にする", "hide the goods"),
    "warned_at": Text("購入者に知らせる", "warn the buyers"),
}
"""The steps of the road, each by the moment of the row at which it was last taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """How many of its candidates nobody has judged, and how many of those that are meant are to be hidden and warned of."""

    unjudged: int
    to_hide: int
    to_warn: int


class RecallNow(Protocol):
    """What of a recall its steps and its open tasks rest on."""

    state: str
    searched_at: datetime | None
    unread_at: datetime | None


def open_steps(one: RecallNow, left: Left) -> tuple[str, ...]:
    """Return the steps that are left; where no listing fits there is nothing to confirm, to hide or to warn of."""
    lacks = (one.searched_at is None, left.unjudged, left.to_hide, left.to_warn)
    return tuple(step for step, is_left in zip(STEPS, lacks, strict=True) if is_left)


def owed_of(one: RecallNow, left: Left) -> Iterator[str]:
    """Yield what staff owe: a look at what was found anew, also once it is closed; then the next step, or its end."""
    if one.unread_at is not None:
        yield "relisted"
    if one.state in (RecallState.ENTERED, RecallState.CONFIRMED):
        yield "step" if open_steps(one, left) else "close"


def of_watch(looked_at: datetime, *, has_more: bool) -> Iterator[Stands]:
    """Yield the clock of the next look at new listings: a day later, or soon where more of them wait."""
    yield Runs(RECALL_WATCH, since=looked_at, span=EveryHours(1) if has_more else None)


SAID = Text(
    "この商品は、リコール（回収・使用中止など）が公表された商品とみられる（公表元：{source}、番号またはページ：{number}）。",
    "These goods appear to be under a recall that was published (by: {source}; number or page: {number}).",
)
"""What the seller reads."""
