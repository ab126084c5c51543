"""How a request comes and is completed: by page or letter, by whom, with what missing, with signs that lead to counsel."""

from __future__ import annotations

import pytest

from mamori.ground.cases import facts as cases
from mamori.ground.market import actions as market
from mamori.ground.market.actions import Item, OrderLine
from mamori.law.article5 import Element, ElementVerdict, SellerItem
from mamori.rooms.disclosure import queries
from mamori.rooms.disclosure.actions import asking, deciding
from mamori.rooms.disclosure.lifecycle import DisclosureState
from mamori.rooms.disclosure.queries import about
from mamori.rooms.disclosure.rules.asked import Asking, BoughtAs, ClaimKind, Identity, NeedFor, Signal
from mamori.rooms.disclosure.rules.elements import LeadsTo, WhyFound, outcome_of
from mamori.rooms.disclosure.tests.conftest import (
    DAY,
    MONDAY,
    agent,
    ask,
    buyer,
    counsel,
    enter,
    lead,
    machine,
    note,
    outcome,
    ring,
    row,
    seller,
    told,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("market_day")]
BOTH = (SellerItem.NAME, SellerItem.ADDRESS)


def test_what_is_missing_is_asked_for_and_completes_it() -> None:
    number = ask(why="返金", pledge=False, items=())
    assert outcome(number) is LeadsTo.COMPLETE_IT
    deciding.ask_more(agent(), request=number, missing="理由と誓約、知りたい項目をお送りください。")
    assert queries.request_of(buyer(), number).missing.startswith("理由と誓約")

    asking.complete_request(
        buyer(), request=number, more="少額訴訟を起こすために要ります。", items=BOTH, pledge=True
    )

    page = queries.request_of(counsel(), number)
    assert page.state is DisclosureState.EXAMINING
    assert page.asked == BOTH
    assert outcome_of(page.findings) is LeadsTo.HEAR
    assert told("buyer:B-1")[0] == "disclosure.more_needed"


def test_what_is_not_completed_in_time_waits_for_a_person_and_is_no_refusal_by_itself() -> None:
    number = ask(pledge=False)
    deciding.ask_more(agent(), request=number, missing="誓約をお送りください。")

    ring(MONDAY + 8 * DAY)

    assert row(number).state == DisclosureState.EXAMINING
    assert cases.case_of(about(number)).attention == "not-completed"
    deciding.propose_refusal(counsel(MONDAY + 8 * DAY), request=number, reason="誓約がない。")
    assert queries.request_of(buyer(), number).reasons[0][0] is Element.PURPOSE


def test_every_open_state_has_a_clock_that_reminds_somebody() -> None:
    number = ask()

    ring(MONDAY + 3 * DAY)

    assert cases.case_of(about(number)).attention == "overdue"
    assert "disclosure.overdue" in told("lead")


def test_a_letter_without_a_signature_is_completed_and_not_refused() -> None:
    number = enter(signed=False)

    page = queries.request_of(agent(), number)

    assert outcome_of(page.findings) is LeadsTo.COMPLETE_IT
    assert page.findings[Element.REQUESTER].verdict is ElementVerdict.MISSING


def test_a_letter_of_an_order_that_nobody_knows_is_asked_for_and_then_refused() -> None:
    number = enter(order="X-999")
    assert row(number).sealed_for == "market"
    deciding.begin_request(agent(), request=number)
    note(number, searched=True)

    page = queries.request_of(counsel(), number)
    assert page.findings[Element.CONTRACT].verdict is ElementVerdict.NOT_MET
    deciding.propose_refusal(counsel(), request=number, reason="注文がない。")
    assert row(number).state == DisclosureState.REFUSED


def test_a_lawyer_may_ask_by_letter_once_the_mandate_was_seen() -> None:
    number = enter(asking=Asking.LAWYER)
    assert outcome(number) is LeadsTo.COMPLETE_IT
    deciding.begin_request(agent(), request=number)

    note(number, identity=Identity.DOCUMENT, authority=True)

    assert outcome(number) is LeadsTo.HEAR
    deciding.ask_view(counsel(), request=number)
    deciding.state_view(seller(), request=number, agrees=True, said="かまいません。")
    deciding.propose_disclosure(counsel(), request=number, reason="要件を満たす。")
    deciding.agree_request(lead(), request=number)
    deciding.note_sent(agent(), request=number, reason="2026-11-20 簡易書留で弁護士事務所へ")


def test_a_parent_asks_for_a_child_and_counsel_looks() -> None:
    number = ask(for_child=True)

    assert outcome(number) is LeadsTo.COMPLETE_IT
    note(number, identity=Identity.ACCOUNT, authority=True, is_minor=True)
    assert outcome(number) is LeadsTo.HEAR


def test_a_stalker_with_a_plausible_story_is_never_passed_by_a_machine() -> None:
    number = ask(why="代金の返還を求めて提訴しますが、まずどこに住んでいるのか知りたいです。")

    assert row(number).signals == [Signal.STALKING]
    assert outcome(number) is LeadsTo.COUNSEL


def test_a_protected_seller_leads_to_counsel() -> None:
    protect()

    number = ask()

    assert queries.request_of(counsel(), number).known.signals == (Signal.PROTECTED,)


def protect() -> None:
    from mamori.ground.market import actions as market
    from mamori.ground.market.actions import ContactsLine

    market.put_contacts(machine(), ContactsLine(ref="S-1", protected=True))


def test_who_asks_again_and_again_leads_to_counsel() -> None:
    for _ in range(3):
        asking.withdraw_request(buyer(), request=ask())

    number = ask(order="O-P")

    assert Signal.REPEATED in row(number).signals


def test_a_letter_that_says_little_is_completed_with_all_that_it_left_unsaid() -> None:
    number = enter(
        claim=ClaimKind.UNSAID,
        need=NeedFor.UNSAID,
        bought_as=BoughtAs.UNSAID,
        price=0,
        why="",
        items=(),
        pledge=False,
    )
    note(number, identity=Identity.DOCUMENT)
    deciding.ask_more(agent(), request=number, missing="求めること、額、項目、誓約をお知らせください。")

    asking.complete_request(
        agent(),
        request=number,
        more="個人で買いました。少額訴訟で代金を求めます。",
        price=48_000,
        items=BOTH,
        pledge=True,
        bought_as=BoughtAs.CONSUMER,
        claim=ClaimKind.NOT_DELIVERED,
        need=NeedFor.SUIT,
    )

    assert outcome(number) is LeadsTo.HEAR


def test_who_missed_the_time_can_still_send_what_was_missing() -> None:
    number = ask(pledge=False)
    deciding.ask_more(agent(), request=number, missing="誓約をお送りください。")
    ring(MONDAY + 8 * DAY)
    assert told("buyer:B-1")[0] == "disclosure.not_completed"

    asking.complete_request(
        buyer(MONDAY + 9 * DAY), request=number, more="遅れました。誓います。", pledge=True
    )

    assert outcome(number) is LeadsTo.HEAR
    assert cases.case_of(about(number)).attention == "added"


def test_a_letter_in_another_name_is_not_taken_for_the_buyers() -> None:
    number = enter(name="別人 花子")

    note(number, identity=Identity.DOCUMENT)

    assert queries.request_of(counsel(), number).findings[Element.REQUESTER].why is WhyFound.NAME_DIFFERS


def test_who_asked_by_letter_is_told_when_it_is_noted_as_withdrawn() -> None:
    number = enter()

    asking.note_withdrawn(agent(), request=number, reason="電話で取り下げた。")

    assert told("buyer:B-1")[0] == "disclosure.noted_withdrawn"


def test_what_the_operator_itself_sold_is_none_of_the_act() -> None:
    number = ask()

    note(number, identity=Identity.ACCOUNT, by_operator=True)

    assert (
        queries.request_of(counsel(), number).findings[Element.COUNTERPARTY].verdict is ElementVerdict.NOT_MET
    )


def test_money_that_the_card_company_took_back_is_for_counsel() -> None:
    items, at = (Item(listing="L-S-1", price=48_000),), MONDAY - 30 * DAY
    line = OrderLine(
        ref="O-1", buyer="B-1", seller="S-1", items=items, amount=48_000, ordered_at=at, charged_back=True
    )
    market.put_order(machine(), line)

    number = ask()

    assert queries.request_of(counsel(), number).findings[Element.CLAIM].why is WhyFound.CHARGED_BACK
