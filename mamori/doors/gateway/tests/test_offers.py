"""Solutions over the API: proposed, agreed to once, declined, answered; and what may be given in the seller's place."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.http import HttpResponse

from mamori.doors.gateway.tests.conftest import TROUBLE, Make, Software, bare, later, machine
from mamori.grammar.actor import Actor, Role
from mamori.ground.ledger.models import Act
from mamori.ground.market import facts as marketplace
from mamori.ground.people.facts import Scope
from mamori.rooms.contact import actions as contact, facts, words
from mamori.rooms.contact.ids import PROPOSAL
from mamori.rooms.contact.models import Proposal, Trouble
from mamori.rooms.contact.rules.callers import Channel
from mamori.rooms.contact.rules.eligibility import HINDRANCES, Hindrance
from mamori.rooms.contact.rules.proposals import Kind
from mamori.rooms.contact.rules.told import Spoken
from tests.laid import laid

BUYER, SELLER = "buyer:B-1", "seller:S-1"
PART = {"kind": "part_refund", "amount": 3000, "said": "半分ほどでいかがですか"}


@laid
def mediated(market: Software, thread: str) -> str:
    """A trouble in which the buyer has asked the centre to help."""
    assert market.call("POST", f"/threads/{thread}/mediation", {}, party=BUYER).status_code == 201
    return thread


def propose(shop: Software, thread: str, who: str = SELLER, **told: object) -> HttpResponse:
    return shop.call("POST", f"/threads/{thread}/proposals", told or PART, party=who)


def reply(shop: Software, proposal: str, how: str, who: str, told: object = None) -> HttpResponse:
    return shop.call("POST", f"/proposals/{proposal}/{how}", told, party=who)


def shown(shop: Software, thread: str, who: str = "") -> Any:
    return shop.call("GET", f"/threads/{thread}", party=who).json()["trouble"]


def offered(shop: Software, thread: str) -> str:
    """Let the seller propose a part, and return the proposal's id."""
    found: str = propose(shop, thread).json()["trouble"]["proposals"][0]["id"]
    return found


def by_the_centre(thread: str) -> str:
    agent = Actor(by="agent:a", role=Role.AGENT, at=datetime.now(UTC), via="test")
    trouble = Trouble.objects.get(thread=bare(thread)).pk
    made = contact.propose(agent, trouble=trouble, kind=Kind.REPLACEMENT, said="交換ではいかがでしょう")
    return PROPOSAL.of(made)


def test_what_is_proposed_is_seen_by_both_and_its_words_by_the_parties_alone(
    market: Software, mediated: str
) -> None:
    made = propose(market, mediated)

    assert made.status_code == 201
    assert made["Location"] == f"/api/v1/threads/{mediated}"
    assert made.json()["trouble"]["proposals"][0]["said"] is None  # a kept reply holds nobody's words
    for who in (BUYER, SELLER):
        (offer,) = shown(market, mediated, who)["proposals"]
        assert (offer["by"], offer["kind"], offer["amount"]) == ("seller", "part_refund", 3000)
        assert (offer["state"], offer["agreed"]) == ("offered", ["seller"])
        assert offer["text"]["ja"] == "出品者が一部を返金する（3,000円）"
        assert offer["said"] == PART["said"]
    (offer,) = shown(market, mediated)["proposals"]
    assert (offer["said"], offer["due_at"] is not None) == (None, True)


def test_agreed_twice_has_one_effect_and_says_so(market: Software, mediated: str) -> None:
    proposal = offered(market, mediated)

    first = reply(market, proposal, "accept", BUYER)
    acts = Act.objects.count()
    second = reply(market, proposal, "accept", BUYER)

    assert first.status_code == 200
    assert first.json()["trouble"]["proposals"][0]["state"] == "accepted"
    assert (second.status_code, second.json()["code"]) == (409, "step-not-open")
    assert "agreed" in second.json()["detail"] or "合意した" in second.json()["detail"]
    assert Act.objects.count() == acts


def test_a_repeated_request_under_its_key_is_answered_alike(market: Software, mediated: str) -> None:
    path = f"/proposals/{offered(market, mediated)}/accept"

    first = market.call("POST", path, party=BUYER, key="k-1")
    again = market.call("POST", path, party=BUYER, key="k-1")

    assert (first.status_code, again.content) == (200, first.content)


def test_a_proposal_of_the_centre_needs_the_word_of_both(market: Software, mediated: str) -> None:
    proposal = by_the_centre(mediated)

    first = reply(market, proposal, "accept", BUYER)
    twice = reply(market, proposal, "accept", BUYER)
    last = reply(market, proposal, "accept", SELLER)

    assert first.json()["trouble"]["proposals"][0]["state"] == "offered"
    assert (twice.status_code, twice.json()["code"]) == (409, "already-agreed")
    assert last.json()["trouble"]["proposals"][0]["state"] == "accepted"
    assert last.json()["trouble"]["proposals"][0]["agreed"] == ["buyer", "seller"]


def test_what_is_declined_or_taken_back_is_over(market: Software, mediated: str) -> None:
    declined = reply(market, offered(market, mediated), "decline", BUYER)
    proposal = offered(market, mediated)
    not_yours = reply(market, proposal, "withdraw", BUYER)
    taken_back = reply(market, proposal, "withdraw", SELLER)

    assert (declined.status_code, not_yours.status_code, taken_back.status_code) == (200, 403, 200)
    assert not_yours.json()["code"] == "proposal-not-yours"
    told = shown(market, mediated)["proposals"]
    assert [(offer["number"], offer["state"], offer["due_at"]) for offer in told] == [
        (2, "withdrawn", None),
        (1, "declined", None),
    ]


def test_a_counter_takes_the_place_of_what_it_answers(market: Software, mediated: str) -> None:
    proposal = offered(market, mediated)

    answer = reply(market, proposal, "counter", BUYER, {"kind": "full_refund"})

    assert answer.status_code == 201
    told = answer.json()["trouble"]["proposals"]
    assert [(offer["kind"], offer["amount"], offer["state"]) for offer in told] == [
        ("full_refund", 8000, "offered"),
        ("part_refund", 3000, "countered"),
    ]


@pytest.mark.parametrize(
    ("told", "status", "code"),
    [
        ({"kind": "part_refund", "amount": 8000}, 422, "proposed-amount-out-of-range"),
        ({"kind": "repair", "amount": 1}, 422, "proposed-amount-out-of-range"),
        ({"kind": "other"}, 422, "no-words"),
        ({"kind": "bribe"}, 422, "fields-wrong"),
        ({"kind": "other", "said": "あ" * 2_001}, 422, "fields-wrong"),
        ({"kind": "other", "said": "LINEのID：abc_123 に"}, 409, "look-before-sending"),
    ],
)
def test_what_is_wrong_with_a_proposal_is_said_and_nothing_stays(
    market: Software, mediated: str, told: dict[str, object], status: int, code: str
) -> None:
    answer = propose(market, mediated, **told)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not Proposal.objects.exists()


def test_a_counter_with_a_lure_is_shown_first_and_sent_when_the_writer_has_seen_it(
    market: Software, mediated: str
) -> None:
    proposal = offered(market, mediated)
    told = {"kind": "other", "said": "090-1234-5678 にお電話を"}

    warned = reply(market, proposal, "counter", BUYER, told)
    sent = reply(market, proposal, "counter", BUYER, {**told, "acknowledge_warnings": True})

    assert (warned.status_code, warned.json()["finds"][0]["start"]) == (409, 0)
    assert sent.status_code == 201
    assert Proposal.objects.count() == 2


def test_one_proposal_is_open_at_a_time_and_all_but_a_refund_waits_for_the_centre(
    market: Software, thread: str
) -> None:
    early = propose(market, thread, kind="repair")
    market.call("POST", f"/threads/{thread}/mediation", {}, party=BUYER)
    propose(market, thread)
    second = propose(market, thread, BUYER)

    assert (early.status_code, early.json()["code"]) == (409, "no-mediation")
    assert (second.status_code, second.json()["code"]) == (409, "proposal-waits")


@pytest.mark.parametrize("how", ["accept", "decline", "withdraw", "counter"])
def test_a_proposal_of_others_is_as_if_there_were_none(market: Software, mediated: str, how: str) -> None:
    proposal = offered(market, mediated)
    told = {"kind": "repair"} if how == "counter" else None

    theirs = reply(market, proposal, how, "buyer:B-2", told)
    none = reply(market, "prp_999999", how, "buyer:B-2", told)
    no_number = market.call("POST", f"/proposals/１/{how}", told, party=BUYER)

    assert theirs.status_code == none.status_code == no_number.status_code == 404
    assert {**theirs.json(), "instance": ""} == {**none.json(), "instance": ""}


def test_a_key_for_reading_replies_to_nothing(make: Make, market: Software, mediated: str) -> None:
    proposal = offered(market, mediated)

    answer = reply(make(Scope.CONTACT_READ, name="reader"), proposal, "accept", BUYER)

    assert (answer.status_code, answer.json()["code"]) == (403, "scope-missing")


def test_before_the_sellers_time_is_over_the_buyer_reads_why_and_until_when(
    market: Software, thread: str
) -> None:
    told = shown(market, thread, BUYER)

    (hindrance,) = (h for h in told["eligibility"]["hindrances"] if h["code"] == "too_early")
    assert hindrance["until"] == told["answer_due_at"]
    assert hindrance["text"]["ja"].endswith(HINDRANCES[Hindrance.TOO_EARLY].ja.partition("}")[2])
    assert told["eligibility"]["kinds"] == []


def test_once_the_centre_has_stepped_in_the_buyer_reads_what_may_be_given(market: Software) -> None:
    order = {"buyer": "B-1", "seller": "S-1", "amount": 8000, "refunded": 2000}
    market.call("PUT", "/orders/O-2", {**order, "ordered_at": later(days=-3).isoformat()})
    told = {**TROUBLE, "order": "O-2"}
    number = market.call("POST", "/threads", told, party=BUYER).json()["id"]
    market.call("POST", f"/threads/{number}/mediation", {}, party=BUYER)

    eligibility = shown(market, number, BUYER)["eligibility"]

    assert eligibility["hindrances"] == []
    assert eligibility["kinds"][0]["kind"] == "refund"
    assert eligibility["kinds"][0]["text"] == {"ja": "全額の返金", "en": "all of the money back"}
    assert (eligibility["most"], eligibility["price"], eligibility["refunded"]) == (6000, 8000, 2000)


def test_what_may_be_given_in_its_place_does_not_concern_the_seller(market: Software, mediated: str) -> None:
    assert shown(market, mediated, SELLER)["eligibility"] is None


def test_nothing_more_is_said_of_it_once_the_trouble_has_ended(market: Software, thread: str) -> None:
    buyer = Actor(by=BUYER, role=Role.BUYER, at=machine().at, via="test")
    contact.withdraw(buyer, trouble=Trouble.objects.get(thread=bare(thread)).pk)

    told = shown(market, thread, BUYER)

    assert (told["eligibility"], told["proposals"]) == (None, [])
    assert told["closed_at"] <= (datetime.now(UTC) + timedelta(seconds=1)).isoformat()


def test_an_answer_by_telephone_is_shown_and_corrected_once(market: Software, mediated: str) -> None:
    proposal = offered(market, mediated)
    by = Actor(by="agent:a", role=Role.AGENT, at=datetime.now(UTC), via="test")
    found = Proposal.objects.get(pk=bare(proposal))
    key = contact.check_caller(
        by,
        number=facts.trouble(found.trouble_id).case,  # type: ignore[union-attr]
        channel=Channel.PHONE,
        answers=known_of(found),
    )
    said = contact.Told(answer=Spoken.ACCEPT, said="それで結構です")
    given: dict[str, Any] = {
        "check": key,
        "proposal": bare(proposal),
        "told": said,
        "lang": "ja",
    }
    contact.take_reply(by, confirmed=words.digest(contact.text_to_read_back(by, **given)), **given)

    before = shown(market, mediated)["proposals"][0]["told_replies"]
    strange = reply(market, proposal, "correction", SELLER, {"said": "違います"})
    wordless = reply(market, proposal, "correction", BUYER, {"said": " "})
    done = reply(market, proposal, "correction", BUYER, {"said": "断りました"})
    again = reply(market, proposal, "correction", BUYER, {"said": "断りました"})

    assert [(one["by"], one["reply"], one["through"], one["corrected_at"]) for one in before] == [
        ("buyer", "accept", "phone", None)
    ]
    assert strange.status_code == 403
    assert wordless.status_code == 422
    assert done.status_code == 200
    assert done.json()["trouble"]["proposals"][0]["told_replies"][0]["corrected_at"]
    assert again.status_code == 409


def known_of(proposal: Proposal) -> dict[str, str]:
    """Return what a buyer knows of the order: enough to be believed on the telephone."""
    order = marketplace.order(proposal.trouble.thread.order_ref)
    assert order is not None
    shop = marketplace.seller(order.seller_ref)
    assert shop is not None
    return {"amount": str(order.amount), "shop": shop.name}
