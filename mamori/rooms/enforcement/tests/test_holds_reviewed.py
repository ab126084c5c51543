"""What its clause says is looked at in the middle of its days is, and the seller is told when, and what ends it earlier."""

from __future__ import annotations

from datetime import timedelta

import pytest

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.grammar.measure import Reach, Severity
from mamori.grammar.text import Text
from mamori.ground.clocks import facts as clocks
from mamori.ground.market import actions as market
from mamori.ground.market.actions import ListingLine, ReviewLine
from mamori.ground.outbox import facts as outbox
from mamori.japan.calendar import spoken
from mamori.law.measures import MEASURES, measure as declared
from mamori.rooms.enforcement import facts
from mamori.rooms.enforcement.findings import actions as findings, matter as records
from mamori.rooms.enforcement.findings.matter import Subject
from mamori.rooms.enforcement.findings.queries import matter_of
from mamori.rooms.enforcement.measures import statements
from mamori.rooms.enforcement.measures.actions import deciding, standing
from mamori.rooms.enforcement.models import Finding, Measure
from mamori.rooms.enforcement.rules.bounds import Source
from mamori.rooms.enforcement.tests.conftest import (
    MONDAY,
    agent,
    answer,
    counsel,
    decided,
    lead,
    machine,
    ring,
    seller,
    wish,
)

pytestmark = pytest.mark.usefixtures("shops")


def test_a_hold_of_money_is_reviewed_after_half_of_its_days_and_ends_on_its_day() -> None:
    measure = decided("payout-held", 14)
    answer(measure.instruction)
    assert measure.review_at is not None
    assert MONDAY + timedelta(days=7) <= measure.review_at < MONDAY + timedelta(days=8)
    assert facts.held(at=MONDAY)[0].measure.review_at == measure.review_at

    ring(measure.review_at)

    assert "enforcement.to_review" in [one.template for one in outbox.notices(to="lead", limit=50)]
    kinds = {one.kind for one in clocks.open_clocks(f"enforcement.measure:{measure.pk}")}
    assert kinds == {"enforcement.end", "enforcement.review"}  # asked for again, until somebody looked
    assert measure.ends_at is not None
    ring(measure.ends_at + timedelta(minutes=1))
    assert Measure.objects.get(pk=measure.pk).state == "lifting"


def test_the_seller_is_told_when_its_money_is_looked_at_again() -> None:
    measure = decided("payout-held", 14)

    told = next(n for n in outbox.notices(to="seller:S-1", limit=9) if n.template == "enforcement.decided")

    assert measure.review_at is not None
    assert spoken(measure.review_at).ja in told.body["ja"]
    assert spoken(measure.review_at).en in told.body["en"]


def test_another_measure_with_an_end_has_no_review() -> None:
    assert decided().review_at is None
    assert decided("notice", 0, origin="test:2").review_at is None


@pytest.mark.parametrize("kind", [one.code for one in MEASURES if one.reviewed or not one.is_timed])
def test_every_measure_that_is_reviewed_says_when_in_its_statement(kind: str) -> None:
    if kind == "notice":
        return
    days = declared(kind).days.usual if declared(kind).days else 0  # type: ignore[union-attr]
    measure = a_measure(kind, days)
    statement = statements.read(measure)

    assert statement is not None
    assert measure.review_at is not None
    assert spoken(measure.review_at).ja in statement.part("time").ja  # type: ignore[union-attr]
    assert measure.ends_at is None or measure.review_at < measure.ends_at


def a_measure(kind: str, days: int) -> Measure:
    """Decide on a measure against something that the seller has of every kind."""
    line = ListingLine(ref="L-1", seller="S-1", name="品", price=8_000, category="食器")
    market.put_listing(machine(), line)
    review = ReviewLine(ref="R-1", listing="L-1", seller="S-1", stars=5, posted_at=MONDAY)
    market.put_review(machine(), review)
    finding = findings.find(
        agent(),
        breach="fake-review" if kind == "review-removed" else "effects",
        severity=Severity.SERIOUS,
        harm=Reach.NONE,
        subject=Subject(seller="S-1", listing="L-1", review="R-1", category="食器"),
        facts=(Text("偽物", "a counterfeit"),),
        origin="test:any",
        source=Source.STAFF,
    )
    findings.ask_view(agent(), finding=finding)
    findings.state_view(seller(), finding=finding, said="本物です")
    number = deciding.decide(lead(), finding=finding, wish=wish(kind, days))
    if Finding.objects.get(pk=finding).state == "proposed":
        deciding.approve(counsel(), measure=number)
    return Measure.objects.get(pk=number)


def test_a_closed_category_opens_again_once_it_is_seen_to_be_put_right() -> None:
    measure = a_measure("category-closed", 30)
    answer(measure.instruction)
    titles = [one.ja for one in matter_of(seller(), records.number(measure.finding)).ending_by_cure]

    standing.note_cured(agent(), finding=measure.finding_id, reason="許可証を確かめた")

    found = Measure.objects.get(pk=measure.pk)
    assert titles == ["分野の出品停止"]
    assert (found.state, found.ended_because) == ("lifting", "cured")


@pytest.mark.parametrize(
    ("kind", "days", "words"),
    [
        ("category-closed", 30, "「分野の出品停止」を早く終えます"),
        ("suspended", 30, "早く終えることがあります"),
    ],
)
def test_after_the_decision_no_page_promises_a_milder_one(
    enter: Enter, kind: str, days: int, words: str
) -> None:
    measure = a_measure(kind, days)
    number = records.number(measure.finding)

    shop = enter(Role.SELLER, "seller:S-1").get(f"/seller/measures/{number}/").content.decode()
    desk = enter(Role.AGENT).get(f"/desk/cases/{number}/enforcement/cured/").content.decode()

    assert words in shop
    assert "判断で軽くなる事情" not in shop
    assert "措置はもう決まっています" in desk
    assert "基準の答えが軽くなります" not in desk
