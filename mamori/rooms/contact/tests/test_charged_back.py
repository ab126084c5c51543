"""A card company takes a payment back while the two sides have settled about money: all hear it, and nothing is paid twice."""

from __future__ import annotations

from datetime import datetime

import pytest

from mamori.ground.cases import facts as cases
from mamori.ground.ledger import facts as ledger
from mamori.ground.market import actions as market
from mamori.ground.market.actions import OrderLine
from mamori.ground.outbox import facts as outbox
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact.models import Proposal
from mamori.rooms.contact.offerrefusals import MoneyComesByCard
from mamori.rooms.contact.rules.eligibility import Kind as Wish
from mamori.rooms.contact.rules.proposals import Kind
from mamori.rooms.contact.rules.standing import Turn
from mamori.rooms.contact.tests.agreeing import (
    HOUR,
    ORDER,
    agreed,
    mediated,
    page,
    pay_back,
    running,
    state,
    thread_of,
    told,
)
from mamori.rooms.contact.tests.conftest import (
    MONDAY,
    agent,
    buyer,
    machine,
    pass_time,
    seller,
    sellers_calls,
)
from tests.taking import take

pytestmark = pytest.mark.usefixtures("market_of_two")


def charge_back(at: datetime, refunded: int = 0) -> None:
    market.put_order(machine(at), OrderLine(ref="O-1", charged_back=True, refunded=refunded, **ORDER))
    pass_time(at)


def about(trouble: int) -> str:
    return f"contact.trouble:{trouble}"


def test_an_agreement_about_money_ends_and_both_sides_and_the_agent_hear_what_it_means() -> None:
    trouble, offered = agreed(Kind.FULL_REFUND)
    take(agent(MONDAY + HOUR), trouble)

    charge_back(MONDAY + 2 * HOUR)

    assert Proposal.objects.get(pk=offered).state == "reversed"
    assert {"contact.agreement", "contact.silence"} & running(trouble) == {"contact.silence"}
    first = {
        to: next(iter(outbox.notices(to=to))).body["ja"] for to in ("buyer:B-1", "seller:S-1", "agent:a")
    }
    assert "カード会社から戻ります" in first["buyer:B-1"]
    assert "までにお知らせください" in first["buyer:B-1"]
    assert "あなたからはお金を返さないでください" in first["seller:S-1"]
    assert "出品者がすでに返金していないか" in first["agent:a"]
    assert cases.case_of(about(trouble)).attention == "charged-back"
    assert ledger.acts_about(about(trouble))[-1].kind == "contact.hear_charged_back"
    mine, theirs = page(trouble), page(trouble, for_seller=True)
    assert (mine.standing.turn, theirs.standing.turn) == (Turn.YOURS, Turn.THEIRS)
    assert mine.is_charged_back
    assert theirs.is_charged_back


def test_told_once_it_is_not_told_again_and_nothing_of_it_counts_as_broken() -> None:
    trouble, offered = agreed(Kind.FULL_REFUND)
    due = Proposal.objects.get(pk=offered).due_at
    charge_back(MONDAY + 2 * HOUR)

    charge_back(MONDAY + 3 * HOUR)
    contact.hear_paid_back(machine(MONDAY + 3 * HOUR), order_ref="O-1")
    pass_time(due)

    assert told("seller:S-1").count("reversed_seller") == 1
    assert "agreement_missed" not in told("seller:S-1")
    assert sellers_calls() == ()
    contact.solve(buyer(due), trouble=trouble)
    assert Proposal.objects.get(pk=offered).state == "reversed"


def test_while_the_card_company_pays_no_other_money_can_be_promised() -> None:
    trouble, _ = agreed(Kind.FULL_REFUND)
    charge_back(MONDAY + 2 * HOUR)
    now = MONDAY + 3 * HOUR

    for kind in (Kind.FULL_REFUND, Kind.RETURN_REFUND, Kind.CANCEL):
        with pytest.raises(MoneyComesByCard):
            contact.propose(seller(now), trouble=trouble, kind=kind)
    contact.propose(seller(now), trouble=trouble, kind=Kind.REPAIR)


def test_an_offer_of_money_that_nobody_has_agreed_to_ends_too_and_leaves_the_turn_as_it_is() -> None:
    trouble = mediated()
    offered = contact.propose(buyer(), trouble=trouble, kind=Kind.PART_REFUND, amount=3_000)

    charge_back(MONDAY + HOUR)

    assert Proposal.objects.get(pk=offered).state == "reversed"
    assert "contact.proposal" not in running(trouble)
    assert thread_of(trouble).state == "waiting"
    assert "contact.silence" not in running(trouble)
    [notice] = [one for one in outbox.notices(to="buyer:B-1") if one.template == "contact.reversed_buyer"]
    assert "までにお知らせください" not in notice.body["ja"]
    assert told("agent") == ["reversed_agent"]


def test_an_agreement_about_something_else_stands_and_nobody_is_told() -> None:
    trouble, offered = agreed(Kind.REPLACEMENT)
    before = told("buyer:B-1")

    charge_back(MONDAY + 2 * HOUR)

    assert Proposal.objects.get(pk=offered).state == "accepted"
    assert told("buyer:B-1") == before
    assert page(trouble).is_charged_back


def test_a_broken_agreement_is_owed_no_more_and_the_seller_is_neither_called_nor_urged() -> None:
    trouble, offered = agreed(Kind.FULL_REFUND)
    due = Proposal.objects.get(pk=offered).due_at
    pass_time(due)
    assert [call.why for call in sellers_calls()] == ["agreement_missed"]

    charge_back(due + HOUR)

    found = Proposal.objects.get(pk=offered)
    assert (found.state, found.paid_at) == ("missed", due + HOUR)
    assert sellers_calls() == ()
    assert "contact.urge" not in running(trouble)
    assert "reversed_seller" in told("seller:S-1")
    assert thread_of(trouble).state == "answered"


def test_an_older_broken_agreement_does_not_come_back_when_a_newer_one_is_reversed() -> None:
    trouble, offered = agreed(Kind.REPLACEMENT)
    due = Proposal.objects.get(pk=offered).due_at
    pass_time(due)
    newer = contact.propose(seller(due + HOUR), trouble=trouble, kind=Kind.FULL_REFUND)
    contact.accept(buyer(due + HOUR), proposal=newer)

    charge_back(due + 2 * HOUR)

    assert Proposal.objects.get(pk=newer).state == "reversed"
    assert page(trouble).matter.owed is None


def test_an_offer_that_is_reversed_leaves_an_older_broken_agreement_owed() -> None:
    trouble, offered = agreed(Kind.REPLACEMENT)
    due = Proposal.objects.get(pk=offered).due_at
    pass_time(due)
    contact.propose(seller(due + HOUR), trouble=trouble, kind=Kind.FULL_REFUND)

    charge_back(due + 2 * HOUR)

    assert page(trouble).matter.owed == "broken"


def test_a_wish_for_a_refund_is_still_decided_and_the_buyers_silence_ends_nothing() -> None:
    trouble = mediated()
    contact.propose(seller(), trouble=trouble, kind=Kind.FULL_REFUND)
    contact.ask_remedy(buyer(MONDAY + HOUR), trouble=trouble, wish=Wish.REFUND)

    charge_back(MONDAY + 2 * HOUR)

    assert "contact.silence" not in running(trouble)
    assert state(trouble) == "mediated"


def test_a_seller_who_had_paid_already_is_put_before_a_lead_also_when_the_trouble_is_over() -> None:
    trouble, offered = agreed(Kind.FULL_REFUND)
    pay_back(8_000, MONDAY + 2 * HOUR)
    contact.solve(buyer(MONDAY + 3 * HOUR), trouble=trouble)

    charge_back(MONDAY + 4 * HOUR, refunded=8_000)

    assert Proposal.objects.get(pk=offered).state == "kept"
    assert told("lead") == ["paid_twice"]
    assert "reversed_seller" not in told("seller:S-1")


def test_a_seller_who_pays_in_spite_of_it_is_put_before_a_lead() -> None:
    agreed(Kind.FULL_REFUND)
    charge_back(MONDAY + 2 * HOUR)
    assert told("lead") == []

    charge_back(MONDAY + 3 * HOUR, refunded=8_000)

    assert told("lead") == ["paid_twice"]
