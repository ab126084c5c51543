"""The sample marketplace carries out measures, and ends as it is asked to in whatever order it hears."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from itertools import permutations
from typing import Any

import pytest

from mamori.grammar.actor import Actor, Role
from mamori.ground.market import actions as market, facts
from mamori.ground.market.actions import ListingLine, ReviewLine, SellerLine
from mamori.ground.market.kinds import MEASURES, Target
from mamori.ground.outbox.models import Event
from mamori.site.demo.performance import Clerk

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)
LEAD = Actor(by="staff:1", role=Role.LEAD, at=NOW, via="test")
MACHINE = Actor(by="machine", role=Role.MACHINE, at=NOW, via="test")
TARGETS = {Target.LISTING: "L-1", Target.REVIEW: "R-1", Target.SELLER: "S-1"}


@pytest.fixture(autouse=True)
def _known(db: None) -> None:
    market.put_seller(MACHINE, SellerLine(ref="S-1", name="みずうみ商店"))
    market.put_listing(MACHINE, ListingLine(ref="L-1", seller="S-1", name="匙", price=1))
    market.put_review(MACHINE, ReviewLine(ref="R-1", listing="L-1", seller="S-1", stars=1, posted_at=NOW))


def hooks() -> list[dict[str, Any]]:
    return [json.loads(event.body) | {"type": event.kind} for event in Event.objects.order_by("pk")]


def work(clerk: Clerk, heard: list[dict[str, Any]] | None = None) -> None:
    clerk.hear(hooks() if heard is None else heard)
    for fact in facts.instructions_out(about=""):
        market.confirm(MACHINE, instruction=fact.ref, outcome=clerk.answers[fact.ref])


@pytest.mark.parametrize("kind", MEASURES.values(), ids=MEASURES.keys())
def test_each_measure_sets_its_switch_and_its_undoing_clears_it(kind: Any) -> None:
    clerk, detail = Clerk(), "食品" if kind.detail else ""

    given = market.order_measure(
        LEAD,
        kind=kind.code,
        seller_ref="S-1",
        target_ref=TARGETS[kind.target],
        about="m:1",
        detail=detail,
    )
    work(clerk)
    on = set(clerk.on)
    market.undo(LEAD, instruction=given)
    work(clerk)

    assert on == {(kind.code, TARGETS[kind.target], detail)}
    assert clerk.on == set()
    assert facts.instructions_out(about="") == ()


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_measure_that_is_undone_at_once_never_stays_on(order: tuple[int, ...]) -> None:
    clerk = Clerk()
    given = market.order_measure(LEAD, kind="hide_listing", seller_ref="S-1", target_ref="L-1", about="m:1")
    market.undo(LEAD, instruction=given)
    heard = hooks()

    work(clerk, [heard[place] for place in order])
    work(clerk)

    assert clerk.on == set()
    assert facts.instructions_out(about="") == ()
