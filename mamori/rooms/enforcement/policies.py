"""Which version of the policy binds at a moment: compiled once, then asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from mamori.japan.calendar import JAPAN
from mamori.rooms.enforcement.lifecycle import PolicyState
from mamori.rooms.enforcement.models import Policy
from mamori.rooms.enforcement.rules import declared_table, reading
from mamori.rooms.enforcement.rules.inforce import InForce, Traced, read_trace, ready, traced

__all__ = [
    "BINDING",
    "DECLARED",
    "InForce",
    "Traced",
    "in_force",
    "made_ready",
    "newest",
    "points_of",
    "read_trace",
    "traced",
    "version",
]

BINDING = (PolicyState.ANNOUNCED, PolicyState.IN_FORCE, PolicyState.REPLACED)
"""What was published binds from its day on, whether or not a clock has rung."""
_READY: dict[int, tuple[Any, InForce]] = {}
DECLARED = ready(declared_table.DECLARED, number=declared_table.NUMBER, since=declared_table.SINCE)


def in_force(at: datetime) -> InForce:
    """Return the version that binds at `at`: the newest published whose day has come, else the declared one."""
    day = at.astimezone(JAPAN).date()
    row = Policy.objects.filter(state__in=BINDING, binds_on__lte=day).order_by("-binds_on", "-number").first()
    return made_ready(row) if row else DECLARED


def version(number: int) -> InForce:
    """Return a published version by its number: what a measure was decided by."""
    return DECLARED if number == DECLARED.number else made_ready(Policy.objects.get(number=number))


def points_of(trace: Mapping[str, Any], number: int, *taken: str) -> int:
    """Return the points that measures bring which were decided together by a version of the policy."""
    asked = read_trace(trace)
    assert asked is not None, "what is decided on was written down just now"
    return version(number).points_for(asked.situation, *taken)


def newest(at: datetime) -> InForce:
    """Return the version that was published last, whether it binds yet or not: what the next one begins from."""
    row = Policy.objects.filter(state=PolicyState.ANNOUNCED).order_by("-number").first()
    return made_ready(row) if row else in_force(at)


def made_ready(policy: Policy) -> InForce:
    """Return a published version ready to be asked.

    :raises TableUnreadable, TableNotWhole: when what was kept is no whole table (nobody could have published it).
    """
    known = _READY.get(policy.number)
    if known is not None and known[0] == policy.table:
        return known[1]
    if policy.binds_on is None:
        raise ValueError(f"version {policy.number} of the policy was never published")
    one = ready(reading.read(policy.table), number=policy.number, since=policy.binds_on)
    _READY[policy.number] = policy.table, one
    return one
