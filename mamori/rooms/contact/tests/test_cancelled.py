"""A cancelled order: its trouble is heard all the same, nobody is paid twice, what never went out does not come back."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.ground.cases import facts as cases
from mamori.ground.clocks import facts as clocks
from mamori.ground.ledger import facts as ledger
from mamori.ground.market import actions as marketing, facts as market
from mamori.ground.market.actions import OrderLine, OrderNeverSent
from mamori.ground.outbox import facts as outbox
from mamori.law.deadlines import REMEDY_DECISION, RETURN_SENDING
from mamori.rooms.contact import actions as contact, facts
from mamori.rooms.contact.claiming import NothingWasSent, RemedyHindered
from mamori.rooms.contact.models import Proposal, Remedy, Trouble
from mamori.rooms.contact.queries.matter import outlook_of
from mamori.rooms.contact.rules.eligibility import Hindrance, Kind as Given
from mamori.rooms.contact.rules.proposals import Kind
from mamori.rooms.contact.tests.conftest import (
    MONDAY,
    agent,
    buyer,
    machine,
    open_trouble,
    pass_time,
    seller,
)
from mamori.rooms.contact.topics import Topic

pytestmark = pytest.mark.usefixtures("market_of_two")
SATURDAY = MONDAY - timedelta(days=2)
BASE = {"buyer": "B-1", "seller": "S-1", "amount": 8_000, "ordered_at": MONDAY - timedelta(days=5)}


def cancel(at: datetime = MONDAY, **told: Any) -> None:
    marketing.put_order(machine(at), OrderLine(ref="O-1", cancelled_at=SATURDAY, **{**BASE, **told}))


def mediated(topic: Topic = Topic.REFUND_UNPAID) -> int:
    trouble = open_trouble(topic=topic)
    contact.request_mediation(buyer(), trouble=trouble)
    return trouble


def outlook(trouble: int, at: datetime = MONDAY) -> Any:
    return outlook_of(Trouble.objects.get(pk=trouble), at)


def test_a_buyer_whose_money_did_not_come_back_is_heard_and_may_be_refunded() -> None:
    cancel(unsent=True)

    trouble = mediated()

    assert Given.REFUND in outlook(trouble).kinds
    contact.grant_remedy(agent(), trouble=trouble, amount=8_000, reason="取消し後、返金がない")
    assert Remedy.objects.get(trouble=trouble).state == "instructed"


def test_who_had_all_of_the_money_back_when_it_was_cancelled_is_told_the_day_and_not_paid_again() -> None:
    trouble = mediated()
    cancel(refunded=8_000)

    with pytest.raises(RemedyHindered) as refused:
        contact.grant_remedy(agent(), trouble=trouble, amount=1, reason="x")

    assert "2026年11月14日" in refused.value.sentence.ja
    assert "cancelled on" in refused.value.sentence.en
    assert [found.hindrance for found in outlook(trouble).against] == [Hindrance.CANCELLED]
    assert market.instructions_out(about="contact.trouble:") == ()


def test_what_was_kept_back_when_it_was_cancelled_is_the_most_that_may_be_refunded() -> None:
    cancel(refunded=7_000)
    trouble = mediated()

    assert outlook(trouble).most == 1_000


def test_goods_that_never_were_sent_are_not_to_be_sent_back() -> None:
    cancel(unsent=True)
    trouble = mediated(Topic.BROKEN)

    assert Given.RETURN not in outlook(trouble).kinds
    with pytest.raises(NothingWasSent) as refused:
        contact.arrange_return(agent(), trouble=trouble, amount=8_000, reason="x")
    with pytest.raises(NothingWasSent):
        contact.ask_remedy(buyer(), trouble=trouble, wish=Given.RETURN)
    assert "2026年11月14日" in refused.value.sentence.ja
    assert not Remedy.objects.exists()


def test_goods_of_a_cancelled_order_come_back_where_nobody_said_that_they_never_went_out() -> None:
    cancel()
    trouble = mediated(Topic.BROKEN)

    contact.arrange_return(agent(), trouble=trouble, amount=8_000, reason="動作しない")

    assert Remedy.objects.get(trouble=trouble).state == "ordered"


def test_a_label_is_not_issued_even_where_the_cancellation_was_told_at_the_last_moment() -> None:
    cancel(unsent=True)

    with pytest.raises(OrderNeverSent):
        marketing.instruct(agent(), kind="label", order_ref="O-1", about="contact.trouble:1")
    assert marketing.instruct(agent(), kind="refund", order_ref="O-1", amount=1, about="contact.trouble:1")


def test_nobody_proposes_to_send_back_what_never_was_sent_nor_agrees_to_it_later() -> None:
    trouble = mediated(Topic.BROKEN)
    early = contact.propose(seller(), trouble=trouble, kind=Kind.RETURN_REFUND)
    cancel(unsent=True)

    with pytest.raises(NothingWasSent):
        contact.accept(buyer(), proposal=early)
    with pytest.raises(NothingWasSent):
        contact.counter(buyer(), proposal=early, kind=Kind.RETURN_REFUND)
    assert Proposal.objects.get().state == "offered"
    contact.counter(buyer(), proposal=early, kind=Kind.FULL_REFUND)


def test_pages_and_choices_say_on_which_day_it_was_cancelled(enter: Enter) -> None:
    trouble = open_trouble(datetime.now(UTC))
    cancel(datetime.now(UTC), unsent=True)
    known = facts.trouble(trouble)
    assert known is not None
    shopper, shop, staff = enter(Role.BUYER, "buyer:B-1"), enter(Role.SELLER, "seller:S-1"), enter(Role.AGENT)

    for client, path in (
        (shopper, f"/threads/{known.case}/"),
        (shopper, f"/threads/{known.case}/remedy/"),
        (shopper, "/report/"),
        (shop, f"/seller/threads/{known.case}/"),
        (staff, f"/desk/cases/{known.case}/"),
    ):
        assert re.search(
            r"2026年11月14日\S*に、商品が送られないまま取り消されています", _text(client, path)
        ), path


def test_pages_of_an_order_that_stands_speak_of_no_cancellation(enter: Enter) -> None:
    trouble = open_trouble(datetime.now(UTC))
    known = facts.trouble(trouble)
    assert known is not None

    assert "取り消されています" not in _text(enter(Role.BUYER, "buyer:B-1"), f"/threads/{known.case}/")


def told(to: str) -> list[str]:
    return [notice.template.partition(".")[2] for notice in outbox.notices(to=to)]


def attention(trouble: int) -> str | None:
    return cases.case_of(f"contact.trouble:{trouble}").attention


def recalled(label: str) -> bool:
    known = market.instruction(label)
    assert known is not None
    return known.recalled_at is not None


def acts(trouble: int, kind: str) -> int:
    return sum(act.kind == kind for act in ledger.acts_about(f"contact.trouble:{trouble}"))


def test_both_sides_and_staff_hear_once_that_an_order_with_an_open_matter_was_cancelled() -> None:
    trouble = mediated()

    cancel()
    pass_time(MONDAY)
    cancel(MONDAY + timedelta(hours=1))
    pass_time(MONDAY + timedelta(hours=1))

    assert told("buyer:B-1").count("cancelled_buyer") == 1
    assert told("seller:S-1").count("cancelled_seller") == 1
    assert attention(trouble) == "order-cancelled"
    assert acts(trouble, "contact.hear_cancelled") == 1
    assert Trouble.objects.get(pk=trouble).state == "mediated"


def test_a_cancelled_order_without_an_open_matter_wakes_nobody() -> None:
    solved = mediated()
    contact.solve(buyer(), trouble=solved)

    cancel()
    pass_time(MONDAY)
    contact.hear_cancelled(machine(), order_ref="O-3", is_new=True)

    assert acts(solved, "contact.hear_cancelled") == 0
    assert "cancelled_buyer" not in told("buyer:B-1")


def test_an_order_that_stands_is_not_heard_of_as_cancelled() -> None:
    trouble = mediated()

    contact.hear_cancelled(machine(), order_ref="O-1", is_new=True)

    assert acts(trouble, "contact.hear_cancelled") == 0


def test_a_label_that_is_asked_for_is_called_back_and_one_answer_settles_it() -> None:
    trouble = mediated(Topic.BROKEN)
    label = contact.arrange_return(agent(), trouble=trouble, amount=8_000, reason="動作しない")

    cancel(unsent=True)
    pass_time(MONDAY)
    waits = Remedy.objects.get(trouble=trouble).state
    marketing.confirm(machine(), instruction=label, outcome="refused")
    pass_time(MONDAY)

    assert recalled(label)
    assert waits == "ordered"
    assert Remedy.objects.get(trouble=trouble).state == "failed"
    assert acts(trouble, "market.recall") == 1


def test_a_label_that_is_out_is_void_and_the_buyer_hears_that_nothing_is_to_be_sent() -> None:
    trouble = mediated(Topic.BROKEN)
    label = contact.arrange_return(agent(), trouble=trouble, amount=8_000, reason="動作しない")
    marketing.confirm(machine(), instruction=label, outcome="confirmed", tracking="1")
    pass_time(MONDAY)

    cancel()
    pass_time(MONDAY)
    stands = Remedy.objects.get(trouble=trouble).state
    cancel(unsent=True)
    pass_time(MONDAY)

    assert stands == "labelled", "goods that may have been sent may come back"
    assert Remedy.objects.get(trouble=trouble).state == "considered"
    [last] = [n for n in outbox.notices(to="buyer:B-1") if "送り状は使わないでください" in n.body["ja"]]
    assert "2026年11月14日" in last.body["ja"]
    running = {clock.kind for clock in clocks.open_clocks(f"contact.trouble:{trouble}")}
    assert REMEDY_DECISION.code in running
    assert RETURN_SENDING.code not in running
    assert acts(trouble, "market.recall") == 0


def test_goods_on_their_way_and_a_refund_that_is_out_are_put_before_a_person_and_go_on() -> None:
    trouble, other = mediated(Topic.BROKEN), open_trouble(order_ref="O-3")
    label = contact.arrange_return(agent(), trouble=trouble, amount=8_000, reason="動作しない")
    marketing.confirm(machine(), instruction=label, outcome="confirmed", tracking="1")
    pass_time(MONDAY)
    contact.note_sent(buyer(), trouble=trouble)
    contact.request_mediation(buyer(), trouble=other)
    refund = contact.grant_remedy(agent(), trouble=other, amount=8_000, reason="回答なし")

    cancel(unsent=True)
    marketing.put_order(machine(), OrderLine(ref="O-3", cancelled_at=SATURDAY, unsent=True, **BASE))
    pass_time(MONDAY)

    assert Remedy.objects.get(trouble=trouble).state == "sent"
    assert Remedy.objects.get(trouble=other).state == "instructed"
    assert not recalled(refund)
    assert (attention(trouble), attention(other)) == ("order-cancelled", "order-cancelled")


def test_that_nothing_was_sent_is_said_later_and_tells_the_parties_no_second_time() -> None:
    trouble = mediated()

    cancel()
    pass_time(MONDAY)
    cancel(unsent=True)
    pass_time(MONDAY)

    assert acts(trouble, "contact.hear_cancelled") == 2
    assert told("buyer:B-1").count("cancelled_buyer") == 1


def test_parties_find_the_cancellation_among_their_records(enter: Enter) -> None:
    now = datetime.now(UTC)
    trouble = open_trouble(now)
    cancel(now)
    pass_time(now)
    known = facts.trouble(trouble)
    assert known is not None

    for client, path in (
        (enter(Role.BUYER, "buyer:B-1"), f"/threads/{known.case}/"),
        (enter(Role.SELLER, "seller:S-1"), f"/seller/threads/{known.case}/"),
    ):
        page = _text(client, path)
        assert "注文の取消しを通販サイトが知らせた" in page
        assert "まだ困っていることがあれば、このやり取りは続きます" in page
    assert "代金が戻ったかを双方に確かめ" in _text(enter(Role.AGENT), f"/desk/cases/{known.case}/")


def _text(client: Client, path: str) -> str:
    answer = client.get(path, follow=True)
    assert answer.status_code == 200, path
    return answer.content.decode()
