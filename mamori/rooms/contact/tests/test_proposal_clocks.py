"""By when a proposal is to be answered, and an agreement to be kept: what its clock says, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from mamori.grammar.text import Text
from mamori.ground.clocks import actions as clocks
from mamori.ground.clocks import calendars
from mamori.ground.clocks import facts as clock_facts
from mamori.ground.clocks.events import DeadlineMoved
from mamori.ground.market import actions as market
from mamori.ground.market.actions import BuyerLine
from mamori.ground.outbox import actions as outboxes
from mamori.ground.outbox import facts as outbox
from mamori.japan.calendar import JAPAN, japanese_calendar
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact import proposing, tasks
from mamori.rooms.contact.models import Proposal, Thread
from mamori.rooms.contact.queries.offers import offers_of
from mamori.rooms.contact.rules.proposals import Kind
from mamori.rooms.contact.rules.standstill import Cause
from mamori.rooms.contact.tests.agreeing import mediated, page
from mamori.rooms.contact.tests.conftest import MONDAY, agent, buyer, lead, machine, pass_time, seller
from tests.laid import laid
from tests.shops import put_shop

HOUR = timedelta(hours=1)
ISHIKAWA, TOKYO = "17", "13"


@laid(autouse=True)
def _apart(market_of_two: None) -> None:
    """Let the seller live in Ishikawa, and the buyer in Tokyo."""
    early = MONDAY - timedelta(days=29)
    address = "〒920-0000 石川県金沢市架空町1"
    put_shop(machine(early), ref="S-1", name="店", mail="shop@example.jp", address=address)
    market.put_buyer(machine(early), BuyerLine(ref="B-1", name="買手", address="東京都世田谷区架空町1"))


@pytest.fixture
def _calendar_of_before() -> Iterator[None]:
    former = list(calendars._SOURCES)
    yield
    calendars._SOURCES[:] = former


def strike(area: str, at: datetime) -> int:
    one = contact.suspend(
        lead(at), areas=(area,), cause=Cause.STORM, began_at=at, with_resolution=False, reason="大雨"
    )
    work(at)
    return one


def lift(one: int, at: datetime) -> None:
    contact.lift_suspension(lead(at), suspension=one, reason="落ち着いた")
    work(at)


def work(at: datetime) -> None:
    while outboxes.work(at=at, limit=100):
        pass


def due(proposal: int) -> set[datetime]:
    """Return every moment that is kept or shown for it: there must be one."""
    row = Proposal.objects.get(pk=proposal)
    clock = proposing.clock_of(row)
    [shown] = [one.due_at for one in offers_of(row.trouble) if one.id == proposal]
    assert clock is not None
    assert shown is not None
    return {moment.astimezone(JAPAN) for moment in (row.due_at, clock.due_at, shown)}


@pytest.mark.parametrize("area", [ISHIKAWA, TOKYO])
def test_a_proposal_waits_for_who_is_struck_and_is_due_later_by_as_much(area: str) -> None:
    trouble = mediated()
    offered = contact.propose(agent(), trouble=trouble, kind=Kind.REPLACEMENT)
    assert due(offered) == {MONDAY + timedelta(days=1)}

    one = strike(area, MONDAY + HOUR)
    pass_time(MONDAY + timedelta(days=2))
    still = page(trouble).offer
    lift(one, MONDAY + timedelta(days=2, hours=1))

    assert still is not None
    assert still.still
    assert Proposal.objects.get().state == "offered"
    assert due(offered) == {MONDAY + timedelta(days=3)}
    assert Thread.objects.get().seller_due_at is not None
    told = [n.to for n in outbox.notices() if n.template == "contact.runs_on"]
    assert {"buyer:B-1", "seller:S-1"} <= set(told)
    pass_time(MONDAY + timedelta(days=3))
    assert Proposal.objects.get().state == "expired"


def test_an_agreement_waits_for_a_struck_seller_and_not_for_a_struck_buyer() -> None:
    offered = contact.propose(seller(), trouble=mediated(), kind=Kind.REPLACEMENT)
    contact.accept(buyer(), proposal=offered)
    [before] = due(offered)

    elsewhere = strike(TOKYO, MONDAY + HOUR)
    running = proposing.clock_of(Proposal.objects.get())
    lift(elsewhere, MONDAY + 2 * HOUR)
    here = strike(ISHIKAWA, MONDAY + 3 * HOUR)
    lift(here, MONDAY + timedelta(days=1, hours=3))

    assert running is not None
    assert running.paused_since is None
    [after] = due(offered)
    assert after > before
    assert Thread.objects.get().seller_due_at == after


@pytest.mark.usefixtures("_calendar_of_before")
def test_a_day_on_which_the_operator_is_closed_moves_it_everywhere() -> None:
    trouble = mediated()
    offered = contact.propose(buyer(), trouble=trouble, kind=Kind.REPLACEMENT)
    calendars.use(
        lambda: japanese_calendar().closing([date(2026, 11, 17)], Text("臨時休業", "closed for the day"))
    )

    def told(moved: clocks.Moved) -> None:
        news = DeadlineMoved(
            subject=moved.about,
            clock=moved.kind,
            about=moved.about,
            old_due_at=moved.old_due_at,
            new_due_at=moved.new_due_at,
        )
        tasks.deadline_moved(news, MONDAY)

    clocks.recompute(told=told)

    assert due(offered) == {datetime(2026, 11, 18, 10, tzinfo=JAPAN)}
    values = page(trouble, for_seller=True)
    assert values.offer is not None
    assert values.offer.due_at == datetime(2026, 11, 18, 10, tzinfo=JAPAN)
    assert clock_facts.next_due(f"contact.trouble:{trouble}") is not None


def test_what_is_over_has_no_clock() -> None:
    offered = contact.propose(agent(), trouble=mediated(), kind=Kind.REPAIR)

    contact.withdraw_proposal(agent(), proposal=offered)

    row = Proposal.objects.get()
    assert proposing.clock_of(row) is None
    assert [one.due_at for one in offers_of(row.trouble)] == [None]
