"""Who counts as a second person here, by the operator's choices."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from mamori.grammar.hand import Hand, Role
from mamori.ground.people import facts as people
from mamori.ground.web.signing import choices


def somebody_else(than: Collection[str], *, roles: Collection[Role], at: datetime) -> bool:
    """Say whether there is anybody of these roles besides these people ("staff:7"), whom none of them brought in."""
    return bool(people.others(than=than, roles=roles, profile=choices.profile(at)))


def is_second(hand: Hand, *, than: str) -> bool:
    """Say whether the hand counts as a second person beside `than` ("staff:7")."""
    profile = choices.profile(hand.at)
    return people.is_second(people.subject_of(hand), than=than, profile=profile, at=hand.at)
