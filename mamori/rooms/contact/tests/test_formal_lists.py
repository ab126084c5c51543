"""Formal notices in lists: what has ended is found and read as well as what goes on, by its own parties only."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.grammar.businesstime import BusinessDays, CalendarDays, Duration
from mamori.ground.terms import actions as terms
from mamori.law.deadlines import FORMAL_ANSWER
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.formal import queries as formals, records as formally
from mamori.rooms.contact.tests.conftest import MONDAY, actor, agent, buyer, lead, machine, seller

pytestmark = pytest.mark.usefixtures("market_of_two")

REASON = "色が違います。返金先：普通 1234567"


def send(at: datetime = MONDAY, order: str = "O-1") -> int:
    return contact.send_formal(buyer(at), notice="return", order_ref=order, reason=REASON)


def settled(at: datetime = MONDAY, order: str = "O-1") -> int:
    formal = send(at, order)
    contact.settle_formal(buyer(at), formal=formal)
    return formal


def numbers(*found: int) -> list[str]:
    return [formally.number_of(formal) for formal in found]


def test_what_ended_and_what_goes_on_are_two_lists_of_both_parties() -> None:
    first, second = send(), send()
    over, later = settled(), settled()
    settled(order="O-2")

    for who in (seller(), actor("seller:S-1/hana", Role.DELEGATE)):
        assert [row.number for row in formals.listed(who, ended=False).items] == numbers(first, second)
        assert [row.number for row in formals.listed(who, ended=True).items] == numbers(later, over)
    assert [row.number for row in formals.listed(buyer(), ended=False).items] == numbers(first, second)
    assert len(formals.listed(buyer(), ended=True).items) == 3
    open_row, ended_row = (formals.listed(seller(), ended=ended).items[0] for ended in (False, True))
    assert (open_row.answer is not None, open_row.formal.closed_at) == (True, None)
    assert (ended_row.answer, ended_row.formal.closed_at) == (None, MONDAY)


def test_no_notice_falls_out_of_the_list_however_many_there_are() -> None:
    sent = [settled(MONDAY + timedelta(hours=hour)) for hour in range(formals.PAGE + 3)]

    first = formals.listed(seller(), ended=True)
    rest = formals.listed(seller(), ended=True, cursor=first.next)

    assert [row.number for row in (*first.items, *rest.items)] == numbers(*reversed(sent))
    assert rest.next == ""


def test_strangers_and_staff_have_no_such_list() -> None:
    settled()

    for eve in (actor("seller:S-2", Role.SELLER), actor("buyer:B-2", Role.BUYER)):
        assert formals.listed(eve, ended=True).items == ()
    with pytest.raises(NothingHere):
        formals.listed(agent(), ended=True)


def test_a_sellers_inbox_shows_the_first_and_says_where_the_others_are() -> None:
    assert formals.waiting("S-1") == formals.Waiting(rows=(), more=False)

    alone = [send(MONDAY + timedelta(hours=hour)) for hour in range(formals.PAGE)]
    shown = formals.waiting("S-1")
    send(MONDAY + timedelta(hours=formals.PAGE))

    assert [row.number for row in shown.rows] == numbers(*alone)
    assert not shown.more
    assert formals.waiting("S-1").more
    assert [row.number for row in formals.waiting("S-1").rows] == numbers(*alone)


def test_what_was_answered_leaves_the_inbox_for_the_list_and_what_nobody_answered_stays() -> None:
    answered, missed = send(), send(MONDAY - timedelta(days=9))
    contact.go_along(seller(), formal=answered)
    contact.miss_formal(machine(), formal=missed)

    waiting = formals.waiting("S-1")

    assert [(row.number, row.formal.state) for row in waiting.rows] == [(*numbers(missed), "unanswered")]
    assert waiting.more
    assert [row.number for row in formals.listed(seller(), ended=False).items] == numbers(answered, missed)


def test_the_inbox_leads_to_an_ended_notice_which_is_read_in_full(enter: Enter) -> None:
    now = datetime.now(UTC)
    nothing = enter(Role.SELLER, "seller:S-1").get("/seller/").content.decode()
    [number] = numbers(settled(now))
    shop = enter(Role.SELLER, "seller:S-1")

    inbox = shop.get("/seller/").content.decode()
    going, ended = (shop.get(f"/seller/notices/{show}").content.decode() for show in ("", "?show=ended"))
    page = shop.get(f"/seller/notices/{number}/").content.decode()
    send(now)
    with_both = shop.get("/seller/").content.decode()

    assert "/seller/notices/" not in nothing
    assert 'href="/seller/notices/"' in inbox
    assert number not in going
    assert f'href="/seller/notices/{number}/"' in ended
    assert REASON in page
    assert "到達の受領証" in page
    assert 'href="/seller/notices/"' in with_both


def test_a_buyer_finds_every_notice_that_was_sent(enter: Enter) -> None:
    now = datetime.now(UTC)
    over, going = numbers(settled(now), send(now))
    client = enter(Role.BUYER, "buyer:B-1")

    threads = client.get("/threads/").content.decode()
    pages = [client.get(f"/notices/{show}").content.decode() for show in ("", "?show=ended")]

    assert 'href="/notices/"' in threads
    assert [(over in page, going in page) for page in pages] == [(False, True), (True, False)]
    assert enter(Role.BUYER, "buyer:B-2").get("/notices/").status_code == 200


@pytest.mark.parametrize(
    ("duration", "left", "reason"),
    [
        (CalendarDays(9), r"あと [89] 日</span>", "休業日も含めて9日"),
        (BusinessDays(9), r"あと [89] 営業日</span>", "9営業日を数え"),
    ],
)
def test_the_days_of_an_answer_are_said_as_they_are_counted_and_why(
    enter: Enter, duration: Duration, left: str, reason: str
) -> None:
    at = datetime.now(UTC)
    terms.set(lead(MONDAY), setting=FORMAL_ANSWER, value=duration)
    number = formally.number_of(send(at))
    shop, shopper = enter(Role.SELLER, "seller:S-1"), enter(Role.BUYER, "buyer:B-1")

    lists = [
        shop.get("/seller/"),
        shop.get("/seller/notices/"),
        shopper.get("/threads/"),
        shopper.get("/notices/"),
    ]
    own = [shop.get(f"/seller/notices/{number}/"), shopper.get(f"/notices/{number}/")]

    for answer in (*lists, *own):
        [clock] = re.findall(r'<p class="clock [a-z]+">.*?</p>', answer.content.decode(), re.DOTALL)
        assert re.search(left, clock), clock
    for answer in own:
        [why] = re.findall(r'<details class="why">.*?</details>', answer.content.decode(), re.DOTALL)
        assert "期限の数え方" in why
        assert reason in why


def test_an_answer_that_has_just_run_out_alarms_the_seller_who_owes_it_and_not_the_buyer(
    enter: Enter,
) -> None:
    number = formally.number_of(send(datetime.now(UTC) - timedelta(days=30)))

    shop = enter(Role.SELLER, "seller:S-1").get(f"/seller/notices/{number}/").content.decode()
    shopper = enter(Role.BUYER, "buyer:B-1").get(f"/notices/{number}/").content.decode()

    assert 'class="clock late"' in shop
    assert 'class="clock past"' in shopper
