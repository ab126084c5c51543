"""A registered name that is not verified, or not any more, keeps a seller's proceeds: from its own moment on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest

from mamori.grammar.actor import Actor, Role
from mamori.ground.market.models import Impediment
from mamori.ground.outbox.models import Event
from mamori.japan.calendar import JAPAN
from mamori.law.identification import Method, Registrant
from mamori.rooms.identity import actions
from mamori.rooms.identity.rules import of_version
from tests.shops import put_shop

MONDAY = datetime(2026, 11, 16, 10, tzinfo=JAPAN)


@dataclass(slots=True, kw_only=True)
class Version:
    """A version as its row says."""

    seller_ref: str = "S-1"
    method: str = "jpki"
    until: date | None = None
    covered: bool = True


def test_a_name_that_is_verified_without_end_hinders_nothing() -> None:
    assert list(of_version(Version())) == []
    assert list(of_version(Version(until=date.max))) == []


def test_a_name_that_is_not_verified_or_changed_since_hinders_from_when_it_was_told() -> None:
    (unverified,), (changed,) = (
        of_version(Version(method="", covered=False)),
        of_version(Version(covered=False, until=date(2026, 11, 20))),
    )

    assert (unverified.code, unverified.since) == ("identity-unverified", None)
    assert (changed.code, changed.since) == ("identity-changed", None)


def test_a_check_that_ends_hinders_from_the_midnight_after_its_last_day() -> None:
    (ended,) = of_version(Version(until=date(2026, 11, 20)))

    assert ended.code == "identity-expired"
    assert ended.since == datetime(2026, 11, 21, tzinfo=JAPAN)


@pytest.mark.django_db
def test_what_is_to_come_is_told_when_it_has_come_and_not_before() -> None:
    actor = Actor(by="machine:test", role=Role.MACHINE, at=MONDAY, via="test")
    put_shop(
        actor, ref="S-1", name="店", legal_name="山田 花子", registered_as=Registrant.PERSON,
        verified_by=Method.JPKI, verified_at=MONDAY, verified_until=MONDAY.date(),
    )  # fmt: skip
    before = Event.objects.filter(kind="market.clearance_changed").count()
    end = Actor(by="machine:test", role=Role.MACHINE, at=MONDAY + timedelta(hours=14), via="clock")

    actions.expire(end, seller_ref="S-1")
    actions.expire(end, seller_ref="S-1")

    assert before == 0
    assert Event.objects.filter(kind="market.clearance_changed").count() == 1
    assert [row.told_at for row in Impediment.objects.all()] == [end.at]
