"""Whoever has done anything since the seller's answer is not silent: each deed of the buyer ends the wait for a word."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from mamori.grammar.actor import Role
from mamori.ground.cases import facts as cases
from mamori.ground.clocks import facts as clocks
from mamori.ground.market import actions as market
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact.leave import Way
from mamori.rooms.contact.models import Helper, Thread, Trouble
from mamori.rooms.contact.queries import thread as threads
from mamori.rooms.contact.rules.callers import Channel
from mamori.rooms.contact.rules.eligibility import Kind as Wish
from mamori.rooms.contact.rules.helping import May
from mamori.rooms.contact.rules.owed import is_buyers_deed
from mamori.rooms.contact.rules.proposals import Kind
from mamori.rooms.contact.rules.standing import Standing, Turn
from mamori.rooms.contact.tests.conftest import (
    MONDAY,
    agent,
    buyer,
    machine,
    open_trouble,
    pass_time,
    seller,
)
from mamori.rooms.contact.tests.test_attach import attach
from mamori.rooms.contact.topics import Topic
from mamori.rooms.contact.words import digest

pytestmark = pytest.mark.usefixtures("market_of_two")
HOUR = timedelta(hours=1)
NOW = MONDAY + 4 * HOUR


def NOTHING(trouble: int) -> None:  # noqa: N802  a word of the table below
    """Nothing comes before."""


def thread_of(trouble: int) -> int:
    return Trouble.objects.get(pk=trouble).thread_id


def about(trouble: int) -> str:
    return f"contact.trouble:{trouble}"


def is_waited_for(trouble: int) -> bool:
    return any(clock.kind == "contact.silence" for clock in clocks.open_clocks(about(trouble)))


def mediated(trouble: int) -> int:
    contact.request_mediation(buyer(MONDAY + HOUR), trouble=trouble)
    return trouble


def offered(trouble: int) -> int:
    return contact.propose(agent(MONDAY + HOUR), trouble=mediated(trouble), kind=Kind.FULL_REFUND)


def proposed(trouble: int) -> int:
    return contact.propose(buyer(MONDAY + HOUR), trouble=mediated(trouble), kind=Kind.REPLACEMENT)


def labelled(trouble: int) -> None:
    label = contact.arrange_return(agent(MONDAY + HOUR), trouble=mediated(trouble), amount=8_000, reason="x")
    market.confirm(machine(MONDAY + HOUR), instruction=label, outcome="confirmed")
    contact.confirm_instruction(machine(MONDAY + HOUR), instruction=label)


def helped(trouble: int) -> str:
    actor = buyer(MONDAY + HOUR)
    return contact.let_help(actor, thread=thread_of(trouble), name="むすめ花子", may=May.WRITE, days=7)


def reached(trouble: int, at: datetime = MONDAY + HOUR) -> None:
    contact.let_contact(buyer(at), thread=thread_of(trouble), way=Way.MAIL, detail="b@example.jp")


def checked(trouble: int, at: datetime = NOW) -> str:
    answers = {"amount": "8000", "day": "11/11"}
    number = cases.case_of(about(trouble)).number
    return contact.check_caller(agent(at), number=number, channel=Channel.PHONE, answers=answers)


def formal(trouble: int, at: datetime = MONDAY + HOUR) -> int:
    return contact.send_formal(buyer(at), notice="return", order_ref="O-1", reason="x")


def telephoned(trouble: int) -> int:
    return contact.take_down(agent(NOW), check=checked(trouble), said="まだです", read_back=True)


def declared_by_telephone(trouble: int) -> int:
    check, declared = checked(trouble), contact.Declared(notice="return")
    text = contact.text_for_caller(agent(NOW), check=check, declared=declared, lang="ja")
    return contact.send_formal_for_caller(
        agent(NOW), check=check, declared=declared, lang="ja", read_back=digest(text), may_read=False
    )


def settled_by_telephone(trouble: int, notice: int) -> None:
    check = checked(trouble)
    said = contact.settling_for_caller(agent(NOW), check=check, formal=notice, lang="ja")
    contact.settle_formal_for_caller(
        agent(NOW), check=check, formal=notice, lang="ja", read_back=digest(said)
    )


DEEDS: dict[str, tuple[Callable[[int], object], Callable[[int, object], object]]] = {
    "write": (NOTHING, lambda it, _: contact.write(buyer(NOW), thread=thread_of(it), said="x")),
    "say_unsolved": (NOTHING, lambda it, _: contact.say_unsolved(buyer(NOW), trouble=it, said="x")),
    "request_mediation": (NOTHING, lambda it, _: contact.request_mediation(buyer(NOW), trouble=it)),
    "propose": (mediated, lambda it, _: contact.propose(buyer(NOW), trouble=it, kind=Kind.REPLACEMENT)),
    "accept": (offered, lambda _, offer: contact.accept(buyer(NOW), proposal=offer)),
    "decline": (offered, lambda _, offer: contact.decline(buyer(NOW), proposal=offer)),
    "counter": (offered, lambda _, offer: contact.counter(buyer(NOW), proposal=offer, kind=Kind.REPAIR)),
    "withdraw_proposal": (proposed, lambda _, offer: contact.withdraw_proposal(buyer(NOW), proposal=offer)),
    "ask_remedy": (mediated, lambda it, _: contact.ask_remedy(buyer(NOW), trouble=it, wish=Wish.REFUND)),
    "note_sent": (labelled, lambda it, _: contact.note_sent(buyer(NOW), trouble=it)),
    "let_read": (
        NOTHING,
        lambda it, _: contact.let_read(buyer(NOW), thread=thread_of(it), centre_may_read=False),
    ),
    "let_help": (
        NOTHING,
        lambda it, _: contact.let_help(
            buyer(NOW), thread=thread_of(it), name="むすめ花子", may=May.WRITE, days=7
        ),
    ),
    "end_help": (
        helped,
        lambda it, _: contact.end_help(buyer(NOW), thread=thread_of(it), helper=Helper.objects.get().pk),
    ),
    "come_to_help": (helped, lambda _, code: contact.come_to_help(code=code, at=NOW)),
    "let_decide": (
        helped,
        lambda it, _: contact.let_decide(
            buyer(NOW), thread=thread_of(it), helper=Helper.objects.get().pk, may_decide=True
        ),
    ),
    "let_decide_for_caller": (
        helped,
        lambda it, _: contact.let_decide_for_caller(
            agent(NOW), check=checked(it), name="むすめ花子", may_decide=True, read_back=True
        ),
    ),
    "raise_harm": (
        NOTHING,
        lambda it, _: contact.raise_harm(buyer(NOW), trouble=it, said="煙が出ました"),
    ),
    "settle_formal_for_caller": (formal, settled_by_telephone),
    "let_contact": (NOTHING, lambda it, _: reached(it, NOW)),
    "end_contact": (
        reached,
        lambda it, _: contact.end_contact(buyer(NOW), thread=thread_of(it), way=Way.MAIL),
    ),
    "write_to_centre": (
        NOTHING,
        lambda it, _: contact.write_to_centre(buyer(NOW), thread=thread_of(it), said="窓口へ"),
    ),
    "attach": (NOTHING, lambda it, _: attach(buyer(NOW), thread_of(it))),
    "send_formal": (NOTHING, lambda it, _: formal(it, NOW)),
    "share_formal": (formal, lambda _, notice: contact.share_formal(buyer(NOW), formal=notice)),
    "settle_formal": (formal, lambda _, notice: contact.settle_formal(buyer(NOW), formal=notice)),
    "take_down": (NOTHING, lambda it, _: telephoned(it)),
    "send_formal_for_caller": (NOTHING, lambda it, _: declared_by_telephone(it)),
}
"""Each deed of a buyer in a trouble that goes on, with what comes before the seller's answer."""
OTHERS = frozenset(
    [
        "hear_told_late",
        "ask_seller",
        "miss_centre_answer",
        "write_as_centre",
        "acknowledge",
        "answer",
        "answer_with_refund",
        "dispute",
        "go_along",
        "share",
        "note_danger",
        "reach_buyer",
        "rule_out_danger",
        "lower_harm",
        "settling_for_caller",
        "state_view",
        "declare_closing",
        "withdraw_closing",
        "keep_phrase",
        "drop_phrase",
        "arrange_return",
        "check_caller",
        "claim",
        "confirm_look",
        "find_matter",
        "follow_case",
        "give_up_return",
        "grant_remedy",
        "inspect",
        "hold_still",
        "look",
        "read_on",
        "look_formal",
        "note_arrival",
        "object_to_look",
        "record_call",
        "refuse_remedy",
        "search_words",
        "see_contact",
        "text_for_caller",
        "text_to_read_back",
        "the_check",
        "waive",
        "break_promise",
        "chase_confirmation",
        "confirm_instruction",
        "count_lures",
        "end_hearing",
        "enter_missing",
        "expire_proposal",
        "fail_instruction",
        "give_again",
        "give_back",
        "hear_cancelled",
        "hear_paid_back",
        "lapse",
        "miss_agreement",
        "miss_answer",
        "miss_formal",
        "miss_resolution",
        "miss_sending",
        "move_deadline",
        "ready_call",
        "remind_call",
        "remind_remedy",
        "remind_return",
        "remind_second_reader",
        "review_formal",
        "review_recovery",
        "erase_askers",
        "urge",
    ]
)
"""What sellers, staff and the machine do: no word of the buyer's."""
ELSEWHERE = frozenset(
    [
        "answer_scanning",
        "ask_question",
        "begin_question",
        "prove_question",
        "send_code_again",
        "close_thread",
        "correct_reply",
        "take_reply",
        "drop",
        "bring_trouble",
        "bring_troubles",
        "open_for_caller",
        "open_trouble",
        "prepare",
        "ready_files",
        "solve",
        "withdraw",
    ]
)
"""What a buyer does before a trouble, outside every trouble, to end it, or has said by telephone (tried there)."""


def test_every_deed_of_the_room_is_known_as_the_buyers_or_not() -> None:
    every = {name for name, one in vars(contact).items() if inspect.isroutine(one)}

    assert every == {*DEEDS, *OTHERS, *ELSEWHERE}


@pytest.mark.parametrize("deed", sorted(DEEDS))
def test_a_buyer_who_acts_after_the_answer_is_never_ended_for_silence(deed: str) -> None:
    before, act = DEEDS[deed]
    trouble = open_trouble()
    prepared = before(trouble)
    contact.answer(seller(MONDAY + 3 * HOUR), thread=thread_of(trouble), said="見ました。確かめます")
    was_waited_for = is_waited_for(trouble)

    act(trouble, prepared)

    assert was_waited_for is (deed not in UNWAITED)
    assert not is_waited_for(trouble)
    assert not Thread.objects.get(trouble=trouble).awaits_buyer
    pass_time(MONDAY + timedelta(days=30))  # twice as long as whoever is silent has
    assert Trouble.objects.get(pk=trouble).state != "lapsed"


UNWAITED = frozenset({"note_sent", "withdraw_proposal"})
"""Where the buyer was not waited for to begin with: a return is under way, or the seller has not replied to a proposal."""


def test_a_seller_who_speaks_again_waits_for_the_buyer_again_but_not_beside_a_proposal_that_waits_for_it() -> (
    None
):
    asked, offering = open_trouble(), open_trouble(order_ref="O-3")
    for trouble in (asked, offering):
        mediated(trouble)
    contact.propose(buyer(MONDAY + HOUR), trouble=offering, kind=Kind.REPLACEMENT)

    for trouble in (asked, offering):
        contact.answer(seller(MONDAY + 3 * HOUR), thread=thread_of(trouble), said="見ました。確かめます")

    assert (is_waited_for(asked), is_waited_for(offering)) == (True, False)


def test_whoever_asks_the_centre_after_the_answer_is_told_of_the_centre_and_not_asked_again() -> None:
    trouble = open_trouble()
    contact.answer(seller(MONDAY + HOUR), thread=thread_of(trouble), said="見ました。確かめます")

    contact.request_mediation(buyer(NOW), trouble=trouble)
    helped_now = standing(trouble)
    pass_time(MONDAY + timedelta(days=3))
    late = standing(trouble)

    assert (helped_now.turn, late.turn) == (Turn.CENTRE, Turn.CENTRE)
    assert "自動で終わります" not in helped_now.next.ja + late.next.ja


def test_whoever_did_something_else_after_the_answer_is_still_asked_and_not_told_that_it_ends() -> None:
    trouble = open_trouble()
    contact.answer(seller(MONDAY + HOUR), thread=thread_of(trouble), said="見ました。確かめます")

    contact.let_read(buyer(NOW), thread=thread_of(trouble), centre_may_read=False)

    assert standing(trouble).turn is Turn.YOURS
    assert "終わりません" in standing(trouble).next.ja


def standing(trouble: int) -> Standing:
    return threads.page_of(buyer(NOW), cases.case_of(about(trouble)).number).standing


def test_a_question_waits_for_the_buyer_anew_after_each_deed() -> None:
    thread = contact.ask_question(buyer(), listing_ref="L-1", topic=Topic.GOODS, said="色は")
    contact.answer(seller(MONDAY + HOUR), thread=thread, said="青です")
    name = f"contact.thread:{thread}"
    [first] = clocks.open_clocks(name)

    contact.let_help(buyer(NOW + timedelta(days=3)), thread=thread, name="むすめ花子", may=May.READ, days=7)

    [second] = clocks.open_clocks(name)
    assert second.kind == first.kind == "contact.silence"
    assert second.due_at > first.due_at


@pytest.mark.parametrize("role", sorted(Role))
def test_what_staff_take_down_is_the_buyers_word_and_nothing_else_of_theirs(role: Role) -> None:
    assert is_buyers_deed(role, taken_down=False) is (role in (Role.BUYER, Role.HELPER))
    assert is_buyers_deed(role, taken_down=True)
