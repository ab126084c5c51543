"""Two years of a house as everybody reads them at its addresses: nothing small follows from all of it together."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from mamori.grammar.actor import Actor, Role
from mamori.ground.declared import memory
from mamori.ground.ledger import actions as ledger
from mamori.ground.people.models import Account
from mamori.rooms.disclosure.editions import actions
from mamori.rooms.disclosure.measures import queries as counted
from mamori.rooms.disclosure.measures.rules import settled_at
from mamori.rooms.disclosure.models import Edition, MonthFigure
from tests.halfyear.attacker import Seen, leaks
from tests.halfyear.drawing import HALVES, HOUSES, World, drawn
from trials.sizes import sized

pytestmark = pytest.mark.django_db


def actor(by: str, role: Role, half: int, nth: int) -> Actor:
    at = settled_at(HALVES[half].months[-1]) + timedelta(days=1 + nth)
    return Actor(by=by, role=role, at=at, via="test")


def read(path: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Client().get(path, secure=True).content)
    return found


def live(world: World, monkeypatch: pytest.MonkeyPatch) -> Seen:
    """Let two years be counted and published, and each half-year be corrected twice; return all that was ever read."""
    for number, role in ((2, "lead"), (3, "counsel")):
        Account.objects.create(
            pk=number, email=f"{number}@example.jp", name=role, role=role, added_at=HALVES[0].since
        )
    with memory.act():
        first = Actor(by="machine:test", role=Role.MACHINE, at=HALVES[0].since, via="test")
        ledger.record(first, kind="people.added", subject=ledger.MARKET, about="house")
    for month, (counts, *_) in world.months.items():
        MonthFigure.objects.bulk_create(
            MonthFigure(
                month=month.since.date(),
                code=one.code,
                version=1,
                count=one.count,
                took=one.took,
                counted_at=settled_at(month),
            )
            for one in counts.values()
        )
    figures, editions = [read("/measures/figures.json")], []
    for nth in range(3):
        monkeypatch.setattr(counted, "count", lambda month, nth=nth: dict(world.months[month][nth]))
        for place, half in enumerate(HALVES):
            number = actions.draft_edition(
                actor("lead:2", Role.LEAD, place, nth), half=str(half), reason="数え直した。"
            )
            actions.release_edition(actor("counsel:3", Role.COUNSEL, place, nth), edition=number)
            editions.append(
                read(f"/measures/editions/{half}/{Edition.objects.get(pk=number).number}/edition.json")
            )
        figures.append(read("/measures/figures.json"))
    return Seen(figures=figures, editions=editions)


@pytest.mark.sized
@pytest.mark.parametrize("size", sized(["small"], list(HOUSES)))
def test_nothing_small_follows_from_all_that_a_house_ever_said_in_two_years(
    size: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = live(drawn(HOUSES[size], 7), monkeypatch)

    assert len(seen.figures[-1]["months"]) == 24
    assert len(seen.editions) == 12
    assert leaks(seen) == []
