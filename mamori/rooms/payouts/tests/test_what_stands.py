"""What should stand about a payout or an account follows from its row and an objection: which clocks, and what is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from mamori.grammar.businesstime import CalendarDays
from mamori.ground.matters.standing import Asks, Runs, Stands, runs
from mamori.japan.calendar import JAPAN
from mamori.law.deadlines import (
    PAYOUT_COOLING,
    PAYOUT_COUNSEL,
    PAYOUT_END,
    PAYOUT_LOOK,
    PAYOUT_OBJECTION,
    PAYOUT_REVIEW,
)
from mamori.rooms.payouts import rules
from mamori.rooms.payouts.lifecycle import ACCOUNT

MONDAY = datetime(2026, 11, 16, 10, tzinfo=JAPAN)
DAY = timedelta(days=1)


@dataclass(slots=True, kw_only=True)
class Payout:
    """A payout as its row says."""

    state: str = "held"
    reasons: Sequence[dict[str, Any]] = ({"code": "claims"},)
    waiting_since: datetime | None = MONDAY
    look_since: datetime | None = MONDAY
    ends_at: datetime | None = MONDAY + 60 * DAY
    put_off_at: datetime | None = None


@dataclass(slots=True, kw_only=True)
class Account:
    """An account as its row says."""

    state: str = "in_use"
    asked_at: datetime = MONDAY
    look_since: datetime | None = None
    closed_at: datetime | None = None


END = Runs(PAYOUT_END, since=MONDAY)
LOOK = Runs(PAYOUT_LOOK, since=MONDAY, again=True)


def of_payout(one: Payout, *, objected_at: datetime | None = None) -> list[Stands]:
    return list(rules.of_payout(one, objected_at=objected_at))


def of_account(one: Account) -> list[Stands]:
    return list(rules.of_account(one))


def test_a_hold_is_reviewed_again_and_again_until_its_last_day_and_asks_for_nothing_before() -> None:
    assert of_payout(Payout()) == [END, Runs(PAYOUT_REVIEW, since=MONDAY, again=True)]


def test_what_was_reviewed_is_looked_at_again_from_then_on_and_its_last_day_stays() -> None:
    found = of_payout(Payout(look_since=MONDAY + 5 * DAY))

    assert found == [END, Runs(PAYOUT_REVIEW, since=MONDAY + 5 * DAY, again=True)]


def test_a_doubt_asks_for_a_look_but_where_only_a_name_is_in_doubt_the_account_does() -> None:
    doubted = Payout(state="review", reasons=[{"code": "name-doubt"}, {"code": "claims"}])

    assert of_payout(doubted) == [END, LOOK, Asks("look")]
    assert of_payout(replace(doubted, reasons=[{"code": "name-doubt"}])) == [END]


def test_counsel_is_reminded_from_when_it_took_over_and_no_last_day_is_left() -> None:
    found = of_payout(Payout(state="counsel", look_since=MONDAY + 60 * DAY))

    assert found == [Runs(PAYOUT_COUNSEL, since=MONDAY + 60 * DAY, again=True), Asks("end")]


def test_a_last_day_that_was_put_off_comes_a_day_after_the_measure_ends() -> None:
    put_off = Payout(put_off_at=MONDAY + 60 * DAY, ends_at=MONDAY + 90 * DAY)

    assert of_payout(put_off)[0] == Runs(PAYOUT_END, since=MONDAY + 60 * DAY, span=CalendarDays(31))


@pytest.mark.parametrize("state", ["held", "review", "counsel"])
def test_an_objection_is_asked_for_before_all_else_and_somebody_is_reminded_of_it(state: str) -> None:
    found = of_payout(Payout(state=state), objected_at=MONDAY + DAY)

    assert found[-2:] == [Runs(PAYOUT_OBJECTION, since=MONDAY + DAY, again=True), Asks("objection")]
    assert [one for one in found if isinstance(one, Asks)] == [Asks("objection")]


def test_a_payout_of_before_that_does_not_say_since_when_it_is_looked_at_counts_from_when_it_waits() -> None:
    assert of_payout(Payout(look_since=None)) == of_payout(Payout())


def test_about_money_that_does_not_wait_nothing_stands() -> None:
    gone = Payout(state="released", reasons=[], waiting_since=None, look_since=None)

    assert of_payout(gone, objected_at=MONDAY) == []


def test_a_new_account_waits_from_when_it_was_asked_for_and_its_name_for_a_look() -> None:
    cooling = Account(state="cooling", look_since=MONDAY + DAY)

    assert of_account(cooling) == [
        Runs(PAYOUT_COOLING, since=MONDAY),
        Runs(PAYOUT_LOOK, since=MONDAY + DAY, again=True),
        Asks("name"),
    ]
    assert of_account(Account()) == []
    assert of_account(Account(look_since=MONDAY)) == [LOOK, Asks("name")]


def test_about_an_account_that_is_over_nothing_stands() -> None:
    over = [Account(state=state, look_since=MONDAY, closed_at=MONDAY) for state in ACCOUNT.ends]

    assert over
    assert not runs(one for account in over for one in of_account(account))
