"""Bad input on the pages of both sides: one kind, clear answer, what was typed given back, nothing done twice."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.ground.market import actions as market
from mamori.ground.market.actions import BuyerLine, OrderLine
from mamori.ground.market.models import Instruction
from mamori.ground.outbox import facts as outbox
from mamori.rooms.contact import actions, facts
from mamori.rooms.contact.models import Message, Proposal, Remedy, Thread
from mamori.rooms.contact.rules.proposals import Kind
from mamori.rooms.contact.tests.conftest import (
    actor,
    agent,
    buyer as buyers,
    machine,
    open_trouble,
    pass_time,
    seller as sellers,
)
from mamori.rooms.contact.tests.test_buyer_pages import sends
from tests.laid import laid
from tests.shops import put_shop
from tests.taking import take

pytestmark = pytest.mark.usefixtures("market_of_today")

INSULT = "このうそつき！金返せ、ばか野郎😡"
TRICKS = (
    "\u202e壊れた\u202c",
    "\u2066a\u2069\u2069\u2069b",
    "\u202d\u202e\u200fabc",
    "👨‍👩‍👧‍👦🏳️‍🌈" * 50,
    "e" + "\u0301" * 500,
    "</bdi></p><p>",
)
LONG = "あ" * 50_000


def now() -> datetime:
    return datetime.now(UTC)


def number_of(trouble: int) -> str:
    known = facts.trouble(trouble)
    assert known is not None
    return known.case


@pytest.fixture
def buyer(enter: Enter) -> Client:
    return enter(Role.BUYER, "buyer:B-1")


@pytest.fixture
def seller(enter: Enter) -> Client:
    return enter(Role.SELLER, "seller:S-1")


@laid
def number() -> str:
    return number_of(open_trouble(now()))


def text(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_insults_arrive_as_they_were_written_and_take_nobody_a_right(
    number: str, buyer: Client, seller: Client
) -> None:
    sent = buyer.post(f"/threads/{number}/write/", {"said": INSULT})
    answered = seller.post(f"/seller/threads/{number}/answer/", {"said": "うるさい、二度と書くな"})

    assert (sent.status_code, answered.status_code) == (302, 302)
    assert INSULT in text(seller, f"/seller/threads/{number}/")
    page = text(buyer, f"/threads/{number}/")
    assert "うるさい、二度と書くな" in page
    assert "解決していない" in page
    assert "相談窓口に間に入ってもらう" in page


@pytest.mark.parametrize("way", ["write", "unsolved", "answer", "acknowledge"])
def test_fifty_thousand_characters_are_given_back_with_how_many_are_too_many(
    number: str, buyer: Client, seller: Client, way: str
) -> None:
    if way == "unsolved":
        seller.post(f"/seller/threads/{number}/answer/", {"said": "交換します"})
    before = Message.objects.count()
    by_buyer = way in ("write", "unsolved")
    client, base = (buyer, "/threads") if by_buyer else (seller, "/seller/threads")

    answer = client.post(f"{base}/{number}/{way}/", {"said": LONG})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "10,000文字まで" in page
    assert "50,000文字" in page
    assert LONG in page
    assert Message.objects.count() == before


@pytest.mark.parametrize("words", TRICKS)
def test_tricks_of_writing_stay_within_their_own_words_whoever_reads_them(
    buyer: Client, seller: Client, enter: Enter, words: str
) -> None:
    trouble = open_trouble(now())
    number = number_of(trouble)
    actions.request_mediation(buyers(now()), trouble=trouble)
    shown = f"<bdi>{words.replace('<', '&lt;').replace('>', '&gt;')}</bdi></p>"

    buyer.post(f"/threads/{number}/write/", {"said": words})
    read = enter(Role.AGENT).post(f"/desk/cases/{number}/contact/words/", {"ground": "buyer-consent"})

    for page in (
        text(buyer, f"/threads/{number}/"),
        text(seller, f"/seller/threads/{number}/"),
        read.content.decode(),
    ):
        assert page.count(shown) == 1
        assert page.count("<bdi>") == page.count("</bdi>")


def test_one_word_given_at_two_screens_agrees_once(number: str, buyer: Client, seller: Client) -> None:
    trouble = Thread.objects.get().trouble.pk
    actions.request_mediation(buyers(now()), trouble=trouble)
    take(actor("agent:12", Role.AGENT, now()), trouble)
    actions.propose(sellers(now()), trouble=trouble, kind=Kind.FULL_REFUND)
    path = f"/threads/{number}/accept/"
    forms = [
        {"offer": "1", "token": found}
        for found in (re.findall(r'name="token" value="([^"]+)"', text(buyer, path))[0] for _ in range(2))
    ]

    first, second = (buyer.post(path, form) for form in forms)

    assert forms[0] != forms[1]
    assert first.status_code == 302
    assert second.status_code == 409
    assert "合意" in second.content.decode()
    assert Proposal.objects.get().state == "accepted"
    told = [one for one in outbox.notices(to="seller:S-1") if one.template == "contact.agreed"]
    assert len(told) == 1


def test_a_buyer_who_is_the_seller_is_told_so_on_the_page_and_no_clock_begins(buyer: Client) -> None:
    market.put_buyer(machine(), BuyerLine(ref="B-1", name="買手", mail="hanako@example.jp"))
    put_shop(machine(), ref="S-1", name="店", mail="Hanako@Example.jp")
    for path, answers in (
        ("report", (("order", {"order": "O-1"}), ("topic", {"topic": "broken"}), ("harm", {"harm": "money"}),
                    ("words", {"said": INSULT}), ("reading", {"may_read": "yes"}))),
        ("ask", (("listing", {"listing": "L-1"}), ("topic", {"topic": "goods"}), ("words", {"said": INSULT}))),
    ):  # fmt: skip
        for step, answer in answers:
            buyer.post(f"/{path}/{step}/", answer)

        sent = buyer.post(f"/{path}/check/", sends(text(buyer, f"/{path}/check/")))

        assert sent.status_code == 409, path
        assert "ご自身" in sent.content.decode()
        assert INSULT in sent.content.decode()
    assert not Thread.objects.exists()


def cancel(refunded: int = 8_000) -> None:
    """Let the marketplace say that the order was cancelled: all that was paid has been given back."""
    order = OrderLine(
        ref="O-1",
        buyer="B-1",
        seller="S-1",
        amount=8_000,
        ordered_at=now() - timedelta(days=9),
        refunded=refunded,
        cancelled_at=now(),
    )
    market.put_order(machine(now()), order)


def test_an_order_cancelled_meanwhile_is_not_refunded_a_second_time(
    number: str, buyer: Client, enter: Enter
) -> None:
    trouble = Thread.objects.get().trouble.pk
    actions.request_mediation(buyers(now()), trouble=trouble)
    client = enter(Role.AGENT)
    form = {"amount": "8000", "reason": "回答がない", "token": "5b0f1a3e-9d0b-4b2e-8a62-000000000001"}
    opened = text(client, f"/desk/cases/{number}/contact/grant/")

    cancel()
    granted = client.post(f"/desk/cases/{number}/contact/grant/", form)

    assert 'value="8000"' in opened
    assert 400 <= granted.status_code < 500
    assert "回答がない" in granted.content.decode() or "今は返金できません" in granted.content.decode()
    assert not Remedy.objects.filter(state="instructed").exists()
    assert not Instruction.objects.exists()
    page = text(buyer, f"/threads/{number}/remedy/")
    assert "いまは求められません" in page
    assert "8,000円" in page


def test_a_shop_that_never_confirms_leaves_the_buyer_told_that_it_is_under_way_and_staff_a_list(
    buyer: Client, enter: Enter
) -> None:
    began = now() - timedelta(days=20)
    trouble = open_trouble(began)
    number = number_of(trouble)
    pass_time(began + timedelta(days=9))
    actions.grant_remedy(agent(began + timedelta(days=9)), trouble=trouble, amount=8_000, reason="回答なし")
    pass_time(now())

    page = text(buyer, f"/threads/{number}/")
    ended = [buyer.post(f"/threads/{number}/{way}/").status_code for way in ("solved", "withdraw")]

    assert "8,000円を返金することが決まりました" in page
    assert "通販サイトが手続きをしています" in page
    assert "返金しました" not in page
    assert all(status == 409 for status in ended)
    assert number[:4] in text(enter(Role.LEAD), "/desk/lists/refunds/")
    assert Instruction.objects.count() == 1  # asked again under the same id
