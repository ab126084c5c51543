"""Consent is the buyer's alone, may be taken back, and a look in an emergency calls for a second reader."""

import pytest

from mamori.grammar.actor import Role
from mamori.ground.cases import facts as cases
from mamori.law.grounds import BUYER_CONSENT, EMERGENCY
from mamori.rooms.contact import actions as contact, facts
from mamori.rooms.contact.actions.reading import ConsentNotYours, WordsNotShared
from mamori.rooms.contact.finding import NothingHere, is_party
from mamori.rooms.contact.tests.conftest import (
    EVES,
    MONDAY,
    actor,
    agent,
    buyer,
    lead,
    machine,
    open_trouble,
    seller,
)

pytestmark = pytest.mark.usefixtures("market_of_two")


def thread_of(trouble: int) -> int:
    known = facts.trouble(trouble)
    assert known is not None
    return known.thread


@pytest.mark.parametrize("other", [agent(), lead(), machine()])
def test_nobody_gives_the_buyers_consent_but_the_buyer(other: object) -> None:
    trouble = open_trouble(may_read=False)

    with pytest.raises(ConsentNotYours):
        contact.request_mediation(other, trouble=trouble, centre_may_read=True)  # type: ignore[arg-type]
    contact.request_mediation(agent(), trouble=trouble)

    with pytest.raises(WordsNotShared):
        contact.look(agent(), thread=thread_of(trouble), ground=BUYER_CONSENT)


def test_the_buyer_may_consent_later_and_take_it_back() -> None:
    trouble = open_trouble(may_read=False)
    thread = thread_of(trouble)
    contact.request_mediation(buyer(), trouble=trouble)

    contact.let_read(buyer(), thread=thread, centre_may_read=True)
    assert contact.look(agent(), thread=thread, ground=BUYER_CONSENT)
    contact.let_read(buyer(), thread=thread, centre_may_read=False)

    with pytest.raises(WordsNotShared):
        contact.look(agent(), thread=thread, ground=BUYER_CONSENT)


@pytest.mark.parametrize("other", [*EVES, agent(), seller()])
def test_nobody_else_says_whether_the_centre_may_read(other: object) -> None:
    thread = thread_of(open_trouble())

    with pytest.raises((ConsentNotYours, NothingHere)):
        contact.let_read(other, thread=thread, centre_may_read=True)  # type: ignore[arg-type]


def test_a_look_clears_nothing_and_an_emergency_calls_for_a_second_reader() -> None:
    trouble = open_trouble(order_ref="O-2")
    name, thread = f"contact.trouble:{trouble}", thread_of(trouble)
    contact.request_mediation(buyer(), trouble=trouble)

    contact.look(agent(), thread=thread, ground=BUYER_CONSENT)
    after_consent = cases.case_of(name).attention
    contact.look(agent(), thread=thread, ground=EMERGENCY, reason="発火した")

    assert after_consent == "unreachable"
    assert cases.case_of(name).attention == "second-reader"


def test_a_delegate_belongs_to_the_whole_reference_before_the_last_slash() -> None:
    other = actor("seller:S/1/hanako", Role.DELEGATE, MONDAY)

    assert is_party(other, buyer_ref="B", seller_ref="S/1")
    assert not is_party(other, buyer_ref="B", seller_ref="S")
    assert not is_party(actor("seller:S/", Role.DELEGATE), buyer_ref="B", seller_ref="S")
    assert not is_party(actor("buyer:", Role.BUYER), buyer_ref="", seller_ref="S")
