"""Proposals on the pages of both sides: seen, agreed to, declined, countered, and never meant for another one."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.ground.market import actions as market
from mamori.ground.market.actions import OrderLine
from mamori.ground.outbox import facts as outbox
from mamori.rooms.contact import actions, facts
from mamori.rooms.contact.lifecycle import MediationState, RemedyState, ThreadState, TroubleState
from mamori.rooms.contact.models import Proposal, Trouble
from mamori.rooms.contact.offerrefusals import OfferWouldBeLost
from mamori.rooms.contact.rules.deeds import Deed, deeds
from mamori.rooms.contact.rules.proposals import Kind, Offer, Side
from mamori.rooms.contact.rules.standing import Matter, Turn, for_buyer, for_seller
from mamori.rooms.contact.tests.agreeing import ORDER
from mamori.rooms.contact.tests.conftest import (
    actor,
    agent,
    buyer as buyers,
    machine,
    open_trouble,
    seller as sellers,
)
from tests.laid import laid
from tests.taking import take

BOTH = frozenset({Side.BUYER, Side.SELLER})
NOBODY: frozenset[Side] = frozenset()


def now() -> datetime:
    return datetime.now(UTC)


@laid
def mediated(market_of_today: None) -> tuple[int, str]:
    """Open a trouble that an agent mediates; return it and its number."""
    trouble = open_trouble(now())
    actions.request_mediation(buyers(now()), trouble=trouble)
    take(actor("agent:12", Role.AGENT, now()), trouble)
    known = facts.trouble(trouble)
    assert known is not None
    return trouble, known.case


@pytest.fixture
def buyer(enter: Enter) -> Client:
    return enter(Role.BUYER, "buyer:B-1")


@pytest.fixture
def seller(enter: Enter) -> Client:
    return enter(Role.SELLER, "seller:S-1")


def test_both_sides_see_who_mediates_and_why(
    mediated: tuple[int, str], buyer: Client, seller: Client
) -> None:
    for client, base in ((buyer, "/threads"), (seller, "/seller/threads")):
        page = client.get(f"{base}/{mediated[1]}/").content.decode()

        assert "相談窓口の担当 12" in page
        assert "購入者の求めにより" in page


def test_a_seller_proposes_and_the_buyer_agrees_on_its_page(
    mediated: tuple[int, str], buyer: Client, seller: Client
) -> None:
    number = mediated[1]
    form = {"kind": "part_refund", "amount": "3,000", "said": "傷の分をお返しします"}
    made = seller.post(f"/seller/threads/{number}/propose/", form, follow=True)
    assert "提案しました" in made.content.decode()
    assert "購入者の返事を待っています" in made.content.decode()

    page = buyer.get(f"/threads/{number}/").content.decode()
    assert "出品者が一部を返金する（3,000円）" in page
    assert "傷の分をお返しします" in page
    asked = buyer.get(f"/threads/{number}/accept/").content.decode()
    assert "出品者が一部を返金する（3,000円）" in asked
    assert re.search(r'name="offer" value="1"', asked)
    done = buyer.post(f"/threads/{number}/accept/", {"offer": "1"}, follow=True)

    assert "出品者と合意しました" in done.content.decode()
    assert "行う期限" in done.content.decode()
    assert Proposal.objects.get().state == "accepted"


def test_a_reply_is_meant_for_the_proposal_on_the_form_and_for_no_later_one(
    mediated: tuple[int, str], buyer: Client
) -> None:
    trouble, number = mediated
    first = actions.propose(sellers(now()), trouble=trouble, kind=Kind.FULL_REFUND)
    actions.withdraw_proposal(sellers(now()), proposal=first)
    actions.propose(sellers(now()), trouble=trouble, kind=Kind.EXPLANATION, said="すみません")

    late = buyer.post(f"/threads/{number}/accept/", {"offer": "1"})
    unknown = buyer.post(f"/threads/{number}/accept/", {"offer": "9"})

    assert late.status_code == 409
    assert "取り下げられた" in late.content.decode()
    assert unknown.status_code == 404
    assert [p.state for p in Proposal.objects.order_by("number")] == ["withdrawn", "offered"]


def test_what_was_typed_is_given_back_with_the_refusal(mediated: tuple[int, str], buyer: Client) -> None:
    form = {"kind": "part_refund", "amount": "9000", "said": "こうしてほしい"}

    answer = buyer.post(f"/threads/{mediated[1]}/propose/", form)

    assert answer.status_code == 422
    assert "注文の残り（8,000円）" in answer.content.decode()
    assert "こうしてほしい" in answer.content.decode()


def test_a_buyer_counters_declines_and_takes_back(mediated: tuple[int, str], buyer: Client) -> None:
    trouble, number = mediated
    actions.propose(agent(now()), trouble=trouble, kind=Kind.REPAIR)

    buyer.post(f"/threads/{number}/counter/", {"offer": "1", "kind": "replacement"})
    assert [p.state for p in Proposal.objects.order_by("number")] == ["countered", "offered"]
    assert "提案を取り下げる" in buyer.get(f"/threads/{number}/").content.decode()
    buyer.post(f"/threads/{number}/take-back/", {"offer": "2"})
    assert Proposal.objects.get(number=2).state == "withdrawn"
    actions.propose(sellers(now()), trouble=trouble, kind=Kind.REPAIR)
    page = buyer.post(f"/threads/{number}/decline/", {"offer": "3"}, follow=True)
    assert "提案を断りました" in page.content.decode()


def test_a_form_sent_twice_proposes_once(mediated: tuple[int, str], buyer: Client) -> None:
    form = {"kind": "repair", "token": "8a1a0a52-65b3-4a37-a7f5-1f3a1f4e1d11"}

    answers = [buyer.post(f"/threads/{mediated[1]}/propose/", form) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Proposal.objects.count() == 1


def test_no_other_buyer_or_seller_finds_the_page(mediated: tuple[int, str], enter: Enter) -> None:
    for role, who, base in (
        (Role.BUYER, "buyer:EVE", "/threads"),
        (Role.SELLER, "seller:S-2", "/seller/threads"),
    ):
        for slug in ("propose", "accept", "decline", "counter", "take-back"):
            answer = enter(role, who).post(f"{base}/{mediated[1]}/{slug}/", {"offer": "1", "kind": "repair"})
            assert answer.status_code == 404, (who, slug)
    assert Proposal.objects.count() == 0


def matter(offer: Offer | None, **given: RemedyState) -> Matter:
    return Matter(
        thread=ThreadState.ANSWERED,
        trouble=TroubleState.MEDIATED,
        mediation=MediationState.TAKEN,
        offer=offer,
        **given,
    )


@pytest.mark.parametrize(
    ("awaits", "buyers_turn", "sellers_turn"),
    [
        (BOTH, Turn.YOURS, Turn.YOURS),
        (frozenset({Side.BUYER}), Turn.YOURS, Turn.THEIRS),
        (frozenset({Side.SELLER}), Turn.THEIRS, Turn.YOURS),
        (NOBODY, Turn.THEIRS, Turn.YOURS),
    ],
)
def test_each_side_is_told_whose_reply_is_due(
    awaits: frozenset[Side], buyers_turn: Turn, sellers_turn: Turn
) -> None:
    told = matter(Offer(by=Side.CENTRE, awaits=awaits))

    for standing, turn in ((for_buyer(told), buyers_turn), (for_seller(told), sellers_turn)):
        filled = standing.filled(reply="R", resolution="S")
        assert standing.turn is turn
        assert "R" in filled.next.ja
        assert "{" not in filled.now.ja + filled.next.ja + filled.next.en


def test_what_can_be_done_follows_the_proposal() -> None:
    replies = {Deed.ACCEPT, Deed.DECLINE, Deed.COUNTER}
    of_offers = replies | {Deed.PROPOSE, Deed.TAKE_BACK}
    by_seller = matter(Offer(by=Side.SELLER, awaits=frozenset({Side.BUYER})))

    assert deeds(matter(None), Role.BUYER) & of_offers == {Deed.PROPOSE}
    assert deeds(by_seller, Role.BUYER) & of_offers == replies
    assert deeds(by_seller, Role.DELEGATE) & of_offers == {Deed.TAKE_BACK}
    assert deeds(matter(Offer(by=Side.SELLER, awaits=NOBODY)), Role.SELLER) & of_offers == set()
    refunding = matter(None, remedy=RemedyState.INSTRUCTED)
    assert deeds(refunding, Role.BUYER) & of_offers == set()
    ended = Matter(thread=ThreadState.CLOSED, trouble=TroubleState.SOLVED, mediation=MediationState.SETTLED)
    assert deeds(ended, Role.BUYER) & of_offers == set()
    assert deeds(matter(None), Role.OFFICER) & of_offers == set()


def test_both_parties_are_offered_only_what_can_be_agreed_on(
    mediated: tuple[int, str], buyer: Client, seller: Client
) -> None:
    whole = buyer.get(f"/threads/{mediated[1]}/propose/").content.decode()
    market.put_order(machine(now()), OrderLine(ref="O-1", charged_back=True, **ORDER))

    for client, base in ((buyer, "/threads"), (seller, "/seller/threads")):
        page = client.get(f"{base}/{mediated[1]}/propose/").content.decode()

        assert 'value="replacement"' in page
        assert 'value="full_refund"' not in page
    assert 'value="full_refund"' in whole


@pytest.fixture
def offered(mediated: tuple[int, str]) -> tuple[int, str]:
    """Let the seller answer and offer a part of the money: what the two presses of a buyer once lost."""
    trouble, number = mediated
    actions.answer(sellers(now()), thread=thread_of(trouble), said="傷の分をお返しします")
    actions.propose(sellers(now()), trouble=trouble, kind=Kind.PART_REFUND, amount=3_980)
    return trouble, number


def thread_of(trouble: int) -> int:
    return Trouble.objects.get(pk=trouble).thread_id


def test_a_proposal_that_waits_owns_the_buyers_page(offered: tuple[int, str], buyer: Client) -> None:
    page = buyer.get(f"/threads/{offered[1]}/").content.decode()
    panel = page[page.index('aria-labelledby="standing"') :]
    panel, rest = panel[: panel.index("</section>")], panel[panel.index("</section>") :]

    assert "出品者が一部を返金する（3,980円）" in panel
    assert re.findall(
        r'(?:class="button[^"]*" href|<form method="post" action)="/threads/\d+/([a-z-]+)/"', panel
    ) == [
        "accept",
        "counter",
        "decline",
    ]
    assert "3,980" not in rest.partition("<aside>")[0]
    assert f'href="/threads/{offered[1]}/solved/"' in rest
    assert f'href="/threads/{offered[1]}/unsolved/"' in rest


@pytest.mark.parametrize(("slug", "state"), [("solved", "solved"), ("withdraw", "withdrawn")])
def test_an_end_says_which_proposal_would_be_lost_and_asks(
    offered: tuple[int, str], buyer: Client, slug: str, state: str
) -> None:
    address = f"/threads/{offered[1]}/{slug}/"

    asked = buyer.get(address).content.decode()
    pressed = buyer.post(address, {})
    stands = Proposal.objects.get().state
    chosen = buyer.post(address, {"gives_up": "1"}, follow=True)

    assert "出品者が一部を返金する（3,980円）" in asked
    assert "なくなってもかまわない" in asked
    assert (pressed.status_code, stands) == (422, "offered")
    assert "提案に返事をするか" in pressed.content.decode()
    assert chosen.status_code == 200
    assert Trouble.objects.get().state == state
    assert Proposal.objects.get().state == "overtaken"


def test_staff_who_note_that_it_is_solved_say_that_the_buyer_knows_which_proposal_is_lost(
    offered: tuple[int, str], enter: Enter
) -> None:
    address, desk = f"/desk/cases/{offered[1]}/contact/solve/", enter(Role.AGENT, "agent:12")
    why = {"reason": "電話で解決と聞いた"}

    asked = desk.get(address).content.decode()
    pressed = desk.post(address, why)
    other = desk.post(address, why | {"gives_up": "999"})
    stands = Proposal.objects.get()
    desk.post(address, why | {"gives_up": f"{stands.pk}"})

    assert "がなくなることを、購入者は知っている" in asked
    assert "購入者に確かめてから" in pressed.content.decode()
    assert "提案が新しくなりました" in other.content.decode()
    assert stands.state == "offered"
    assert Proposal.objects.get().state == "overtaken"
    [told] = (one for one in outbox.notices(to="buyer:B-1") if one.template.startswith("contact.solved"))
    assert "出品者が一部を返金する（3,980円）" in told.body["ja"]


def test_staff_note_that_it_is_solved_with_a_reason_alone_where_nothing_would_be_lost(
    mediated: tuple[int, str], enter: Enter
) -> None:
    desk = enter(Role.AGENT, "agent:12")

    desk.post(f"/desk/cases/{mediated[1]}/contact/solve/", {"reason": "電話で解決と聞いた"})

    assert Trouble.objects.get().state == "solved"


def test_a_proposal_that_comes_while_the_end_is_being_pressed_is_not_lost(
    mediated: tuple[int, str], buyer: Client
) -> None:
    trouble, number = mediated
    first = actions.propose(sellers(now()), trouble=trouble, kind=Kind.REPAIR)
    actions.withdraw_proposal(sellers(now()), proposal=first)
    second = actions.propose(sellers(now()), trouble=trouble, kind=Kind.PART_REFUND, amount=3_980)

    pressed = buyer.post(f"/threads/{number}/solved/", {"gives_up": "1"})
    with pytest.raises(OfferWouldBeLost):
        actions.solve(buyers(now()), trouble=trouble, gives_up=first)

    assert pressed.status_code == 422
    assert "提案が新しくなりました" in pressed.content.decode()
    assert Proposal.objects.get(pk=second).state == "offered"


def test_what_was_agreed_and_done_is_said_to_be_solved_with_one_button(
    offered: tuple[int, str], buyer: Client
) -> None:
    actions.accept(buyers(now()), proposal=Proposal.objects.get().pk)

    asked = buyer.get(f"/threads/{offered[1]}/solved/").content.decode()
    buyer.post(f"/threads/{offered[1]}/solved/", {})

    assert "なくなってもかまわない" not in asked
    assert Proposal.objects.get().state == "kept"
