"""A seller offers a refund from the first inquiry on: beside the answer, without a mediation, and the buyer alone accepts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.statechart import StepNotOpen
from mamori.ground.clocks import facts as clocks
from mamori.ground.market.models import Order
from mamori.japan.calendar import spoken
from mamori.rooms.contact import actions as contact, facts
from mamori.rooms.contact.actions.mediation import NoMediation
from mamori.rooms.contact.centre.actions import OfferWaits, ask_seller
from mamori.rooms.contact.centre.rules import Readers
from mamori.rooms.contact.ending import RefundUnderWay
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.models import Mediation, Message, Proposal, Trouble
from mamori.rooms.contact.offerrefusals import MoneyComesByCard, ProposalWaits, ProposedAmountOutOfRange
from mamori.rooms.contact.rules.deeds import Deed
from mamori.rooms.contact.rules.proposals import Kind
from mamori.rooms.contact.tests.agreeing import HOUR, page, pay_back, running, state, thread_of, told
from mamori.rooms.contact.tests.conftest import (
    EVES,
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

PART = {"said": "割れていました。半分をお返しします。", "refund": "part_refund", "amount": "3000"}


def offered(trouble: int, kind: Kind = Kind.FULL_REFUND, amount: int = 0, at: datetime = MONDAY) -> int:
    return contact.propose(seller(at), trouble=trouble, kind=kind, amount=amount)


def due(trouble: int, kind: str) -> datetime | None:
    running = clocks.open_clocks(f"contact.trouble:{trouble}")
    return next((one.due_at for one in running if one.kind == kind), None)


def test_it_counts_as_an_answer_and_stops_no_clock_of_the_solution() -> None:
    trouble = open_trouble()
    solution = due(trouble, "contact.resolution")

    offered(trouble)

    assert thread_of(trouble).state == "answered"
    assert (state(trouble), Mediation.objects.count()) == ("open", 0)
    assert running(trouble) == {"contact.resolution", "contact.proposal", "contact.silence"}
    assert due(trouble, "contact.resolution") == solution
    assert "refund_offered" in told("buyer:B-1")


def test_the_buyer_alone_accepts_and_the_page_says_when_the_money_comes() -> None:
    trouble = open_trouble()
    offer = offered(trouble, Kind.PART_REFUND, 3_000)
    assert page(trouble).deeds & {Deed.ACCEPT, Deed.DECLINE, Deed.COUNTER} == {Deed.ACCEPT, Deed.DECLINE}

    contact.accept(buyer(MONDAY + HOUR), proposal=offer)

    found = Proposal.objects.get(pk=offer)
    assert (found.state, found.amount) == ("accepted", 3_000)
    assert due(trouble, "contact.agreement") == found.due_at
    assert f"お金は{spoken(found.due_at).ja}までに戻る予定です" in page(trouble).standing.next.ja
    assert "contact.resolution" in running(trouble)


def test_what_both_agreed_on_stops_the_answer_clock_whoever_wrote_last() -> None:
    trouble = open_trouble()
    offer = offered(trouble)
    contact.write(buyer(MONDAY + HOUR), thread=thread_of(trouble).pk, said="いつ戻りますか。")
    assert "contact.answer" in running(trouble)

    contact.accept(buyer(MONDAY + 2 * HOUR), proposal=offer)

    assert thread_of(trouble).state == "answered"
    assert not {"contact.answer", "contact.urging"} & set(running(trouble))
    pass_time(MONDAY + 40 * HOUR)
    assert Mediation.objects.count() == 0


def test_while_the_offer_waits_for_the_buyer_the_seller_is_not_asked_anew() -> None:
    trouble = open_trouble()
    offered(trouble)
    thread = thread_of(trouble)

    with pytest.raises(OfferWaits):
        ask_seller(agent(MONDAY + HOUR), thread=thread.pk, readers=Readers.SELLER, said="どうですか。")

    thread.refresh_from_db()
    assert thread.state == "answered"


@pytest.mark.parametrize("refund", [None, Kind.FULL_REFUND])
def test_an_answer_is_sent_with_the_refund_that_is_offered_beside_it(refund: Kind | None) -> None:
    trouble = open_trouble()

    contact.answer_with_refund(seller(), thread=thread_of(trouble).pk, said="お返しします。", refund=refund)

    assert Message.objects.filter(by_seller=True).count() == 1
    assert [one.amount for one in Proposal.objects.all()] == ([8_000] if refund else [])
    assert told("buyer:B-1").count("refund_offered") == (1 if refund else 0)


@pytest.mark.parametrize("ends", ["declined", "expired"])
def test_an_offer_that_comes_to_nothing_leaves_the_trouble_as_it_was(ends: str) -> None:
    trouble = open_trouble()
    solution, offer = due(trouble, "contact.resolution"), offered(trouble)

    if ends == "declined":
        contact.decline(buyer(MONDAY + HOUR), proposal=offer)
    else:
        contact.expire_proposal(machine(MONDAY + 24 * HOUR), proposal=offer)

    assert Proposal.objects.get().state == ends
    assert (state(trouble), due(trouble, "contact.resolution")) == ("open", solution)
    assert ("contact.answer" in running(trouble)) is (ends == "declined")
    assert ("contact.silence" in running(trouble)) is (ends == "expired")
    assert "offer_ended" in told("seller:S-1")
    assert not Mediation.objects.exists()
    offered(trouble, at=MONDAY + 25 * HOUR)


def test_a_seller_who_takes_the_offer_back_owes_the_answer_again() -> None:
    trouble = open_trouble()
    answer, offer = due(trouble, "contact.answer"), offered(trouble)

    contact.withdraw_proposal(seller(MONDAY + HOUR), proposal=offer)

    assert (thread_of(trouble).state, due(trouble, "contact.answer")) == ("waiting", answer)


def test_an_agreement_that_is_missed_before_the_centre_stepped_in_brings_it_in() -> None:
    trouble = open_trouble()
    offer = offered(trouble)
    contact.accept(buyer(MONDAY + HOUR), proposal=offer)

    contact.miss_agreement(machine(MONDAY + timedelta(days=3)), proposal=offer)

    assert (Proposal.objects.get().state, state(trouble)) == ("missed", "mediated")
    assert Mediation.objects.get().cause == "missed_agreement"
    assert {"contact.answer", "contact.remedy_decision"} <= running(trouble)


def test_money_that_came_keeps_the_agreement_and_nothing_is_paid_on_top() -> None:
    trouble = open_trouble()
    offer = offered(trouble, Kind.PART_REFUND, 3_000)
    contact.accept(buyer(MONDAY + HOUR), proposal=offer)

    pay_back(3_000, MONDAY + 2 * HOUR)

    assert Proposal.objects.get().state == "kept"
    with pytest.raises(ProposedAmountOutOfRange):
        offered(trouble, Kind.PART_REFUND, 6_000, MONDAY + 3 * HOUR)


def _beside(trouble: int) -> None:
    offered(trouble)


def _charged_back(trouble: int) -> None:
    Order.objects.filter(pk="O-1").update(charged_back=True)


def _solved(trouble: int) -> None:
    contact.solve(buyer(MONDAY + HOUR), trouble=trouble)


def _refunding(trouble: int) -> None:
    pass_time(MONDAY + timedelta(days=4))
    contact.grant_remedy(
        lead(MONDAY + timedelta(days=4)), trouble=trouble, amount=8_000, reason="返金します。"
    )


def _nothing(trouble: int) -> None:
    assert trouble


@pytest.mark.parametrize(
    ("before", "kind", "amount", "refusal"),
    [
        (_nothing, Kind.PART_REFUND, 0, ProposedAmountOutOfRange),
        (_nothing, Kind.PART_REFUND, 8_001, ProposedAmountOutOfRange),
        (_nothing, Kind.REPAIR, 0, NoMediation),
        (_nothing, Kind.RETURN_REFUND, 0, NoMediation),
        (_beside, Kind.FULL_REFUND, 0, ProposalWaits),
        (_charged_back, Kind.FULL_REFUND, 0, MoneyComesByCard),
        (_solved, Kind.FULL_REFUND, 0, StepNotOpen),
        (_refunding, Kind.FULL_REFUND, 0, RefundUnderWay),
    ],
)
def test_what_cannot_be_offered_is_refused_with_the_answer_beside_it(
    before: Callable[[int], None], kind: Kind, amount: int, refusal: type[Refusal]
) -> None:
    trouble = open_trouble()
    before(trouble)
    offers, messages = Proposal.objects.count(), Message.objects.count()
    at, thread = MONDAY + timedelta(days=4, hours=1), thread_of(trouble).pk

    with pytest.raises(refusal), transaction.atomic():
        contact.propose(seller(at), trouble=trouble, kind=kind, amount=amount)
    with pytest.raises(Refusal), transaction.atomic():
        contact.answer_with_refund(
            seller(at), thread=thread, said="お返しします。", refund=kind, amount=amount
        )

    assert (Proposal.objects.count(), Message.objects.count()) == (offers, messages)


def test_two_at_once_leave_one() -> None:
    trouble = open_trouble()
    offered(trouble)
    known = Proposal.objects.values().get()

    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.create(**known | {"id": None, "number": 2})


@pytest.mark.parametrize("eve", EVES, ids=lambda eve: f"{eve.role}-{eve.by}")
def test_nobody_but_the_seller_offers_a_refund(eve) -> None:  # type: ignore[no-untyped-def]
    trouble = open_trouble()

    for other in (eve, buyer(), agent()):
        with pytest.raises((NothingHere, NoMediation)):
            contact.propose(other, trouble=trouble, kind=Kind.FULL_REFUND)


def opened() -> str:
    known = facts.trouble(open_trouble(datetime.now(UTC)))
    assert known is not None
    return known.case


def test_an_answer_with_a_refund_is_one_form_and_accepting_one_press(
    market_of_today: None, enter: Enter
) -> None:
    number = opened()
    shop, client = enter(Role.SELLER, "seller:S-1"), enter(Role.BUYER, "buyer:B-1")
    form = shop.get(f"/seller/threads/{number}/").content.decode()
    sent = shop.post(f"/seller/threads/{number}/answer/", PART, follow=True)
    seen = client.get(f"/threads/{number}/").content.decode()
    done = client.post(f"/threads/{number}/accept/", {"offer": "1"}, follow=True)

    assert 'name="refund"' in form
    assert "注文の残りは8,000円です" in form
    assert "提案に、購入者の返事を待っています" in sent.content.decode()
    assert 'name="refund"' not in sent.content.decode()
    assert f'action="/threads/{number}/accept/"' in seen
    assert "別の提案をする" not in seen
    assert f"お金は{spoken(Proposal.objects.get().due_at).ja}までに戻る予定です" in done.content.decode()
    assert Trouble.objects.get().state == "open"


@pytest.mark.parametrize("amount", ["0", "9000"])
def test_a_refused_refund_keeps_the_typed_words(market_of_today: None, enter: Enter, amount: str) -> None:
    number, shop = opened(), enter(Role.SELLER, "seller:S-1")

    answer = shop.post(f"/seller/threads/{number}/answer/", PART | {"amount": amount})

    assert answer.status_code == 422
    assert "注文の残り（8,000円）" in answer.content.decode()
    assert PART["said"] in answer.content.decode()
    assert not Message.objects.filter(by_seller=True).exists()


def test_a_page_opened_before_refuses_a_second_offer_and_sends_nothing(
    market_of_today: None, enter: Enter, client: Client
) -> None:
    number, shop = opened(), enter(Role.SELLER, "seller:S-1")
    shop.post(f"/seller/threads/{number}/answer/", PART)

    again = shop.post(f"/seller/threads/{number}/answer/", PART | {"said": "もう一度お返しします。"})

    assert again.status_code == 409
    assert "提案は一度に一つだけです" in again.content.decode()
    assert "もう一度お返しします。" in again.content.decode()
    assert Message.objects.filter(by_seller=True).count() == Proposal.objects.count() == 1


def test_an_amount_without_a_refund_is_no_bare_answer(market_of_today: None, enter: Enter) -> None:
    number, shop = opened(), enter(Role.SELLER, "seller:S-1")

    got = shop.post(f"/seller/threads/{number}/answer/", PART | {"refund": "", "amount": "100"})

    assert got.status_code == 422
    assert "返金のしかたも選んでください" in got.content.decode()
    assert Proposal.objects.count() == Message.objects.filter(by_seller=True).count() == 0
