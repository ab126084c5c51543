"""Recoveries are settled by their rule."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mamori.ground.clocks.models import Clock
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact.tests.conftest import seller
from mamori.rooms.contact.tests.test_money import OVERDUE, confirmed, recovery_of

pytestmark = pytest.mark.usefixtures("market_of_two", "settled_contact")


def test_a_seller_who_adds_to_its_view_moves_no_clock() -> None:
    recovery = recovery_of(confirmed()).id
    about = f"contact.recovery:{recovery}"
    contact.state_view(seller(OVERDUE + timedelta(hours=1)), recovery=recovery, said="同意しません")
    [first] = Clock.objects.filter(about=about, done_at=None)
    contact.state_view(seller(OVERDUE + timedelta(hours=9)), recovery=recovery, said="補足です")
    [now] = Clock.objects.filter(about=about, done_at=None)

    assert (now.kind, now.due_at, now.pk) == ("contact.recovery_review", first.due_at, first.pk)
