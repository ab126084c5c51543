"""What should stand about a recovery from the seller, and about money of it that goes back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from mamori.ground.matters.standing import Asks, Runs, Stands
from mamori.law.deadlines import HEARING, RECOVERY_REVIEW
from mamori.rooms.contact.lifecycle.giveback import GiveBackState
from mamori.rooms.contact.lifecycle.recovery import RecoveryState


class RecoveryNow(Protocol):
    """What of a recovery its clocks rest on."""

    state: str
    opened_at: datetime
    heard_at: datetime | None
    decided_at: datetime | None
    closed_at: datetime | None


class GivingBackNow(Protocol):
    """What of money that goes back to a seller its clock rests on."""

    state: str
    opened_at: datetime


def of_recovery(recovery: RecoveryNow, giving: GivingBackNow | None) -> Iterator[Stands]:
    """Yield what should stand about a recovery, and after its end about what goes back of it."""
    if recovery.state == RecoveryState.HEARING:
        yield Runs(HEARING, since=recovery.opened_at)
    if recovery.state == RecoveryState.HEARD:
        yield Asks("decide-recovery")
    if recovery.state == RecoveryState.HEARD and recovery.heard_at is not None:
        yield Runs(RECOVERY_REVIEW, since=recovery.heard_at, again=True)
    if recovery.state == RecoveryState.CLAIMED and recovery.decided_at is not None:
        yield Runs(RECOVERY_REVIEW, since=recovery.decided_at, again=True)
    if giving is None or recovery.closed_at is None:
        return
    if giving.state in (GiveBackState.INSTRUCTED, GiveBackState.STALLED):
        yield Runs(RECOVERY_REVIEW, since=max(recovery.closed_at, giving.opened_at), again=True)
    if giving.state == GiveBackState.STALLED:
        yield Asks("give-back-stalled")
