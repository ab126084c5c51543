"""What a buyer writes while the operator refunds is for who handles that: the seller owes it no more and is not urged."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mamori.grammar.actor import Role
from mamori.ground.cases import facts as cases
from mamori.ground.market import actions as market
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact.lifecycle import RemedyState, ThreadState, TroubleState
from mamori.rooms.contact.rules.deeds import Deed, deeds
from mamori.rooms.contact.rules.owed import Owed, asks_seller
from mamori.rooms.contact.rules.standing import Matter
from mamori.rooms.contact.tests.agreeing import HOUR, mediated, page, running, thread_of, told
from mamori.rooms.contact.tests.conftest import (
    MONDAY,
    agent,
    buyer,
    machine,
    open_trouble,
    pass_time,
    seller,
    sellers_calls,
)
from mamori.rooms.contact.topics import Harm
from tests.taking import take

pytestmark = pytest.mark.usefixtures("market_of_two")


def refunded(*, answered: bool = True) -> int:
    trouble = mediated()
    take(agent(), trouble)
    if answered:
        contact.answer(seller(), thread=thread_of(trouble).pk, said="確認しました")
    contact.grant_remedy(agent(), trouble=trouble, amount=8_000, reason="回答なし")
    return trouble


def asked(trouble: int) -> str | None:
    return cases.case_of(f"contact.trouble:{trouble}").attention


def test_what_is_written_meanwhile_goes_to_the_agent_and_leaves_the_seller_alone() -> None:
    trouble = refunded()
    before = running(trouble), told("seller:S-1")

    contact.write(buyer(MONDAY + HOUR), thread=thread_of(trouble).pk, said="いつ返金されますか")
    contact.say_unsolved(buyer(MONDAY + HOUR), trouble=trouble, said="まだです")

    assert thread_of(trouble).state == "answered"
    assert (running(trouble), told("seller:S-1")) == before
    assert told("agent:a") == ["wrote_of_refund"]
    assert asked(trouble) == "buyer-wrote"
    assert [message.words for message in page(trouble, for_seller=True).messages][-1] == "まだです"
    contact.write(buyer(MONDAY + 3 * HOUR), thread=thread_of(trouble).pk, said="お願いします")
    assert told("agent:a") == ["wrote_of_refund", "wrote_of_refund"]


def test_while_nobody_has_the_case_all_agents_are_told() -> None:
    trouble = mediated()
    contact.grant_remedy(agent(), trouble=trouble, amount=8_000, reason="回答なし")

    contact.write(buyer(MONDAY + HOUR), thread=thread_of(trouble).pk, said="いつ返金されますか")

    assert told("agent") == ["wrote_of_refund"]


def test_what_the_case_asks_already_is_not_put_aside_by_what_the_buyer_writes() -> None:
    trouble = mediated()
    label = contact.arrange_return(agent(), trouble=trouble, amount=8_000, reason="動作しない")
    market.confirm(machine(), instruction=label, outcome="confirmed", tracking="1")
    pass_time(MONDAY)
    contact.note_arrival(agent(), trouble=trouble)

    contact.write(buyer(MONDAY + HOUR), thread=thread_of(trouble).pk, said="届きましたか")

    assert asked(trouble) == "inspect-return"


@pytest.mark.parametrize("harm", [Harm.MONEY, Harm.DANGER])
def test_a_granted_refund_ends_urgings_and_calls_that_were_set_before(harm: Harm) -> None:
    trouble = open_trouble(harm=harm)
    contact.request_mediation(buyer(), trouble=trouble)
    assert "contact.urge" in running(trouble)
    contact.grant_remedy(agent(), trouble=trouble, amount=8_000, reason="連絡がつかない")
    before = told("seller:S-1")

    pass_time(MONDAY + timedelta(days=3))

    assert "contact.urge" not in running(trouble)
    assert sellers_calls() == ()
    assert told("seller:S-1") == before


def test_once_the_refund_has_failed_the_buyers_words_ask_the_seller_again() -> None:
    trouble = mediated()
    contact.answer(seller(), thread=thread_of(trouble).pk, said="確認しました")
    refund = contact.grant_remedy(agent(), trouble=trouble, amount=8_000, reason="x")
    market.confirm(machine(), instruction=refund, outcome="refused")
    pass_time(MONDAY)

    contact.write(buyer(MONDAY + HOUR), thread=thread_of(trouble).pk, said="どうなりましたか")

    assert thread_of(trouble).state == "waiting"
    assert told("seller:S-1")[0] == "buyer_wrote"


def test_an_agreement_asks_the_seller_only_when_it_is_said_not_to_be_solved() -> None:
    for owed in (None, *Owed):
        assert asks_seller(owed, unsolved=True) is (owed is not Owed.REMEDY)
        assert asks_seller(owed, unsolved=False) is (owed not in (Owed.REMEDY, Owed.AGREEMENT))


def test_no_button_asks_the_seller_anew_while_goods_are_to_be_sent_back() -> None:
    def of(remedy: RemedyState) -> frozenset[Deed]:
        matter = Matter(thread=ThreadState.ANSWERED, trouble=TroubleState.MEDIATED, remedy=remedy)
        return deeds(matter, Role.BUYER)

    assert {Deed.SOLVE, Deed.WRITE} <= of(RemedyState.LABELLED)
    assert Deed.SAY_UNSOLVED not in of(RemedyState.LABELLED)
    assert Deed.SAY_UNSOLVED in of(RemedyState.CONSIDERED)
