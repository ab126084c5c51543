"""A refund in the seller's place over the API: asked for once, within what may be given, decided by a person."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.http import HttpResponse

from mamori.doors.gateway.tests.conftest import EARLY, Make, Software
from mamori.grammar.actor import Actor, Role
from mamori.ground.ledger.models import Act
from mamori.ground.market import actions as marketing
from mamori.ground.outbox import actions as outbox
from mamori.ground.people.facts import Scope
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact.models import Remedy, Trouble
from mamori.rooms.contact.rules.eligibility import Kind
from tests.laid import laid

BUYER, SELLER = "buyer:B-1", "seller:S-1"


@laid
def mediated(market: Software, thread: str) -> str:
    """A trouble in which the centre has stepped in, so that something may be given."""
    assert market.call("POST", f"/threads/{thread}/mediation", {}, party=BUYER).status_code == 201
    return thread


def ask(shop: Software, thread: str, who: str = BUYER, key: str = "", **told: object) -> HttpResponse:
    return shop.call("POST", f"/threads/{thread}/remedy", told, party=who, key=key)


def trouble(shop: Software, thread: str, who: str) -> Any:
    return shop.call("GET", f"/threads/{thread}", party=who).json()["trouble"]


@pytest.mark.parametrize(
    ("told", "wished"),
    [({"wish": "refund"}, 8000), ({"wish": "part", "amount": 3000}, 3000), ({"wish": "return"}, 8000)],
)
def test_a_buyer_asks_for_what_may_be_given_and_the_seller_learns_nothing_of_it(
    market: Software, mediated: str, told: dict[str, object], wished: int
) -> None:
    asked = ask(market, mediated, **told)

    shown = asked.json()["trouble"]
    assert (asked.status_code, asked["Location"]) == (201, f"/api/v1/threads/{mediated}")
    assert (shown["remedy"], shown["wish"], shown["wished"]) == ("considered", told["wish"], wished)
    assert Kind(Remedy.objects.get().wish) == told["wish"]
    assert trouble(market, mediated, BUYER)["wish"] == told["wish"]
    assert (trouble(market, mediated, SELLER)["wish"], trouble(market, mediated, SELLER)["wished"]) == ("", 0)


def test_the_same_request_twice_asks_once_and_another_changes_the_wish(
    market: Software, mediated: str
) -> None:
    first = ask(market, mediated, key="k-1", wish="refund")
    acts = Act.objects.count()
    again = ask(market, mediated, key="k-1", wish="refund")
    after = Act.objects.count()
    other = ask(market, mediated, wish="part", amount=1)

    assert (again.content, after) == (first.content, acts)
    assert (other.json()["trouble"]["wish"], other.json()["trouble"]["wished"]) == ("part", 1)
    assert Remedy.objects.count() == 1


@pytest.mark.parametrize(
    ("told", "status", "code"),
    [
        ({"wish": "part"}, 422, "amount-out-of-range"),
        ({"wish": "part", "amount": 8_001}, 422, "amount-out-of-range"),
        ({"wish": "refund", "amount": 3_000}, 422, "amount-only-for-part"),
        ({"wish": "return", "amount": 1}, 422, "amount-only-for-part"),
        ({"wish": "everything"}, 422, "fields-wrong"),
        ({"wish": "part", "amount": "3000"}, 422, "fields-wrong"),
        ({}, 422, "fields-wrong"),
    ],
)
def test_what_is_wrong_with_a_wish_is_said_and_nothing_is_considered(
    market: Software, mediated: str, told: dict[str, object], status: int, code: str
) -> None:
    refused = ask(market, mediated, **told)

    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert not Remedy.objects.exists()


def test_what_stands_against_it_is_said_until_when(market: Software, thread: str) -> None:
    early = ask(market, thread, wish="refund")

    assert (early.status_code, early.json()["code"]) == (409, "remedy-hindered")
    assert not Remedy.objects.exists()


def test_what_was_never_sent_cannot_go_back(market: Software, mediated: str) -> None:
    order = {"buyer": "B-1", "seller": "S-1", "amount": 8000, "ordered_at": EARLY.isoformat()}
    now = datetime.now(UTC).isoformat()
    told = market.call("PUT", "/orders/O-1", {**order, "cancelled_at": now, "unsent": True})
    assert told.status_code == 200, told.content

    refused = ask(market, mediated, wish="return")

    assert (refused.status_code, refused.json()["code"]) == (409, "nothing-was-sent")


def test_once_it_is_granted_nothing_more_is_asked(market: Software, mediated: str) -> None:
    agent = Actor(by="agent:a", role=Role.AGENT, at=datetime.now(UTC), via="test")
    contact.grant_remedy(agent, trouble=Trouble.objects.get().pk, amount=8000, reason="回答なし")

    late = ask(market, mediated, wish="refund")

    assert (late.status_code, late.json()["code"]) == (409, "step-not-open")


def test_nobody_but_the_buyer_asks_and_a_question_has_nothing_to_ask_for(
    market: Software, make: Make, mediated: str
) -> None:
    sellers = ask(market, mediated, SELLER, wish="refund")
    theirs, none = ask(market, mediated, "buyer:B-2", wish="refund"), ask(market, "thr_999999", wish="refund")
    told = {"listing": "L-1", "topic": "goods", "said": "大きさは"}
    question = market.call("POST", "/threads", told, party=BUYER).json()["id"]
    reader = ask(make(Scope.CONTACT_READ, name="reader"), mediated, wish="refund")

    assert sellers.status_code == 403
    assert theirs.status_code == none.status_code == 404
    assert {**theirs.json(), "instance": ""} == {**none.json(), "instance": ""}
    assert ask(market, question, wish="refund").status_code == 404
    assert (reader.status_code, reader.json()["code"]) == (403, "scope-missing")
    assert not Remedy.objects.exists()


def labelled() -> None:
    """Let the return be arranged, and the marketplace issue its label."""
    at = datetime.now(UTC)
    agent = Actor(by="agent:a", role=Role.AGENT, at=at, via="test")
    label = contact.arrange_return(agent, trouble=Trouble.objects.get().pk, amount=8000, reason="動作しない")
    shop = Actor(by="machine:shop", role=Role.MACHINE, at=at, via="test")
    marketing.confirm(shop, instruction=label, outcome="confirmed", tracking="AB-1")
    outbox.work(at=at)


def send(shop: Software, thread: str, who: str = BUYER, key: str = "", **told: object) -> HttpResponse:
    return shop.call("POST", f"/threads/{thread}/return", told, party=who, key=key)


def clocks_of(shop: Software, thread: str, who: str) -> set[str]:
    return {clock["kind"] for clock in shop.call("GET", f"/threads/{thread}", party=who).json()["clocks"]}


def test_the_goods_are_said_to_be_on_their_way_once(market: Software, mediated: str) -> None:
    labelled()
    before = clocks_of(market, mediated, BUYER), trouble(market, mediated, BUYER)
    sellers = clocks_of(market, mediated, SELLER), trouble(market, mediated, SELLER)["tracking"]

    sent = send(market, mediated, key="k-1", tracking="ＡＢ－２")
    again, late = send(market, mediated, key="k-1", tracking="ＡＢ－２"), send(market, mediated)

    assert ("contact.return_sending" in before[0], before[1]["tracking"]) == (True, "AB-1")
    assert ("contact.return_sending" in sellers[0], sellers[1]) == (False, "")
    assert (sent.status_code, sent.json()["trouble"]["remedy"], sent.json()["trouble"]["tracking"]) == (
        200,
        "sent",
        "AB-2",
    )
    assert again.content == sent.content
    assert (late.status_code, late.json()["code"]) == (409, "step-not-open")
    assert "contact.return_sending" not in clocks_of(market, mediated, BUYER)


def test_what_is_wrong_with_a_parcel_is_said_and_it_is_not_sent(market: Software, mediated: str) -> None:
    early = send(market, mediated)
    labelled()

    assert (early.status_code, early.json()["code"]) == (409, "step-not-open")
    assert send(market, mediated, tracking="追跡").json()["code"] == "no-parcel-number"
    assert send(market, mediated, tracking="1" * 65).json()["code"] == "fields-wrong"
    assert send(market, mediated, SELLER).status_code == 403
    assert send(market, mediated, "buyer:B-2").status_code == 404
    assert Remedy.objects.get().state == "labelled"
