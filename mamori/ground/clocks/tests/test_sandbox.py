"""A sandbox has a mark that only an empty house is given; it alone has a clock that is ahead, and that never goes back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import Error, IntegrityError, transaction

from mamori.grammar.actor import Role
from mamori.ground.clocks import actions, facts, sandbox
from mamori.ground.clocks.models import Sandbox
from mamori.ground.people.models import Account

DAY = timedelta(days=1)


@pytest.fixture
def unknown() -> Iterator[None]:
    """Let the house find out anew what it is."""
    sandbox.forget()
    yield
    sandbox.forget()
    sandbox._KNOWN[:] = [False]


@pytest.fixture
def made(db: None, unknown: None) -> None:
    """Make this empty house a sandbox."""
    actions.mark_sandbox(at=datetime.now(UTC))


def test_an_empty_house_becomes_one_and_its_clock_goes_forward(made: None) -> None:
    to = datetime.now(UTC) + 2 * DAY

    actions.move(to=to)

    assert facts.is_sandbox()
    assert to <= facts.now() < to + timedelta(minutes=1)


def test_its_clock_never_goes_back(made: None) -> None:
    actions.move(to=datetime.now(UTC) + 2 * DAY)

    actions.move(to=datetime.now(UTC) + DAY)

    assert facts.ahead() >= 2 * DAY


def test_it_goes_a_year_at_a_time_at_most(made: None) -> None:
    with pytest.raises(actions.TooFar):
        actions.move(to=datetime.now(UTC) + 401 * DAY)

    assert facts.ahead() == timedelta()


def test_a_house_that_holds_anything_never_becomes_one(db: None, unknown: None) -> None:
    Account.objects.create(email="a@example.jp", name="A", role=Role.AGENT.value, added_at=datetime.now(UTC))

    with pytest.raises(sandbox.NotEmpty):
        actions.mark_sandbox(at=datetime.now(UTC))

    assert not Sandbox.objects.exists()
    assert not facts.is_sandbox()


def test_any_other_house_goes_by_the_real_clock(db: None, unknown: None) -> None:
    with pytest.raises(actions.NoSandbox):
        actions.move(to=datetime.now(UTC) + DAY)

    assert facts.ahead() is None
    assert abs(facts.now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_the_mark_is_one_row_with_a_clock_that_is_not_behind(made: None) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Sandbox.objects.create(pk=2, made_at=datetime.now(UTC))
    with pytest.raises(IntegrityError), transaction.atomic():
        Sandbox.objects.update(ahead=-1)


def test_while_the_database_is_away_the_clock_stands_where_it_was_last(
    made: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    actions.move(to=datetime.now(UTC) + DAY)
    was = facts.ahead()

    def away(*_: object, **__: object) -> None:
        raise Error("away")

    monkeypatch.setattr(Sandbox.objects, "values_list", away)

    assert facts.ahead() == was
