"""A home that is somebody else's now is left out, and the rest given: by two, for a declared reason, and it comes out nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from mamori.grammar.statechart import StepNotYours
from mamori.ground.clocks import facts as clocks
from mamori.ground.ledger import facts as ledger
from mamori.ground.market import actions as market
from mamori.ground.market.actions import ContactsLine
from mamori.ground.matters.seen import ChangedMeanwhile
from mamori.ground.outbox import facts as outbox
from mamori.japan.calendar import HalfYear
from mamori.law.article5 import DISCLOSURE_CORRECTION, LEFT_OUT, Element, ElementVerdict, LeftOut, SellerItem
from mamori.rooms.disclosure import queries
from mamori.rooms.disclosure.actions import asking, deciding
from mamori.rooms.disclosure.actions.deciding import (
    AllLeftOut,
    ItemsAwaited,
    NeedsAnother,
    NotAllMet,
    NothingToConfirm,
)
from mamori.rooms.disclosure.decisions import paper_of
from mamori.rooms.disclosure.lifecycle import DisclosureState
from mamori.rooms.disclosure.measures.queries import exported, requests_counted
from mamori.rooms.disclosure.models import SellerRequest
from mamori.rooms.disclosure.queries import NoSuchInfoRequest, about, found_now
from mamori.rooms.disclosure.rules.deciding import OutdatedState, Weighed, called, doubted
from mamori.rooms.disclosure.rules.elements import EvidenceKind
from mamori.rooms.disclosure.tests.conftest import (
    DAY,
    MONDAY,
    agent,
    ask,
    buyer,
    counsel,
    lead,
    machine,
    ring,
    row,
    seller,
    told,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("market_day")]
NAME, ADDRESS = SellerItem.NAME, SellerItem.ADDRESS
HOME = "霞が関3-1-1"
WHY = "いまは別のご家族が住んでいると、大家から確かめた。"
ELSEWHERE = "東京都港区芝5-6-7"
OUT = {ADDRESS: LeftOut.ANOTHERS}


def heard(*outdated: SellerItem, number: int = 0, at: int = 0) -> int:
    """Let a request be heard, the seller calling these outdated."""
    number = number or ask()
    now = MONDAY + at * DAY
    deciding.begin_request(agent(now), request=number)
    deciding.ask_view(counsel(now), request=number)
    deciding.state_view(seller(now), request=number, agrees=True, said="引っ越しました。", outdated=outdated)
    return number


def propose(number: int, left_out: dict[SellerItem, LeftOut] | None = None, at: int = 1) -> None:
    deciding.propose_disclosure(counsel(MONDAY + at * DAY), request=number, reason=WHY, left_out=left_out)


def left_out(number: int = 0, why: LeftOut = LeftOut.ANOTHERS) -> int:
    """Let a request be answered with the name alone."""
    number = number or heard()
    propose(number, {ADDRESS: why})
    deciding.agree_request(lead(MONDAY + 2 * DAY), request=number)
    return number


def weigh_items(number: int, at: int = 8) -> None:
    deciding.weigh(
        counsel(MONDAY + at * DAY),
        request=number,
        element=Element.ITEMS,
        verdict=Weighed.MET,
        evidence=EvidenceKind.REGISTRATION,
        reason="登記で確かめた。",
    )


def kinds_due(number: int) -> dict[str, datetime]:
    return {one.kind: one.due_at for one in clocks.open_clocks(about(number))}


def all_that_is_told(number: int) -> Iterator[str]:
    """Yield all that anybody is given, shown or told of a request, and all that lies open in its row or its record."""
    yield repr(deciding.receive(buyer(), request=number))
    for actor in (buyer(), seller(), agent(), lead()):
        page = queries.request_of(actor, number)
        yield repr([getattr(page, name) for name in page.__slots__])
    own = queries.request_of(buyer(), number)
    yield repr(paper_of(own, deciding.receive(buyer(), request=number), operator="市場"))
    yield from (repr(act.content) for act in ledger.acts_about(about(number)))
    for to in ("buyer:B-1", "seller:S-1", "lead"):
        yield repr(outbox.notices(to=to, limit=99))
    yield from exported(HalfYear(2026, 2))
    yield repr(SellerRequest.objects.filter(pk=number).values())


def test_the_rest_is_given_and_the_answer_names_the_item_and_the_reason() -> None:
    number = left_out()

    page = queries.request_of(buyer(), number)
    paper = paper_of(page, deciding.receive(buyer(), request=number), operator="市場")
    assert row(number).state == DisclosureState.PARTLY
    assert set(deciding.receive(buyer(), request=number)) == {NAME}
    assert page.left_out == OUT
    assert page.not_given is None  # it is held: nobody says that it is not
    assert any(
        ADDRESS.text.ja in note["ja"] and OUT[ADDRESS].text.ja in note["ja"] for note in paper["notes"]
    )
    assert queries.request_of(seller(), number).left_out == OUT


def test_what_was_left_out_stands_nowhere_that_anybody_reads() -> None:
    number = heard()
    propose(number)  # an earlier draft, in which it was to be given
    deciding.send_back_request(lead(MONDAY + DAY), request=number, reason="住所を確かめる。")

    left_out(number)

    assert [text for text in all_that_is_told(number) if HOME in text] == []


def test_whoever_agreed_to_an_earlier_draft_does_not_give_out_what_is_left_out_now() -> None:
    number = heard()
    propose(number)
    seen = row(number).version
    deciding.send_back_request(counsel(MONDAY + DAY), request=number, reason="住所を外す。")
    propose(number, OUT)

    with pytest.raises(ChangedMeanwhile):
        deciding.agree_request(lead(MONDAY + 2 * DAY), request=number, version=seen)


def test_it_takes_two_of_counsel_and_leads_to_leave_something_out() -> None:
    number = heard()
    with pytest.raises(StepNotYours):
        deciding.propose_disclosure(agent(), request=number, reason=WHY, left_out=OUT)
    propose(number, OUT)

    with pytest.raises(NeedsAnother):
        deciding.agree_request(counsel(MONDAY + 2 * DAY), request=number)
    assert row(number).given is None


def test_who_asks_reads_of_what_is_left_out_only_once_it_is_decided() -> None:
    number = heard()
    propose(number, OUT)

    assert queries.request_of(buyer(), number).left_out == {}
    assert queries.request_of(seller(), number).left_out == {}
    assert queries.request_of(lead(), number).left_out == OUT


def test_nothing_given_at_all_is_a_refusal_and_not_an_answer_with_all_left_out() -> None:
    number = heard()

    with pytest.raises(AllLeftOut):
        propose(number, {NAME: LeftOut.NOT_NEEDED, ADDRESS: LeftOut.ANOTHERS})


def test_an_item_that_nobody_asked_for_is_not_named_as_left_out() -> None:
    number = heard()

    propose(number, OUT | {SellerItem.PHONE: LeftOut.NOT_NEEDED})

    assert queries.request_of(lead(), number).left_out == OUT


def test_it_counts_as_a_part_in_figures_and_editions() -> None:
    left_out()

    counted = requests_counted(HalfYear(2026, 2)).outcomes
    assert {one: count for one, count in counted.items() if count} == {"partly": 1}
    assert any('"state":"partly"' in line for line in exported(HalfYear(2026, 2)))


def test_what_was_left_out_once_goes_out_to_nobody_else_before_a_person_has_looked() -> None:
    left_out()
    other = heard(number=ask(buyer(ref="B-2"), order="O-2", price=30_000))

    assert found_now(row(other))[Element.ITEMS].verdict is ElementVerdict.COUNSEL
    with pytest.raises(NotAllMet):
        propose(other)
    propose(other, OUT)
    deciding.agree_request(lead(MONDAY + 2 * DAY), request=other)
    assert set(deciding.receive(buyer(ref="B-2"), request=other)) == {NAME}


def test_what_is_left_out_while_somebody_has_still_to_agree_elsewhere_stops_that_agreement() -> None:
    other = heard(number=ask(buyer(ref="B-2"), order="O-2", price=30_000))
    propose(other)
    left_out()

    with pytest.raises(NotAllMet):
        deciding.agree_request(lead(MONDAY + 2 * DAY), request=other)


def test_another_address_that_is_registered_since_is_given_to_the_next_once_a_person_looked_at_it() -> None:
    left_out()
    market.put_contacts(machine(), ContactsLine(ref="S-1", address=ELSEWHERE))
    other = heard(number=ask(buyer(ref="B-2"), order="O-2", price=30_000))

    with pytest.raises(NotAllMet):
        propose(other)
    weigh_items(other, at=1)
    propose(other)
    deciding.agree_request(lead(MONDAY + 2 * DAY), request=other)

    assert deciding.receive(buyer(ref="B-2"), request=other)[ADDRESS] == ELSEWHERE


def test_where_somebody_might_be_in_danger_another_address_has_to_be_looked_at_as_well() -> None:
    left_out(why=LeftOut.DANGER)
    market.put_contacts(machine(), ContactsLine(ref="S-1", address=ELSEWHERE))
    other = heard(number=ask(buyer(ref="B-2"), order="O-2", price=30_000))

    with pytest.raises(NotAllMet):
        propose(other)


def test_what_one_claim_did_not_need_another_may() -> None:
    left_out(why=LeftOut.NOT_NEEDED)
    other = heard(number=ask(buyer(ref="B-2"), order="O-2", price=30_000))

    propose(other)

    assert row(other).items == [NAME, ADDRESS]


def test_what_the_seller_calls_outdated_waits_for_it_and_it_is_told_until_when() -> None:
    number = heard(ADDRESS)

    assert DISCLOSURE_CORRECTION.code in {one.kind for one in clocks.open_clocks(about(number))}
    assert "disclosure.outdated_asked" in told("seller:S-1")
    assert queries.request_of(seller(), number).correct_by is not None
    assert queries.request_of(buyer(), number).outdated == {}
    assert queries.request_of(buyer(), number).due == kinds_due(number)["disclosure.decision"]
    for why in (None, OUT):
        with pytest.raises(ItemsAwaited):
            propose(number, why)


def test_what_the_seller_has_put_right_is_given_as_it_is_now_once_a_person_looked_at_it() -> None:
    number = heard(ADDRESS)
    market.put_contacts(machine(), ContactsLine(ref="S-1", address=ELSEWHERE))

    with pytest.raises(NotAllMet):
        propose(number)
    with pytest.raises(NothingToConfirm):
        deciding.confirm_items(seller(), request=number, items=[ADDRESS])
    weigh_items(number, at=1)
    propose(number)
    deciding.agree_request(lead(MONDAY + 2 * DAY), request=number)

    assert deciding.receive(buyer(), request=number)[ADDRESS] == ELSEWHERE
    assert queries.request_of(seller(), number).outdated == {ADDRESS: OutdatedState.CHANGED}


def test_what_the_seller_confirms_is_given_and_no_clock_runs_for_it() -> None:
    number = heard(ADDRESS)
    with pytest.raises(NothingToConfirm):
        deciding.confirm_items(seller(), request=number, items=[NAME])
    with pytest.raises(NoSuchInfoRequest):
        deciding.confirm_items(seller(ref="S-P"), request=number, items=[ADDRESS])

    deciding.confirm_items(seller(MONDAY + DAY), request=number, items=[ADDRESS])

    assert DISCLOSURE_CORRECTION.code not in {one.kind for one in clocks.open_clocks(about(number))}
    propose(number)
    assert row(number).items == [NAME, ADDRESS]
    with pytest.raises(NothingToConfirm):
        deciding.confirm_items(seller(MONDAY + DAY), request=number, items=[])


def test_silence_neither_gives_the_home_nor_keeps_it_a_person_weighs_it() -> None:
    number = heard(ADDRESS)
    ring(MONDAY + 8 * DAY)

    assert queries.request_of(lead(), number).outdated == {ADDRESS: OutdatedState.SILENT}
    with pytest.raises(NotAllMet):
        propose(number, at=8)
    propose(number, OUT, at=8)
    deciding.send_back_request(lead(MONDAY + 8 * DAY), request=number, reason="登記も見る。")
    weigh_items(number)
    propose(number, at=8)
    assert row(number).items == [NAME, ADDRESS]


def test_a_registration_that_was_put_right_within_the_days_is_no_silence() -> None:
    number = heard(ADDRESS)
    market.put_contacts(machine(), ContactsLine(ref="S-1", address=ELSEWHERE))

    ring(MONDAY + 8 * DAY)

    assert queries.request_of(lead(), number).outdated == {ADDRESS: OutdatedState.CHANGED}
    assert found_now(row(number))[Element.ITEMS].verdict is ElementVerdict.COUNSEL


def test_the_days_run_once_so_that_nobody_holds_a_request_up_week_by_week() -> None:
    number = heard(ADDRESS)
    ring(MONDAY + 8 * DAY)
    late = seller(MONDAY + 9 * DAY)
    deciding.state_view(late, request=number, agrees=True, said="名前も古いです。", outdated=[NAME])

    assert row(number).outdated[NAME][0] == OutdatedState.SILENT
    weigh_items(number, at=9)
    propose(number, at=9)
    assert row(number).items == [NAME, ADDRESS]


def test_what_was_weighed_of_one_item_holds_for_no_other() -> None:
    number = heard(ADDRESS)
    ring(MONDAY + 8 * DAY)
    weigh_items(number)
    late = seller(MONDAY + 9 * DAY)
    deciding.state_view(late, request=number, agrees=True, said="名前も古いです。", outdated=[NAME])

    with pytest.raises(NotAllMet):
        propose(number, at=9)


def test_what_is_called_outdated_while_somebody_has_still_to_agree_is_not_agreed_to() -> None:
    number = heard()
    propose(number)
    deciding.state_view(
        seller(MONDAY + DAY), request=number, agrees=True, said="引っ越しました。", outdated=[ADDRESS]
    )

    with pytest.raises(ItemsAwaited):
        deciding.agree_request(lead(MONDAY + DAY), request=number)
    ring(MONDAY + 9 * DAY)
    with pytest.raises(NotAllMet):
        deciding.agree_request(lead(MONDAY + 9 * DAY), request=number)


def test_a_request_that_is_over_asks_the_seller_for_nothing_more() -> None:
    number = heard(ADDRESS)
    asking.withdraw_request(buyer(MONDAY + DAY), request=number)

    assert clocks.open_clocks(about(number)) == ()
    deciding.end_correction(machine(MONDAY + 8 * DAY), request=number)
    assert row(number).outdated[ADDRESS][0] == OutdatedState.WAITING


def test_what_is_registered_no_more_is_neither_given_nor_open() -> None:
    number = heard(SellerItem.PHONE, number=ask(items=(NAME, SellerItem.PHONE)))
    market.put_contacts(machine(), ContactsLine(ref="S-1", phone=""))
    ring(MONDAY + 8 * DAY)

    propose(number, at=8)

    assert row(number).items == [NAME]


def test_an_item_that_is_not_held_is_not_called_outdated() -> None:
    assert called({}, [SellerItem.FAX], {"name": "1"}) == {}


def test_what_was_confirmed_and_is_called_outdated_again_a_person_weighs() -> None:
    confirmed = {"address": [OutdatedState.CONFIRMED.value, "1"]}

    assert called(confirmed, [ADDRESS], {"address": "1"}) == {"address": ["silent", "1"]}
    waiting = {"address": [OutdatedState.WAITING.value, "1"]}
    assert called(waiting, [ADDRESS, NAME], {"address": "1", "name": "2"}) == waiting | {
        "name": ["waiting", "2"]
    }


def test_each_reason_is_declared_with_what_it_rests_on() -> None:
    assert set(LEFT_OUT) == set(LeftOut)
    for why, one in LEFT_OUT.items():
        assert doubted([{"address": [why.value, "1"]}], {"address": "1"}) == ("address",) * one.stays


def test_somebody_may_take_longer_than_the_view_and_the_clock_of_the_decision_runs_on() -> None:
    number = heard(ADDRESS)

    kinds = kinds_due(number)

    assert kinds[DISCLOSURE_CORRECTION.code] - MONDAY >= timedelta(days=7)
    assert "disclosure.decision" in kinds
