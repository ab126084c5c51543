"""The due moments on the parties' pages: who acts now and by when, and no alarm for what the reader can do nothing about."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Actor, Role
from mamori.grammar.businesstime import CalendarDays
from mamori.ground.market import actions as marketing
from mamori.ground.terms import actions as terms
from mamori.law.deadlines import (
    AGREEMENT,
    ANSWER,
    CONFIRMATION,
    HEARING,
    QUESTION_ANSWER,
    REMEDY_DECISION,
    RESOLUTION,
    RETURN_SENDING,
)
from mamori.rooms.contact import actions as contact, facts
from mamori.rooms.contact.lifecycle import RemedyState, ThreadState, TroubleState
from mamori.rooms.contact.queries.thread import ThreadPage, page_of
from mamori.rooms.contact.rules.proposals import Kind
from mamori.rooms.contact.rules.standing import Matter
from mamori.rooms.contact.rules.standing.told import awaited
from mamori.rooms.contact.tests.conftest import (
    MONDAY,
    agent,
    buyer,
    lead,
    machine,
    open_trouble,
    pass_time,
    seller,
)
from tests.reading import words

pytestmark = pytest.mark.usefixtures("market_of_two")
FRIDAY = MONDAY + timedelta(days=4)


def number(trouble: int) -> str:
    known = facts.trouble(trouble)
    assert known is not None
    return known.case


def page(actor: Actor, trouble: int) -> ThreadPage:
    return page_of(actor, number(trouble))


def shown(actor: Actor, trouble: int) -> list[tuple[str, bool]]:
    return [(clock.kind, clock.is_yours) for clock in page(actor, trouble).clocks]


def test_before_anything_is_late_both_see_the_answer_and_the_solution() -> None:
    trouble = open_trouble()

    assert shown(buyer(), trouble) == [(ANSWER.code, False), (RESOLUTION.code, False)]
    assert shown(seller(), trouble) == [(ANSWER.code, True), (RESOLUTION.code, True)]


def test_while_a_refund_is_decided_the_buyer_reads_that_the_centre_acts_and_by_when() -> None:
    trouble = open_trouble()
    pass_time(FRIDAY)

    found = page(buyer(FRIDAY), trouble)

    assert [clock.kind for clock in found.clocks] == [ANSWER.code, RESOLUTION.code, REMEDY_DECISION.code]
    assert not any(clock.is_yours for clock in found.clocks)
    decided = found.clocks[-1].due_at
    assert decided > FRIDAY - timedelta(days=2)
    assert "今は窓口が対応しています" in found.standing.now.ja
    assert "までに判断し" in found.standing.next.ja
    assert "まもなく" not in found.standing.next.ja
    assert not found.standing.is_late


def test_a_seller_who_owes_is_alarmed_and_one_who_answered_is_not() -> None:
    trouble, other = open_trouble(), open_trouble(order_ref="O-3")
    known = facts.trouble(other)
    assert known is not None
    contact.answer(seller(), thread=known.thread, said="送ります")
    pass_time(MONDAY + timedelta(days=3))
    later = seller(MONDAY + timedelta(days=3))

    assert shown(later, trouble) == [
        (ANSWER.code, True),
        (RESOLUTION.code, True),
        (REMEDY_DECISION.code, False),
    ]
    assert shown(later, other) == [(RESOLUTION.code, False), (REMEDY_DECISION.code, False)]
    assert page(later, trouble).standing.is_late


def test_while_a_refund_is_out_only_the_marketplace_is_waited_for() -> None:
    trouble = open_trouble()
    contact.request_mediation(buyer(), trouble=trouble)
    contact.grant_remedy(agent(), trouble=trouble, amount=8_000, reason="回答なし")
    pass_time(FRIDAY)

    found = page(buyer(FRIDAY), trouble)

    assert [clock.kind for clock in found.clocks] == [CONFIRMATION.code]
    assert "までに終わる見込みです" in found.standing.next.ja
    assert page(seller(FRIDAY), trouble).clocks == ()


def test_a_buyer_who_is_to_send_goods_back_reads_until_when_in_days_that_all_count() -> None:
    trouble = open_trouble()
    contact.request_mediation(buyer(), trouble=trouble)
    label = contact.arrange_return(agent(), trouble=trouble, amount=8_000, reason="動作しない")
    marketing.confirm(machine(), instruction=label, outcome="confirmed", tracking="1")
    pass_time(MONDAY)

    [clock] = page(buyer(), trouble).clocks

    assert (clock.kind, clock.is_yours, clock.every_day) == (RETURN_SENDING.code, True, True)
    assert page(seller(), trouble).clocks == ()


def test_a_wish_that_is_not_decided_is_the_buyers_to_see_and_not_the_sellers() -> None:
    waiting = Matter(thread=ThreadState.WAITING, trouble=TroubleState.MEDIATED, remedy=RemedyState.CONSIDERED)

    kinds = [[one.kind for one in awaited(waiting, by_seller=side)] for side in (False, True)]

    assert REMEDY_DECISION.code in kinds[0]
    assert REMEDY_DECISION.code not in kinds[1]


def test_every_remedy_under_way_has_a_due_moment_of_its_own() -> None:
    for remedy in RemedyState:
        matter = Matter(thread=ThreadState.MISSED, trouble=TroubleState.OVERDUE, remedy=remedy)
        assert awaited(matter, by_seller=False), remedy
    assert awaited(Matter(thread=ThreadState.CLOSED), by_seller=False) == ()


def test_a_question_has_an_answer_to_wait_for_and_nothing_else() -> None:
    asked, answered = Matter(thread=ThreadState.MISSED), Matter(thread=ThreadState.ANSWERED)

    assert [(one.kind, one.is_yours) for one in awaited(asked, by_seller=True)] == [
        (QUESTION_ANSWER.code, True)
    ]
    assert awaited(answered, by_seller=False) == ()


def now() -> datetime:
    return datetime.now(UTC)


def text(client: Client, path: str) -> str:
    return words(client.get(path))


@pytest.mark.usefixtures("market_of_today")
def test_pages_show_no_red_for_what_the_centre_has_to_do(enter: Enter) -> None:
    began = now() - timedelta(days=14)
    trouble = open_trouble(began)
    pass_time(now())

    mine = text(enter(Role.BUYER, "buyer:B-1"), f"/threads/{number(trouble)}/")
    theirs = text(enter(Role.SELLER, "seller:S-1"), f"/seller/threads/{number(trouble)}/")

    assert 'class="clock late"' not in mine
    assert mine.count('class="clock past"') == 2
    assert "立替返金についての窓口の判断" in mine
    assert 'class="clock late"' in theirs
    listed = text(enter(Role.BUYER, "buyer:B-1"), "/threads/")
    assert "窓口が返金を検討中" in listed
    assert 'class="chip bad"' not in listed


@pytest.mark.parametrize(
    ("language", "kind"), [("ja", r"あと [23] 日"), ("en", r"[23] days( and \d+ hours?)? left")]
)
def test_an_answer_counted_in_calendar_days_is_said_in_days_and_not_in_business_days(
    enter: Enter, language: str, kind: str
) -> None:
    terms.set(lead(MONDAY), setting=ANSWER, value=CalendarDays(3))
    trouble = open_trouble(now())
    shop, shopper = enter(Role.SELLER, "seller:S-1"), enter(Role.BUYER, "buyer:B-1")

    for client, path in (
        (shop, "/seller/"),
        (shop, f"/seller/threads/{number(trouble)}/"),
        (shopper, f"/threads/{number(trouble)}/"),
    ):
        page = words(client.get(path, headers={"accept-language": language}))
        clocks = re.findall(r'<p class="clock [a-z]+">.*?</p>', page)
        assert re.search(kind, clocks[0]), path
        assert "営業日" not in clocks[0], path
        assert "business" not in clocks[0], path


@pytest.mark.usefixtures("market_of_today")
def test_what_is_overdue_or_agreed_in_calendar_days_is_said_so_in_the_inbox(enter: Enter) -> None:
    terms.set(lead(MONDAY), setting=ANSWER, value=CalendarDays(1))
    terms.set(lead(MONDAY), setting=AGREEMENT, value=CalendarDays(9))
    began = now() - timedelta(days=4)
    open_trouble(began)
    agreed = open_trouble(now(), order_ref="O-3")
    contact.request_mediation(buyer(now()), trouble=agreed)
    proposal = contact.propose(buyer(now()), trouble=agreed, kind=Kind.FULL_REFUND)
    contact.accept(seller(now()), proposal=proposal)
    pass_time(now())

    shop = enter(Role.SELLER, "seller:S-1")
    clocks = re.findall(r'<p class="clock ([a-z]+)">.*?left">([^<]+)<', text(shop, "/seller/"))

    assert [state for state, _ in clocks] == ["late", "running"]
    assert re.match(r"[23] 日(と \d+ 時間)? 過ぎています", clocks[0][1])
    assert re.match(r"あと [89] 日", clocks[1][1])


@pytest.mark.usefixtures("market_of_today")
def test_a_hearing_counted_in_calendar_days_is_said_so_too(enter: Enter) -> None:
    terms.set(lead(MONDAY), setting=HEARING, value=CalendarDays(5))
    began = now()
    trouble = open_trouble(began)
    contact.request_mediation(buyer(began), trouble=trouble)
    refund = contact.grant_remedy(agent(began), trouble=trouble, amount=8_000, reason="回答なし")
    marketing.confirm(machine(began), instruction=refund, outcome="confirmed")
    pass_time(began)
    shop = enter(Role.SELLER, "seller:S-1")

    inbox = text(shop, "/seller/")
    [path] = set(re.findall(r'href="(/seller/recoveries/[^"]+)"', inbox))

    for page in (inbox, text(shop, path)):
        [clock] = re.findall(r'<p class="clock [a-z]+">.*?</p>', page)
        assert re.search(r"あと [45] 日", clock)


@pytest.mark.usefixtures("market_of_today")
def test_an_answer_that_is_asked_for_anew_and_falls_behind_the_solution_is_explained(enter: Enter) -> None:
    began = now() - timedelta(minutes=5)
    trouble = open_trouble(began)
    known = facts.trouble(trouble)
    assert known is not None
    first = text(enter(Role.BUYER, "buyer:B-1"), f"/threads/{known.case}/")
    terms.set(lead(began), setting=ANSWER, value=CalendarDays(30))
    contact.answer(seller(began), thread=known.thread, said="送ります")
    contact.say_unsolved(buyer(began), trouble=trouble, said="届きません")

    later = text(enter(Role.BUYER, "buyer:B-1"), f"/threads/{known.case}/")

    assert "回答を待たずに" not in first
    assert "解決の期限を過ぎたら、回答を待たずに" in later
