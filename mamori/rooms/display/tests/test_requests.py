"""What a display leaves out is given on request: at once where it is held, else by the seller within three business days."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from mamori.grammar.actor import Actor, Role
from mamori.grammar.statechart import StepNotYours
from mamori.ground.clocks import facts as clocks
from mamori.ground.ledger import facts as records
from mamori.ground.market import actions as market
from mamori.ground.market.actions import BuyerLine
from mamori.ground.market.events import PersonErasedOnRequest
from mamori.ground.outbox import facts as outbox
from mamori.ground.outbox.models import Event, Notice
from mamori.ground.seal import actions as sealing
from mamori.japan.calendar import JAPAN
from mamori.law.display import DisplayItem
from mamori.rooms.display import tasks
from mamori.rooms.display.actions import displays
from mamori.rooms.display.lifecycle import RequestState
from mamori.rooms.display.models import ItemRequest
from mamori.rooms.display.requests import actions as requests, queries
from mamori.rooms.display.requests.actions import REQUESTS, AnswerEachItem, AskedTooOften, NothingToAsk
from mamori.rooms.display.requests.queries import NoSuchRequest
from mamori.rooms.display.requests.rules import held, requestable
from mamori.rooms.display.rules.told import AddressKind, ShownDisplay, ShownItem
from mamori.rooms.display.tests.conftest import (
    HANAKO,
    MONDAY,
    SENDS,
    actor,
    display,
    eve,
    machine,
    registered,
    ring,
    seller,
    told,
)
from tests.shops import put_shop

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shops")]
I = DisplayItem  # noqa: E741
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OVER = datetime(2026, 11, 20, tzinfo=JAPAN)
"""The end of the third business day after Monday."""
HOME = "東京都千代田区霞が関3-1-1"


@pytest.fixture(autouse=True)
def known(shops: None) -> None:
    """Let the marketplace tell of the buyer who asks, and of another."""
    for ref in ("B-1", "B-2"):
        market.put_buyer(machine(), BuyerLine(ref=ref, name="買手"))


def buyer(at: datetime = MONDAY, ref: str = "B-1") -> Actor:
    return actor(f"buyer:{ref}", Role.BUYER, at)


def agent(at: datetime = MONDAY) -> Actor:
    return actor("staff:a@example.jp", Role.AGENT, at)


def lead(at: datetime = MONDAY) -> Actor:
    return actor("staff:l@example.jp", Role.LEAD, at)


def shows(*left_out: DisplayItem, place: AddressKind = AddressKind.OWN, at: datetime = MONDAY) -> None:
    """Let S-1 show its display, with these items given on request."""
    said = tuple(ShownItem(item=item, said=words) for item, words in HANAKO.items() if item not in left_out)
    later = tuple(ShownItem(item=item, on_request=True) for item in left_out)
    shown = ShownDisplay(traits=SENDS, items=(*said, *later), place=place)
    displays.write_display(seller(at), seller_ref="S-1", told=shown)


def ask(*items: DisplayItem, by: Actor | None = None) -> int:
    return requests.ask_items(by or buyer(), seller_ref="S-1", items=items)


def given(ref: str = "B-1") -> dict[DisplayItem, str]:
    return queries.of_buyer(ref)[0].given


def state(number: int) -> RequestState:
    return RequestState(ItemRequest.objects.get(pk=number).state)


def test_what_is_registered_is_given_at_once_and_the_seller_is_told() -> None:
    shows(I.ADDRESS, I.PHONE)

    number = ask(I.ADDRESS, I.PHONE)

    assert given() == {I.ADDRESS: HOME, I.PHONE: "03-3507-8801"}
    assert state(number) is RequestState.GIVEN
    assert clocks.open_clocks(f"display.request:{number}") == ()
    assert told()[0] == "display.given"


def test_what_nobody_holds_the_seller_gives_in_three_business_days_and_the_next_buyer_has_it_at_once() -> (
    None
):
    shows(I.DELIVERY)

    number = ask(I.DELIVERY)

    [clock] = clocks.open_clocks(f"display.request:{number}")
    assert (clock.kind, clock.due_at.astimezone(JAPAN)) == ("display.request", OVER)
    assert told()[0] == "display.requested"
    requests.answer_request(seller(MONDAY + DAY), request=number, answers={I.DELIVERY: " ３日で発送します "})
    assert given() == {I.DELIVERY: "３日で発送します"}
    assert told("buyer:B-1") == ["display.request_answered"]
    assert clocks.open_clocks(f"display.request:{number}") == ()

    ask(I.DELIVERY, by=buyer(MONDAY + 2 * DAY, "B-2"))

    assert given("B-2") == {I.DELIVERY: "３日で発送します"}


def test_an_answer_to_an_earlier_display_is_not_given_again() -> None:
    shows(I.DELIVERY)
    requests.answer_request(seller(), request=ask(I.DELIVERY), answers={I.DELIVERY: "3日"})
    shows(I.DELIVERY, I.RETURNS, at=MONDAY + DAY)

    number = ask(I.DELIVERY, by=buyer(MONDAY + DAY, "B-2"))

    assert state(number) is RequestState.ASKED


def test_what_is_not_given_in_time_is_told_upward_once_and_can_still_be_given() -> None:
    shows(I.DELIVERY)
    number = ask(I.DELIVERY)

    ring(OVER + HOUR)
    ring(OVER + 30 * DAY)

    [event] = Event.objects.filter(kind="display.request_missed")
    data = json.loads(event.body)["data"]
    assert (data["seller_ref"], data["items"], data["version"]) == ("S-1", ["delivery"], 1)
    assert told()[0] == "display.request_missed"
    assert told("buyer:B-1") == ["display.answer_missed"]
    requests.miss_request(machine(), request=number)  # a clock that rings again does nothing
    requests.answer_request(seller(OVER + DAY), request=number, answers={I.DELIVERY: "3日"})
    assert state(number) is RequestState.GIVEN


def test_of_a_protected_seller_nothing_registered_is_given_by_machine() -> None:
    put_shop(machine(), **registered(protected=True))
    shows(I.ADDRESS, I.DELIVERY)

    number = ask(I.ADDRESS, I.DELIVERY)

    assert given() == {}
    assert state(number) is RequestState.ASKED
    requests.answer_request(seller(), request=number, answers={I.ADDRESS: HOME, I.DELIVERY: "3日"})
    again = ask(I.ADDRESS, I.DELIVERY, by=buyer(MONDAY, "B-2"))
    assert given("B-2") == {}  # words of its own may say where it is: it gives all of them itself, each time
    assert queries.request_shown(seller(), again).awaited == (I.ADDRESS, I.DELIVERY)


def test_whose_display_shows_an_offices_address_is_asked_for_its_own_and_it_is_not_given_by_machine() -> None:
    shows(place=AddressKind.OFFICE)

    number = ask(I.ADDRESS, I.PHONE)

    assert given() == {}
    assert queries.request_shown(seller(), number).awaited == (I.ADDRESS, I.PHONE)


def test_a_private_persons_home_is_not_given() -> None:
    items = (ShownItem(item=I.ADDRESS, on_request=True),)
    displays.write_display(seller(ref="S-3"), seller_ref="S-3", told=ShownDisplay(items=items))

    with pytest.raises(NothingToAsk):
        requests.ask_items(buyer(), seller_ref="S-3", items=(I.ADDRESS,))


@pytest.mark.parametrize("items", [(I.PRICE,), ()])
def test_what_stands_in_the_display_is_not_asked_for(items: tuple[DisplayItem, ...]) -> None:
    shows(I.ADDRESS)

    with pytest.raises(NothingToAsk):
        ask(*items)


def test_the_same_is_not_asked_twice_while_it_is_awaited() -> None:
    shows(I.DELIVERY)
    ask(I.DELIVERY)

    with pytest.raises(NothingToAsk):
        ask(I.DELIVERY)


@pytest.mark.parametrize(
    "line",
    [
        "所在地：請求があれば遅滞なく開示いたします",
        "住所：安全のため非公開。返品先は請求があれば遅滞なくお知らせします",
        "住所：ストーカー被害のため、警察からの請求があれば遅滞なく開示します",
    ],
)
def test_what_is_only_read_from_a_text_may_be_asked_for_and_is_never_given_by_machine(line: str) -> None:
    text = f"販売業者：山田 花子\n{line}\n電話番号：03-3507-8801\n返品：商品到着後8日以内"
    displays.write_display(seller(), seller_ref="S-1", told=display(without=(I.ADDRESS,), text=text))

    ask(I.ADDRESS)

    assert given() == {}


def test_nobody_gathers_addresses_by_asking() -> None:
    shows(I.ADDRESS)
    for _ in range(REQUESTS.most):
        ask(I.ADDRESS)

    with pytest.raises(AskedTooOften):
        ask(I.ADDRESS)
    ask(I.ADDRESS, by=buyer(MONDAY, "B-2"))


@pytest.mark.parametrize("answers", [{}, {I.DELIVERY: " "}, {I.DELIVERY: "3日", I.PRICE: "800円"}])
def test_each_item_is_answered_and_no_other(answers: dict[DisplayItem, str]) -> None:
    shows(I.DELIVERY)
    number = ask(I.DELIVERY)

    with pytest.raises(AnswerEachItem):
        requests.answer_request(seller(), request=number, answers=answers)


def test_a_seller_in_fear_asks_the_marketplace_and_its_time_stands_still() -> None:
    shows(place=AddressKind.OFFICE)
    number = ask(I.ADDRESS)

    requests.refer_request(seller(MONDAY + HOUR), request=number, reason="元の配偶者に追われています")

    assert state(number) is RequestState.REFERRED
    assert clocks.open_clocks(f"display.request:{number}") == ()
    assert queries.request_shown(agent(), number).reason == "元の配偶者に追われています"
    row = ItemRequest.objects.get(pk=number)
    assert "追われて".encode() not in bytes(row.reason or b"")
    with pytest.raises(StepNotYours):
        requests.excuse_request(agent(), request=number, reason="事情あり")

    requests.excuse_request(lead(MONDAY + DAY), request=number, reason="接近禁止の命令を確かめた")

    assert state(number) is RequestState.EXCUSED
    assert told("buyer:B-1") == ["display.request_excused"]
    assert told()[0] == "display.need_not_give"


def test_who_has_no_good_reason_is_asked_anew_with_its_whole_time() -> None:
    shows(I.DELIVERY)
    number = ask(I.DELIVERY)
    requests.refer_request(seller(MONDAY + HOUR), request=number, reason="面倒です")

    requests.insist_request(agent(MONDAY + DAY), request=number, reason="法の求め")

    [clock] = clocks.open_clocks(f"display.request:{number}")
    assert clock.due_at.astimezone(JAPAN) == OVER + DAY
    assert told()[0] == "display.insisted"


def test_a_stranger_another_shop_and_another_buyer_do_not_reach_it() -> None:
    shows(I.DELIVERY)
    number = ask(I.DELIVERY)

    for one in (eve(), actor("buyer:B-2", Role.BUYER), buyer()):
        with pytest.raises(NoSuchRequest):
            requests.answer_request(one, request=number, answers={I.DELIVERY: "3日"})
        with pytest.raises(NoSuchRequest):
            queries.request_shown(one, number)
    assert queries.of_buyer("B-2") == ()
    with pytest.raises(NoSuchRequest):
        requests.answer_request(seller(), request=number + 1, answers={I.DELIVERY: "3日"})


def test_staff_read_what_was_asked_and_nothing_of_what_was_given() -> None:
    shows(I.ADDRESS)

    shown = queries.request_shown(agent(), ask(I.ADDRESS))

    assert shown.items == (I.ADDRESS,)
    assert shown.given == {}
    assert HOME not in repr(queries.of_buyer("B-1"))


def test_no_notice_and_no_row_holds_what_was_given() -> None:
    shows(I.ADDRESS)
    ask(I.ADDRESS)

    assert HOME not in str(list(Notice.objects.values())) + str(list(Event.objects.values()))
    assert HOME.encode() not in bytes(ItemRequest.objects.get().given or b"")
    written = [outbox.notices(to=to, limit=9) for to in ("seller:S-1", "buyer:B-1")]
    assert HOME not in str(written)


def erase(subject: str) -> None:
    sealing.shred(subject=subject, at=MONDAY)
    tasks.person_erased(PersonErasedOnRequest(subject=subject), MONDAY + HOUR)


def test_an_erased_seller_takes_its_words_along_and_nothing_waits_for_it_any_more() -> None:
    shows(I.ADDRESS, I.DELIVERY)
    number = ask(I.ADDRESS, I.DELIVERY)

    erase("seller:S-1")

    assert state(number) is RequestState.CLOSED
    assert clocks.open_clocks(f"display.request:{number}") == ()
    [shown] = queries.of_buyer("B-1")
    assert (shown.given, shown.is_erased) == ({}, True)


def test_what_an_erased_buyer_asked_for_is_not_to_be_answered() -> None:
    shows(I.DELIVERY)
    number = ask(I.DELIVERY)

    erase("buyer:B-1")

    assert state(number) is RequestState.CLOSED


def test_each_act_is_in_the_record_and_names_no_words() -> None:
    shows(I.DELIVERY)
    number = ask(I.DELIVERY)
    requests.answer_request(seller(), request=number, answers={I.DELIVERY: "三日で発送"})

    acts = records.acts_about(f"display.request:{number}")
    assert [act.kind for act in acts] == ["display.request", "display.answer_request"]
    assert "三日で発送" not in str([act.content for act in acts])


@pytest.mark.parametrize(
    ("place", "protected", "expected"),
    [
        (AddressKind.OWN, False, {I.NAME: "花子", I.ADDRESS: "家", I.DELIVERY: "3日"}),
        (AddressKind.OFFICE, False, {I.NAME: "花子", I.DELIVERY: "3日"}),
        (AddressKind.OWN, True, {}),
    ],
)
def test_what_is_held(place: AddressKind, protected: bool, expected: dict[DisplayItem, str]) -> None:
    known: dict[str, Any] = {"registered": {I.NAME: "花子", I.ADDRESS: "家"}, "given": {I.DELIVERY: "3日"}}
    asked = (I.NAME, I.ADDRESS, I.DELIVERY, I.RETURNS)

    assert held(asked, place, offered=asked, **known, is_protected=protected) == expected


def test_what_may_be_asked_for() -> None:
    assert requestable({I.RETURNS, I.NAME}, AddressKind.OWN) == (I.NAME, I.RETURNS)
    assert requestable((), AddressKind.PLATFORM) == (I.ADDRESS, I.PHONE)
