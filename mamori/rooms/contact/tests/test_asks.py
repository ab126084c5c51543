"""What a case asks of the centre: several things at once, each until it is done, and none lost to an act beside it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mamori.ground.cases import facts as cases
from mamori.ground.cases.facts import Wish as Listed
from mamori.ground.market import actions as market
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact.models import Trouble
from mamori.rooms.contact.rules.callers import Channel
from mamori.rooms.contact.rules.eligibility import Kind as Wish
from mamori.rooms.contact.rules.reading import DANGER, LOOK_WAITS, Asked, asked, asked_when_over
from mamori.rooms.contact.tests.conftest import (
    MONDAY,
    agent,
    buyer,
    machine,
    open_trouble,
    pass_time,
    seller,
)
from tests.taking import take

DAY = timedelta(days=1)
EVERYTHING = frozenset({"decide-remedy", "answer-missed", "proposal-ended", LOOK_WAITS})


def about(trouble: int) -> str:
    return f"contact.trouble:{trouble}"


def asks(trouble: int) -> frozenset[str]:
    return cases.asked(about(trouble))


def first(trouble: int) -> str | None:
    return cases.case_of(about(trouble)).attention


def wished(at: timedelta = timedelta()) -> int:
    trouble = open_trouble()
    contact.request_mediation(buyer(MONDAY + at), trouble=trouble, centre_may_read=True)
    contact.ask_remedy(buyer(MONDAY + at), trouble=trouble, wish=Wish.REFUND)
    return trouble


def test_what_follows_from_the_state_stays_while_it_is_so_whoever_acts() -> None:
    before = Asked(first="decide-remedy", all=EVERYTHING)

    looked = asked(before, computed={"decide-remedy", "answer-missed"}, by_staff=True)
    decided = asked(before, computed={"answer-missed"}, by_staff=True)

    assert looked == Asked(
        first="decide-remedy", all=frozenset({"decide-remedy", "answer-missed", LOOK_WAITS})
    )
    assert decided == Asked(first=LOOK_WAITS, all=frozenset({"answer-missed", LOOK_WAITS}))


def test_a_look_clears_nothing_and_what_is_settled_goes() -> None:
    before = Asked(first="proposal-ended", all=EVERYTHING)

    looked = asked(before, computed={"answer-missed"}, new="", by_staff=True)
    settled = asked(before, computed={"answer-missed"}, settles={"proposal-ended", LOOK_WAITS})

    assert looked == Asked(first="proposal-ended", all=EVERYTHING - {"decide-remedy"})
    assert settled == Asked(first=None, all=frozenset({"answer-missed"}))


def test_the_newest_is_first_and_what_was_noted_comes_after_what_is_owed() -> None:
    before = Asked(first="decide-remedy", all=frozenset({"decide-remedy", "order-cancelled"}))

    newer = asked(before, computed={"decide-remedy", "call-owed"}, new="promise-broken")
    later = asked(newer, computed={"call-owed"}, settles={"promise-broken"})
    rest = asked(later, computed=())

    assert newer == Asked(
        first="promise-broken",
        all=frozenset({"decide-remedy", "order-cancelled", "call-owed", "promise-broken"}),
    )
    assert (later.first, rest.first) == ("call-owed", "order-cancelled")


def test_whoever_acts_has_seen_what_is_overdue_but_it_stays_counted() -> None:
    before = Asked(first="answer-missed", all=frozenset({"answer-missed"}))

    seen = asked(before, computed={"answer-missed"}, by_staff=True)
    unseen = asked(before, computed={"answer-missed"})

    assert (seen.first, seen.all) == (None, {"answer-missed"})
    assert unseen.first == "answer-missed"


def test_a_danger_comes_before_whatever_is_new() -> None:
    found = asked(Asked(), computed={DANGER, "call-owed"}, new="promise-broken")

    assert found == Asked(first=DANGER, all=frozenset({DANGER, "call-owed", "promise-broken"}))


def test_of_what_is_over_a_look_still_waits_for_another_person_until_it_is_settled() -> None:
    before = Asked(first="decide-remedy", all=EVERYTHING)

    waits = frozenset({LOOK_WAITS})

    assert asked_when_over(before, in_danger=False) == Asked(first=LOOK_WAITS, all=waits)
    assert asked_when_over(before, in_danger=False, settles={LOOK_WAITS}) == Asked()
    assert asked_when_over(before, in_danger=False, new="") == Asked(first=LOOK_WAITS, all=waits)
    newer = asked_when_over(before, in_danger=False, new="promise-broken")
    assert newer == Asked(first="promise-broken", all=waits | {"promise-broken"})
    assert asked_when_over(Asked(all=EVERYTHING - {LOOK_WAITS}), in_danger=False) == Asked()


def test_a_danger_is_asked_first_of_what_is_over_too_and_what_else_waits_beside_it() -> None:
    before = Asked(first="decide-remedy", all=EVERYTHING)

    waiting = asked_when_over(before, in_danger=True)
    alone = asked_when_over(Asked(), in_danger=True)
    newer = asked_when_over(before, in_danger=True, new="promise-broken")

    assert waiting == Asked(first=DANGER, all=frozenset({DANGER, LOOK_WAITS}))
    assert alone == Asked(first=DANGER, all=frozenset({DANGER}))
    assert newer == Asked(first=DANGER, all=frozenset({DANGER, LOOK_WAITS, "promise-broken"}))


@pytest.mark.usefixtures("market_of_two")
def test_a_refund_that_was_asked_for_is_asked_until_it_is_decided() -> None:
    trouble = wished()

    take(agent(), trouble)
    taken = (first(trouble), asks(trouble))
    answers = {"amount": "8000", "day": "11/11"}
    number = cases.case_of(about(trouble)).number
    check = contact.check_caller(agent(), number=number, channel=Channel.PHONE, answers=answers)
    contact.take_down(agent(), check=check, said="まだです", read_back=True)
    telephoned = (first(trouble), asks(trouble))
    contact.grant_remedy(agent(), trouble=trouble, amount=8_000, reason="x")

    assert taken == telephoned == ("decide-remedy", {"decide-remedy"})
    assert "decide-remedy" not in asks(trouble)


@pytest.mark.usefixtures("market_of_two")
def test_what_comes_later_hides_nothing_that_the_board_counts() -> None:
    trouble = wished()

    pass_time(MONDAY + 3 * DAY)

    counted = ("decide-remedy", "answer-missed", "resolution-missed")
    assert {code: cases.count(Listed(attention=code)) for code in counted} == dict.fromkeys(counted, 1)
    contact.answer(
        seller(MONDAY + 3 * DAY), thread=Trouble.objects.get(pk=trouble).thread_id, said="返金します"
    )
    assert asks(trouble) >= {"decide-remedy", "resolution-missed"}
    assert "answer-missed" not in asks(trouble)


@pytest.mark.usefixtures("market_of_two")
def test_while_the_operator_refunds_nothing_of_the_sellers_is_overdue() -> None:
    trouble = wished()
    label = contact.arrange_return(agent(), trouble=trouble, amount=8_000, reason="x")
    market.confirm(machine(), instruction=label, outcome="confirmed")
    contact.confirm_instruction(machine(), instruction=label)

    pass_time(MONDAY + 4 * DAY)

    assert Trouble.objects.get(pk=trouble).state == "overdue"
    assert not asks(trouble) & {"answer-missed", "resolution-missed", "call-owed", "call-overdue"}
    assert Trouble.objects.get(pk=trouble).thread.seller_due_at is None


@pytest.mark.usefixtures("market_of_two")
def test_a_notice_that_is_shown_to_the_centre_is_unanswered_still() -> None:
    notice = contact.send_formal(buyer(), notice="return", order_ref="O-1", reason="x")
    pass_time(MONDAY + 6 * DAY)

    contact.share_formal(buyer(MONDAY + 6 * DAY), formal=notice)
    shown = cases.case_of(f"contact.formal:{notice}").attention
    contact.go_along(seller(MONDAY + 7 * DAY), formal=notice)

    assert shown == "formal-unanswered"
    assert cases.asked(f"contact.formal:{notice}") == frozenset()


@pytest.mark.usefixtures("market_of_two")
def test_a_seller_who_acts_can_be_reached() -> None:
    trouble = open_trouble(order_ref="O-2")
    assert "unreachable" in asks(trouble)

    thread = Trouble.objects.get(pk=trouble).thread
    by = seller().__class__(by="seller:S-2", role=seller().role, at=MONDAY, via="test")
    contact.acknowledge(by, thread=thread.pk, said="確かめています")

    assert "unreachable" not in asks(trouble)
