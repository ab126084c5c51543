"""A doubt has a place: whoever knows better than the rules says so in words, and what was weighed can be weighed anew."""

from __future__ import annotations

from datetime import datetime

import pytest

from mamori.grammar.statechart import StepNotOpen, StepNotYours
from mamori.ground.cases.facts import case_of
from mamori.ground.market import actions as market
from mamori.ground.market.actions import ContactsLine, Item, OrderLine
from mamori.japan.calendar import JAPAN
from mamori.law.article5 import Element, ElementVerdict, SellerItem
from mamori.rooms.disclosure import queries
from mamori.rooms.disclosure.actions import asking, deciding
from mamori.rooms.disclosure.actions.deciding import NotAllMet, NothingNotMet, NothingToDoubt, PlainlyNotMet
from mamori.rooms.disclosure.inputs import CompleteForm
from mamori.rooms.disclosure.queries import about, doubted_of, found_now, known_of
from mamori.rooms.disclosure.rules.asked import BoughtAs, ClaimKind
from mamori.rooms.disclosure.rules.deciding import Weighed
from mamori.rooms.disclosure.rules.elements import EvidenceKind, LeadsTo, WhyFound
from mamori.rooms.disclosure.tests.conftest import (
    DAY,
    MONDAY,
    agent,
    ask,
    buyer,
    counsel,
    lead,
    machine,
    outcome,
    ring,
    row,
    seller,
)
from mamori.rooms.disclosure.tests.test_doubts import another
from mamori.rooms.disclosure.tests.test_leaving_out import (
    ADDRESS,
    ELSEWHERE,
    NAME,
    heard,
    propose,
    weigh_items,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("market_day")]
MET, NOT_MET, COUNSEL = ElementVerdict.MET, ElementVerdict.NOT_MET, ElementVerdict.COUNSEL


def begun(**said: object) -> int:
    number = ask(**said)
    deciding.begin_request(agent(), request=number)
    return number


def weigh(number: int, element: Element, verdict: Weighed, reason: str = "証拠を見た。") -> None:
    deciding.weigh(
        counsel(),
        request=number,
        element=element,
        verdict=verdict,
        evidence=EvidenceKind.SAID,
        reason=reason,
    )


def doubt(number: int, element: Element, reason: str = "請求した人の話と違う。") -> None:
    deciding.mark_doubtful(agent(), request=number, element=element, reason=reason)


def stands(number: int, element: Element) -> ElementVerdict:
    return found_now(row(number))[element].verdict


def order_of(paid: int, returned: int, *, placed: datetime = MONDAY - 30 * DAY) -> None:
    """Let B-1 have ordered, and the shop say that it gave so much back."""
    items = (Item(listing="L-S-1", price=paid),)
    line = OrderLine(
        ref="O-BACK",
        buyer="B-1",
        seller="S-1",
        items=items,
        amount=paid,
        ordered_at=placed,
        refunded=returned,
    )
    market.put_order(machine(placed), line)


def test_what_an_agent_doubts_of_what_the_rules_call_met_counsel_weighs() -> None:
    number = begun()
    doubt(number, Element.NEED, "電話では、会いに行きたいだけと言っていた。")

    found = found_now(row(number))[Element.NEED]
    assert (found.verdict, found.why) == (COUNSEL, WhyFound.DOUBTED)
    assert case_of(about(number)).attention == "doubted"
    weigh(number, Element.NEED, Weighed.MET)
    assert stands(number, Element.NEED) is MET


def test_a_tick_for_business_made_by_mistake_is_counsels_and_not_refused() -> None:
    number = begun(bought_as=BoughtAs.BUSINESS)
    assert outcome(number) is LeadsTo.REFUSE
    assert queries.request_of(counsel(), number).is_argued

    doubt(number, Element.CONSUMER, "押し間違い。自宅で使うと書き足している。")

    assert outcome(number) is LeadsTo.COUNSEL
    weigh(number, Element.CONSUMER, Weighed.MET)
    assert outcome(number) is LeadsTo.HEAR


def test_a_refund_told_by_the_shop_that_the_buyer_denies_is_counsels_and_not_refused() -> None:
    order_of(48_000, 40_000)
    number = begun(order="O-BACK")
    assert found_now(row(number))[Element.AMOUNT].why is WhyFound.NOT_ABOVE_LEFT

    doubt(number, Element.AMOUNT, "返金を受け取っていないと言っている。")

    assert outcome(number) is LeadsTo.COUNSEL
    weigh(number, Element.AMOUNT, Weighed.MET)
    assert stands(number, Element.AMOUNT) is MET


def test_who_puts_a_tick_for_business_right_needs_nobodys_mark_to_be_counsels() -> None:
    number = begun(bought_as=BoughtAs.BUSINESS)
    offered = CompleteForm(known=known_of(row(number))).fields["bought_as"]
    assert [code for code, _ in offered.choices] == [BoughtAs.CORRECTED]  # type: ignore[attr-defined]

    asking.complete_request(buyer(), request=number, more="押し間違いです。", bought_as=BoughtAs.CONSUMER)

    found = found_now(row(number))[Element.CONSUMER]
    assert (found.verdict, found.why) == (COUNSEL, WhyFound.BUSINESS_CORRECTED)
    weigh(number, Element.CONSUMER, Weighed.MET)
    assert outcome(number) is LeadsTo.HEAR


def test_who_denies_the_refund_that_the_shop_told_of_needs_nobodys_mark_to_be_counsels() -> None:
    order_of(48_000, 40_000)
    number = begun(order="O-BACK")
    offered = CompleteForm(known=known_of(row(number))).fields["claim"]
    assert [code for code, _ in offered.choices] == [ClaimKind.NOT_REFUNDED]  # type: ignore[attr-defined]
    assert "claim" not in CompleteForm(known=known_of(row(begun(order="O-1")))).fields

    asking.complete_request(buyer(), request=number, more="届いていません。", claim=ClaimKind.NOT_REFUNDED)

    found = found_now(row(number))[Element.AMOUNT]
    assert (found.verdict, found.why) == (COUNSEL, WhyFound.REFUND_DENIED)
    weigh(number, Element.AMOUNT, Weighed.MET)
    assert outcome(number) is LeadsTo.HEAR


def test_sum_date_and_what_is_not_held_stay_not_met() -> None:
    small = begun(order="O-10000", price=10_000)
    order_of(48_000, 0, placed=datetime(2022, 4, 30, tzinfo=JAPAN))
    old = begun(order="O-BACK")
    fax = begun(items=(SellerItem.FAX,))

    for number, element in ((small, Element.AMOUNT), (old, Element.SINCE), (fax, Element.ITEMS)):
        with pytest.raises(NothingToDoubt):
            doubt(number, element)
        with pytest.raises(PlainlyNotMet):
            weigh(number, element, Weighed.MET)
        assert stands(number, element) is NOT_MET


def test_a_sum_that_becomes_too_small_is_not_met_though_it_was_doubted_before() -> None:
    number = begun()
    doubt(number, Element.AMOUNT)
    weigh(number, Element.AMOUNT, Weighed.MET)

    asking.complete_request(buyer(), request=number, more="9,000円でした。", price=9_000)

    assert stands(number, Element.AMOUNT) is NOT_MET


def test_what_is_missing_is_asked_for_and_not_doubted() -> None:
    number = begun(pledge=False)

    with pytest.raises(NothingToDoubt):
        doubt(number, Element.PURPOSE)


def test_not_met_that_was_weighed_by_mistake_forces_no_refusal_for_ever() -> None:
    number = begun()
    weigh(number, Element.CONTRACT, Weighed.NOT_MET, "別の注文と取り違えた。")
    assert outcome(number) is LeadsTo.REFUSE

    weigh(number, Element.CONTRACT, Weighed.MET, "取り違えだった。この通販サイトの注文である。")

    assert stands(number, Element.CONTRACT) is MET
    with pytest.raises(NothingNotMet):
        deciding.propose_refusal(lead(), request=number, reason="外の契約。")


def test_what_was_doubted_and_weighed_and_replaced_all_stays_on_record() -> None:
    number = begun()
    weigh(number, Element.CONTRACT, Weighed.NOT_MET, "取り違えた。")
    weigh(number, Element.CONTRACT, Weighed.MET, "見直した。")
    doubt(number, Element.CONTRACT, "まだ違う気がする。")

    kept = [(one.verdict, one.words) for one in queries.request_of(agent(), number).weighings]

    assert kept == [
        (Weighed.NOT_MET, "取り違えた。"),
        (Weighed.MET, "見直した。"),
        (None, "まだ違う気がする。"),
    ]
    assert queries.request_of(buyer(), number).weighings == ()


@pytest.mark.parametrize("verdict", list(Weighed))
def test_a_fresh_doubt_opens_what_was_weighed_either_way(verdict: Weighed) -> None:
    number = begun()
    doubt(number, Element.NEED)
    weigh(number, Element.NEED, verdict)
    assert stands(number, Element.NEED).value == verdict.value

    doubt(number, Element.NEED, "あとから別の話を聞いた。")

    assert stands(number, Element.NEED) is COUNSEL


def test_a_doubt_of_what_takes_judgement_already_opens_it_with_its_own_sentence() -> None:
    number = begun(order="O-P")
    weigh(number, Element.COUNTERPARTY, Weighed.MET)
    doubt(number, Element.COUNTERPARTY)

    assert found_now(row(number))[Element.COUNTERPARTY].why is WhyFound.WAS_PRIVATE


def test_what_was_weighed_over_a_doubt_is_weighed_anew_when_the_rules_say_otherwise() -> None:
    order_of(48_000, 0)
    number = begun(order="O-BACK")
    doubt(number, Element.AMOUNT)
    weigh(number, Element.AMOUNT, Weighed.MET)

    order_of(48_000, 40_000)

    assert stands(number, Element.AMOUNT) is COUNSEL


def test_a_doubt_stops_what_somebody_has_still_to_agree_to() -> None:
    number = begun()
    deciding.ask_view(counsel(), request=number)
    deciding.state_view(seller(), request=number, agrees=True, said="かまいません。")
    deciding.propose_disclosure(counsel(), request=number, reason="要件を満たす。")

    doubt(number, Element.REQUESTER, "本人ではないかもしれない。")

    with pytest.raises(NotAllMet):
        deciding.agree_request(lead(), request=number)


def test_a_doubt_is_for_staff_until_the_decision_and_weighing_for_counsel_and_leads() -> None:
    number = begun()

    with pytest.raises(StepNotYours):
        deciding.mark_doubtful(buyer(), request=number, element=Element.NEED, reason="…")
    with pytest.raises(StepNotYours):
        deciding.weigh(
            agent(),
            request=number,
            element=Element.NEED,
            verdict=Weighed.MET,
            evidence=EvidenceKind.SAID,
            reason="見た。",
        )
    asking.withdraw_request(buyer(), request=number)
    with pytest.raises(StepNotOpen):
        doubt(number, Element.NEED)


@pytest.mark.parametrize("days", [2, 9], ids=["in time", "after the days of the seller"])
def test_a_home_that_was_changed_is_weighed_once_and_given_to_whoever_asks_next(days: int) -> None:
    first = heard(ADDRESS)
    market.put_contacts(machine(), ContactsLine(ref="S-1", address=ELSEWHERE))
    ring(MONDAY + days * DAY)
    weigh_items(first, at=days)
    propose(first, at=days)
    deciding.agree_request(lead(MONDAY + (days + 1) * DAY), request=first)
    assert doubted_of("S-1") == set()
    later = days + 2
    other = another(at=later)

    propose(other, at=later)

    assert row(other).items == [NAME, ADDRESS]
    market.put_contacts(machine(), ContactsLine(ref="S-1", address="東京都港区芝9-9-9"))
    assert found_now(row(other))[Element.ITEMS].verdict is ElementVerdict.COUNSEL
