"""Whether what was found can still be put right, and what becomes of a correction whose time is over."""

from __future__ import annotations

from datetime import datetime

from mamori.rooms.enforcement.lifecycle import FindingState


def may_be_cured(state: FindingState, *, stands: bool) -> bool:
    """Say whether it still matters that something was put right: until the decision, and while a measure `stands` after it."""
    return stands if state is FindingState.DECIDED else state is not FindingState.DISMISSED


def awaits_look(said_at: datetime | None, cured_at: datetime | None) -> bool:
    """Say whether the seller said that it put it right, and nobody has looked yet."""
    return said_at is not None and cured_at is None
