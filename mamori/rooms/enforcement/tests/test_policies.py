"""Which version of the policy binds on which day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from mamori.rooms.enforcement.lifecycle import PolicyState
from mamori.rooms.enforcement.models import Policy
from mamori.rooms.enforcement.policy import records
from mamori.rooms.enforcement.policy.rules import table
from mamori.rooms.enforcement.policy.rules.table import DECLARED

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 12, 1, 3, tzinfo=UTC)


def published(number: int, binds_on: date, state: PolicyState) -> Policy:
    return Policy.objects.create(
        number=number,
        table=table.stored(DECLARED),
        drafted_by="staff:1",
        proposed_by="staff:1",
        approved_by="staff:2",
        state=state,
        drafted_at=NOON,
        published_at=NOON,
        binds_on=binds_on,
        closed_at=NOON if state is PolicyState.REPLACED else None,
    )


def test_the_declared_table_binds_until_one_is_published() -> None:
    assert records.in_force(NOON).number == 0
    assert records.in_force(NOON).table == DECLARED


def test_each_version_binds_from_its_day_in_japan_even_when_the_clock_rings_late() -> None:
    published(1, date(2026, 12, 1), PolicyState.REPLACED)
    published(2, date(2026, 12, 10), PolicyState.IN_FORCE)
    published(3, date(2026, 12, 20), PolicyState.ANNOUNCED)
    before_midnight = datetime(2026, 12, 19, 14, 59, tzinfo=UTC)

    numbers = [
        records.in_force(at).number
        for at in (NOON - timedelta(days=1), NOON, NOON + timedelta(days=10), before_midnight)
    ]

    assert numbers == [0, 1, 2, 2]
    assert records.in_force(before_midnight + timedelta(minutes=1)).number == 3


def test_a_version_is_put_before_zen_once() -> None:
    published(1, date(2026, 12, 1), PolicyState.IN_FORCE)

    first, second = records.in_force(NOON), records.in_force(NOON)

    assert first is second


def test_another_table_of_the_same_number_is_put_before_zen_anew() -> None:
    one = published(1, date(2026, 12, 1), PolicyState.IN_FORCE)
    first = records.in_force(NOON)
    one.table["expires_days"] = 100
    one.save()

    assert (first.expires_days, records.in_force(NOON).expires_days) == (365, 100)


def test_what_was_never_published_cannot_be_asked() -> None:
    draft = Policy(number=9, table=table.stored(DECLARED))

    with pytest.raises(ValueError, match="never published"):
        records.made_ready(draft)
