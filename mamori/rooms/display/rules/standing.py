"""What should stand about a display: the clock to put it right, the next look at it, and what it keeps its seller from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from mamori.grammar.clearance import Doing, Hinders
from mamori.grammar.text import Text
from mamori.ground.matters.standing import Runs, Stands
from mamori.law.deadlines import DISPLAY_LOOK, DISPLAY_MENDING
from mamori.rooms.display.lifecycle import DisplayState

OPEN = (
    DisplayState.COMPLETE,
    DisplayState.UNSURE,
    DisplayState.LACKING,
    DisplayState.OVERDUE,
    DisplayState.NOT_ASKED,
)
WHY = Text(
    "特定商取引法に基づく表示が、期限までに直っていません。",
    "The display that the Act on Specified Commercial Transactions asks for was not put right in time.",
)
TODO = Text(
    "「特定商取引法に基づく表示」のページで、直すところを直してください。",
    "Please put right what the page “Display required by law” names.",
)


class DisplayNow(Protocol):
    """What of a display it rests on."""

    seller_ref: str
    state: str
    checked_at: datetime | None
    lacking_since: datetime | None


def of_display(one: DisplayNow, *, hinders: bool) -> Iterator[Stands]:
    """Yield what should stand; `hinders` is whether the operator lets a display that was not put right hinder listing."""
    if one.state in OPEN and one.checked_at is not None:
        yield Runs(DISPLAY_LOOK, since=one.checked_at)
    if one.state == DisplayState.LACKING and one.lacking_since is not None:
        yield Runs(DISPLAY_MENDING, since=one.lacking_since)
    if one.state == DisplayState.OVERDUE and hinders:
        yield Hinders(
            Doing.LISTING, "display-lacking", WHY, seller=one.seller_ref, todo=TODO, since=one.lacking_since
        )
