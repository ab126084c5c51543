"""The clocks of many payouts are read and written together, however many a decision touches, and what goes at once has none."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mamori.ground.cases import facts as cases
from mamori.ground.clocks.models import IS_OPEN, Clock
from mamori.rooms.payouts import actions
from mamori.rooms.payouts.actions import Asked
from mamori.rooms.payouts.models import Payout
from mamori.rooms.payouts.tests.conftest import MONDAY, expired, machine, pays_to, registered
from tests.shops import put_shop

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shops", "staff")]


def ask_for(many: int) -> list[str]:
    """Ask for so many payouts at once, and return the statements about clocks that this made."""
    asked = [Asked(f"P-{many}-{number}", "S-1", 1_000) for number in range(many)]
    with CaptureQueriesContext(connection) as made:
        actions.authorize_all(machine(), asked=asked)
    return [one["sql"] for one in made if '"clocks_clock"' in one["sql"]]


def test_what_goes_at_once_costs_no_look_at_clocks_nor_cases() -> None:
    pays_to()

    assert ask_for(5) == []
    assert not Clock.objects.filter(about__startswith="payouts.payout:").exists()
    assert (
        cases.numbers_of([f"payouts.payout:{ref}" for ref in Payout.objects.values_list("ref", flat=True)])
        == {}
    )


def test_the_clocks_of_new_payouts_that_wait_are_written_at_once_and_none_is_looked_for() -> None:
    expired()
    pays_to()

    few, many = ask_for(2), ask_for(9)

    assert len(few) == len(many) == 1
    assert many[0].startswith("INSERT")
    assert Clock.objects.filter(IS_OPEN, about__startswith="payouts.payout:").count() == 22


def test_the_clocks_of_all_that_goes_on_are_read_and_stopped_at_once() -> None:
    expired()
    pays_to()
    ask_for(9)
    put_shop(machine(MONDAY), **registered(verified_at=MONDAY))

    with CaptureQueriesContext(connection) as made:
        actions.reconsider(machine(), seller_ref="S-1")

    about_clocks = [one["sql"] for one in made if '"clocks_clock"' in one["sql"]]
    assert sum(sql.startswith("UPDATE") for sql in about_clocks) == 1
    assert sum("payouts.payout:" in sql for sql in about_clocks) == 1, "the account's are read by themselves"
    stopped = Clock.objects.filter(about__startswith="payouts.payout:")
    assert set(stopped.values_list("outcome", "why")) == {("stopped", "reconsider")}
    assert not Payout.objects.filter(waiting_since__isnull=False).exists()


def test_objections_to_all_that_goes_on_waiting_are_read_at_once_and_none_where_nothing_waits_any_more() -> (
    None
):
    expired()
    asked = [Asked(f"P-{number}", "S-1", 1_000) for number in range(9)]

    with CaptureQueriesContext(connection) as when_new:
        actions.authorize_all(machine(), asked=asked)
    with CaptureQueriesContext(connection) as when_other_reasons:
        pays_to(at=MONDAY)
    with CaptureQueriesContext(connection) as when_it_goes:
        put_shop(machine(MONDAY), **registered(verified_at=MONDAY))
        actions.reconsider(machine(), seller_ref="S-1")

    every = (when_new, when_other_reasons, when_it_goes)
    looks = [sum('"payouts_objection"' in one["sql"] for one in made) for made in every]
    assert looks == [0, 1, 0]
    assert not Payout.objects.filter(waiting_since__isnull=False).exists()
