"""A danger outlives a house that is killed, and one that is brought back elsewhere: it burns on, and its clock rings."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from mamori.site.tests.houses import House, mamori, told_by
from trials.house import Up, up

pytestmark = pytest.mark.processes
PATIENCE = 300.0

REPORT = """
from mamori.site.command import ready
ready()
from datetime import UTC, datetime, timedelta
from mamori.grammar.actor import Actor, Role
from mamori.ground.market import actions as market
from mamori.law.complaints import DangerAnswer
from mamori.rooms.complaints.tests.conftest import reported
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact.topics import Harm, Topic
from tests.shops import put_shop
at = datetime.now(UTC) - timedelta(hours=4, seconds=-10)
actor = Actor(by="machine:test", role=Role.MACHINE, at=at - timedelta(days=1), via="test")
put_shop(actor, ref="S-1", name="shop", mail="s@example.jp")
market.put_buyer(actor, market.BuyerLine(ref="B-1", name="buyer"))
market.put_listing(actor, market.ListingLine(ref="L-1", seller="S-1", name="charger", price=4_800))
market.put_order(actor, market.OrderLine(ref="O-1", buyer="B-1", seller="S-1", amount=4_800, ordered_at=actor.at))
reported(at=at, danger=(DangerAnswer.INJURY,))
buyer = Actor(by="buyer:B-1", role=Role.BUYER, at=at, via="test")
told = {"topic": Topic.BROKEN, "harm": Harm.DANGER, "said": "発火しました", "centre_may_read": True}
contact.open_trouble(buyer, order_ref="O-1", **told)
"""
"""It was reported ten seconds less than four hours ago: its clock is about to ring."""

BURNS = """
from mamori.site.command import ready
ready()
import json
from mamori.ground.cases.models import Case
from mamori.ground.clocks import facts as clocks
from mamori.ground.outbox.models import Notice
from mamori.rooms.contact.models import Call
cases = [
    {
        "about": case.about,
        "asks": case.attention,
        "urgent": case.urgent_since.isoformat(),
        "clocks": {one.kind: one.due_at.isoformat() for one in clocks.open_clocks(case.about)},
    }
    for case in Case.objects.filter(urgent_since__isnull=False, closed_at__isnull=True).order_by("about")
]
calls = Call.objects.filter(whom="buyer", closed_at__isnull=True).count()
print(json.dumps([cases, calls, Notice.objects.filter(template="complaints.danger_stands").count()]))
"""


def burns(house: House) -> tuple[list[dict[str, Any]], int, int]:
    cases, calls, rings = json.loads(told_by(BURNS, house))
    return cases, calls, rings


def killed(house: Up) -> None:
    """Kill all of a house at once, as a power cut does."""
    house.process.kill()
    for name in ("worker", "web"):
        with suppress(ProcessLookupError):
            os.killpg(house.program(name), signal.SIGKILL)
    house.process.wait()


def test_a_danger_burns_on_in_a_house_that_was_killed_and_in_one_that_was_brought_back(
    new_house: Callable[..., House], tmp_path: Path
) -> None:
    home, other = new_house(is_set_up=True), new_house()
    env = {**os.environ, **home}
    with up(env) as house:
        told_by(REPORT, home)
        before, calls, _ = burns(home)
        killed(house)
    assert [(one["about"].partition(":")[0], one["asks"]) for one in before] == [
        ("complaints.complaint", "danger"),
        ("contact.trouble", "danger"),
        ("safety.accident", "look"),
    ]

    with up(env) as again:
        until = time.monotonic() + PATIENCE
        while not burns(home)[2]:
            assert time.monotonic() < until
        killed(again)
    after = burns(home)

    assert calls == after[1] == 1
    assert [(one["about"], one["asks"], one["urgent"]) for one in after[0]] == [
        (one["about"], one["asks"], one["urgent"]) for one in before
    ]
    assert after[0][0]["clocks"]["complaints.danger"] > before[0]["clocks"]["complaints.danger"]
    files = [str(tmp_path / name) for name in ("house.backup", "keys.backup")]
    for command in ((home, "backup"), (other, "restore")):
        done = mamori(command[0], command[1], files[0], "--keys", files[1])
        assert done.returncode == 0, done.stderr
    assert burns(other) == after
