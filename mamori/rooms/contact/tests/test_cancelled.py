"""A cancelled order: its trouble is heard all the same, nobody is paid twice, what never went out does not come back."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from conftest import Enter
from mamori.grammar.hand import Role
from mamori.ground.market import actions as marketing
from mamori.ground.market import facts as market
from mamori.ground.market.actions import OrderLine, OrderNeverSent
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact import facts
from mamori.rooms.contact.claiming import NothingWasSent, RemedyHindered
from mamori.rooms.contact.models import Proposal, Remedy, Trouble
from mamori.rooms.contact.queries.outlook import outlook_of
from mamori.rooms.contact.rules.eligibility import Hindrance
from mamori.rooms.contact.rules.eligibility import Kind as Given
from mamori.rooms.contact.rules.proposals import Kind
from mamori.rooms.contact.tests.conftest import MONDAY, agent, buyer, machine, open_trouble, seller
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


def _text(client: Client, path: str) -> str:
    answer = client.get(path, follow=True)
    assert answer.status_code == 200, path
    return answer.content.decode()
