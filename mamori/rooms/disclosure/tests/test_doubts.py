"""What comes up after something was weighed counts; what was disclosed, and words about a seller, go with its key."""

from __future__ import annotations

import pytest

from mamori.grammar.statechart import StepNotYours
from mamori.ground.ledger import facts as ledger
from mamori.ground.market import actions as market
from mamori.ground.market.actions import ContactsLine, Item, ListingLine, OrderLine, VerificationLine
from mamori.ground.seal import actions as sealing
from mamori.law.article5 import Element, ElementVerdict, LeftOut, SellerItem
from mamori.law.display import DisplayItem
from mamori.rooms.disclosure import queries
from mamori.rooms.disclosure.actions import asking, deciding
from mamori.rooms.disclosure.actions.asking import ItemsAfterHearing
from mamori.rooms.disclosure.actions.deciding import (
    LeftOutForNoMore,
    NotAllMet,
    NothingNotMet,
    NothingToGive,
    PlainlyNotMet,
)
from mamori.rooms.disclosure.decisions import paper_of
from mamori.rooms.disclosure.queries import about, found_now
from mamori.rooms.disclosure.rules.asked import Identity, Signal
from mamori.rooms.disclosure.rules.deciding import ReachResult, ReachWay, Weighed
from mamori.rooms.disclosure.rules.elements import EvidenceKind
from mamori.rooms.disclosure.tests.conftest import (
    DAY,
    EARLY,
    MONDAY,
    agent,
    ask,
    buyer,
    counsel,
    decided,
    lead,
    machine,
    note,
    ring,
    row,
    seller,
    told,
    weigh_purpose,
)
from mamori.rooms.disclosure.tests.test_leaving_out import OUT, heard, left_out, propose
from mamori.rooms.display.actions import displays as actions_displays
from mamori.rooms.display.requests import actions as requests, queries as displays
from mamori.rooms.display.rules.told import AddressKind, ShownDisplay, ShownItem
from mamori.rooms.display.tests.conftest import HANAKO, SENDS
from tests.shops import put_shop

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("market_day")]
NAME, ADDRESS = SellerItem.NAME, SellerItem.ADDRESS


def another(at: int = 0) -> int:
    """Let B-2 ask for the same seller's name and address, and the seller be heard on it."""
    number = ask(buyer(MONDAY + at * DAY, ref="B-2"), order="O-2", price=30_000)
    return heard(number=number, at=at)


def test_what_was_weighed_holds_only_for_the_doubt_that_was_there() -> None:
    number = ask()
    deciding.begin_request(agent(), request=number)
    deciding.ask_view(counsel(), request=number)
    deciding.state_view(seller(), request=number, agrees=False, said="応じられません。")
    weigh_purpose(number)
    assert found_now(row(number))[Element.PURPOSE].verdict is ElementVerdict.MET

    deciding.flag_signal(agent(), request=number, signal=Signal.STALKING, reason="相談があった。")

    assert found_now(row(number))[Element.PURPOSE].verdict is ElementVerdict.COUNSEL
    weigh_purpose(number, reason="相談の内容も読んだ。")
    assert found_now(row(number))[Element.PURPOSE].verdict is ElementVerdict.MET


def test_what_is_met_already_is_not_weighed_ahead_of_doubts() -> None:
    number = ask()
    deciding.begin_request(agent(), request=number)

    with pytest.raises(PlainlyNotMet):
        weigh_purpose(number)


def test_a_seller_that_asks_for_protection_meanwhile_leads_to_counsel() -> None:
    number = ask()
    deciding.begin_request(agent(), request=number)
    deciding.ask_view(counsel(), request=number)
    deciding.state_view(seller(), request=number, agrees=True, said="かまいません。")

    market.put_contacts(machine(), ContactsLine(ref="S-1", protected=True))

    with pytest.raises(NotAllMet):
        deciding.propose_disclosure(counsel(), request=number, reason="要件を満たす。")


def test_staff_do_not_withdraw_what_a_buyer_asked_by_the_page() -> None:
    number = ask()

    with pytest.raises(StepNotYours):
        asking.note_withdrawn(agent(), request=number, reason="片づいたらしい。")


def test_what_was_disclosed_and_erased_since_is_said_to_be_gone_and_not_refused() -> None:
    number = ask()
    decided(number)
    sealing.shred(subject="seller:S-1", at=MONDAY + 9 * DAY)

    page = queries.request_of(buyer(), number)
    paper = paper_of(page, deciding.receive(buyer(), request=number), operator="市場")

    assert "消去された" in paper["said"]["ja"]
    assert paper["reasons"] == []
    assert paper["roads"] == []


def test_words_about_the_seller_go_with_the_sellers_key() -> None:
    number = ask()
    deciding.begin_request(agent(), request=number)
    deciding.ask_view(counsel(), request=number)
    deciding.note_try(
        agent(),
        request=number,
        way=ReachWay.LETTER,
        result=ReachResult.RETURNED,
        reason="千代田区あて、戻った。",
    )
    asking.withdraw_request(buyer(), request=number)
    [act] = ledger.acts_of([about(number)], kind="disclosure.try")[about(number)]
    assert act.content is not None

    sealing.shred(subject="seller:S-1", at=MONDAY + DAY)

    [act] = ledger.acts_of([about(number)], kind="disclosure.try")[about(number)]
    assert act.content is None


def test_a_refusal_whose_reason_is_gone_is_not_agreed_to(staff: None) -> None:
    number = ask()
    deciding.begin_request(agent(), request=number)
    note(number, identity=Identity.ACCOUNT, elsewhere=True)
    deciding.propose_refusal(counsel(), request=number, reason="外で結ばれた契約のため。")

    note(number, identity=Identity.ACCOUNT)

    with pytest.raises(NothingNotMet):
        deciding.agree_request(lead(), request=number)


def test_nothing_else_than_what_was_proposed_is_disclosed() -> None:
    number = ask(items=(SellerItem.CORPORATE_NUMBER, SellerItem.FAX))
    deciding.begin_request(agent(), request=number)
    deciding.ask_view(counsel(), request=number)
    deciding.state_view(seller(), request=number, agrees=True, said="かまいません。")
    deciding.propose_disclosure(counsel(), request=number, reason="要件を満たす。")
    market.put_verification(machine(), VerificationLine(ref="S-1", corporate_number=""))
    market.put_contacts(machine(), ContactsLine(ref="S-1", fax="03-3507-8802"))

    with pytest.raises(NothingToGive):
        deciding.agree_request(lead(), request=number)


def test_what_is_proposed_to_be_left_out_goes_to_nobody_else_before_that_is_decided() -> None:
    propose(heard(), {ADDRESS: LeftOut.DANGER})

    with pytest.raises(NotAllMet):
        propose(another())


def test_a_buyer_that_withdraws_takes_no_doubt_away() -> None:
    number = heard()
    propose(number, {ADDRESS: LeftOut.DANGER})
    asking.withdraw_request(buyer(MONDAY + DAY), request=number)

    with pytest.raises(NotAllMet):
        propose(another())


@pytest.mark.parametrize("days", [0, 9], ids=["waiting", "silent"])
def test_what_the_seller_called_outdated_in_one_request_is_open_in_every_other(days: int) -> None:
    heard(ADDRESS)
    ring(MONDAY + days * DAY)
    other = another(at=days)

    with pytest.raises(NotAllMet):
        propose(other, at=days)
    propose(other, OUT, at=days)
    deciding.agree_request(lead(MONDAY + (days + 1) * DAY), request=other)
    assert set(deciding.receive(buyer(ref="B-2"), request=other)) == {NAME}


def test_what_is_left_out_after_another_proposed_to_give_it_stops_that_agreement() -> None:
    other = another()
    propose(other)
    propose(heard(), OUT)

    with pytest.raises(NotAllMet):
        deciding.agree_request(lead(MONDAY + 2 * DAY), request=other)


def of_second_shop(address: str) -> int:
    """Let B-1 ask for the address of another shop that is registered there, and the shop be heard."""
    put_shop(machine(EARLY), ref="S-2", name="二号店", mail="i@s.example.jp", address=address, private=False)
    market.put_listing(machine(EARLY), ListingLine(ref="L-S2", seller="S-2", name="鍋", price=48_000))
    items, at = (Item(listing="L-S2", price=48_000),), MONDAY - DAY
    line = OrderLine(ref="O-S2", buyer="B-1", seller="S-2", items=items, amount=48_000, ordered_at=at)
    market.put_order(machine(at), line)
    return ask(order="O-S2", items=(ADDRESS,))


@pytest.mark.parametrize("address", ["東京都千代田区霞が関3-1-1", "東京都港区芝5-6-7"])
def test_a_home_that_was_left_out_for_one_shop_is_looked_at_for_every_other_that_is_registered_there(
    address: str,
) -> None:
    left_out(why=LeftOut.DANGER)

    found = found_now(row(of_second_shop(address)))[Element.ITEMS]

    is_same = address == "東京都千代田区霞が関3-1-1"
    assert found.verdict is (ElementVerdict.COUNSEL if is_same else ElementVerdict.MET)


def given_on_request(*items: DisplayItem) -> dict[DisplayItem, str]:
    """Let S-1 show a display that leaves these out, and B-2 ask for them; return what it is given at once."""
    said = (ShownItem(item=one, said=words) for one, words in HANAKO.items() if one not in items)
    later = (ShownItem(item=one, on_request=True) for one in items)
    actions_displays.write_display(
        seller(),
        seller_ref="S-1",
        told=ShownDisplay(traits=SENDS, items=(*said, *later), place=AddressKind.OWN),
    )
    requests.ask_items(buyer(ref="B-2"), seller_ref="S-1", items=items)
    return displays.of_buyer("B-2")[0].given


@pytest.mark.parametrize("why", [LeftOut.ANOTHERS, LeftOut.OUTDATED, LeftOut.DANGER])
def test_the_home_that_was_left_out_is_not_given_by_machine_on_the_page_of_the_display(why: LeftOut) -> None:
    left_out(why=why)

    assert set(given_on_request(DisplayItem.ADDRESS, DisplayItem.PHONE)) == {DisplayItem.PHONE}
    [asked] = displays.of_buyer("B-2")
    assert asked.awaited == (DisplayItem.ADDRESS,)
    assert "display.requested" in told("seller:S-1")


def test_a_name_that_is_open_is_given_by_machine_neither_as_name_nor_as_representative() -> None:
    heard(NAME)

    assert given_on_request(DisplayItem.NAME, DisplayItem.RESPONSIBLE) == {}


def test_what_one_claim_did_not_need_is_given_on_request() -> None:
    left_out(why=LeftOut.NOT_NEEDED)

    assert set(given_on_request(DisplayItem.ADDRESS)) == {DisplayItem.ADDRESS}


@pytest.mark.parametrize(
    "address",
    [
        "東京都千代田区霞が関３－１－１",
        "〒100-0013 東京都千代田区霞が関3-1-1",
        "東京都千代田区霞が関3-1-1 コモンゲート西館2階",
        "東京都千代田区霞が関三丁目1番1号",
    ],
)
@pytest.mark.parametrize("called", [(), (ADDRESS,)], ids=["anothers", "outdated"])
def test_the_same_home_written_otherwise_is_still_looked_at(address: str, called: tuple[SellerItem]) -> None:
    number = heard(*called)
    ring(MONDAY + 8 * DAY)
    propose(number, {ADDRESS: LeftOut.OUTDATED if called else LeftOut.ANOTHERS}, at=8)
    deciding.agree_request(lead(MONDAY + 9 * DAY), request=number)
    market.put_contacts(machine(MONDAY + 9 * DAY), ContactsLine(ref="S-1", address=address))
    other = another(at=9)

    with pytest.raises(NotAllMet):
        propose(other, at=10)


def test_what_was_confirmed_and_is_registered_otherwise_since_is_looked_at() -> None:
    number = heard(ADDRESS)
    deciding.confirm_items(seller(), request=number, items=[ADDRESS])
    market.put_contacts(machine(), ContactsLine(ref="S-1", address="東京都千代田区霞が関三丁目1番1号"))

    with pytest.raises(NotAllMet):
        propose(number)


def silent() -> int:
    """Let the seller call its address outdated, and do nothing more."""
    number = heard(ADDRESS)
    ring(MONDAY + 8 * DAY)
    return number


@pytest.mark.parametrize("why", [LeftOut.OUTDATED, LeftOut.ANOTHERS])
@pytest.mark.parametrize("put_right", [True, False])
def test_nobody_agrees_to_a_reason_that_may_be_true_no_more(why: LeftOut, put_right: bool) -> None:
    number = silent()
    propose(number, {ADDRESS: why}, at=8)
    if put_right:
        market.put_contacts(machine(), ContactsLine(ref="S-1", address="東京都港区芝5-6-7"))
    else:
        deciding.confirm_items(seller(MONDAY + 8 * DAY), request=number, items=[ADDRESS])

    with pytest.raises(LeftOutForNoMore):
        deciding.agree_request(lead(MONDAY + 9 * DAY), request=number)
    deciding.send_back_request(lead(MONDAY + 9 * DAY), request=number, reason="登記を見る。")
    propose(number, {ADDRESS: LeftOut.ANOTHERS}, at=9)  # looked at once more, and another's all the same
    deciding.agree_request(lead(MONDAY + 10 * DAY), request=number)
    assert set(deciding.receive(buyer(), request=number)) == {NAME}


def test_a_danger_stays_one_wherever_the_seller_is_registered_now() -> None:
    number = heard()
    propose(number, {ADDRESS: LeftOut.DANGER})
    market.put_contacts(machine(), ContactsLine(ref="S-1", address="東京都港区芝5-6-7"))

    deciding.agree_request(lead(MONDAY + 2 * DAY), request=number)

    assert set(deciding.receive(buyer(), request=number)) == {NAME}


def test_no_item_is_asked_for_on_which_the_seller_was_not_heard() -> None:
    number = ask(items=(NAME,))
    deciding.begin_request(agent(), request=number)
    asking.complete_request(buyer(), request=number, items=(SellerItem.PHONE,), more="電話番号も。")
    deciding.ask_view(counsel(), request=number)

    with pytest.raises(ItemsAfterHearing):
        asking.complete_request(buyer(), request=number, items=(NAME, ADDRESS), more="住所も。")
    asking.complete_request(buyer(), request=number, items=(NAME,), more="訴状です。")
    assert row(number).asked == [NAME, SellerItem.PHONE]


def test_what_the_seller_calls_outdated_though_nobody_asked_for_it_waits_for_nobody_and_is_kept() -> None:
    number = heard(ADDRESS, number=ask(items=(NAME,)))

    propose(number)
    assert row(number).items == [NAME]
    other = another()
    with pytest.raises(NotAllMet):
        propose(other)
    deciding.confirm_items(seller(MONDAY + DAY), request=number, items=[ADDRESS])
    propose(other)


def weigh_items_not_met(number: int) -> None:
    deciding.weigh(
        counsel(MONDAY + 8 * DAY),
        request=number,
        element=Element.ITEMS,
        verdict=Weighed.NOT_MET,
        evidence=EvidenceKind.REGISTRATION,
        reason="別の家族が住んでいる。",
    )


def test_a_home_that_counsel_found_to_be_anothers_is_left_out_and_the_rest_given() -> None:
    number = silent()
    weigh_items_not_met(number)
    page = queries.request_of(lead(MONDAY + 8 * DAY), number)
    assert (page.may_disclose, page.may_refuse) == (True, True)

    with pytest.raises(NotAllMet):
        propose(number, at=8)
    propose(number, OUT, at=8)

    deciding.agree_request(lead(MONDAY + 9 * DAY), request=number)
    assert set(deciding.receive(buyer(), request=number)) == {NAME}


def test_the_page_offers_a_disclosure_only_where_it_can_be_proposed() -> None:
    number = silent()
    deciding.mark_doubtful(agent(MONDAY + 8 * DAY), request=number, element=Element.ITEMS, reason="名前も。")
    assert not queries.request_of(lead(MONDAY + 8 * DAY), number).may_disclose
    weigh_items_not_met(number)

    assert not queries.request_of(lead(MONDAY + 8 * DAY), number).may_disclose
    with pytest.raises(NotAllMet):
        propose(number, OUT, at=8)


def test_where_the_one_item_asked_for_is_open_nothing_is_offered_before_it_is_weighed() -> None:
    number = heard(ADDRESS, number=ask(items=(ADDRESS,)))
    ring(MONDAY + 8 * DAY)

    assert not queries.request_of(lead(MONDAY + 8 * DAY), number).may_disclose
