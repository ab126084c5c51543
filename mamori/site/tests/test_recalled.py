"""An upgrade finds in the record who added and invited the staff before that was kept apart."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from mamori.site.tests.houses import House, mamori, told_by

pytestmark = pytest.mark.processes

BEFORE = """
from mamori.site.command import ready
ready()
from datetime import UTC, datetime
from django.db import transaction
from mamori.grammar.hand import Hand, Role
from mamori.ground.ledger import actions as ledger
from mamori.ground.people.models import Account
at = datetime(2026, 9, 1, tzinfo=UTC)
owner, lead = (Hand(by="machine:command/root", role=Role.MACHINE, at=at, via="command"),
               Hand(by="lead:1", role=Role.LEAD, at=at, via="web"))
with transaction.atomic():
    for number, (role, by) in enumerate([("lead", owner), ("agent", lead), ("agent", owner)], 1):
        Account.objects.create(pk=number, email=f"p{number}@example.jp", name="人", role=role, added_at=at, password="!")
        about, whose = f"people.account:{number}", f"staff:{number}"
        ledger.record(by, kind="people.account_added", subject=whose, about=about, payload={"role": role})
    ledger.record(lead, kind="people.invited", subject="staff:3", about="people.account:3", payload={})
"""
"""A house with staff, as the version before left it."""

ARE_TWO = """
from mamori.site.command import ready
ready()
import json
from datetime import timedelta
from mamori.grammar.businesstime import Hours
from mamori.ground.people import seconds
from mamori.ground.people.models import Introduction
from mamori.ground.people.rules import Profile, Size
here = seconds.house(Profile(size=Size.THREE, delay=Hours(24)))
print(json.dumps([Introduction.objects.count(), *(here.is_another(f"staff:{n}", than="staff:1") for n in (2, 3))]))
"""


def test_staff_whom_a_lead_brought_in_before_the_upgrade_are_no_second_people_after_it(
    new_house: Callable[..., House],
) -> None:
    house = new_house(is_set_up=True)
    told_by(BEFORE, house)

    done = [mamori(house, "setup").returncode for _ in range(2)]

    assert done == [0, 0]
    assert json.loads(told_by(ARE_TWO, house)) == [4, False, False]
