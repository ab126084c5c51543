"""Over the API as on the pages: a buyer says that it is solved, withdraws it, or closes a question."""

from __future__ import annotations

import pytest
from django.http import HttpResponse

from mamori.doors.gateway.tests.conftest import Software, bare
from mamori.ground.clocks import facts as clocks
from mamori.ground.ledger import facts as ledger
from mamori.ground.outbox import facts as outbox
from mamori.rooms.contact.models import Thread, Trouble
from tests.laid import laid

BUYER, SELLER, DELEGATE = "buyer:B-1", "seller:S-1", "seller:S-1/hana"


def end(shop: Software, thread: str, how: str, who: str = BUYER, key: str = "") -> HttpResponse:
    return shop.call("POST", f"/threads/{thread}/end", {"how": how}, party=who, key=key)


@laid
def question(market: Software) -> int:
    asked = {"listing": "L-1", "topic": "goods", "said": "大きさは？"}
    found: str = market.call("POST", "/threads", asked, party=BUYER).json()["id"]
    return found


@pytest.mark.parametrize(("how", "act"), [("solved", "solve"), ("withdrawn", "withdraw")])
def test_a_buyer_ends_a_trouble_once_and_the_seller_is_told(
    market: Software, thread: str, how: str, act: str
) -> None:
    first, again = (end(market, thread, how, key="k-1") for _ in range(2))
    other = end(market, thread, how)

    name = f"contact.trouble:{Trouble.objects.get().pk}"
    told = first.json()
    assert (first.status_code, told["trouble"]["state"], told["state"]) == (200, how, "closed")
    assert first.content == again.content
    assert (other.status_code, other.json()["code"]) == (409, "step-not-open")
    assert [one.kind for one in ledger.acts_about(name)][-1] == f"contact.{act}"
    assert clocks.open_clocks(name) == ()
    assert outbox.notices(about=name, to=SELLER)[0].template == "contact.ended"


def test_a_buyer_closes_a_question_and_neither_is_taken_for_the_other(
    market: Software, thread: str, question: str
) -> None:
    wrong = [
        end(market, thread, "closed"),
        end(market, question, "solved"),
        end(market, question, "withdrawn"),
    ]
    closed = end(market, question, "closed")

    assert [one.json()["code"] for one in wrong] == ["close-the-trouble", "nothing-here", "nothing-here"]
    assert closed.json()["state"] == "closed"
    assert Thread.objects.get(pk=bare(thread)).closed_at is None


@pytest.mark.parametrize(("who", "status"), [(SELLER, 403), (DELEGATE, 403), ("buyer:B-2", 404)])
def test_nobody_ends_it_for_the_buyer(market: Software, thread: str, who: str, status: int) -> None:
    assert end(market, thread, "solved", who).status_code == status
    assert end(market, thread, "mended").json()["code"] == "fields-wrong"
    assert Thread.objects.get().closed_at is None
