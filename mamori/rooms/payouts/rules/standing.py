"""What should stand about payouts and accounts: by which clocks, and what is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Protocol

from mamori.grammar.businesstime import CalendarDays
from mamori.ground.matters.standing import Asks, Runs, Stands
from mamori.law.deadlines import (
    PAYOUT_COOLING,
    PAYOUT_COUNSEL,
    PAYOUT_END,
    PAYOUT_LOOK,
    PAYOUT_OBJECTION,
    PAYOUT_REVIEW,
)
from mamori.rooms.payouts.lifecycle import AccountState, PayoutState
from mamori.rooms.payouts.rules.reasons import Code

LOOKS = {
    PayoutState.REVIEW: PAYOUT_LOOK,
    PayoutState.HELD: PAYOUT_REVIEW,
    PayoutState.COUNSEL: PAYOUT_COUNSEL,
}
"""By which clock somebody is reminded, again and again, of money that waits."""
ASKED = {PayoutState.REVIEW: "look", PayoutState.COUNSEL: "end"}
"""What money that waits asks of staff; a hold asks for nothing until it is to be reviewed."""
ONLY_A_NAME = frozenset({Code.NAME_DOUBT.value})
"""The reasons of a payout that only a doubtful name holds up: that look has a case of its own, the account's."""


class PayoutNow(Protocol):
    """What of a payout its clocks rest on."""

    state: str
    reasons: Sequence[dict[str, Any]]
    waiting_since: datetime | None
    look_since: datetime | None
    ends_at: datetime | None
    put_off_at: datetime | None


class AccountNow(Protocol):
    """What of an account its clocks rest on."""

    state: str
    asked_at: datetime
    look_since: datetime | None
    closed_at: datetime | None


def of_payout(one: PayoutNow, *, objected_at: datetime | None) -> Iterator[Stands]:
    """Yield what should stand about a payout: nothing unless some of it waits.  What it asks for is one thing at a time.

    `objected_at` is since when an objection has waited for its answer.
    """
    if one.waiting_since is None:
        return
    state = PayoutState(one.state)
    is_looked_at = state is not PayoutState.REVIEW or names(one.reasons) != ONLY_A_NAME
    if state is not PayoutState.COUNSEL:
        yield _end(one, one.waiting_since)
    if is_looked_at:
        yield Runs(LOOKS[state], since=one.look_since or one.waiting_since, again=True)
    if objected_at is not None:
        yield Runs(PAYOUT_OBJECTION, since=objected_at, again=True)
        yield Asks("objection")
    elif is_looked_at and state in ASKED:
        yield Asks(ASKED[state])


def _end(one: PayoutNow, waiting_since: datetime) -> Runs:
    """Return the clock of the last day; put off, it runs until the end of the measure that lasts longer."""
    if one.put_off_at is None or one.ends_at is None:
        return Runs(PAYOUT_END, since=waiting_since)
    days = (one.ends_at - one.put_off_at).days + 1
    return Runs(PAYOUT_END, since=one.put_off_at, span=CalendarDays(days))


def of_account(one: AccountNow) -> Iterator[Stands]:
    """Yield what should stand about an account."""
    if one.state == AccountState.COOLING:
        yield Runs(PAYOUT_COOLING, since=one.asked_at)
    if one.look_since is not None and one.closed_at is None:
        yield Runs(PAYOUT_LOOK, since=one.look_since, again=True)
        yield Asks("name")


def names(reasons: Sequence[dict[str, Any]]) -> frozenset[str]:
    """Return why money waits, by name, as a row keeps it."""
    return frozenset(one["code"] for one in reasons)
