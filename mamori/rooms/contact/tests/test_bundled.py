"""That one side wrote is told to the other: at once, and then not again for an hour unless it did something."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from mamori.ground.outbox import facts as outbox
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact.models import Trouble
from mamori.rooms.contact.pace import TooFast
from mamori.rooms.contact.rules.proposals import Kind
from mamori.rooms.contact.tests.conftest import MONDAY, buyer, open_trouble, seller
from mamori.rooms.contact.topics import Topic

pytestmark = pytest.mark.usefixtures("market_of_two")


def after(minutes: int) -> datetime:
    return MONDAY + timedelta(minutes=minutes)


def told(about: str, to: str, template: str) -> list[datetime]:
    found = outbox.notices(about=about, to=to)
    return [one.at for one in reversed(found) if one.template == f"contact.{template}"]


def trouble_and_thread() -> tuple[str, int, int]:
    trouble = open_trouble()
    return f"contact.trouble:{trouble}", trouble, Trouble.objects.get(pk=trouble).thread_id


def test_a_seller_that_did_something_is_told_that_the_buyer_wrote_again() -> None:
    name, trouble, thread = trouble_and_thread()
    contact.acknowledge(seller(after(1)), thread=thread, said="確かめます")

    contact.write(buyer(after(2)), thread=thread, said="急いでいます")
    contact.write(buyer(after(3)), thread=thread, said="写真もあります")
    contact.answer(seller(after(4)), thread=thread, said="交換します")
    contact.say_unsolved(buyer(after(5)), trouble=trouble, said="まだです")

    assert told(name, "seller:S-1", "buyer_wrote") == [after(2), after(5)]


def test_what_follows_the_inquiry_within_the_hour_goes_with_it() -> None:
    name, _, thread = trouble_and_thread()

    for minutes in (1, 2, 60, 70, 120):
        contact.write(buyer(after(minutes)), thread=thread, said="追伸")

    assert told(name, "seller:S-1", "buyer_wrote") == [after(60), after(120)]


def test_an_agreement_counts_as_something_done() -> None:
    name, trouble, thread = trouble_and_thread()
    contact.request_mediation(buyer(after(1)), trouble=trouble)
    contact.propose(seller(after(2)), trouble=trouble, kind=Kind.FULL_REFUND)

    contact.write(buyer(after(3)), thread=thread, said="考えます")

    assert told(name, "seller:S-1", "buyer_wrote") == [after(3)]


def test_of_a_question_too() -> None:
    thread = contact.ask_question(buyer(), listing_ref="L-1", topic=Topic.GOODS, said="使えますか")
    contact.answer(seller(after(1)), thread=thread, said="使えます")

    contact.write(buyer(after(2)), thread=thread, said="色は")

    assert told(f"contact.thread:{thread}", "seller:S-1", "buyer_wrote") == [after(2)]


def test_a_flood_is_stopped_and_the_other_side_is_not_held_up() -> None:
    _, _, thread = trouble_and_thread()
    for minutes in range(10):
        contact.write(buyer(after(minutes)), thread=thread, said="一")
        contact.write(buyer(after(minutes)), thread=thread, said="二")

    with pytest.raises(TooFast) as refused:
        contact.write(buyer(after(9)), thread=thread, said="三")
    contact.answer(seller(after(9)), thread=thread, said="お待ちください")
    contact.write(buyer(after(20)), thread=thread, said="四")

    assert refused.value.status == 429
    assert "2分ほど" in refused.value.sentence.ja


def test_a_flood_of_notices_is_stopped() -> None:
    for minute in range(6):
        contact.send_formal(buyer(after(minute)), notice="return", order_ref="O-1")

    with pytest.raises(TooFast):
        contact.send_formal(buyer(after(7)), notice="return", order_ref="O-1")
    contact.send_formal(buyer(after(7)), notice="return", order_ref="O-3")
    contact.send_formal(buyer(after(60)), notice="return", order_ref="O-1")


def test_a_flood_of_troubles_with_one_order_is_stopped() -> None:
    for minute in range(20):
        contact.withdraw(buyer(after(minute)), trouble=open_trouble(after(minute)))

    with pytest.raises(TooFast):
        open_trouble(after(30))
    open_trouble(after(30), order_ref="O-3")
    open_trouble(after(61))


def test_a_flood_of_questions_to_one_shop_is_stopped() -> None:
    def ask(minute: int, listing_ref: str = "L-1") -> int:
        return contact.ask_question(
            buyer(after(minute)), listing_ref=listing_ref, topic=Topic.GOODS, said="使えますか"
        )

    for minute in range(20):
        ask(minute)

    with pytest.raises(TooFast):
        ask(30)
    ask(30, "L-2")
    ask(61)


def test_a_flood_of_proposals_is_stopped_and_the_other_side_is_not_held_up() -> None:
    trouble = open_trouble()
    contact.request_mediation(buyer(), trouble=trouble)
    for minute in range(20):
        made = contact.propose(buyer(after(minute)), trouble=trouble, kind=Kind.FULL_REFUND)
        contact.withdraw_proposal(buyer(after(minute)), proposal=made)

    with pytest.raises(TooFast):
        contact.propose(buyer(after(30)), trouble=trouble, kind=Kind.FULL_REFUND)
    offered = contact.propose(seller(after(30)), trouble=trouble, kind=Kind.REPLACEMENT)
    with pytest.raises(TooFast):
        contact.counter(buyer(after(31)), proposal=offered, kind=Kind.FULL_REFUND)
    contact.decline(buyer(after(31)), proposal=offered)


def test_many_answers_in_a_row_are_one_notice_to_the_buyer() -> None:
    name, _, thread = trouble_and_thread()

    for minutes in (1, 2, 3, 70):
        contact.answer(seller(after(minutes)), thread=thread, said="交換します")
    contact.write(buyer(after(71)), thread=thread, said="いつですか")
    contact.answer(seller(after(72)), thread=thread, said="明日です")

    assert told(name, "buyer:B-1", "answered") == [after(1), after(70), after(72)]
