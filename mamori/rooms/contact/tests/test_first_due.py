"""What was solved in time is measured by the time that was promised at first."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mamori.rooms.contact import actions as contact
from mamori.rooms.contact.facts import Month
from mamori.rooms.contact.models import Trouble
from mamori.rooms.contact.queries.figures import figures
from mamori.rooms.contact.tests.conftest import MONDAY, buyer, open_trouble
from mamori.rooms.contact.tests.test_paid_back import TUESDAY, tell

pytestmark = pytest.mark.usefixtures("market_of_two")


def test_what_is_solved_in_the_time_that_began_anew_was_not_solved_in_time() -> None:
    trouble = open_trouble()
    tell(MONDAY, 8_000)
    contact.say_unsolved(buyer(TUESDAY), trouble=trouble, said="商品が二つ届きました")
    again = Trouble.objects.get(pk=trouble)
    solved = again.resolution_due_at - timedelta(hours=1)
    assert again.first_due_at is not None
    assert again.first_due_at < solved

    contact.solve(buyer(solved), trouble=trouble)

    counted = {
        one.figure.code: one
        for one in figures(Month(2026, 11), at=again.resolution_due_at + timedelta(days=9))
    }
    assert counted["contact.resolved_in_time"].value == 0
    assert counted["contact.resolved_in_time"].of == 1
