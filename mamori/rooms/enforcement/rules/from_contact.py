"""When what contact tells is a breach of the seller's, and how grave."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.measure import Reach, Severity

HARMS = {"inconvenience": Reach.NONE, "money": Reach.MONEY, "danger": Reach.DANGER}
SEVERITIES = {"inconvenience": Severity.MINOR, "money": Severity.MINOR, "danger": Severity.GRAVE}


def is_unanswered(first_answered_at: datetime | None, *, closed: bool) -> bool:
    """Say whether a trouble that was not solved in time is the seller's breach: it never answered, and nobody ended it."""
    return first_answered_at is None and not closed


def is_broken(state: str) -> bool:
    """Say whether an agreement ended by not being kept."""
    return state == "missed"


def is_refused(state: str, *, claimed: int) -> bool:
    """Say whether a recovery that had been decided upon could not be made."""
    return state == "borne" and claimed > 0


def reach_of(harm: str) -> Reach:
    """Return whom it harmed, as contact tells it."""
    return HARMS[harm]


def severity_of(harm: str) -> Severity:
    """Return how grave it is by itself: what repeats grows graver by the seller's record."""
    return SEVERITIES[harm]
