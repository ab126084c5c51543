"""By when a proposal is to be answered, and an agreement to be kept: what its clock says, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from mamori.grammar.text import Text
from mamori.ground.clocks import actions as clocks, facts as clock_facts, standing
from mamori.ground.clocks.events import DeadlineMoved
from mamori.japan.calendar import JAPAN, japanese_calendar
from mamori.rooms.contact import actions as contact, proposing, tasks
from mamori.rooms.contact.models import Proposal, Thread
from mamori.rooms.contact.queries.offers import offers_of
from mamori.rooms.contact.rules.proposals import Kind
from mamori.rooms.contact.tests.agreeing import mediated, page
from mamori.rooms.contact.tests.conftest import MONDAY, agent, buyer, pass_time, seller
from mamori.rooms.contact.tests.test_standstill import HOURS_TO_THURSDAY, held

pytestmark = pytest.mark.usefixtures("market_of_two")


@pytest.fixture
def _calendar_of_before() -> Iterator[None]:
    former = list(standing._SOURCES)
    yield
    standing._SOURCES[:] = former


def due(proposal: int) -> set[datetime]:
    """Return every moment that is kept or shown for it: there must be one."""
    row = Proposal.objects.get(pk=proposal)
    clock = proposing.clock_of(row)
    [shown] = [one.due_at for one in offers_of(row.trouble) if one.id == proposal]
    assert clock is not None
    assert shown is not None
    return {moment.astimezone(JAPAN) for moment in (row.due_at, clock.due_at, shown)}


def test_a_proposal_and_an_agreement_stand_still_with_their_case_and_every_copy_of_the_moment() -> None:
    number = mediated()
    offered = contact.propose(agent(), trouble=number, kind=Kind.REPLACEMENT)
    assert due(offered) == {MONDAY + timedelta(days=1)}

    held(f"contact.trouble:{number}")
    [later] = due(offered)
    pass_time(MONDAY + timedelta(days=2))
    contact.accept(buyer(MONDAY + timedelta(days=2)), proposal=offered)
    contact.accept(seller(MONDAY + timedelta(days=2)), proposal=offered)
    [agreed] = due(offered)

    assert later == MONDAY + timedelta(days=1) + HOURS_TO_THURSDAY
    assert agreed > later
    assert Thread.objects.get().seller_due_at == agreed


@pytest.mark.usefixtures("_calendar_of_before")
def test_a_day_on_which_the_operator_is_closed_moves_it_everywhere() -> None:
    trouble = mediated()
    offered = contact.propose(buyer(), trouble=trouble, kind=Kind.REPLACEMENT)
    standing.use_calendar(
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
