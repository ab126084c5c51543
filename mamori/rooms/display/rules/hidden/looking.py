"""What the house does with an account that it counted through: list it for a person, bring its figures up to date, or nothing."""

from __future__ import annotations

from enum import StrEnum

from mamori.law.hidden import LOOK_AT
from mamori.rooms.display.lifecycle import DoubtState
from mamori.rooms.display.rules.hidden.signs import asks_for_look

GROWN = 1.5
"""What was let be is listed before its time once its points are so many times what they were."""


class DoubtListing(StrEnum):
    """What is done about an account."""

    NOTHING = "nothing"
    LIST = "list"
    REFRESH = "refresh"


def listing_of(state: DoubtState | None, score: int, *, before: int, has_rested: bool) -> DoubtListing:
    """Say what is done; `before` are the points when a person looked last, `has_rested` says that its time of rest is over.

    While somebody is asked, or waits for a conclusion, the figures stay those on which that rests; what was concluded a
    business is not looked for any more.
    """
    if state is DoubtState.FLAGGED:
        return DoubtListing.REFRESH
    if not asks_for_look(score):
        return DoubtListing.NOTHING
    if state in (None, DoubtState.MOOT):
        return DoubtListing.LIST
    if state in (DoubtState.LET_BE, DoubtState.PRIVATE) and has_rested:
        return DoubtListing.LIST
    grown = score >= GROWN * max(before, LOOK_AT)
    if grown and state in (DoubtState.LET_BE, DoubtState.PRIVATE, DoubtState.UNCLEAR):
        return DoubtListing.LIST
    return DoubtListing.NOTHING
