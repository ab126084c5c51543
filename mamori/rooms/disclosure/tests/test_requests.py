"""A buyer with a claim learns who the seller is: examined, the seller heard, decided by two, and nobody else learns it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mamori.grammar.actor import Role
from mamori.grammar.statechart import StepNotOpen, StepNotYours
from mamori.ground.market import actions as market
from mamori.ground.market.actions import VerificationLine
from mamori.ground.market.events import PersonErasedOnRequest
from mamori.ground.matters.seen import ChangedMeanwhile
from mamori.ground.seal import actions as sealing, facts as seals
from mamori.law.article5 import Element, ElementVerdict, SellerItem
from mamori.rooms.disclosure import queries, tasks
from mamori.rooms.disclosure.actions import asking, deciding
from mamori.rooms.disclosure.actions.asking import AskedAlready
from mamori.rooms.disclosure.actions.deciding import (
    NeedsAnother,
    NotAllMet,
    NothingNotMet,
    NotToHear,
    PlainlyNotMet,
)
from mamori.rooms.disclosure.lifecycle import DisclosureState
from mamori.rooms.disclosure.queries import NoSuchInfoRequest, NotYourOrder, found_now
from mamori.rooms.disclosure.rules.asked import Signal
from mamori.rooms.disclosure.rules.deciding import Weighed
from mamori.rooms.disclosure.rules.elements import EvidenceKind, LeadsTo
from mamori.rooms.disclosure.tests.conftest import (
    DAY,
    MONDAY,
    actor,
    agent,
    ask,
    buyer,
    counsel,
    decided,
    enter,
    lead,
    machine,
    outcome,
    row,
    seller,
    told,
    weigh_purpose,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("market_day")]
BOTH = (SellerItem.NAME, SellerItem.ADDRESS)


def test_a_plain_claim_ends_with_what_was_asked_for_and_is_held() -> None:
    number = ask()

    decided(number)

    given = deciding.receive(buyer(MONDAY + 4 * DAY), request=number)
    assert row(number).state == DisclosureState.DISCLOSED
    assert given == {
        SellerItem.NAME: "株式会社さくら家電\n佐倉 一郎",
        SellerItem.ADDRESS: "東京都千代田区霞が関3-1-1",
    }
    assert told("buyer:B-1") == ["disclosure.disclosed", "disclosure.received"]
    assert told("seller:S-1") == ["disclosure.seller_disclosed", "disclosure.view_asked"]


def test_less_than_was_asked_for_is_a_part_and_is_said_so() -> None:
    number = ask(items=(*BOTH, SellerItem.FAX))

    decided(number)

    page = queries.request_of(buyer(), number)
    assert row(number).state == DisclosureState.PARTLY
    assert set(deciding.receive(buyer(), request=number)) == set(BOTH)
    assert page.not_given is not None
    assert SellerItem.FAX.text.ja in page.not_given.ja


def test_what_was_disclosed_is_given_again_and_each_time_is_recorded() -> None:
    number = ask()
    decided(number)

    first = deciding.receive(buyer(MONDAY + 4 * DAY), request=number)
    again = deciding.receive(buyer(MONDAY + 9 * DAY), request=number)

    assert first == again
    assert row(number).version >= 7


def test_nobody_else_sees_a_request_nor_what_was_disclosed() -> None:
    number = ask()
    decided(number)

    for eve in (buyer(ref="B-2"), seller(ref="S-P"), actor("buyer:B-1/helper", Role.HELPER)):
        with pytest.raises(NoSuchInfoRequest):
            queries.request_of(eve, number)
        with pytest.raises(NoSuchInfoRequest):
            deciding.receive(eve, request=number)


def test_the_seller_knows_of_it_only_once_it_is_heard_and_never_who_asks() -> None:
    number = ask()
    with pytest.raises(NoSuchInfoRequest):
        queries.request_of(seller(), number)

    deciding.begin_request(agent(), request=number)
    deciding.ask_view(counsel(), request=number)

    page = queries.request_of(seller(), number)
    assert (page.buyer_ref, page.said.why, page.elements, page.missing) == ("", "", (), "")
    assert "O-1" in page.told.ja
    assert "48,000" in page.told.ja


def test_who_asks_does_not_read_the_sellers_view_nor_what_is_only_proposed() -> None:
    number = ask()
    deciding.begin_request(agent(), request=number)
    deciding.ask_view(counsel(), request=number)
    deciding.state_view(seller(), request=number, agrees=False, said="発送の準備中です。")
    weigh_purpose(number)
    deciding.propose_disclosure(counsel(), request=number, reason="要件を満たす。")

    page = queries.request_of(buyer(), number)

    assert (page.view, page.items, page.proposed_by, page.elements) == ("", (), "", ())


def test_nothing_is_disclosed_without_two_people() -> None:
    number = ask()
    deciding.begin_request(agent(), request=number)
    deciding.ask_view(counsel(), request=number)
    deciding.state_view(seller(), request=number, agrees=True, said="かまいません。")
    deciding.propose_disclosure(counsel(), request=number, reason="要件を満たす。")

    with pytest.raises(NeedsAnother):
        deciding.agree_request(counsel(), request=number)
    with pytest.raises(StepNotYours):
        deciding.agree_request(agent(), request=number)

    assert row(number).given is None
    deciding.agree_request(lead(), request=number)
    assert row(number).state == DisclosureState.DISCLOSED


def test_nothing_is_disclosed_before_the_seller_was_heard() -> None:
    number = ask()
    deciding.begin_request(agent(), request=number)

    with pytest.raises(StepNotOpen):
        deciding.propose_disclosure(counsel(), request=number, reason="急ぐため。")


def test_exactly_ten_thousand_yen_is_refused_and_never_heard() -> None:
    number = ask(order="O-10000", price=10_000)
    deciding.begin_request(agent(), request=number)

    with pytest.raises(NotToHear):
        deciding.ask_view(counsel(), request=number)
    with pytest.raises(PlainlyNotMet):
        deciding.weigh(
            counsel(),
            request=number,
            element=Element.AMOUNT,
            verdict=Weighed.MET,
            evidence=EvidenceKind.RECKONING,
            reason="気の毒なため。",
        )
    deciding.propose_refusal(counsel(), request=number, reason="額が足りない。")

    page = queries.request_of(buyer(), number)
    assert page.state is DisclosureState.REFUSED
    assert [element for element, _ in page.reasons] == [Element.AMOUNT]
    assert told("seller:S-1") == []


def test_a_private_persons_home_is_not_disclosed_unless_a_person_found_a_business() -> None:
    number = ask(order="O-P")
    deciding.begin_request(agent(), request=number)
    deciding.ask_view(counsel(), request=number)
    deciding.state_view(seller(ref="S-P"), request=number, agrees=False, said="個人です。")

    with pytest.raises(NotAllMet):
        deciding.propose_disclosure(counsel(), request=number, reason="請求のとおり。")
    deciding.weigh(
        counsel(),
        request=number,
        element=Element.COUNTERPARTY,
        verdict=Weighed.NOT_MET,
        evidence=EvidenceKind.STANDING,
        reason="不用品を数点売っただけの個人です。",
    )
    deciding.propose_refusal(counsel(), request=number, reason="個人のため。")

    page = queries.request_of(buyer(), number)
    assert page.state is DisclosureState.REFUSED
    assert [why.ja for _, why in page.reasons] == ["不用品を数点売っただけの個人です。"]
    assert told("seller:S-P")[0] == "disclosure.seller_not_disclosed"


def test_counsel_weighs_what_is_not_plain_and_the_evidence_is_named() -> None:
    number = ask(order="O-P")
    deciding.begin_request(agent(), request=number)

    deciding.weigh(
        counsel(),
        request=number,
        element=Element.COUNTERPARTY,
        verdict=Weighed.MET,
        evidence=EvidenceKind.STANDING,
        reason="同じ新品を百点以上売っている。",
    )

    found = found_now(row(number))[Element.COUNTERPARTY]
    assert (found.verdict, found.evidence) == (ElementVerdict.MET, (EvidenceKind.STANDING,))
    with pytest.raises(StepNotYours):
        deciding.weigh(
            agent(),
            request=number,
            element=Element.NEED,
            verdict=Weighed.MET,
            evidence=EvidenceKind.SAID,
            reason="よさそう。",
        )


def test_nothing_is_refused_without_a_reason() -> None:
    number = ask()
    deciding.begin_request(agent(), request=number)

    with pytest.raises(NothingNotMet):
        deciding.propose_refusal(counsel(), request=number, reason="なんとなく。")


def test_a_refusal_waits_for_another_where_there_is_one(staff: None) -> None:
    number = ask(order="O-10000", price=10_000)
    deciding.begin_request(agent(), request=number)
    deciding.propose_refusal(counsel(), request=number, reason="額が足りない。")

    assert row(number).state == DisclosureState.PROPOSED
    deciding.send_back_request(lead(), request=number, reason="計算を確かめてください。")
    assert row(number).state == DisclosureState.EXAMINING
    deciding.propose_refusal(counsel(), request=number, reason="確かめた。")
    deciding.agree_request(lead(), request=number)

    assert row(number).state == DisclosureState.REFUSED


def test_what_changed_before_the_second_person_agreed_is_looked_at_again() -> None:
    number = ask()
    deciding.begin_request(agent(), request=number)
    deciding.ask_view(counsel(), request=number)
    deciding.state_view(seller(), request=number, agrees=True, said="かまいません。")
    deciding.propose_disclosure(counsel(), request=number, reason="要件を満たす。")
    deciding.flag_signal(agent(), request=number, signal=Signal.STALKING, reason="出品者から相談があった。")

    with pytest.raises(NotAllMet):
        deciding.agree_request(lead(), request=number)


def test_one_order_is_asked_about_once_at_a_time_and_only_by_its_buyer() -> None:
    ask()

    with pytest.raises(AskedAlready):
        ask()
    with pytest.raises(NotYourOrder):
        ask(order="O-2")
    with pytest.raises(NotYourOrder):
        ask(order="X-999")


def test_the_same_request_entered_by_two_agents_is_two_matters_of_which_one_is_withdrawn() -> None:
    first, second = enter(), enter()

    asking.note_withdrawn(agent(), request=second, reason="同じ手紙を二人が記録した。")

    assert row(first).state == DisclosureState.RECEIVED
    assert row(second).state == DisclosureState.WITHDRAWN


def test_who_decides_on_what_it_did_not_see_is_told() -> None:
    number = ask()
    deciding.begin_request(agent(), request=number, version=1)

    with pytest.raises(ChangedMeanwhile):
        deciding.ask_more(agent(), request=number, missing="誓約", version=1)


def test_what_an_open_request_touches_is_held_and_let_go_when_it_is_over() -> None:
    number = ask()

    assert {"buyer:B-1", "seller:S-1"} <= set(seals.holds()[0].covers)
    with pytest.raises(sealing.Held):
        sealing.shred(subject="seller:S-1", at=MONDAY)

    asking.withdraw_request(buyer(), request=number)
    assert seals.holds() == ()


def test_a_seller_that_was_heard_is_told_when_it_is_withdrawn() -> None:
    number = ask()
    deciding.begin_request(agent(), request=number)
    deciding.ask_view(counsel(), request=number)

    asking.withdraw_request(buyer(), request=number)

    assert told("seller:S-1")[0] == "disclosure.withdrawn"


def test_the_requests_of_who_is_erased_end() -> None:
    number, other = ask(), ask(order="O-P")

    tasks.person_erased(PersonErasedOnRequest(subject="seller:S-P"), MONDAY + DAY)
    assert (row(number).state, row(other).state) == ("received", "withdrawn")
    tasks.person_erased(PersonErasedOnRequest(subject="buyer:B-1"), MONDAY + DAY)

    assert row(number).state == DisclosureState.WITHDRAWN


def test_nothing_is_given_of_what_is_no_longer_held() -> None:
    number = ask(items=(SellerItem.FAX,))
    deciding.begin_request(agent(), request=number)

    assert outcome(number) is LeadsTo.REFUSE
    assert queries.request_of(counsel(), number).findings[Element.ITEMS].verdict is ElementVerdict.NOT_MET


def test_what_is_not_registered_any_more_is_not_given() -> None:
    number = ask(items=(SellerItem.CORPORATE_NUMBER,))
    deciding.begin_request(agent(), request=number)
    deciding.ask_view(counsel(), request=number)
    deciding.state_view(seller(), request=number, agrees=True, said="かまいません。")
    deciding.propose_disclosure(counsel(), request=number, reason="要件を満たす。")
    market.put_verification(machine(), VerificationLine(ref="S-1", corporate_number=""))

    with pytest.raises(NotAllMet):
        deciding.agree_request(lead(), request=number)


def test_clocks_that_ring_late_change_nothing_that_has_gone_on() -> None:
    number = ask()
    deciding.begin_request(agent(), request=number)

    deciding.end_hearing(machine(), request=number)
    deciding.miss_completion(machine(), request=number)
    assert row(number).state == DisclosureState.EXAMINING

    asking.withdraw_request(buyer(), request=number)
    deciding.remind(machine(MONDAY + timedelta(days=30)), request=number)
    assert "disclosure.overdue" not in told("lead")
