"""A buyer with a claim learns who the seller is: examined, the seller heard, decided by two, and nobody else learns it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mamori.grammar.hand import Role
from mamori.grammar.statechart import StepNotOpen, StepNotYours
from mamori.ground.cases import facts as cases
from mamori.ground.market.events import PersonErasedOnRequest
from mamori.ground.matters.seen import ChangedMeanwhile
from mamori.ground.people.models import Account
from mamori.ground.seal import actions as sealing
from mamori.ground.seal import facts as seals
from mamori.law.article5 import Element, SellerItem, Verdict
from mamori.rooms.disclosure import actions, tasks
from mamori.rooms.disclosure.actions import (
    AskedAlready,
    NeedsAnother,
    NoSuchInfoRequest,
    NotAllMet,
    NothingNotMet,
    NothingToGive,
    NotToHear,
    NotYourOrder,
    PlainlyNotMet,
    StillReachable,
)
from mamori.rooms.disclosure.lifecycle import DisclosureState
from mamori.rooms.disclosure.queries import requests as queries
from mamori.rooms.disclosure.queries.access import about
from mamori.rooms.disclosure.queries.known import found_now
from mamori.rooms.disclosure.rules.elements import Evidence, Outcome
from mamori.rooms.disclosure.rules.facts import Asking, BoughtAs, ClaimKind, Identity, NeedFor, Signal
from mamori.rooms.disclosure.rules.hearing import Tried, Way
from mamori.rooms.disclosure.rules.said import Channel
from mamori.rooms.disclosure.rules.weighing import Weighed
from mamori.rooms.disclosure.tests.conftest import (
    DAY,
    EARLY,
    MONDAY,
    agent,
    ask,
    buyer,
    counsel,
    decided,
    hand,
    lead,
    machine,
    ring,
    row,
    seller,
    told,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("market_day")]
BOTH = (SellerItem.NAME, SellerItem.ADDRESS)


def test_a_plain_claim_ends_with_what_was_asked_for_and_is_held() -> None:
    number = ask()

    decided(number, items=BOTH)

    given = actions.receive(buyer(MONDAY + 4 * DAY), request=number)
    assert row(number).state == DisclosureState.DISCLOSED
    assert given == {
        SellerItem.NAME: "株式会社さくら家電\n佐倉 一郎",
        SellerItem.ADDRESS: "東京都千代田区霞が関3-1-1",
    }
    assert told("buyer:B-1") == ["disclosure.disclosed", "disclosure.received"]
    assert told("seller:S-1") == ["disclosure.seller_disclosed", "disclosure.view_asked"]


def test_less_than_was_asked_for_is_a_part_and_is_said_so() -> None:
    number = ask(items=(*BOTH, SellerItem.FAX))

    decided(number, items=(SellerItem.NAME, SellerItem.FAX))

    page = queries.request_of(buyer(), number)
    assert row(number).state == DisclosureState.PARTLY
    assert set(actions.receive(buyer(), request=number)) == {SellerItem.NAME}
    assert page.not_given is not None
    assert SellerItem.FAX.text.ja in page.not_given.ja


def test_what_was_disclosed_is_given_again_and_each_time_is_recorded() -> None:
    number = ask()
    decided(number)

    first = actions.receive(buyer(MONDAY + 4 * DAY), request=number)
    again = actions.receive(buyer(MONDAY + 9 * DAY), request=number)

    assert first == again
    assert row(number).version >= 7


def test_nobody_else_sees_a_request_nor_what_was_disclosed() -> None:
    number = ask()
    decided(number)

    for eve in (buyer(ref="B-2"), seller(ref="S-P"), hand("buyer:B-1/helper", Role.HELPER)):
        with pytest.raises(NoSuchInfoRequest):
            queries.request_of(eve, number)
        with pytest.raises(NoSuchInfoRequest):
            actions.receive(eve, request=number)


def test_the_seller_knows_of_it_only_once_it_is_heard_and_never_who_asks() -> None:
    number = ask()
    with pytest.raises(NoSuchInfoRequest):
        queries.request_of(seller(), number)

    actions.begin_request(agent(), request=number)
    actions.ask_view(counsel(), request=number)

    page = queries.request_of(seller(), number)
    assert (page.buyer_ref, page.said.why, page.elements, page.missing) == ("", "", (), "")
    assert "O-1" in page.told.ja
    assert "48,000" in page.told.ja


def test_who_asks_does_not_read_the_sellers_view_nor_what_is_only_proposed() -> None:
    number = ask()
    actions.begin_request(agent(), request=number)
    actions.ask_view(counsel(), request=number)
    actions.state_view(seller(), request=number, agrees=False, said="発送の準備中です。")
    actions.propose_disclosure(counsel(), request=number, items=BOTH, reason="要件を満たす。")

    page = queries.request_of(buyer(), number)

    assert (page.view, page.items, page.proposed_by, page.elements) == ("", (), "", ())


def test_nothing_is_disclosed_without_two_people() -> None:
    number = ask()
    actions.begin_request(agent(), request=number)
    actions.ask_view(counsel(), request=number)
    actions.state_view(seller(), request=number, agrees=True, said="かまいません。")
    actions.propose_disclosure(counsel(), request=number, items=BOTH, reason="要件を満たす。")

    with pytest.raises(NeedsAnother):
        actions.agree_request(counsel(), request=number)
    with pytest.raises(StepNotYours):
        actions.agree_request(agent(), request=number)

    assert row(number).given is None
    actions.agree_request(lead(), request=number)
    assert row(number).state == DisclosureState.DISCLOSED


def test_nothing_is_disclosed_before_the_seller_was_heard() -> None:
    number = ask()
    actions.begin_request(agent(), request=number)

    with pytest.raises(StepNotOpen):
        actions.propose_disclosure(counsel(), request=number, items=BOTH, reason="急ぐため。")


def test_exactly_ten_thousand_yen_is_refused_and_never_heard() -> None:
    number = ask(order="O-10000", price=10_000)
    actions.begin_request(agent(), request=number)

    with pytest.raises(NotToHear):
        actions.ask_view(counsel(), request=number)
    with pytest.raises(PlainlyNotMet):
        actions.weigh(
            counsel(),
            request=number,
            element=Element.AMOUNT,
            verdict=Weighed.MET,
            evidence=Evidence.RECKONING,
            reason="気の毒なため。",
        )
    actions.propose_refusal(counsel(), request=number, reason="額が足りない。")

    page = queries.request_of(buyer(), number)
    assert page.state is DisclosureState.REFUSED
    assert [element for element, _ in page.reasons] == [Element.AMOUNT]
    assert told("seller:S-1") == []


def test_a_private_persons_home_is_not_disclosed_unless_a_person_found_a_business() -> None:
    number = ask(order="O-P")
    actions.begin_request(agent(), request=number)
    actions.ask_view(counsel(), request=number)
    actions.state_view(seller(ref="S-P"), request=number, agrees=False, said="個人です。")

    with pytest.raises(NotAllMet):
        actions.propose_disclosure(counsel(), request=number, items=BOTH, reason="請求のとおり。")
    actions.weigh(
        counsel(),
        request=number,
        element=Element.COUNTERPARTY,
        verdict=Weighed.NOT_MET,
        evidence=Evidence.STANDING,
        reason="不用品を数点売っただけの個人です。",
    )
    actions.propose_refusal(counsel(), request=number, reason="個人のため。")

    page = queries.request_of(buyer(), number)
    assert page.state is DisclosureState.REFUSED
    assert [why.ja for _, why in page.reasons] == ["不用品を数点売っただけの個人です。"]
    assert told("seller:S-P")[0] == "disclosure.seller_not_disclosed"


def test_counsel_weighs_what_is_not_plain_and_the_evidence_is_named() -> None:
    number = ask(order="O-P")
    actions.begin_request(agent(), request=number)

    actions.weigh(
        counsel(),
        request=number,
        element=Element.COUNTERPARTY,
        verdict=Weighed.MET,
        evidence=Evidence.STANDING,
        reason="同じ新品を百点以上売っている。",
    )

    found = found_now(row(number))[Element.COUNTERPARTY]
    assert (found.verdict, found.evidence) == (Verdict.MET, (Evidence.STANDING,))
    with pytest.raises(StepNotYours):
        actions.weigh(
            agent(),
            request=number,
            element=Element.NEED,
            verdict=Weighed.MET,
            evidence=Evidence.SAID,
            reason="よさそう。",
        )


def test_nothing_is_refused_without_a_reason() -> None:
    number = ask()
    actions.begin_request(agent(), request=number)

    with pytest.raises(NothingNotMet):
        actions.propose_refusal(counsel(), request=number, reason="なんとなく。")


@pytest.fixture
def staff() -> None:
    """Let there be a lead and counsel, whom nobody of the two brought in."""
    for number, role in ((2, "lead"), (3, "counsel")):
        Account.objects.create(pk=number, email=f"{number}@example.jp", name=role, role=role, added_at=EARLY)


def test_a_refusal_waits_for_another_where_there_is_one(staff: None) -> None:
    number = ask(order="O-10000", price=10_000)
    actions.begin_request(agent(), request=number)
    actions.propose_refusal(counsel(), request=number, reason="額が足りない。")

    assert row(number).state == DisclosureState.PROPOSED
    actions.send_back_request(lead(), request=number, reason="計算を確かめてください。")
    assert row(number).state == DisclosureState.EXAMINING
    actions.propose_refusal(counsel(), request=number, reason="確かめた。")
    actions.agree_request(lead(), request=number)

    assert row(number).state == DisclosureState.REFUSED


def test_what_changed_before_the_second_person_agreed_is_looked_at_again() -> None:
    number = ask()
    actions.begin_request(agent(), request=number)
    actions.ask_view(counsel(), request=number)
    actions.state_view(seller(), request=number, agrees=True, said="かまいません。")
    actions.propose_disclosure(counsel(), request=number, items=BOTH, reason="要件を満たす。")
    actions.flag_signal(agent(), request=number, signal=Signal.STALKING, reason="出品者から相談があった。")

    with pytest.raises(NotAllMet):
        actions.agree_request(lead(), request=number)


def test_a_view_that_comes_while_somebody_has_to_agree_brings_it_back() -> None:
    number = ask()
    actions.begin_request(agent(), request=number)
    actions.ask_view(counsel(), request=number)
    ring(MONDAY + 15 * DAY)
    actions.propose_disclosure(
        counsel(MONDAY + 15 * DAY), request=number, items=BOTH, reason="要件を満たす。"
    )

    actions.state_view(seller(MONDAY + 16 * DAY), request=number, agrees=False, said="返金しました。")

    assert row(number).state == DisclosureState.DECIDING
    assert (row(number).outcome, row(number).items) == ("", [])


def test_a_seller_that_does_not_answer_stops_nothing() -> None:
    number = ask()
    actions.begin_request(agent(), request=number)
    actions.ask_view(counsel(), request=number)

    ring(MONDAY + 15 * DAY)

    assert (row(number).state, row(number).heard) == (DisclosureState.DECIDING, "silent")


def test_that_a_seller_cannot_be_reached_is_established_by_the_record() -> None:
    number = ask()
    actions.begin_request(agent(), request=number)
    actions.ask_view(counsel(), request=number)
    with pytest.raises(StillReachable):
        actions.find_unreachable(counsel(), request=number, reason="返事がない。")
    for way, result in ((Way.MAIL, Tried.RETURNED), (Way.LETTER, Tried.RETURNED)):
        actions.note_try(agent(), request=number, way=way, result=result, reason="宛先なしで戻った。")

    actions.find_unreachable(counsel(), request=number, reason="二つの方法で届かない。")

    assert (row(number).state, row(number).heard) == (DisclosureState.DECIDING, "unreachable")


def test_one_that_was_reached_is_waited_for() -> None:
    number = ask()
    actions.begin_request(agent(), request=number)
    actions.ask_view(counsel(), request=number)
    for way, result in ((Way.MAIL, Tried.RETURNED), (Way.LETTER, Tried.NOBODY), (Way.PHONE, Tried.REACHED)):
        actions.note_try(agent(), request=number, way=way, result=result, reason="電話がつながった。")

    with pytest.raises(StillReachable):
        actions.find_unreachable(counsel(), request=number, reason="返事がない。")


def test_what_is_missing_is_asked_for_and_completes_it() -> None:
    number = ask(why="返金", pledge=False, items=())
    assert outcome(number) is Outcome.COMPLETE_IT
    actions.ask_more(agent(), request=number, missing="理由と誓約、知りたい項目をお送りください。")
    assert queries.request_of(buyer(), number).missing.startswith("理由と誓約")

    actions.complete_request(
        buyer(), request=number, more="少額訴訟を起こすために要ります。", items=BOTH, pledge=True
    )

    page = queries.request_of(counsel(), number)
    assert page.state is DisclosureState.EXAMINING
    assert page.asked == BOTH
    assert page.leads_to is Outcome.HEAR
    assert told("buyer:B-1")[0] == "disclosure.more_needed"


def outcome(number: int) -> Outcome:
    return queries.request_of(counsel(), number).leads_to


def test_what_is_not_completed_in_time_waits_for_a_person_and_is_no_refusal_by_itself() -> None:
    number = ask(pledge=False)
    actions.ask_more(agent(), request=number, missing="誓約をお送りください。")

    ring(MONDAY + 8 * DAY)

    assert row(number).state == DisclosureState.EXAMINING
    assert cases.case_of(about(number)).attention == "not-completed"
    actions.propose_refusal(counsel(MONDAY + 8 * DAY), request=number, reason="誓約がない。")
    assert queries.request_of(buyer(), number).reasons[0][0] is Element.PURPOSE


def test_every_open_state_has_a_clock_that_reminds_somebody() -> None:
    number = ask()

    ring(MONDAY + 3 * DAY)

    assert cases.case_of(about(number)).attention == "overdue"
    assert "disclosure.overdue" in told("lead")


def test_a_letter_without_a_signature_is_completed_and_not_refused() -> None:
    number = enter(signed=False)

    page = queries.request_of(agent(), number)

    assert page.leads_to is Outcome.COMPLETE_IT
    assert page.findings[Element.REQUESTER].verdict is Verdict.MISSING


def test_a_letter_of_an_order_that_nobody_knows_is_asked_for_and_then_refused() -> None:
    number = enter(order="X-999")
    assert row(number).sealed_for == "market"
    actions.begin_request(agent(), request=number)
    note(number, searched=True)

    page = queries.request_of(counsel(), number)
    assert page.findings[Element.CONTRACT].verdict is Verdict.NOT_MET
    actions.propose_refusal(counsel(), request=number, reason="注文がない。")
    assert row(number).state == DisclosureState.REFUSED


def test_a_lawyer_may_ask_by_letter_once_the_mandate_was_seen() -> None:
    number = enter(asking=Asking.LAWYER)
    assert outcome(number) is Outcome.COMPLETE_IT
    actions.begin_request(agent(), request=number)

    note(number, identity=Identity.DOCUMENT, authority=True)

    assert outcome(number) is Outcome.HEAR
    actions.ask_view(counsel(), request=number)
    actions.state_view(seller(), request=number, agrees=True, said="かまいません。")
    actions.propose_disclosure(counsel(), request=number, items=BOTH, reason="要件を満たす。")
    actions.agree_request(lead(), request=number)
    actions.note_sent(agent(), request=number, reason="2026-11-20 簡易書留で弁護士事務所へ")


def enter(**more: object) -> int:
    said: dict[str, object] = {
        "channel": Channel.LETTER,
        "order": "O-1",
        "asking": Asking.SELF,
        "bought_as": BoughtAs.CONSUMER,
        "claim": ClaimKind.NOT_DELIVERED,
        "price": 48_000,
        "other": 0,
        "other_what": "",
        "need": NeedFor.SUIT,
        "why": "代金を返してもらうため、裁判を起こします。",
        "items": BOTH,
        "pledge": True,
        "signed": True,
        "name": "買手",
        "address": "東京都港区1-2-3",
    }
    return actions.enter_request(agent(), **said | more)  # type: ignore[arg-type]


def note(number: int, **seen: object) -> None:
    said: dict[str, object] = {
        "identity": Identity.NONE,
        "authority": False,
        "signed": True,
        "is_minor": False,
        "searched": False,
        "elsewhere": False,
        "assigned": False,
    }
    actions.note_seen(agent(), request=number, **said | seen)  # type: ignore[arg-type]


def test_a_parent_asks_for_a_child_and_counsel_looks() -> None:
    number = ask(for_child=True)

    assert outcome(number) is Outcome.COMPLETE_IT
    note(number, identity=Identity.ACCOUNT, authority=True, is_minor=True)
    assert outcome(number) is Outcome.HEAR


def test_a_stalker_with_a_plausible_story_is_never_passed_by_a_machine() -> None:
    number = ask(why="代金の返還を求めて提訴しますが、まずどこに住んでいるのか知りたいです。")

    assert row(number).signals == [Signal.STALKING]
    assert outcome(number) is Outcome.COUNSEL


def test_a_protected_seller_leads_to_counsel() -> None:
    protect()

    number = ask()

    assert row(number).signals == [Signal.PROTECTED]
    assert queries.request_of(counsel(), number).is_protected


def protect() -> None:
    from mamori.ground.market import actions as market
    from mamori.ground.market.actions import ContactsLine

    market.put_contacts(machine(), ContactsLine(ref="S-1", protected=True))


def test_who_asks_again_and_again_leads_to_counsel() -> None:
    for _ in range(3):
        actions.withdraw_request(buyer(), request=ask())

    number = ask(order="O-P")

    assert Signal.REPEATED in row(number).signals


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

    actions.withdraw_request(agent(), request=second)

    assert row(first).state == DisclosureState.RECEIVED
    assert row(second).state == DisclosureState.WITHDRAWN


def test_who_decides_on_what_it_did_not_see_is_told() -> None:
    number = ask()
    actions.begin_request(agent(), request=number, version=1)

    with pytest.raises(ChangedMeanwhile):
        actions.ask_more(agent(), request=number, missing="誓約", version=1)


def test_what_an_open_request_touches_is_held_and_let_go_when_it_is_over() -> None:
    number = ask()

    assert {"buyer:B-1", "seller:S-1"} <= set(seals.holds()[0].covers)
    with pytest.raises(sealing.Held):
        sealing.shred(subject="seller:S-1", at=MONDAY)

    actions.withdraw_request(buyer(), request=number)
    assert seals.holds() == ()


def test_a_seller_that_was_heard_is_told_when_it_is_withdrawn() -> None:
    number = ask()
    actions.begin_request(agent(), request=number)
    actions.ask_view(counsel(), request=number)

    actions.withdraw_request(buyer(), request=number)

    assert told("seller:S-1")[0] == "disclosure.withdrawn"


def test_the_requests_of_who_is_erased_end() -> None:
    number, other = ask(), ask(order="O-P")

    tasks.person_erased(PersonErasedOnRequest(subject="seller:S-P"), MONDAY + DAY)
    assert (row(number).state, row(other).state) == ("received", "withdrawn")
    tasks.person_erased(PersonErasedOnRequest(subject="buyer:B-1"), MONDAY + DAY)

    assert row(number).state == DisclosureState.WITHDRAWN


def test_nothing_is_given_of_what_is_no_longer_held() -> None:
    number = ask(items=(SellerItem.FAX,))
    actions.begin_request(agent(), request=number)

    assert outcome(number) is Outcome.REFUSE
    assert queries.request_of(counsel(), number).findings[Element.ITEMS].verdict is Verdict.NOT_MET


def test_an_item_that_was_not_asked_for_is_not_proposed() -> None:
    number = ask(items=(SellerItem.NAME,))
    actions.begin_request(agent(), request=number)
    actions.ask_view(counsel(), request=number)
    ring(MONDAY + 15 * DAY)

    with pytest.raises(NothingToGive):
        actions.propose_disclosure(
            counsel(MONDAY + 15 * DAY), request=number, items=(SellerItem.ADDRESS,), reason="要る。"
        )


def test_clocks_that_ring_late_change_nothing_that_has_gone_on() -> None:
    number = ask()
    actions.begin_request(agent(), request=number)

    actions.end_hearing(machine(), request=number)
    actions.miss_completion(machine(), request=number)
    assert row(number).state == DisclosureState.EXAMINING

    actions.withdraw_request(buyer(), request=number)
    actions.remind(machine(MONDAY + timedelta(days=30)), request=number)
    assert "disclosure.overdue" not in told("lead")
