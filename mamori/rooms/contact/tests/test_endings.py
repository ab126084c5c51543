"""What ends is told to the seller too; a case asks for no mediator that it has, and agreements are counted."""

from __future__ import annotations

from decimal import Decimal

import pytest

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.ground.cases import actions as cases_actions, facts as cases
from mamori.ground.outbox import facts as outbox
from mamori.japan.calendar import Month
from mamori.law.figures import AGREEMENTS_KEPT
from mamori.rooms.contact import actions as contact, facts
from mamori.rooms.contact.models import Proposal
from mamori.rooms.contact.queries import board
from mamori.rooms.contact.queries.board import unassigned_mediations
from mamori.rooms.contact.queries.counts import health as seller_health
from mamori.rooms.contact.queries.figures import figures
from mamori.rooms.contact.rules.proposals import Kind
from mamori.rooms.contact.rules.reasons import NoRemedyBecause
from mamori.rooms.contact.tests.agreeing import (
    HOUR,
    MONTH,
    agreed,
    mediated,
    pay_back,
    thread_of,
    told,
)
from mamori.rooms.contact.tests.conftest import (
    MONDAY,
    agent,
    buyer,
    lead,
    machine,
    open_trouble,
    pass_time,
    seller,
)

pytestmark = pytest.mark.usefixtures("market_of_two")


def test_the_seller_hears_that_it_ended_and_what_that_means_for_an_agreement() -> None:
    trouble, _ = agreed()
    contact.withdraw(buyer(MONDAY + 2 * HOUR), trouble=trouble)

    notice = outbox.notices(to="seller:S-1")[0]
    assert notice.template == "contact.ended_over_agreement"
    assert "取り下げられた" in notice.body["ja"]
    assert "代わりの品を送る" in notice.body["ja"]


@pytest.mark.parametrize("with_agreement", [True, False])
def test_the_seller_hears_of_a_solution_and_need_do_nothing(with_agreement: bool) -> None:
    trouble = agreed()[0] if with_agreement else open_trouble()

    contact.solve(buyer(MONDAY + 2 * HOUR), trouble=trouble)

    assert told("seller:S-1")[0] == "ended"


def test_the_seller_hears_of_a_refusal_and_of_a_buyer_who_did_not_reply() -> None:
    trouble = mediated()
    contact.refuse_remedy(lead(), trouble=trouble, because=NoRemedyBecause.LIMITS, reason="x")
    second = open_trouble(order_ref="O-3")
    contact.answer(seller(), thread=thread_of(second).pk, said="交換します")
    pass_time(MONDAY + MONTH)

    assert told("seller:S-1").count("ended") == 2


def attention(trouble: int) -> str | None:
    return cases.case_of(f"contact.trouble:{trouble}").attention


def test_a_case_asks_for_a_mediator_no_more_once_somebody_has_it_or_both_agree() -> None:
    trouble = mediated()
    assert attention(trouble) == "mediation-asked"
    contact.follow_case(machine(), trouble=trouble, to="agent:a")
    assert attention(trouble) is None

    other = open_trouble(order_ref="O-3")
    contact.request_mediation(buyer(), trouble=other)
    offered = contact.propose(seller(), trouble=other, kind=Kind.REPAIR)
    assert attention(other) == "mediation-asked"
    contact.accept(buyer(), proposal=offered)
    assert attention(other) is None
    assert unassigned_mediations().count() == 1


def test_a_mediation_whose_refund_is_instructed_is_not_listed_as_taken_by_nobody() -> None:
    trouble = mediated()
    assert unassigned_mediations().count() == 1

    contact.grant_remedy(agent(), trouble=trouble, amount=8_000, reason="x")

    assert unassigned_mediations().count() == 0


def test_what_a_second_reader_owes_stays_asked_when_both_agree() -> None:
    trouble = mediated()
    cases_actions.update(
        about=f"contact.trouble:{trouble}",
        state="mediated",
        lead=None,
        closed_at=None,
        attention="second-reader",
    )
    offered = contact.propose(seller(), trouble=trouble, kind=Kind.REPAIR)
    contact.accept(buyer(), proposal=offered)

    assert attention(trouble) == "second-reader"


def kept_share(month: Month) -> tuple[Decimal | None, int]:
    [found] = [one for one in figures(month, at=MONDAY + MONTH) if one.figure is AGREEMENTS_KEPT]
    return found.value, found.of


def test_agreements_kept_and_broken_are_counted_and_the_broken_ones_listed_until_the_end() -> None:
    trouble, offered = agreed(Kind.FULL_REFUND)
    due = Proposal.objects.get(pk=offered).due_at
    assert kept_share(Month(2026, 11)) == (None, 0)
    pass_time(due)

    listed = board.agreements()
    assert facts.board(due).agreements == 1
    assert [(row.at, row.shop) for row in listed.items] == [(due, "店")]
    assert kept_share(Month(2026, 11)) == (Decimal(0), 1)
    pay_back(8_000, due + HOUR)
    assert facts.board(due).agreements == 0
    health = seller_health("S-1", due + HOUR)
    assert (health.agreements_kept, health.agreements_broken) == (0, 1)
    contact.solve(buyer(due + HOUR), trouble=trouble)
    assert kept_share(Month(2026, 11)) == (Decimal(0), 1)


@pytest.mark.parametrize("role", [Role.AGENT, Role.LEAD, Role.COUNSEL])
def test_the_list_of_agreements_not_kept_opens_for_staff(enter: Enter, role: Role) -> None:
    _, offered = agreed()
    pass_time(Proposal.objects.get(pk=offered).due_at)

    said = enter(role).get("/desk/lists/agreements/").content.decode()

    assert "守られていない合意" in said
    assert "店" in said
