"""Money that comes back is no answer: only what the seller writes is."""

from __future__ import annotations

import pytest

from mamori.ground.clocks import facts as clocks
from mamori.ground.market import actions as marketing
from mamori.ground.market.actions import OrderLine
from mamori.ground.outbox.models import Event
from mamori.law.deadlines import ANSWER
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact.models import Trouble
from mamori.rooms.contact.tests.conftest import MONDAY, machine, open_trouble, pass_time, seller
from mamori.rooms.contact.tests.test_paid_back import BASE, TUESDAY

pytestmark = pytest.mark.usefixtures("market_of_two")


def answers() -> int:
    return Event.objects.filter(kind="contact.answered").count()


def test_money_that_comes_back_is_no_answer_of_a_seller_who_wrote_nothing() -> None:
    trouble = open_trouble()

    marketing.put_order(machine(), OrderLine(ref="O-1", refunded=8_000, **BASE))
    pass_time(MONDAY)

    found = Trouble.objects.get(pk=trouble)
    assert (found.thread.state, found.paid_back_at) == ("answered", MONDAY)
    assert answers() == 0
    assert clocks.tally((ANSWER.code,), why="answered", since=MONDAY, until=TUESDAY).in_time == 0


def test_a_seller_who_answers_first_and_then_pays_has_answered_once() -> None:
    trouble = open_trouble()
    contact.answer(seller(), thread=Trouble.objects.get(pk=trouble).thread_id, said="返金します")

    marketing.put_order(machine(), OrderLine(ref="O-1", refunded=8_000, **BASE))
    pass_time(MONDAY)

    assert answers() == 1
