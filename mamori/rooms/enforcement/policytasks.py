"""What the clocks of the policy ring, and telling sellers of a change, a few at a time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from mamori.grammar.hand import Hand, Role
from mamori.ground.clocks.actions import Rang, Task
from mamori.law.deadlines import POLICY_APPROVAL, POLICY_NOTICE
from mamori.rooms.enforcement.actions import policy
from mamori.rooms.enforcement.policyevents import PolicySpread
from mamori.rooms.enforcement.rules.haste import Haste


def approval_due(rang: Rang) -> None:
    """Ring for a proposal that nobody approved."""
    policy.lapse_policy(rang.hand, number=_number(rang))


def notice_over(rang: Rang) -> None:
    """Ring for a version whose day has come."""
    policy.begin_policy(rang.hand, number=_number(rang))


def policy_spread(event: PolicySpread, at: datetime) -> None:
    """Hear that more sellers are to be told of a change."""
    policy.tell_sellers(
        Hand(by="machine:policy", role=Role.MACHINE, at=at, via="outbox"),
        number=event.policy,
        after=event.after,
        discarded=event.discarded,
        haste=Haste(event.haste) if event.haste else None,
    )


def _number(rang: Rang) -> int:
    return int(rang.about.rpartition(":")[2])


RINGS: Mapping[str, Task] = {POLICY_APPROVAL.code: approval_due, POLICY_NOTICE.code: notice_over}
